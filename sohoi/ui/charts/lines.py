"""Line chart: how numbers went from period to period, each line named at its end."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from sohoi.ui.charts.scale import (
    LETTER,
    LINE,
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

MOST_LINES = 8
MOST_NAMED = 5
TOP, PLOT = 12, 260
BOTTOM = TOP + PLOT
HEIGHT = BOTTOM + 32
NAME_SHARE, LABEL_ROOM = 0.2875, 120  # of the width; units


@dataclass(frozen=True)
class Series:
    """One line; its points carry the same labels as those of every other line."""

    title: str
    points: list[Point]


@dataclass(frozen=True)
class Dot:
    """A point that has a number; `title` says it in full."""

    x: float
    y: float
    title: str
    url: str


@dataclass(frozen=True)
class Line:
    """A line as drawn: broken where a number is missing."""

    number: int
    title: str
    paths: list[str]
    dots: list[Dot]
    name: Text
    leader: str


@dataclass(frozen=True)
class LineChart:
    """What `ui/_line_chart.html` places."""

    title: str
    left: float = 0
    right: float = WIDTH
    ticks: tuple[Tick, ...] = ()
    zero: float = BOTTOM
    labels: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = ()
    not_drawn: tuple[str, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    narrow: "LineChart | None" = None

    @property
    def left_out(self) -> str:
        """The sentence that names the lines for which there was no room; empty without any."""
        if not self.not_drawn:
            return ""
        names = ", ".join(self.not_drawn[:MOST_NAMED])
        names += ", …" if len(self.not_drawn) > MOST_NAMED else "."
        shown = {"count": len(self.lines), "names": names}
        return _("Biểu đồ chỉ vẽ %(count)s đường. Xem trong bảng: %(names)s") % shown


@dataclass(frozen=True)
class _Frame:
    """Where a value and a position come to lie."""

    left: float
    right: float
    low: Number
    high: Number
    count: int
    width: int

    @property
    def name_room(self) -> float:
        return self.width * NAME_SHARE

    def x(self, position: int) -> float:
        if self.count == 1:
            return r1((self.left + self.right) / 2)
        return r1(self.left + 8 + (self.right - self.left - 16) * position / (self.count - 1))

    def y(self, value: Number) -> float:
        return r1(TOP + PLOT * (self.high - value) / (self.high - self.low))


def line_chart(series: list[Series], *, title: str, axis: Axis) -> LineChart:
    """The first eight lines that have a number, from zero (or below, where numbers are)."""
    full = [one for one in series if any(p.value is not None for p in one.points)]
    if not full:
        return LineChart(title)
    # Too small for a finger: on a phone the table has the links.
    plain = [Series(one.title, [replace(p, url="") for p in one.points]) for one in full]
    narrow = _chart(plain, title, axis, NARROW)
    return replace(_chart(full, title, axis, WIDTH), narrow=narrow)


def _chart(full: list[Series], title: str, axis: Axis, width: int) -> LineChart:
    drawn = full[:MOST_LINES]
    steps = ticks([p.value for one in drawn for p in one.points if p.value is not None])
    words = [axis(step) for step in steps]
    left = r1(max(text_width(text) for text in words) + 12)
    room = max(text_width(cut(one.title, width * NAME_SHARE)) for one in drawn)
    right = r1(width - max(room + 22, 40))
    labels = [str(point.label) for point in drawn[0].points]
    frame = _Frame(left, right, steps[0], steps[-1], len(labels), width)
    return LineChart(
        title,
        left,
        right,
        tuple(Tick(frame.y(step), text) for step, text in zip(steps, words, strict=True)),
        frame.y(0),
        _labels(labels, frame),
        _lines(drawn, frame),
        tuple(one.title for one in full[MOST_LINES:]),
        width,
    )


def _lines(drawn: list[Series], frame: _Frame) -> tuple[Line, ...]:
    dots = [_dots(one, frame) for one in drawn]
    ends = [next(dot for dot in reversed(row) if dot) for row in dots]
    heights = spread([end.y for end in ends])
    return tuple(
        Line(
            number,
            one.title,
            _paths(row),
            [dot for dot in row if dot],
            Text(frame.right + 16, r1(height + LETTER * 0.35), cut(one.title, frame.name_room)),
            _leader(end, height, frame.right),
        )
        for number, (one, row, end, height) in enumerate(
            zip(drawn, dots, ends, heights, strict=True), start=1
        )
    )


def _dots(one: Series, frame: _Frame) -> list[Dot | None]:
    return [
        None
        if point.value is None
        else Dot(
            frame.x(position),
            frame.y(point.value),
            f"{one.title} · {point.label}: {point.text}",
            point.url,
        )
        for position, point in enumerate(one.points)
    ]


def _paths(row: list[Dot | None]) -> list[str]:
    """Points of every unbroken run; a run of one is only a dot."""
    runs: list[list[Dot]] = [[]]
    for dot in row:
        if dot:
            runs[-1].append(dot)
        else:
            runs.append([])
    return [" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1]


def _leader(end: Dot, height: float, right: float) -> str:
    """A thin line from the last dot to its name, where the name could not stand beside it."""
    if abs(end.y - height) < 4 and right - end.x < 24:
        return ""
    return f"{end.x + 6:.1f},{end.y} {right + 13:.1f},{height}"


def spread(wanted: list[float]) -> list[float]:
    """Heights near those wanted, in the same order, at least a line apart and inside the plot."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [0.0] * len(wanted)
    above = TOP - LINE
    for index in order:
        placed[index] = above = max(wanted[index], above + LINE)
    below = BOTTOM + LINE
    for index in reversed(order):
        placed[index] = below = min(placed[index], below - LINE)
    return [r1(height) for height in placed]


def _labels(labels: list[str], frame: _Frame) -> tuple[Text, ...]:
    """Words under the plot, as many as fit, always with the last one."""
    words = [cut(label, LABEL_ROOM) for label in labels]
    last = len(words) - 1
    step = abs(frame.x(1) - frame.x(0)) if last else frame.right
    stride = max(1, -int(-(max(text_width(word) for word in words) + 10) // step))
    return tuple(
        _inside(Text(frame.x(n), BOTTOM + 22, word, "middle"), frame.width)
        for n, word in enumerate(words)
        if (last - n) % stride == 0
    )


def _inside(text: Text, width: int) -> Text:
    """Words at the edge turn inwards rather than being cut off."""
    left, _top, right, _bottom = text.box
    if left < 0:
        return Text(0, text.y, text.text)
    return Text(width, text.y, text.text, "end") if right > width else text
