"""A worded figure reads as a careful newspaper writes it and never says too much."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.wording import Rounding, word_figure

OVER = Rounding("over", step=100)
NEARLY = Rounding("over", step=100, word="gần")
MONEY = Rounding("money", step=1_000_000_000, word="trên")
NEARLY_MONEY = Rounding("money", step=1_000_000_000, word="gần")
WORDS = {
    "vi": ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"],
    "en": ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}
UNITS = {"ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
UNITS |= {"thousand": 10**3, "million": 10**6, "billion": 10**9}
QUALIFIERS = r"hơn|trên|gần|ít nhất|more than|over|nearly|at least"
FIGURE = re.compile(
    rf"(?:(?P<qualifier>{QUALIFIERS}) )?(?:VND )?(?P<number>\S+)"
    rf"(?: (?P<unit>{'|'.join(UNITS)}))?(?: đồng)?"
)


def read(text: str, lang: str) -> tuple[str | None, Decimal]:
    """The qualifier and the number a reader takes from the wording."""
    match = FIGURE.fullmatch(text)
    number = match["number"]
    if number in WORDS[lang]:
        return match["qualifier"], Decimal(WORDS[lang].index(number))
    plain = number.replace(",", "") if lang == "en" else number.replace(".", "").replace(",", ".")
    return match["qualifier"], Decimal(plain) * UNITS.get(match["unit"], 1)


@pytest.mark.parametrize(
    ("value", "rounding", "noun", "worded"),
    [
        (104, OVER, "mô hình", "hơn 100 mô hình"),
        (100, OVER, "mô hình", "100 mô hình"),
        (99, OVER, "mô hình", "99 mô hình"),
        (0, OVER, "mô hình", "0 mô hình"),
        (161, OVER, "mô hình", "hơn 160 mô hình"),
        (1_234, OVER, "mô hình", "hơn 1.200 mô hình"),
        (198, NEARLY, "mô hình", "gần 200 mô hình"),
        (195, NEARLY, "mô hình", "gần 200 mô hình"),
        (191, NEARLY, "mô hình", "gần 200 mô hình"),
        (171, NEARLY, "mô hình", "hơn 170 mô hình"),
        (200, NEARLY, "mô hình", "200 mô hình"),
        (99, NEARLY, "mô hình", "99 mô hình"),
        (310, Rounding(), "gương", "310 gương"),
        (2370, Rounding(), "thành viên", "2.370 thành viên"),
        (20_000, Rounding("thousands"), "chị em", "20 ngàn chị em"),
        (20_137, Rounding("thousands"), "chị em", "20.137 chị em"),
        (20_137, Rounding("thousands", step=1000), "chị em", "hơn 20 ngàn chị em"),
        (1_000_000, Rounding("thousands"), "lượt", "1 triệu lượt"),
        (1_500_000, Rounding("thousands"), "lượt", "1.500.000 lượt"),
        (1_000_000_000, Rounding("thousands"), "lượt", "1 tỷ lượt"),
        (2_500_000_000_000, Rounding("thousands"), "lượt", "2.500 tỷ lượt"),
        (0, Rounding("thousands"), "chị em", "0 chị em"),
        (2, Rounding("words"), "khâu đột phá", "hai khâu đột phá"),
        (11, Rounding("words"), "khâu đột phá", "11 khâu đột phá"),
        (0, Rounding("words"), "khâu đột phá", "0 khâu đột phá"),
        (15, Rounding("at_least"), "sản phẩm", "ít nhất 15 sản phẩm"),
        (10_236_000_000, MONEY, "", "trên 10 tỷ đồng"),
        (10_000_000_000, MONEY, "", "10 tỷ đồng"),
        (3_788_000_000, MONEY, "", "trên 3,7 tỷ đồng"),
        (3_980_100_000, NEARLY_MONEY, "", "gần 4 tỷ đồng"),
        (999_990_000, MONEY, "", "999,99 triệu đồng"),
        (41_500_000_000, MONEY, "đồng", "41,5 tỷ đồng"),
        (780_400_000, MONEY, "", "780,4 triệu đồng"),
        (10_236_000_000, Rounding("money"), "", "10,236 tỷ đồng"),
        (-10_236_000_000, MONEY, "", "-10,236 tỷ đồng"),
    ],
)
def test_words_a_figure(value, rounding, noun, worded):
    assert word_figure(value, rounding, noun) == worded


def test_scaled_measures_take_their_step_in_the_unit_shown():
    assert word_figure(490_000, Rounding(), "chỉ", 1000) == "490 chỉ"
    assert word_figure(12_500, Rounding(), "chỉ", scale=1000) == "12,5 chỉ"
    assert word_figure(494_500, Rounding("over", step=10), "chỉ", scale=1000) == "hơn 490 chỉ"
    assert word_figure(2_500, Rounding("words"), "chỉ", scale=1000) == "2,5 chỉ"


def test_english_wording():
    assert word_figure(104, OVER, "models", lang="en") == "more than 100 models"
    assert word_figure(10_236_000_000, MONEY, lang="en") == "over VND 10 billion"
    assert word_figure(20_000, Rounding("thousands"), "women", lang="en") == "20 thousand women"
    assert word_figure(15, Rounding("at_least"), "products", lang="en") == "at least 15 products"


@pytest.mark.parametrize(
    "arguments",
    [
        {"mode": "over"},
        {"mode": "over", "step": -1},
        {"mode": "exact", "step": 10},
        {"mode": "about"},
        {"mode": "over", "step": 10, "word": "khoảng"},
    ],
)
def test_a_rounding_that_could_mislead_is_refused(arguments):
    with pytest.raises(ValueError, match="step|mode|word"):
        Rounding(**arguments)


def test_money_has_no_other_scale():
    with pytest.raises(ValueError, match="scale"):
        word_figure(1, MONEY, scale=1000)


STEPS = st.integers(1, 10**10)
STEPPED = st.builds(
    Rounding,
    st.sampled_from(["over", "thousands", "money"]),
    STEPS | st.sampled_from([100, 1000, 10**9]),
    st.sampled_from(["hơn", "trên", "gần"]),
)
UNSTEPPED = st.builds(
    Rounding, st.sampled_from(["exact", "thousands", "words", "money", "at_least"])
)
VALUES = st.one_of(
    st.integers(-20, 200),
    st.integers(-(10**13), 10**13),
    st.builds(lambda n, unit: n * unit, st.integers(1, 999), st.sampled_from([100, 10**3, 10**8])),
)


@given(VALUES, STEPPED | UNSTEPPED, st.sampled_from([1, 1000]), st.sampled_from(["vi", "en"]))
def test_the_sentence_is_true_whatever_the_value(value, rounding, scale, lang):
    if rounding.mode == "money":
        scale = 1
    qualifier, said = read(word_figure(value, rounding, scale=scale, lang=lang), lang)
    actual = Decimal(value) / scale
    if qualifier in ("ít nhất", "at least"):
        assert said == actual
    elif qualifier in ("gần", "nearly"):
        assert actual < said < actual + rounding.step
        assert said - actual <= actual / 10
    elif qualifier:
        assert actual - rounding.step < said < actual
        assert actual - said <= actual / 10
    else:
        assert said == actual


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_a_value_on_the_step_is_told_as_it_is(count, step):
    value = count * step
    assert word_figure(value, Rounding("over", step)) == word_figure(value, Rounding())


@given(st.integers(10, 10**6), st.integers(2, 10**4), st.data())
def test_a_value_above_the_step_is_called_more_than_it(count, step, data):
    value = count * step + data.draw(st.integers(1, step - 1))
    assert word_figure(value, Rounding("over", step)).startswith("hơn ")
