"""Exemplars as the tests make them: through the room's own actions."""

from collections.abc import Callable
from datetime import date

import pytest

from sohoi.lib.doubts import believing
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import Exemplar

FOUND, INTRODUCED, PUBLISHED = date(2023, 1, 10), date(2023, 2, 1), date(2023, 3, 1)


@pytest.fixture
def find(cast, holder) -> Callable[..., Exemplar]:
    """`find(title=…)` finds a model in the hamlet, as lan does."""

    def make(**details) -> Exemplar:
        known = {
            "unit": cast.units.hamlet,
            "kind": "model",
            "title": "Hũ gạo tình thương",
            "field": "charity",
            "found_on": FOUND,
        }
        wanted = known | details
        by = holder("exemplars.edit", wanted["unit"])
        with believing(None):
            return actions.find_exemplar(**({"by": by} | wanted))

    return make


@pytest.fixture
def introduce(holder, find) -> Callable[..., Exemplar]:
    """`introduce(on)` finds and introduces."""

    def make(on: date = INTRODUCED, **details) -> Exemplar:
        exemplar = find(**details)
        by = holder("exemplars.publicise", exemplar.unit)
        return actions.take_step(exemplar, step=State.INTRODUCED, on=on, by=by)

    return make


@pytest.fixture
def publish(holder):
    """`publish(exemplar, day)` records a publication in a newspaper."""

    def make(exemplar: Exemplar, on: date = PUBLISHED, **details):
        by = holder("exemplars.publicise", exemplar.unit)
        known = {"channel": "newspaper", "published_on": on, "by": by}
        return actions.publish(exemplar, **(known | details))

    return make
