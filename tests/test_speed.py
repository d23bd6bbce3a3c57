"""How often a page asks the database: seldom, and no more often when the province is larger."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import FOUNDED
from sohoi.figures.definitions.actions import load_definitions
from sohoi.kit.rooms import indicators, rooms
from sohoi.org.actions import found_unit
from sohoi.reports import actions
from sohoi.reports.models import Round

MOST = 20
VISITORS = ("lan", "hanh", "la", "thu", "mai", "quan")


def open_round(cast, period: str, cut_off: date) -> Round:
    return actions.open_round(
        unit=cast.units.province, period=period, cut_off=cut_off, due=cut_off, by=cast.thu
    )


@pytest.fixture
def asked(cast) -> Round:
    load_definitions(by=None)
    return open_round(cast, "2023-H1", date(2023, 6, 30))


def grow(cast) -> None:
    """Three more districts with four communes each, and two hamlets in every one."""

    def found(kind: str, code: str, parent):
        return found_unit(
            name=f"{kind} {code}", kind=kind, code=code, parent=parent, valid_from=FOUNDED, by=None
        )

    for d in range(3):
        district = found("district", f"88{d}", cast.units.province)
        for c in range(4):
            commune = found("commune", f"88{d}0{c}", district)
            for h in range(2):
                found("branch", f"88{d}0{c}-0{h}", commune)


def pages_of(cast, who: str, asked: Round) -> dict[str, str]:
    """The menu of the person, and the pages behind it that she may open."""
    user = getattr(cast, who)
    unit = user.appointments_today[0].unit_id
    found = {
        item.url_name: reverse(item.url_name)
        for room in rooms()
        for item in room.menu
        if not item.permission or user.may(item.permission)
    }
    found["unit"] = reverse("org:unit", args=[unit])
    if user.may("figures.view"):
        keys = (*indicators(), "savings.raised_vnd", "poverty.households_registered")
        found |= {key: reverse("figures:figure", args=[key]) for key in keys}
    if user.may("reports.view"):
        found["round"] = reverse("reports:round", args=[asked.pk])
        kinds = ("review", "article", "annex")
        found |= {kind: reverse("reports:document", args=[kind]) for kind in kinds}
        if own := asked.returns.filter(unit=unit).first():
            found["return"] = reverse("reports:return", args=[own.pk])
    if user.may("accounts.manage"):
        found["account"] = reverse("accounts:user", args=[cast.hanh.pk])
    return found


def asked_by(client, pages: dict[str, str]) -> dict[str, int]:
    """The number of queries of each page."""
    counted = {}
    for name, url in pages.items():
        # An address that leaves a part of its question out leads to the whole one.
        url = client.get(url, {"ky": "2023-H1"}).headers.get("Location", url)
        # The log has an end, and a house of many rooms more pages than it holds.
        reset_queries()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        assert answer.status_code == 200, url
        counted[name] = len(captured)
    return counted


def test_a_page_asks_seldom_and_as_often_in_a_larger_province(cast, asked, sign_in):
    def all_asked(held: Round) -> dict[tuple[str, str], int]:
        found = {}
        for who in VISITORS:
            client = sign_in(getattr(cast, who))
            pages = asked_by(client, pages_of(cast, who, held))
            assert len(pages) >= (4 if who == "quan" else 9 + len(settings.ROOMS))
            found |= {(who, name): number for name, number in pages.items()}
        return found

    small = all_asked(asked)
    # The list of tasks asks each room once.
    most = MOST + max(0, len(settings.ROOMS) - 3)
    assert {page: number for page, number in small.items() if number > most} == {}

    grow(cast)
    later = open_round(cast, "2023-9M", date(2023, 9, 30))
    assert later.returns.count() > asked.returns.count() + 10
    large = all_asked(later)
    assert {
        page: (small[page], number) for page, number in large.items() if number > small[page]
    } == {}
