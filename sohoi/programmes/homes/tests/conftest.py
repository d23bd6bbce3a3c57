"""Houses as the tests make them."""

from collections.abc import Callable
from functools import partial

import pytest

from sohoi.programmes.homes.models import Home
from sohoi.programmes.homes.tests.acts import SPECIMEN


@pytest.fixture
def propose(cast) -> Callable[..., Home]:
    """`propose(household=…)` proposes a house in the hamlet; `until` takes its steps."""
    return partial(SPECIMEN.make, unit=cast.units.hamlet)


@pytest.fixture
def build(propose) -> Callable[..., Home]:
    """`build(handed_over_on=…)` proposes a house and takes every step."""
    return partial(propose, until="handed_over")
