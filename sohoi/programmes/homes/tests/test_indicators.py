"""What the figures of the room count, and what they leave out."""

from datetime import date

import pytest

from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import broken_down, figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.homes.choices import PovertyClass
from sohoi.programmes.homes.tests.acts import SPECIMEN

PERIOD = parse_period("2023-H1")
MAY, JUNE, JULY = date(2023, 5, 15), date(2023, 6, 30), date(2023, 7, 1)


def _figures(unit) -> dict[str, int]:
    keys = ["homes.built", "homes.repaired", "homes.started", "homes.value_vnd"]
    return {f.key: f.value for f in figures(unit=unit.pk, period=PERIOD, keys=keys)}


@pytest.fixture
def houses(cast, propose, build):
    """One house of each kind that a count could take by mistake; two that are built."""
    propose(until="started", household="Đang xây")
    propose(until="started", household="Đã rút", withdrawn_on=date(2023, 6, 1))
    build(handed_over_on=JUNE, work="repair")
    build(handed_over_on=JULY, household="Kỳ sau")
    build(handed_over_on=JUNE, unit=cast.units.other_commune)
    return [build(handed_over_on=MAY), build(handed_over_on=JUNE, unit=cast.units.commune_2)]


def test_only_new_houses_handed_over_in_the_period_are_built(cast, houses):
    found = _figures(cast.units.province)
    assert (found["homes.built"], found["homes.repaired"]) == (2, 1)
    assert _figures(cast.units.hamlet)["homes.built"] == 1
    assert _figures(cast.units.other_province)["homes.built"] == 1


def test_a_start_counts_in_its_period_whatever_became_of_the_house(cast, houses):
    # Two built, one repaired, one handed over later, one under construction, one withdrawn.
    assert _figures(cast.units.province)["homes.started"] == 6


def test_the_value_is_that_of_the_built_houses(cast, houses, propose):
    for home, amount in zip([*houses, propose()], (50_000_000, 40_000_000, 7), strict=True):
        SPECIMEN.add(home, amount_vnd=amount)
    assert _figures(cast.units.province)["homes.value_vnd"] == 90_000_000


def test_the_evidence_names_the_houses_by_code_and_day(cast, houses):
    found = evidence(ask(cast.units.province.pk, PERIOD), catalogue()["homes.built"])
    assert {(t.label, t.date) for t in found.records} == {
        (houses[0].code, MAY),
        (houses[1].code, JUNE),
    }


def test_the_count_follows_a_correction(cast, houses):
    SPECIMEN.do("edit", houses[0], work="repair", by=cast.hanh)
    assert _figures(cast.units.province)["homes.built"] == 1


def test_built_houses_are_also_shown_by_the_class_of_the_household(cast, build, sign_in):
    for poverty_class in ("poor", "near_poor", "poor"):
        build(poverty_class=poverty_class)
    (found,) = figures(unit=cast.units.province.pk, period=PERIOD, keys=["homes.built"])
    assert broken_down(found) == [(("poor",), 2), (("near_poor",), 1)]
    page = sign_in(cast.thu).get("/so-lieu/homes.built/?don_vi=96&ky=2023-H1")
    rows = page.context["breakdown"]["rows"]
    assert [(row["title"], row["value_text"]) for row in rows] == [
        (PovertyClass.POOR.label, "2"),
        (PovertyClass.NEAR_POOR.label, "1"),
    ]
