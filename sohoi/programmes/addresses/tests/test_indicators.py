"""What the figures of the room count, and what they leave out."""

from datetime import date

import pytest

from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import contradictions, figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.addresses import actions

PERIOD = parse_period("2023-H1")
KEYS = ("trusted", "collective", "individual", "members", "shelter_members")


def _figures(unit) -> list:
    return figures(unit=unit.pk, period=PERIOD, keys=[f"addresses.{key}" for key in KEYS])


def _values(unit) -> list[int]:
    return [figure.value for figure in _figures(unit)]


@pytest.fixture
def addresses(cast, found, join):
    """Two that count on 30/6/2023 with three members; every other kind beside them."""
    kept, single = found(), found(kind="individual", unit=cast.units.commune_2)
    for address in (kept, kept, single):
        join(address)
    actions.end_member(join(kept), on=date(2023, 6, 30), by=cast.hanh)
    join(kept, joined_on=date(2023, 7, 1))
    closed = found()
    join(closed)
    actions.close_address(closed, on=date(2023, 6, 30), reason="Sáp nhập", by=cast.hanh)
    found(founded_on=date(2023, 7, 1))
    join(found(unit=cast.units.other_commune, by=cast.xuan))
    shelter = found(kind="shelter_team", unit=cast.units.province, by=cast.thu)
    for _ in range(7):
        join(shelter, by=cast.thu)
    return kept, single


def test_what_stands_on_the_cut_off_is_counted(cast, addresses):
    assert _values(cast.units.province) == [2, 1, 1, 3, 7]
    assert _values(cast.units.commune) == [1, 1, 0, 2, 0]
    assert _values(cast.units.other_province) == [1, 1, 0, 1, 0]


def test_collective_and_individual_make_the_total(cast, addresses):
    found = _figures(cast.units.province)
    assert found[0].indicator.parts == ("addresses.collective", "addresses.individual")
    assert contradictions(found) == []


def test_the_evidence_names_codes_and_nobody(cast, addresses):
    found = evidence(unit=cast.units.commune.pk, period=PERIOD, key="addresses.members")
    codes = set(addresses[0].members.filter(left_on=None).values_list("code", flat=True))
    assert len(found.records) == 2
    assert {trace.label for trace in found.records} < codes
    assert "Mừng" not in repr(found)
