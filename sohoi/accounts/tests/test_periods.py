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


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("nam=2024&phan=Q2", "2024-Q2"),
        ("nam=2024&phan=", "2024"),
        ("nam=term:2021-2026&phan=H1", "term:2021-2026"),
        ("nam=2024&phan=Q2&ky=2022", "2022"),
        ("nam=x&phan=Q2", "2023-H1"),
        ("phan=Q2", "2023-H1"),
    ],
)
def test_year_and_part_make_a_period_that_stays(cast, sign_in, query, key):
    client = sign_in(cast.hanh)
    client.get("/?ky=2023-H1")
    client.get(f"/don-vi/?{query}")
    assert client.get("/").context["shell"]["period"]["key"] == key


def test_another_period_keeps_what_was_searched_for(cast, sign_in):
    page = sign_in(cast.thu).get("/don-vi/?q=tan+duc&ky=2023&page=2").content.decode()
    form = page[page.index('class="picker period"') :].split("</form>")[0]
    assert '<input type="hidden" name="q" value="tan duc">' in form
    assert 'name="page"' not in form
    assert 'name="ky"' not in form


def test_whoever_keeps_no_records_has_no_period_and_works_in_the_units_of_today(cast, sign_in):
    client = sign_in(cast.quan)
    page = client.get("/don-vi/?ky=2023-H1").content.decode()
    assert "Kỳ số liệu" not in page
    assert "Đơn vị làm việc" not in page
    assert "30/6/2023" not in page
    assert "Chọn<" not in page
    assert "Kỳ số liệu" in sign_in(cast.mai).get("/don-vi/").content.decode()
