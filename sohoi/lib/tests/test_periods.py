"""Periods span whole months, have a title for prose and a period to compare with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.periods import PeriodError, parse_period, terms_between

CASES = [
    ("2023-M06", "month", date(2023, 6, 1), date(2023, 6, 30), "tháng 6 năm 2023"),
    ("2024-M02", "month", date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
    ("2023-Q2", "quarter", date(2023, 4, 1), date(2023, 6, 30), "quý II năm 2023"),
    ("2023-Q4", "quarter", date(2023, 10, 1), date(2023, 12, 31), "quý IV năm 2023"),
    ("2023-H1", "half", date(2023, 1, 1), date(2023, 6, 30), "6 tháng đầu năm 2023"),
    ("2023-H2", "half", date(2023, 7, 1), date(2023, 12, 31), "6 tháng cuối năm 2023"),
    ("2023-9M", "nine_months", date(2023, 1, 1), date(2023, 9, 30), "9 tháng đầu năm 2023"),
    ("2023", "year", date(2023, 1, 1), date(2023, 12, 31), "năm 2023"),
    ("term:2021-2026", "term", date(2021, 12, 31), date(2025, 6, 30), "nhiệm kỳ 2021–2026"),
    ("term:2025-2030", "term", date(2025, 7, 1), date(2029, 12, 31), "nhiệm kỳ 2025–2030"),
]
YEAR_KEYS = st.builds(
    lambda year, part: f"{year}{part}",
    st.integers(1931, 2100),
    st.sampled_from(
        ["", "-9M", "-H1", "-H2", *(f"-Q{n}" for n in range(1, 5))]
        + [f"-M{n:02}" for n in range(1, 13)]
    ),
)


@pytest.mark.parametrize(("key", "kind", "start", "end", "title"), CASES)
def test_a_key_names_a_span_and_a_title(key, kind, start, end, title):
    period = parse_period(f" {key} ")
    assert (period.key, period.kind, period.start, period.end) == (key, kind, start, end)
    assert (str(period), period.title()) == (key, title)


@given(YEAR_KEYS)
def test_every_period_is_named_in_both_languages(key):
    period = parse_period(key)
    for lang in ("vi", "en"):
        assert str(period.start.year) in period.title(lang)
        assert str(period.start.year) in period.short(lang)
        assert len(period.short(lang)) <= 12


@given(YEAR_KEYS.filter(lambda key: key > "1932"))
def test_the_period_before_ends_where_this_one_begins(key):
    period = parse_period(key)
    before = period.previous()
    assert before.kind == period.kind
    if period.kind == "nine_months":
        assert before == period.previous_year()
    else:
        assert before.end + timedelta(days=1) == period.start


def test_short_names_stand_beside_an_axis():
    keys = ("2023-M12", "2023-Q4", "2023-H1", "2023-H2", "2023-9M", "2023", "term:2021-2026")
    assert [parse_period(key).short() for key in keys] == [
        "T12/2023",
        "Quý IV/2023",
        "6T đầu 2023",
        "6T cuối 2023",
        "9T 2023",
        "2023",
        "2021–2026",
    ]
    assert parse_period("2023-Q4").short("en") == "Q4 2023"


def test_english_titles():
    keys = ("2023-M06", "2023-Q2", "2023-H1", "2023-H2", "2023-9M", "2023", "term:2021-2026")
    assert [parse_period(key).title("en") for key in keys] == [
        "June 2023",
        "the second quarter of 2023",
        "the first six months of 2023",
        "the last six months of 2023",
        "the first nine months of 2023",
        "2023",
        "the 2021–2026 term",
    ]


def test_compares_with_the_same_period_a_year_earlier():
    keys = ("2023-M06", "2024-M02", "2023-Q2", "2023-H1", "2023-9M", "2023", "term:2021-2026")
    assert [parse_period(key).previous_year().key for key in keys] == [
        "2022-M06",
        "2023-M02",
        "2022-Q2",
        "2022-H1",
        "2022-9M",
        "2022",
        "term:2016-2021",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "2023-6M", "2023-M6", "2023-M13", "2023-M00", "2023-Q5", "2023-H3", "2023-h1", "H1"]
    + ["2023-", "20231", "term:2021", "term:2026-2021", "term:2021-2021", "２０２３", "x" * 999],
)
def test_refuses_other_forms_and_lists_the_accepted_ones(text):
    with pytest.raises(PeriodError, match="2023-M06, 2023-Q2, 2023-H1.*term:2021-2026") as caught:
        parse_period(text)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["1929", "2101-H1", "term:1925-1930", "term:2099-2104"])
def test_refuses_years_outside_the_union_s_time(text):
    with pytest.raises(PeriodError, match="từ 1930 đến 2100"):
        parse_period(text)


def test_messages_exist_in_english():
    with pytest.raises(PeriodError, match="is not a reporting period"):
        parse_period("soon", lang="en")


@given(YEAR_KEYS)
def test_a_period_is_whole_months_it_contains(key):
    period = parse_period(key)
    months = period.months()
    assert parse_period(period.key) == period
    assert (months[0], len(months)) == (period.start, period.end.month - period.start.month + 1)
    assert all(month.day == 1 and period.contains(month) for month in months)
    day_after = period.end + timedelta(days=1)
    assert day_after.day == 1
    assert period.contains(period.end)
    assert not period.contains(day_after)
    assert not period.contains(period.start - timedelta(days=1))


@given(YEAR_KEYS)
def test_the_previous_period_has_the_same_shape(key):
    period = parse_period(key)
    earlier = period.previous_year()
    assert (earlier.kind, earlier.start) == (
        period.kind,
        period.start.replace(year=period.start.year - 1),
    )
    assert [month.month for month in earlier.months()] == [month.month for month in period.months()]


def test_a_term_has_every_month_in_which_it_has_a_day():
    months = parse_period("term:2021-2026").months()
    assert (months[0], months[-1], len(months)) == (date(2021, 12, 1), date(2025, 6, 1), 43)


@given(st.dates(date(1936, 1, 1), date(2089, 12, 31)))
def test_every_day_lies_in_one_term_and_the_term_before_ends_where_it_begins(day):
    (key,) = terms_between(day, day)
    term = parse_period(key)
    assert term.contains(day)
    day_after = term.end + timedelta(days=1)
    following = parse_period(*terms_between(day_after, day_after))
    assert following.start - term.end == timedelta(days=1)
    assert following.previous_year() == following.previous() == term


def test_the_terms_of_some_years_are_those_with_a_day_in_them():
    assert terms_between(date(2021, 1, 1), date(2025, 12, 31)) == [
        "term:2016-2021",
        "term:2021-2026",
        "term:2025-2030",
    ]
    assert terms_between(date(2022, 1, 1), date(2022, 12, 31)) == ["term:2021-2026"]


@pytest.mark.parametrize("text", ["term:2022-2027", "term:2026-2031", "term:2020-2025"])
def test_a_term_that_never_was_is_refused(text):
    with pytest.raises(PeriodError, match="term:2021-2026"):
        parse_period(text)
