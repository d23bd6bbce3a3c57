"""What the figures of the room count, and what they leave out."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.engine.triggers import rebuild
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import broken_down, figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.homes.choices import PovertyClass
from sohoi.programmes.homes.models import Home
from sohoi.programmes.homes.tests.acts import SPECIMEN
from sohoi.ui.tests.workbooks import cells

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


def test_a_total_beyond_64_bits_is_told_to_the_last_dong(cast, build, sign_in):
    houses = [build(handed_over_on=JUNE) for _n in range(5)]
    ids = [house.pk for house in houses]
    # One statement adds more than 64 bits hold, and so does the sum of two.
    Home.objects.filter(pk__in=ids[:3]).update(value_vnd=2**62 + 1)
    Home.objects.filter(pk__in=ids[3:]).update(value_vnd=2**63 - 1)
    total = 3 * (2**62 + 1) + 2 * (2**63 - 1)
    province = cast.units.province
    assert _figures(province)["homes.value_vnd"] == total
    fold()
    assert _figures(province)["homes.value_vnd"] == total
    rebuild(["homes.value_vnd"])
    assert _figures(province)["homes.value_vnd"] == total
    assert recount()[1] == []

    out = StringIO()
    asked = {"unit": "96", "period": "2023-H1", "indicator": ["homes.value_vnd"]}
    call_command("figures", json=True, stdout=out, **asked)
    assert [row["value"] for row in json.loads(out.getvalue())] == [total]
    shown = "32.281.802.128.991.715.329 đồng"
    client, page = sign_in(cast.thu), "/so-lieu/homes.value_vnd/?don_vi=96&ky=2023-H1"
    assert client.get(page).context["value_text"] == shown
    sections = client.get("/so-lieu/?don_vi=96&ky=2023-H1").context["sections"]
    assert shown in {tile["value_text"] for section in sections for tile in section["tiles"]}
    # A number of a workbook keeps 15 digits, so this one is text.
    _heads, first, *_rows = cells(client.get(f"{page}&export=xlsx").content)
    assert ("text", str(total)) in first
