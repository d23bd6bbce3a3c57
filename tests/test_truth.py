"""Whatever happens to records, units, returns and periods: the board, the explorer, the annex, the
command and the files all say what the facts add up to, worked out apart from the engine."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from sohoi.figures.engine.triggers import install
from sohoi.figures.tests.conftest import ROOM
from sohoi.kit import rooms
from tests.truth.machine import Life


@pytest.fixture
def probe(cast):
    """The cast, with the room of the tests in the house and its triggers laid."""
    rooms.register(ROOM)
    install()
    yield cast
    rooms.unregister(ROOM.key)


@pytest.mark.slow
def test_every_door_shows_what_the_facts_add_up_to_through_any_life(probe):
    Life.cast = probe
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=settings().max_examples // 5,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
