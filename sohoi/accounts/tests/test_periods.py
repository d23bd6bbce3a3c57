"""Choosing the working period: every year since the first, every part of it, terms of office."""

from datetime import date

import pytest
from django.utils import translation

from sohoi.accounts.shell import period_choices
from sohoi.lib.periods import PARTS, parse_period

DAY = date(2026, 11, 25)


def chosen(key: str) -> dict:
    return period_choices(parse_period(key), 2021, DAY)


def keys(choices: list[dict]) -> list[str]:
    return [choice["key"] for choice in choices]


def picked(key: str) -> tuple[str, str]:
    """What the two lists show as chosen: year or term, and part."""
    offered = chosen(key)
    (year,) = [c["key"] for c in (*offered["years"], *offered["terms"]) if c["selected"]]
    (part,) = [c["key"] for _group, part in offered["parts"] for c in part if c["selected"]]
    return year, part


def test_every_year_since_the_first_is_offered_with_all_its_parts():
    offered = chosen("2023-H1")
    assert keys(offered["years"]) == ["2026", "2025", "2024", "2023", "2022", "2021"]
    assert [key for _group, part in offered["parts"] for key in keys(part)] == [*PARTS]
    assert [group for group, _part in offered["parts"]] == ["", "Quý", "Tháng"]
    assert keys(offered["terms"]) == ["term:2025-2030", "term:2021-2026", "term:2016-2021"]


def test_what_is_offered_reads_in_the_language_of_the_page():
    vietnamese = chosen("2023-H1")
    with translation.override("en"):
        english = chosen("2023-H1")
    assert [group for group, _part in english["parts"]] == ["", "Quarter", "Month"]
    assert chosen("2023-H1") == vietnamese != english


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2024", ("2024", "")),
        ("2024-Q3", ("2024", "Q3")),
        ("2023-M06", ("2023", "M06")),
        ("2019-H2", ("2019", "H2")),
        ("2030-9M", ("2030", "9M")),
        ("term:2021-2026", ("term:2021-2026", "")),
        ("term:2016-2021", ("term:2016-2021", "")),
    ],
)
def test_what_is_chosen_is_shown_as_chosen(key, expected):
    assert picked(key) == expected


def test_records_and_accounts_have_no_period(cast, sign_in):
    """A period narrows figures only: the tree that is looked after is the one of today."""
    for who in (cast.quan, cast.mai):
        page = sign_in(who).get("/don-vi/?ky=2023-H1").content.decode()
        assert "Kỳ số liệu" not in page
    assert "Kỳ số liệu" in sign_in(cast.mai).get("/so-lieu/", follow=True).content.decode()


def test_whoever_keeps_no_records_has_no_working_unit(cast, sign_in):
    page = sign_in(cast.quan).get("/don-vi/").content.decode()
    assert "Đơn vị làm việc" not in page
    assert "Chọn<" not in page
