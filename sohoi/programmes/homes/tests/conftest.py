"""Houses as the tests make them: through the room's own actions."""

from collections.abc import Callable
from datetime import date

import pytest

from sohoi.lib.doubts import believing
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.models import LIFE, Home

DAYS = (date(2023, 1, 20), date(2023, 2, 10), date(2023, 3, 1), date(2023, 5, 15))


@pytest.fixture
def propose(cast, holder) -> Callable[..., Home]:
    """`propose(household=…)` proposes a house in the hamlet, as lan does, or where who may does."""

    def make(**details) -> Home:
        known = {
            "unit": cast.units.hamlet,
            "household": "Nguyễn Thị Mừng",
            "poverty_class": "poor",
            "work": "new",
            "proposed_on": date(2023, 1, 10),
        }
        home = known | details
        by = holder("homes.edit", home["unit"])
        with believing(None):
            return actions.propose_home(**({"by": by} | home))

    return make


@pytest.fixture
def build(holder, propose) -> Callable[..., Home]:
    """`build(handed_over_on)` proposes a house and takes every step, the last on that day."""

    def make(handed_over_on: date = DAYS[-1], **details) -> Home:
        home = propose(**details)
        for day in (*DAYS[:-1], handed_over_on):
            by = holder("homes.decide", home.unit)
            with believing(None):
                home = actions.take_step(home, step=LIFE.next(home).state, on=day, by=by)
        return home

    return make
