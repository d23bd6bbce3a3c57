"""Numbers are written the Vietnamese way and read back exactly or refused with advice."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.numbers import (
    NumberError,
    divided,
    format_decimal,
    format_scaled,
    group,
    in_words,
    parse_integer,
    parse_scaled,
)

LANGS = st.sampled_from(["vi", "en"])
STORABLE = st.integers(-(10**18) + 1, 10**18 - 1)


def test_groups_by_threes():
    assert [group(n) for n in (0, 999, 2370, 1234567, -2370)] == [
        "0",
        "999",
        "2.370",
        "1.234.567",
        "-2.370",
    ]
    assert group(1234567, lang="en") == "1,234,567"


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("41.5", 1, "41,5"),
        ("41.25", 1, "41,3"),
        ("-0.04", 1, "0,0"),
        ("1234.5", 2, "1.234,50"),
        ("2.5", 0, "3"),
    ],
)
def test_decimals_round_half_up(number, places, shown):
    assert format_decimal(Decimal(number), places) == shown


def test_decimals_can_drop_their_zeros():
    assert format_decimal(Decimal("41.50"), 2, trim=True) == "41,5"
    assert format_decimal(Decimal(100), 2, trim=True) == "100"
    assert format_decimal(Decimal(100), 0, trim=True) == "100"
    assert format_decimal(Decimal("1041.5"), 1, lang="en") == "1,041.5"


@pytest.mark.parametrize("typed", ["2.370", "2370", " 2 370 ", "2\u00a0370", "02370"])
def test_reads_whole_numbers_as_people_type_them(typed):
    assert parse_integer(typed) == 2370


@pytest.mark.parametrize(
    "typed",
    ["2.37", "1,5", "1,234", "", "  ", "12 người", "1.23.456", "1.234 567", "0.370", "2..370"]
    + ["23 70", "1e3", "٣", "+5", "- 5", "1.", ".5", "2.3700", "NaN"],
)
def test_refuses_what_is_not_clearly_a_whole_number(typed):
    with pytest.raises(NumberError, match="Hãy gõ số nguyên.*2370 hoặc 2.370"):
        parse_integer(typed)


def test_negatives_are_refused_unless_allowed():
    with pytest.raises(NumberError, match="không được âm"):
        parse_integer("-5")
    assert parse_integer("-5", allow_negative=True) == -5
    assert parse_integer("\u22125", allow_negative=True) == -5


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 10_000])
def test_refuses_numbers_no_column_can_hold(typed):
    with pytest.raises(NumberError, match="quá lớn"):
        parse_integer(typed)


def test_the_message_quotes_no_more_than_a_line():
    with pytest.raises(NumberError) as caught:
        parse_integer("x" * 10_000)
    assert len(str(caught.value)) < 150


def test_english_readers_get_english_marks_and_messages():
    assert parse_integer("2,370", lang="en") == 2370
    assert parse_scaled("490.5", 1000, lang="en") == 490_500
    with pytest.raises(NumberError, match=r"Type a whole number.*2,370"):
        parse_integer("2.370", lang="en")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("490,5", 490_500), ("490", 490_000), ("1.234,567", 1_234_567), ("0,001", 1)],
)
def test_reads_decimals_exactly(typed, parts):
    assert parse_scaled(typed, 1000) == parts


@pytest.mark.parametrize("typed", ["490,1234", "490.5", "490,", ",5", "1,2,3", "490,5000"])
def test_refuses_decimals_the_scale_cannot_hold(typed):
    with pytest.raises(NumberError, match="nhiều nhất 3 chữ số sau dấu phẩy, .*490,5"):
        parse_scaled(typed, 1000)


def test_a_scale_is_a_power_of_ten():
    with pytest.raises(ValueError, match="power of ten"):
        parse_scaled("1", 12)


@given(STORABLE, LANGS)
def test_grouped_numbers_read_back(number, lang):
    assert parse_integer(group(number, lang=lang), allow_negative=True, lang=lang) == number


@given(STORABLE, st.sampled_from([1, 10, 1000]), LANGS)
def test_scaled_numbers_read_back(number, scale, lang):
    shown = format_scaled(number, scale, lang=lang)
    assert parse_scaled(shown, scale, allow_negative=True, lang=lang) == number


@given(st.text(), st.sampled_from([1, 1000]))
def test_any_text_is_read_or_refused_with_advice(text, scale):
    try:
        number, advice = parse_scaled(text, scale), ""
    except NumberError as error:
        number, advice = None, str(error)
    assert "Hãy" in advice if number is None else 0 <= number < 10**18


def test_small_counts_become_words():
    assert [in_words(n) for n in (0, 2, 9, 10, 11, 2370)] == [
        "không",
        "hai",
        "chín",
        "mười",
        "11",
        "2.370",
    ]
    assert (in_words(10, lang="en"), in_words(-1)) == ("ten", "-1")


@pytest.mark.parametrize(
    "typed", ["１.２３４,５", "\u200b1.234,5", "1 234,5", "1\u00a0234,5\ufeff"]
)
def test_full_width_digits_and_invisible_signs_do_not_hinder(typed):
    assert parse_scaled(typed, 1000) == 1_234_500


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [(1, 2, 1), (-1, 2, -1), (1, -2, -1), (5, 2, 3), (4, 3, 1), (5, 3, 2), (0, 7, 0), (-5, -2, 3)],
)
def test_a_half_is_rounded_up(above, below, whole):
    assert divided(above, below) == whole


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9))
def test_a_quotient_is_rounded_as_a_decimal_is(above, below):
    exact = Decimal(above) / Decimal(below)
    assert divided(above, below) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
