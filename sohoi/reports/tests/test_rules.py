"""What may be sent: totals, parts, counts, the unit's own history, and reasons for what differs."""

from dataclasses import replace

import pytest

from sohoi.kit.indicators import Declared, Indicator, Kind, Measure
from sohoi.reports.rules import (
    Cell,
    Code,
    Remark,
    differences,
    doubts,
    mistakes,
    over_their_total,
)
from sohoi.reports.wording import told

HOUSEHOLDS = Measure("hộ", "hộ")


def _indicator(key: str, *parts: str) -> Indicator:
    return Indicator(
        key=key,
        title=key.upper(),
        kind=Kind.FLOW,
        measure=HOUSEHOLDS,
        source=Declared("commune"),
        section="poverty",
        parts=parts,
    )


INDICATORS = (_indicator("x.all", "x.a", "x.b"), _indicator("x.a"), _indicator("x.b"))


def _told(found: dict) -> dict[str, str]:
    return {key: told(one) for key, one in found.items()}


def _codes(found: dict) -> dict[str, Code]:
    return {key: one.code for key, one in found.items()}


def _cells(whole, a, b, reason="") -> dict[str, Cell]:
    return {"x.all": Cell(whole, reason), "x.a": Cell(a), "x.b": Cell(b)}


def test_a_sound_return_has_no_mistakes():
    assert mistakes(INDICATORS, _cells(12, 5, 7), {}) == {}


def test_zero_is_filled_and_empty_is_not():
    found = mistakes(INDICATORS, _cells(0, 0, None), {})
    assert _codes(found) == {"x.b": Code.EMPTY}
    assert "ghi 0" in _told(found)["x.b"]


def test_a_part_over_its_total_is_refused_even_with_a_reason():
    found = mistakes(INDICATORS, _cells(5, 7, 0, reason="nhập sau"), {})
    assert _codes(found) == {"x.a": Code.OVER_TOTAL}
    assert "X.ALL" in _told(found)["x.a"]
    assert "5 hộ" in _told(found)["x.a"]


def test_a_part_may_equal_its_total():
    assert over_their_total(INDICATORS, _cells(5, 5, 0), {}) == {}


@pytest.mark.parametrize(("whole", "a", "b"), [(772, 234, 271), (8, 5, 7)])
def test_a_total_unlike_its_parts_needs_a_reason(whole, a, b):
    found = mistakes(INDICATORS, _cells(whole, a, b), {})
    assert _codes(found) == {"x.all": Code.UNLIKE_PARTS}
    assert str(a + b) in _told(found)["x.all"]
    assert mistakes(INDICATORS, _cells(whole, a, b, reason="chưa phân diện"), {}) == {}


def test_a_total_with_an_unfilled_part_is_not_compared():
    assert differences(INDICATORS, _cells(12, 5, None), {}) == []


def test_a_count_needs_no_typing_and_another_number_needs_a_reason():
    counted = {"x.a": 5}
    assert mistakes(INDICATORS, _cells(12, None, 7), counted) == {}
    assert mistakes(INDICATORS, _cells(12, 5, 7), counted) == {}
    found = mistakes(INDICATORS, _cells(11, 4, 7), counted)
    assert _codes(found) == {"x.a": Code.UNLIKE_COUNT}
    assert _told(found)["x.a"].startswith("Đếm từ sổ là 5, khai 4.")
    explained = _cells(11, 4, 7) | {"x.a": Cell(4, "một căn chưa bàn giao")}
    assert mistakes(INDICATORS, explained, counted) == {}


def test_a_counted_part_counts_towards_its_total():
    assert mistakes(INDICATORS, _cells(8, None, 3), {"x.a": 5}) == {}
    assert mistakes(INDICATORS, _cells(3, None, 0), {"x.a": 5}).keys() == {"x.a"}


def test_a_negative_value_is_refused():
    found = mistakes(INDICATORS, _cells(12, 13, -1), {})
    assert _codes(found) == {"x.a": Code.OVER_TOTAL, "x.b": Code.NEGATIVE}


@pytest.mark.parametrize(
    ("value", "before", "code"),
    [
        (4_100, (41,), Code.TIMES),
        (4_099, (41,), None),
        (4_100, (None, 41), Code.TIMES),
        (41, (4_100,), Code.FRACTION),
        (42, (4_100,), None),
        (0, (4_100,), None),
        (4_100, (0,), None),
        (4_100, (), None),
        (400, (41, 40, 43, 42), Code.OUTLIER),
        (44, (41, 40, 43, 42), None),
    ],
)
def test_a_value_unlike_the_units_own_history_wants_a_word(value, before, code):
    one, cells = INDICATORS[1], {"x.a": Cell(value)}
    assert [found.code for found in doubts([one], cells, {"x.a": before})] == [code] * bool(code)
    assert _codes(mistakes([one], cells, {}, {"x.a": before})) == ({"x.a": code} if code else {})
    confirmed = {"x.a": Cell(value, "đúng")}
    assert mistakes([one], confirmed, {}, {"x.a": before}) == {}
    assert len(doubts([one], confirmed, {"x.a": before})) == bool(code)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Kind.STOCK, 60, Code.JUMP),
        (Kind.STOCK, 41, None),
        (Kind.SINCE, 39, Code.FALL),
        (Kind.SINCE, 60, None),
        (Kind.FLOW, 60, None),
    ],
)
def test_each_kind_of_figure_has_its_own_doubt(kind, value, code):
    one = replace(INDICATORS[1], kind=kind)
    found = doubts([one], {"x.a": Cell(value)}, {"x.a": (40,)})
    assert [(odd.code, odd.other) for odd in found] == ([(code, 40)] if code else [])


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_its_sentence(code):
    found = Remark(code, INDICATORS[1], 4_100, 41, (41, 40), whole=INDICATORS[0])
    assert told(found).endswith((".", "”."))
    assert "%" not in told(found)
