"""Bar chart: one row per name, read from top to bottom, the number at the end of its bar."""

from dataclasses import dataclass, replace
from math import ceil

from sohoi.ui.charts.scale import (
    LETTER,
    NARROW,
    WIDTH,
    Axis,
    Number,
    Point,
    Text,
    Tick,
    cut,
    r1,
    text_width,
    ticks,
)

ROW, BAR = 28, 18
TOP, FOOT = 4, 28
LABEL_SHARE, TEXT_SHARE, LEAST_ROOM, GAP = 0.297, 0.2344, 110, 8  # of the width; units


@dataclass(frozen=True)
class Bar:
    """A row; `is_gap` where there is no number and the words say why."""

    top: float
    x: float
    y: float
    width: float
    label: Text
    text: Text
    title: str
    url: str
    is_gap: bool
    height: int = BAR


@dataclass(frozen=True)
class BarChart:
    """What `ui/_bar_chart.html` places."""

    title: str
    bars: tuple[Bar, ...] = ()
    ticks: tuple[Tick, ...] = ()
    zero: float = 0
    bottom: float = TOP
    width: int = WIDTH
    row: int = ROW
    narrow: "BarChart | None" = None

    @property
    def height(self) -> float:
        return self.bottom + FOOT


@dataclass(frozen=True)
class _Sheet:
    """How wide the sheet is and how much of it names and numbers may take."""

    width: int

    @property
    def label_room(self) -> float:
        return max(self.width * LABEL_SHARE, LEAST_ROOM)

    @property
    def text_room(self) -> float:
        return max(self.width * TEXT_SHARE, LEAST_ROOM)


def bar_chart(points: list[Point], *, title: str, axis: Axis) -> BarChart:
    """Rows in the order given; bars start at zero, negative ones to the left of it."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return BarChart(title)
    narrow = _chart(points, ticks(values), title, axis, _Sheet(NARROW))
    return replace(_chart(points, ticks(values), title, axis, _Sheet(WIDTH)), narrow=narrow)


def _chart(
    points: list[Point], steps: list[Number], title: str, axis: Axis, sheet: _Sheet
) -> BarChart:
    left = ceil(max(text_width(cut(p.label, sheet.label_room)) for p in points)) + GAP
    start = r1(left + _room(points, sheet, is_negative=True))
    end = r1(sheet.width - _room(points, sheet, is_negative=False))
    at = {step: r1(_across(step, steps, start, end)) for step in steps}
    tips = [_across(point.value or 0, steps, start, end) for point in points]
    bars = [
        _bar(point, r1(TOP + ROW * n), left, tip, at[0], sheet)
        for n, (point, tip) in enumerate(zip(points, tips, strict=True))
    ]
    marks = _apart(tuple(Tick(x, axis(step)) for step, x in at.items()), sheet.width)
    return BarChart(title, tuple(bars), marks, at[0], TOP + ROW * len(points), sheet.width)


def _across(value: Number, steps: list[Number], start: float, end: float) -> float:
    return start + (end - start) * (value - steps[0]) / (steps[-1] - steps[0])


def _room(points: list[Point], sheet: _Sheet, *, is_negative: bool) -> float:
    """Room kept beside the bars for the numbers at their ends."""
    texts = [p.text for p in points if p.value is not None and (p.value < 0) == is_negative]
    least = 0 if is_negative else LETTER
    return max(
        (text_width(cut(text, sheet.text_room)) + GAP * 1.5 for text in texts), default=least
    )


def _apart(marks: tuple[Tick, ...], width: int) -> tuple[Tick, ...]:
    """Lines stay; words that would touch those before them go."""
    kept, free = [], 0.0
    for mark in marks:
        half = text_width(mark.text) / 2
        fits = mark.at - half >= free and mark.at + half <= width
        kept.append(mark if fits else Tick(mark.at, ""))
        free = mark.at + half + GAP if fits else free
    return tuple(kept)


def _bar(point: Point, top: float, left: float, tip: float, zero: float, sheet: _Sheet) -> Bar:
    base = r1(top + ROW / 2 + LETTER * 0.35)
    is_gap = point.value is None
    wide = 0 if not point.value else max(abs(tip - zero), 1)
    words = cut(point.text, sheet.text_room)
    is_left = bool(point.value and point.value < 0)
    # Where zero lies at the right edge, a reason has its room on the left only.
    is_left = is_left or (is_gap and zero + GAP + text_width(words) > sheet.width)
    beside = zero - wide - GAP if is_left else zero + wide + GAP
    return Bar(
        top,
        r1(zero - wide if is_left else zero),
        r1(top + (ROW - BAR) / 2),
        r1(wide),
        Text(r1(left - GAP), base, cut(point.label, sheet.label_room), "end"),
        Text(r1(beside), base, words, "end" if is_left else "start"),
        f"{point.label}: {point.text}",
        point.url,
        is_gap,
    )
