"""Bar chart: one row per name, read from top to bottom, the number at the end of its bar."""

from dataclasses import dataclass

from sohoi.ui.charts.scale import (
    LETTER,
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
LABEL_ROOM, TEXT_ROOM, GAP = 190, 150, 8


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

    @property
    def height(self) -> float:
        return self.bottom + FOOT


def bar_chart(points: list[Point], *, title: str, axis: Axis) -> BarChart:
    """Rows in the order given; bars start at zero, negative ones to the left of it."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return BarChart(title)
    steps = ticks(values)
    left = max(text_width(cut(point.label, LABEL_ROOM)) for point in points) + GAP
    start = r1(left + _room(points, is_negative=True))
    end = r1(WIDTH - _room(points, is_negative=False))
    at = {step: r1(_across(step, steps, start, end)) for step in steps}
    bars = [
        _bar(point, r1(TOP + ROW * n), left, _across(point.value or 0, steps, start, end), at[0])
        for n, point in enumerate(points)
    ]
    marks = tuple(Tick(x, axis(step)) for step, x in at.items())
    return BarChart(title, tuple(bars), _apart(marks), at[0], TOP + ROW * len(points))


def _across(value: Number, steps: list[Number], start: float, end: float) -> float:
    return start + (end - start) * (value - steps[0]) / (steps[-1] - steps[0])


def _room(points: list[Point], *, is_negative: bool) -> float:
    """Room kept beside the bars for the numbers at their ends."""
    texts = [p.text for p in points if p.value is not None and (p.value < 0) == is_negative]
    least = 0 if is_negative else LETTER
    return max((text_width(cut(text, TEXT_ROOM)) + GAP * 1.5 for text in texts), default=least)


def _apart(marks: tuple[Tick, ...]) -> tuple[Tick, ...]:
    """Lines stay; words that would touch those before them go."""
    kept, free = [], 0.0
    for mark in marks:
        half = text_width(mark.text) / 2
        fits = mark.at - half >= free and mark.at + half <= WIDTH
        kept.append(mark if fits else Tick(mark.at, ""))
        free = mark.at + half + GAP if fits else free
    return tuple(kept)


def _bar(point: Point, top: float, left: float, tip: float, zero: float) -> Bar:
    base = r1(top + ROW / 2 + LETTER * 0.35)
    is_gap = point.value is None
    wide = 0 if not point.value else max(abs(tip - zero), 1)
    words = cut(point.text, TEXT_ROOM)
    is_left = bool(point.value and point.value < 0)
    # Where zero lies at the right edge, a reason has its room on the left only.
    is_left = is_left or (is_gap and zero + GAP + text_width(words) > WIDTH)
    beside = zero - wide - GAP if is_left else zero + wide + GAP
    return Bar(
        top,
        r1(zero - wide if is_left else zero),
        r1(top + (ROW - BAR) / 2),
        r1(wide),
        Text(r1(left - GAP), base, cut(point.label, LABEL_ROOM), "end"),
        Text(r1(beside), base, words, "end" if is_left else "start"),
        f"{point.label}: {point.text}",
        point.url,
        is_gap,
    )
