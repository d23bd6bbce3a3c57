"""What may be sent: totals, parts, counts and the reasons for their differences."""

import pytest

from sohoi.kit.indicators import Declared, Indicator, Kind, Measure
from sohoi.reports.rules import Cell, differences, mistakes, over_their_total

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


def _cells(whole, a, b, reason="") -> dict[str, Cell]:
    return {"x.all": Cell(whole, reason), "x.a": Cell(a), "x.b": Cell(b)}


def test_a_sound_return_has_no_mistakes():
    assert mistakes(INDICATORS, _cells(12, 5, 7), {}) == {}


def test_zero_is_filled_and_empty_is_not():
    found = mistakes(INDICATORS, _cells(0, 0, None), {})
    assert found.keys() == {"x.b"}
    assert "ghi 0" in found["x.b"]


def test_a_part_over_its_total_is_refused_even_with_a_reason():
    found = mistakes(INDICATORS, _cells(5, 7, 0, reason="nhập sau"), {})
    assert found.keys() == {"x.a"}
    assert "X.ALL" in found["x.a"]
    assert "5 hộ" in found["x.a"]


def test_a_part_may_equal_its_total():
    assert over_their_total(INDICATORS, _cells(5, 5, 0), {}) == {}


@pytest.mark.parametrize(("whole", "a", "b"), [(772, 234, 271), (8, 5, 7)])
def test_a_total_unlike_its_parts_needs_a_reason(whole, a, b):
    found = mistakes(INDICATORS, _cells(whole, a, b), {})
    assert found.keys() == {"x.all"}
    assert str(a + b) in found["x.all"]
    assert mistakes(INDICATORS, _cells(whole, a, b, reason="chưa phân diện"), {}) == {}


def test_a_total_with_an_unfilled_part_is_not_compared():
    assert differences(INDICATORS, _cells(12, 5, None), {}) == []


def test_a_count_needs_no_typing_and_another_number_needs_a_reason():
    counted = {"x.a": 5}
    assert mistakes(INDICATORS, _cells(12, None, 7), counted) == {}
    assert mistakes(INDICATORS, _cells(12, 5, 7), counted) == {}
    found = mistakes(INDICATORS, _cells(11, 4, 7), counted)
    assert found.keys() == {"x.a"}
    assert "5" in found["x.a"]
    assert "4" in found["x.a"]
    explained = _cells(11, 4, 7) | {"x.a": Cell(4, "một căn chưa bàn giao")}
    assert mistakes(INDICATORS, explained, counted) == {}


def test_a_counted_part_counts_towards_its_total():
    assert mistakes(INDICATORS, _cells(8, None, 3), {"x.a": 5}) == {}
    assert mistakes(INDICATORS, _cells(3, None, 0), {"x.a": 5}).keys() == {"x.a"}


def test_a_negative_value_is_refused():
    assert mistakes(INDICATORS, _cells(12, 13, -1), {}).keys() == {"x.a", "x.b"}
