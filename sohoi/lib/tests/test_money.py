"""Amounts of money and gold are exact, or say that they are cut."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.money import Wording, gold, vnd, vnd_prose, vnd_short

AMOUNTS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.builds(lambda n, unit: n * unit, st.integers(-9999, 9999), st.sampled_from([10**6, 10**8])),
)
UNITS = {"tỷ": 10**9, "triệu": 10**6}


def amount_read(text: str) -> Decimal:
    """'41,5 tỷ đồng' back to đồng."""
    number, *unit = text.removesuffix(" đồng").split()
    plain = Decimal(number.replace(".", "").replace(",", "."))
    return plain * (UNITS[unit[0]] if unit else 1)


def test_writes_every_dong():
    assert vnd(41_500_000_000) == "41.500.000.000 đồng"
    assert vnd(41_500_000_000, lang="en") == "VND 41,500,000,000"


@pytest.mark.parametrize(
    ("amount", "text", "exact"),
    [
        (41_500_000_000, "41,5 tỷ đồng", True),
        (780_000_000, "780 triệu đồng", True),
        (10_236_000_000, "10,2 tỷ đồng", False),
        (1_234_500_000_000, "1.234,5 tỷ đồng", True),
        (999_999_999, "999,9 triệu đồng", False),
        (1_000_000, "1 triệu đồng", True),
        (950_000, "950.000 đồng", True),
        (0, "0 đồng", True),
    ],
)
def test_short_form_says_whether_it_is_exact(amount, text, exact):
    assert vnd_short(amount) == Wording(text, exact=exact, below=not exact)


def test_short_form_of_a_debt_is_not_below_it():
    assert vnd_short(-10_236_000_000) == Wording("-10,2 tỷ đồng", exact=False, below=False)


def test_english_forms():
    assert vnd_short(41_500_000_000, lang="en").text == "VND 41.5 billion"
    assert vnd_prose(10_236_000_000, lang="en") == "VND 10.236 billion"


def test_prose_form_is_the_shortest_exact_one():
    amounts = (41_500_000_000, 10_236_000_000, 10_236_400_000, 780_000_000, 1_234_567)
    assert [vnd_prose(amount) for amount in amounts] == [
        "41,5 tỷ đồng",
        "10,236 tỷ đồng",
        "10.236,4 triệu đồng",
        "780 triệu đồng",
        "1.234.567 đồng",
    ]


@given(AMOUNTS)
def test_full_and_prose_forms_read_back_to_the_amount(amount):
    assert amount_read(vnd(amount)) == amount_read(vnd_prose(amount)) == amount


@given(AMOUNTS)
def test_short_form_flags_tell_the_truth(amount):
    wording = vnd_short(amount)
    said = amount_read(wording.text)
    assert (wording.exact, wording.below) == (said == amount, said < amount)
    assert abs(said - amount) < max(abs(amount) / Decimal(10), 1)


def test_gold_is_counted_in_thousandths():
    assert [gold(n) for n in (490_000, 12_500, 1, -1_500)] == [
        "490 chỉ",
        "12,5 chỉ",
        "0,001 chỉ",
        "-1,5 chỉ",
    ]
    assert gold(12_500, lang="en") == "12.5 chỉ"
