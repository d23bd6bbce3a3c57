"""Addresses and members as the tests make them: through the room's own actions."""

from collections.abc import Callable
from datetime import date

import pytest

from sohoi.lib.doubts import believing
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.models import Address, Member


@pytest.fixture
def found(cast, holder) -> Callable[..., Address]:
    """`found(name=…)` registers a collective address of the commune, as hanh does."""

    def make(**details) -> Address:
        known = {
            "unit": cast.units.commune,
            "name": "Địa chỉ tin cậy ấp Tân Hoà",
            "kind": "collective",
            "founded_on": date(2022, 3, 8),
        }
        wanted = known | details
        by = holder("addresses.edit", wanted["unit"])
        with believing(None):
            return actions.found_address(**({"by": by} | wanted))

    return make


@pytest.fixture
def join(holder) -> Callable[..., Member]:
    """`join(address)` adds a member to its team."""

    def make(address: Address, **details) -> Member:
        known = {
            "full_name": "Nguyễn Thị Mừng",
            "body": "union",
            "role": "member",
            "joined_on": date(2022, 4, 1),
            "by": holder("addresses.edit", address.unit),
        }
        return actions.add_member(address, **(known | details))

    return make
