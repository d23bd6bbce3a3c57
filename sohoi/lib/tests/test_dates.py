"""Dates are shown as in lists and decrees, and read strictly."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.dates import DateError, decree, parse_date, short

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_short_form_has_no_leading_zeros():
    assert short(date(2023, 7, 14)) == "14/7/2023"
    assert short(date(2023, 7, 5)) == "5/7/2023"
    assert short(date(2023, 7, 5), lang="en") == "5 July 2023"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 7, 5), "ngày 05 tháng 7 năm 2023"),
        (date(2023, 2, 14), "ngày 14 tháng 02 năm 2023"),
        (date(2023, 1, 1), "ngày 01 tháng 01 năm 2023"),
        (date(2023, 3, 10), "ngày 10 tháng 3 năm 2023"),
        (date(2023, 12, 31), "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_decree_form_pads_small_days_and_the_first_two_months(day, written):
    assert decree(day) == written


@pytest.mark.parametrize(
    "typed",
    [
        "14/7/2023",
        "14/07/2023",
        "14-07-2023",
        " 2023-07-14 ",
        "2023-7-14",
        "14.7.2023",
        "14. 7. 2023",
        "14 7 2023",
        "14 / 7 / 2023",
        "14/7/23",
        "14.7.23",
        "14072023",
        "ngày 14 tháng 7 năm 2023",
        "Ngày 14 tháng 07 năm 2023.",
        "ngay 14 thang 7 nam 2023",
        "14 tháng 7, 2023",
        "14 July 2023",
        "14 Jul 2023",
        "14-Jul-2023",
        "１４／７／２０２３",
        "\u200b14/7/2023\ufeff",
        "14/\u00a07/2023",
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reads_what_people_type(typed, lang):
    assert parse_date(typed, lang=lang) == date(2023, 7, 14)


@pytest.mark.parametrize(
    ("typed", "year"), [("1/1/00", 2000), ("1/1/49", 2049), ("1/1/50", 1950), ("1/1/99", 1999)]
)
def test_two_digits_are_a_year_of_1950_to_2049(typed, year):
    assert parse_date(typed).year == year


def test_a_day_without_a_year_is_in_this_one_unless_it_is_ahead():
    today = date(2023, 7, 14)
    assert parse_date("14/7", today=today) == today
    assert parse_date("1.2", today=today) == date(2023, 2, 1)
    with pytest.raises(DateError, match=r"15/7 là của năm nào\? Hãy gõ cả năm, ví dụ 15/7/2023"):
        parse_date("15/7", today=today)
    with pytest.raises(DateError, match="không phải là ngày"):
        parse_date("14/7")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_month_is_never_guessed_to_stand_first(lang):
    assert parse_date("3/4/2023", lang=lang) == date(2023, 4, 3)
    for typed in ("7/14/2023", "07142023", "7.14.23"):
        with pytest.raises(DateError, match=re.escape(typed)):
            parse_date(typed, lang=lang)


@given(DAYS.filter(lambda day: 1950 <= day.year < 2050))
def test_every_form_gives_the_same_day(day):
    forms = ("%d%m%Y", "%d.%m.%y", "%d %m %Y", "ngày %d tháng %m năm %Y", "%d %B %Y")
    assert {parse_date(day.strftime(form)) for form in forms} == {day}


@given(DAYS)
def test_written_dates_read_back(day):
    assert parse_date(short(day)) == parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d-%m-}{day.year}") == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "14/7-2023",
        "hôm nay",
        "31/2/2023",
        "7/14/2023",
        "14/7/203",
        "1472023",
        "7/2023",
        "14Ju2023",
    ],
)
def test_refuses_other_forms_and_shows_the_expected_one(typed):
    with pytest.raises(DateError, match=r"Hãy gõ ngày/tháng/năm, ví dụ 14/7/2023\."):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["14/7/0203", "14/7/2203", "0000-01-01"])
def test_refuses_years_that_are_slips_of_the_hand(typed):
    with pytest.raises(DateError, match="từ 1900 đến 2100"):
        parse_date(typed)


@given(st.text("0123456789/-. ngàythánăm"), st.sampled_from(["vi", "en"]))
def test_any_text_is_read_or_refused_with_advice(text, lang):
    try:
        year, advice = parse_date(text, lang=lang).year, ""
    except DateError as error:
        year, advice = None, str(error)
    assert "14/7/2023" in advice if year is None else 1900 <= year <= 2100
