"""What the figures of the room count, and what they leave out."""

from datetime import date

import pytest

from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import broken_down, figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import PovertyClass, State
from sohoi.programmes.homes.models import LIFE

PERIOD = parse_period("2023-H1")


def _figures(unit) -> dict[str, int]:
    keys = ["homes.built", "homes.repaired", "homes.started", "homes.value_vnd"]
    return {f.key: f.value for f in figures(unit=unit.pk, period=PERIOD, keys=keys)}


@pytest.fixture
def houses(cast, propose, build):
    """One house of each kind that a count could take by mistake; two that are built."""
    started = propose(household="Đang xây")
    withdrawn = propose(household="Đã rút")
    for home in (started, withdrawn):
        for day in (20, 21, 22):
            home = actions.take_step(
                home, step=LIFE.next(home).state, on=date(2023, 1, day), by=cast.hanh
            )
    actions.withdraw_home(home, on=date(2023, 6, 1), reason="Hộ chuyển đi", by=cast.hanh)
    build(date(2023, 6, 30), work="repair")
    build(date(2023, 7, 1), household="Kỳ sau")
    build(date(2023, 6, 30), unit=cast.units.other_commune, by=cast.xuan)
    return [build(date(2023, 5, 15)), build(date(2023, 6, 30), unit=cast.units.commune_2)]


def test_only_new_houses_handed_over_in_the_period_are_built(cast, houses):
    found = _figures(cast.units.province)
    assert (found["homes.built"], found["homes.repaired"]) == (2, 1)
    assert _figures(cast.units.hamlet)["homes.built"] == 1
    assert _figures(cast.units.other_province)["homes.built"] == 1


def test_a_start_counts_in_its_period_whatever_became_of_the_house(cast, houses):
    # Two built, one repaired, one handed over later, one under construction, one withdrawn.
    assert _figures(cast.units.province)["homes.started"] == 6


def test_the_value_is_that_of_the_built_houses(cast, holder, houses, propose):
    for home, amount in zip([*houses, propose()], (50_000_000, 40_000_000, 7), strict=True):
        by = holder("homes.decide", home.unit)
        actions.add_contribution(home, funder="donor", amount_vnd=amount, by=by)
    assert _figures(cast.units.province)["homes.value_vnd"] == 90_000_000


def test_the_evidence_names_codes_and_no_household(cast, houses):
    found = evidence(unit=cast.units.province.pk, period=PERIOD, key="homes.built")
    assert {(t.label, t.date) for t in found.records} == {
        (houses[0].code, date(2023, 5, 15)),
        (houses[1].code, date(2023, 6, 30)),
    }
    assert houses[0].household not in repr(found)


def test_the_count_follows_a_correction(cast, houses):
    home = houses[0]
    actions.edit_home(home, version=home.version, work="repair", by=cast.hanh)
    assert _figures(cast.units.province)["homes.built"] == 1
    assert home.state == State.HANDED_OVER


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
