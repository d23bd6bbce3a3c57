"""Addresses and members as the tests make them."""

from collections.abc import Callable
from functools import partial

import pytest

from sohoi.programmes.addresses.models import Address
from sohoi.programmes.addresses.tests.acts import SPECIMEN


@pytest.fixture
def found(cast) -> Callable[..., Address]:
    """`found(name=…)` registers an address of the commune; `closed_on` ends it."""
    return partial(SPECIMEN.make, unit=cast.units.commune)
