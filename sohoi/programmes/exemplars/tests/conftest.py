"""Exemplars as the tests make them."""

from collections.abc import Callable
from functools import partial

import pytest

from sohoi.programmes.exemplars.models import Exemplar
from sohoi.programmes.exemplars.tests.acts import SPECIMEN


@pytest.fixture
def find(cast) -> Callable[..., Exemplar]:
    """`find(title=…)` finds a model in the hamlet."""
    return partial(SPECIMEN.make, unit=cast.units.hamlet, until="found")


@pytest.fixture
def introduce(cast) -> Callable[..., Exemplar]:
    """`introduce(introduced_on=…)` finds and introduces."""
    return partial(SPECIMEN.make, unit=cast.units.hamlet)


@pytest.fixture
def unasked(introduce) -> Exemplar:
    """A person who was introduced and has not agreed to be named."""
    return introduce(kind="person", title="Trần Thị Út", consent_on=None)
