"""What the figures of the room count, and what they leave out."""

from datetime import date

import pytest

from sohoi.figures.reading.queries import contradictions, figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.tests.acts import SPECIMEN

PERIOD, JUNE, JULY = parse_period("2023-H1"), date(2023, 6, 30), date(2023, 7, 1)
KEYS = ("trusted", "collective", "individual", "members", "shelter_members")
join = SPECIMEN.add


def _figures(unit) -> list:
    return figures(unit=unit.pk, period=PERIOD, keys=[f"addresses.{key}" for key in KEYS])


def _values(unit) -> list[int]:
    return [figure.value for figure in _figures(unit)]


@pytest.fixture
def addresses(cast, found):
    """Two that count on 30/6/2023 with three members; every other kind beside them."""
    kept, single = found(kind="collective"), found(unit=cast.units.commune_2)
    for address in (kept, kept, single):
        join(address)
    actions.end_member(join(kept), on=JUNE, by=cast.hanh)
    join(kept, joined_on=JULY)
    closed = found(kind="collective")
    join(closed)
    actions.close_address(closed, on=JUNE, reason="Sáp nhập", by=cast.hanh)
    found(kind="collective", founded_on=JULY)
    join(found(kind="collective", unit=cast.units.other_commune))
    shelter = found(kind="shelter_team", unit=cast.units.province)
    for _ in range(7):
        join(shelter)


@pytest.mark.usefixtures("addresses")
def test_what_stands_on_the_cut_off_is_counted(cast):
    assert _values(cast.units.province) == [2, 1, 1, 3, 7]
    assert _values(cast.units.commune) == [1, 1, 0, 2, 0]
    assert _values(cast.units.other_province) == [1, 1, 0, 1, 0]


@pytest.mark.usefixtures("addresses")
def test_collective_and_individual_make_the_total(cast):
    found = _figures(cast.units.province)
    assert found[0].indicator.parts == ("addresses.collective", "addresses.individual")
    assert contradictions(found) == []
