"""Which steps of a return hold: its log only grows, so it also has those that were taken back."""

from collections.abc import Iterable

from sohoi.org.choices import Tier
from sohoi.reports.choices import Act, State
from sohoi.reports.models import Return, Step


def held(steps: Iterable[Step]) -> list[Step]:
    """Those that brought the return where it is, oldest first; the last has the reason that holds.

    One that was taken back leads to the state of an earlier one; what came after that is gone.
    """
    found: list[Step] = []
    for step in steps:
        if step.act != Act.TAKEN_BACK:
            found.append(step)
            continue
        while found and found[-1].state != step.state:
            found.pop()
    return found


def before(answer: Return, steps: Iterable[Step]) -> list[Step]:
    """Of those that hold, what is left when the last is taken back."""
    left = _without(held(steps), answer.state)
    if (answer.tier, answer.state) == (Tier.PROVINCE, State.ACCEPTED):
        # The province sends and accepts its own in one.
        left = _without(left, State.SUBMITTED)
    return left


def state_of(steps: list[Step]) -> State:
    """Where these steps brought a return."""
    return State(steps[-1].state) if steps else State.DRAFT


def _without(steps: list[Step], state: str) -> list[Step]:
    left = [*steps]
    while left and left[-1].state == state:
        left.pop()
    return left
