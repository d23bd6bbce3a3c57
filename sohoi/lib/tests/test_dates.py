"""Dates are shown as in lists and decrees, and read strictly."""

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


@pytest.mark.parametrize("typed", ["14/7/2023", "14/07/2023", "14-07-2023", " 2023-07-14 "])
def test_reads_the_usual_forms(typed):
    assert parse_date(typed) == date(2023, 7, 14)


@given(DAYS)
def test_written_dates_read_back(day):
    assert parse_date(short(day)) == parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d-%m-}{day.year}") == day


@pytest.mark.parametrize(
    "typed", ["", "14/7/23", "14.7.2023", "14/7-2023", "hôm nay", "31/2/2023", "7/14/2023"]
)
def test_refuses_other_forms_and_shows_the_expected_one(typed):
    with pytest.raises(DateError, match=r"Hãy gõ ngày/tháng/năm, ví dụ 14/7/2023\."):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["14/7/0203", "14/7/2203", "0000-01-01"])
def test_refuses_years_that_are_slips_of_the_hand(typed):
    with pytest.raises(DateError, match="từ 1900 đến 2100"):
        parse_date(typed)


@given(st.text("0123456789/- "), st.sampled_from(["vi", "en"]))
def test_any_text_is_read_or_refused_with_advice(text, lang):
    try:
        year, advice = parse_date(text, lang=lang).year, ""
    except DateError as error:
        year, advice = None, str(error)
    assert "14/7/2023" in advice if year is None else 1900 <= year <= 2100
