"""Whatever happens to records, units, returns and periods: the board, the explorer, the annex, the
command and the files all say what the facts add up to, worked out apart from the engine."""

import faulthandler

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sohoi.config.pytest_plugin import EXAMPLES, LONG
from tests.truth.machine import Life

# Lives in one part; the others of a long run follow one by one, so that each is soon told of.
LIVES = 5


@pytest.mark.slow
@pytest.mark.parametrize("part", range(EXAMPLES // 5 // LIVES))
def test_every_door_shows_what_the_facts_add_up_to_through_any_life(probe, part):
    """A long run also looks for the shortest life that is told wrong, which takes minutes."""
    phases = [Phase.reuse, Phase.generate]
    if LONG:
        phases.append(Phase.shrink)
        faulthandler.cancel_dump_traceback_later()
    Life.cast = probe
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=25,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )
