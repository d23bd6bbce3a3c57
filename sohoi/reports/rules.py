"""What a return must satisfy, as codes: parts within totals, reasons for what differs or is odd;
and whom it waits for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sohoi.figures.quality.rules import unlike
from sohoi.kit.indicators import Indicator
from sohoi.reports.choices import State

FAR = 100  # times the period before, or one part of it: mostly a slip of the unit of measure


class Code(StrEnum):
    """What is found in one value; `wording.py` says each in a sentence."""

    NEGATIVE = "negative"
    EMPTY = "empty"
    OVER_TOTAL = "over_total"
    UNLIKE_PARTS = "unlike_parts"
    UNLIKE_COUNT = "unlike_count"
    TIMES = "times"
    FRACTION = "fraction"
    OUTLIER = "outlier"
    JUMP = "jump"
    FALL = "fall"


@dataclass(frozen=True)
class Cell:
    """What is typed for one indicator: a value, and a reason where one is needed."""

    value: int | None
    reason: str = ""


EMPTY = Cell(None)
Values = Mapping[str, int]
# For each indicator the unit's values of the periods before, newest first; None is unknown.
Earlier = Mapping[str, Sequence[int | None]]


@dataclass(frozen=True)
class Remark:
    """One value and what is beside it: a sum of parts, a count, a whole, or earlier values."""

    code: Code
    indicator: Indicator
    value: int | None = None
    other: int | None = None
    before: tuple[int, ...] = ()
    whole: Indicator | None = None


def mistakes(
    indicators: Collection[Indicator],
    cells: Mapping[str, Cell],
    counted: Values,
    earlier: Earlier | None = None,
) -> dict[str, Remark]:
    """What stands in the way of sending, by indicator key; empty when nothing does.

    A part never exceeds its total. A total that differs from the sum of its parts, a declared
    value that differs from the count, and one unlike the unit's own history are allowed with a
    reason: nothing is corrected by itself.
    """
    wrong = over_their_total(indicators, cells, counted)
    for indicator in indicators:
        if (cells.get(indicator.key, EMPTY).value or 0) < 0:
            wrong[indicator.key] = Remark(Code.NEGATIVE, indicator)
        if stated(indicator.key, cells, counted) is None:
            wrong[indicator.key] = Remark(Code.EMPTY, indicator)
    # While a part is wrong its total cannot be judged.
    unexplained = {
        remark.indicator.key: remark
        for remark in [
            *doubts(indicators, cells, earlier or {}),
            *differences(indicators, cells, counted),
        ]
        if not cells.get(remark.indicator.key, EMPTY).reason
        and not wrong.keys() & set(remark.indicator.parts)
    }
    remarks = unexplained | wrong
    return {i.key: remarks[i.key] for i in indicators if i.key in remarks}


def stated(key: str, cells: Mapping[str, Cell], counted: Values) -> int | None:
    """What the return says: the typed value, else the count, which needs no typing."""
    value = cells.get(key, EMPTY).value
    return counted.get(key) if value is None else value


def over_their_total(
    indicators: Iterable[Indicator], cells: Mapping[str, Cell], counted: Values
) -> dict[str, Remark]:
    """Parts that are greater than the whole they belong to."""
    by_key = {i.key: i for i in indicators}
    remarks = {}
    for indicator in by_key.values():
        total = stated(indicator.key, cells, counted)
        for key in by_key.keys() & set(indicator.parts):
            part = stated(key, cells, counted)
            if total is not None and part is not None and part > total:
                remarks[key] = Remark(Code.OVER_TOTAL, by_key[key], part, total, whole=indicator)
    return remarks


def differences(
    indicators: Iterable[Indicator], cells: Mapping[str, Cell], counted: Values
) -> list[Remark]:
    """Totals that are not the sum of their parts, and values beside another count."""
    remarks = []
    for indicator in indicators:
        total = stated(indicator.key, cells, counted)
        parts = [stated(key, cells, counted) for key in indicator.parts]
        if parts and total is not None and None not in parts and sum(parts) != total:
            remarks.append(Remark(Code.UNLIKE_PARTS, indicator, total, sum(parts)))
        elif total is not None and counted.get(indicator.key, total) != total:
            remarks.append(Remark(Code.UNLIKE_COUNT, indicator, total, counted[indicator.key]))
    return remarks


def doubts(
    indicators: Iterable[Indicator], cells: Mapping[str, Cell], earlier: Earlier
) -> list[Remark]:
    """Typed values a hundred times the period before or a hundredth of it, or far outside the
    unit's own history. They may well be true: they want a word, not a correction."""
    remarks = []
    for indicator in indicators:
        value = cells.get(indicator.key, EMPTY).value
        before = tuple(earlier.get(indicator.key, ()))
        if value is None or not (code := _doubt(indicator, value, before)):
            continue
        known = tuple(one for one in before if one is not None)
        remarks.append(Remark(code, indicator, value, known[0], known))
    return remarks


def _doubt(indicator: Indicator, value: int, before: tuple[int | None, ...]) -> Code | None:
    last = next((one for one in before if one is not None), None)
    if last and value >= last * FAR:
        return Code.TIMES
    if last and 0 < value * FAR <= last:
        return Code.FRACTION
    odd = unlike(indicator.kind, value, before, scale=indicator.measure.scale)
    return Code(odd) if odd else None


def awaits_district(state: str, *, checked: bool) -> bool:
    """`checked`: the district that checks the return still stands."""
    return state == State.SUBMITTED and checked


def awaits_province(state: str, *, checked: bool) -> bool:
    return state == State.CHECKED or (state == State.SUBMITTED and not checked)
