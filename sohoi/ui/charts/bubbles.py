"""Bubble map: where the numbers are, each as a disc whose area is the number."""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, hypot, inf, radians, sin, sqrt
from statistics import quantiles

from django.utils.translation import gettext as _

from sohoi.ui.charts.scale import (
    LETTER,
    NARROW,
    WIDTH,
    Axis,
    Number,
    Text,
    cut,
    overlap,
    plain,
    r1,
    round_steps,
    text_width,
)

LARGEST = 0.05  # of the width
SMALL = 3.5  # a place that has nothing, or of which nothing is known
REACH = 10  # what a finger can hit, though the disc be smaller
BESIDE = 18  # around the largest disc
LEAST_HEIGHT, MOST_HEIGHT = 300, 560
MOST_LABELS, LABEL_ROOM = 8, 150
FENCE, LEAST_SPREAD = 3, 0.02  # times the interquartile range; degrees, about two kilometres
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class MapPoint:
    """A number at a place. Without a value, `text` says why there is none."""

    label: str
    latitude: float
    longitude: float
    value: Number | None
    text: str
    url: str = ""


@dataclass(frozen=True)
class Bubble:
    """A disc; `kind` is plain, negative, zero or gap. `turn` is set where a place lies off the map.

    East is 0 degrees and south 90, as SVG turns.
    """

    x: float
    y: float
    radius: float
    kind: str
    label: str
    title: str
    url: str
    turn: float | None = None

    @property
    def reach(self) -> float:
        """How far around a small disc a click still counts; nothing where the disc will do."""
        return REACH if self.radius < REACH else 0

    @property
    def arrow(self) -> float:
        """Where the arrow stands before it is turned: beside the disc."""
        return r1(self.x + self.radius + 4)


@dataclass(frozen=True)
class Size:
    """A disc of the legend."""

    x: float
    radius: float
    text: Text


@dataclass(frozen=True)
class BubbleMap:
    """What `ui/_bubble_map.html` places."""

    title: str
    bubbles: tuple[Bubble, ...] = ()
    labels: tuple[Text, ...] = ()
    legend: tuple[Size, ...] = ()
    outlines: tuple[str, ...] = ()
    map_height: float = LEAST_HEIGHT
    width: int = WIDTH
    narrow: "BubbleMap | None" = None

    @property
    def has_gap(self) -> bool:
        return any(bubble.kind == "gap" for bubble in self.bubbles)

    @property
    def has_far(self) -> bool:
        return any(bubble.turn is not None for bubble in self.bubbles)

    @property
    def height(self) -> float:
        return self.map_height + (self._legend_room if self.legend else 0)

    @property
    def legend_y(self) -> float:
        return self.map_height + self._legend_room / 2

    @property
    def _legend_room(self) -> float:
        return 2 * LARGEST * self.width + 16


@dataclass(frozen=True)
class _Box:
    """Degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def meets(self, ring: Ring) -> bool:
        other = _around(ring)
        return overlap(
            (self.west, self.south, self.east, self.north),
            (other.west, other.south, other.east, other.north),
        )


class _Projection:
    """Degrees to units: one scale both ways, a degree eastwards narrowed by the latitude."""

    def __init__(self, box: _Box, width: int) -> None:
        self.width, self.pad = width, LARGEST * width + BESIDE
        self.narrow = cos(radians((box.south + box.north) / 2))
        self.box = box
        wide = max((box.east - box.west) * self.narrow, LEAST_SPREAD)
        high = max(box.north - box.south, LEAST_SPREAD)
        self.scale = min((width - 2 * self.pad) / wide, (MOST_HEIGHT - 2 * self.pad) / high)
        self.height = r1(max(high * self.scale + 2 * self.pad, LEAST_HEIGHT))

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        east = longitude - (self.box.west + self.box.east) / 2
        north = latitude - (self.box.south + self.box.north) / 2
        middle = self.width / 2
        return middle + east * self.narrow * self.scale, self.height / 2 - north * self.scale

    def at_border(self, longitude: float, latitude: float) -> tuple[float, float, float]:
        """Where the way from the middle to a place off the map leaves it, and which way that is."""
        x, y = self(longitude, latitude)
        east, south = x - self.width / 2, y - self.height / 2
        half_wide, half_high = self.width / 2 - self.pad, self.height / 2 - self.pad
        share = min(half_wide / (abs(east) or 1e-9), half_high / (abs(south) or 1e-9))
        turn = degrees(atan2(south, east))
        return self.width / 2 + east * share, self.height / 2 + south * share, turn


def bubble_map(
    places: list[MapPoint], *, title: str, axis: Axis, outlines: list[Ring] | tuple = ()
) -> BubbleMap:
    """Largest first, so that the small lie on top; a far place is an arrow at the border."""
    if all(place.value is None for place in places):
        return BubbleMap(title)
    # Too small for a finger: on a phone the table has the links.
    plain = [replace(place, url="") for place in places]
    narrow = _map(plain, title, axis, outlines, NARROW)
    return replace(_map(places, title, axis, outlines, WIDTH), narrow=narrow)


def _map(
    places: list[MapPoint], title: str, axis: Axis, outlines: list[Ring] | tuple, width: int
) -> BubbleMap:
    values = [abs(place.value) for place in places if place.value is not None]
    fence = _fence(places)
    near = [(p.longitude, p.latitude) for p in places if fence.holds(p.longitude, p.latitude)]
    near = near or [(fence.west, fence.south), (fence.east, fence.north)]
    rings = [list(ring) for ring in outlines if ring and fence.meets(ring)]
    corners = [*near, *(corner for ring in rings for corner in ring)]
    project = _Projection(_around(corners), width)
    most = max(values) or 1
    ordered = sorted(places, key=lambda place: -abs(place.value or 0))
    bubbles = tuple(
        _bubble(place, project, most, is_far=not fence.holds(place.longitude, place.latitude))
        for place in ordered
    )
    return BubbleMap(
        title,
        bubbles,
        _labels(bubbles, project),
        _legend(most, axis, project) if any(values) else (),
        tuple(" ".join("{},{}".format(*map(r1, project(*c))) for c in ring) for ring in rings),
        project.height,
        width,
    )


def _around(corners: Ring) -> _Box:
    longitudes, latitudes = zip(*corners, strict=True)
    return _Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _fence(places: list[MapPoint]) -> _Box:
    """What counts as near: an island a hundred kilometres out must not squeeze all the rest."""
    west, east = _range([place.longitude for place in places])
    south, north = _range([place.latitude for place in places])
    return _Box(west, south, east, north)


def _range(degrees_: list[float]) -> tuple[float, float]:
    if len(degrees_) < 4:  # too few to say which of them is the odd one
        return -inf, inf
    first, _middle, third = quantiles(degrees_, n=4, method="inclusive")
    beyond = FENCE * max(third - first, LEAST_SPREAD)
    return first - beyond, third + beyond


def _bubble(place: MapPoint, project: _Projection, most: Number, *, is_far: bool) -> Bubble:
    title = f"{place.label}: {place.text}"
    if not is_far:
        x, y = project(place.longitude, place.latitude)
        turn = None
    else:
        x, y, turn = project.at_border(place.longitude, place.latitude)
        title += " " + _("(ở xa, đặt tại mép bản đồ theo hướng mũi tên)")
    kind = "plain"
    if not place.value:
        kind = "gap" if place.value is None else "zero"
    elif place.value < 0:
        kind = "negative"
    radius = LARGEST * project.width * sqrt(abs(place.value) / most) if place.value else SMALL
    turned = None if turn is None else r1(turn)
    return Bubble(r1(x), r1(y), r1(radius), kind, place.label, title, place.url, turned)


def _labels(bubbles: tuple[Bubble, ...], project: _Projection) -> tuple[Text, ...]:
    """Names of the far, which the map does not place, then of the largest, where they fit."""
    placed: list[Text] = []
    wanted = sorted((b for b in bubbles if b.kind != "gap"), key=lambda b: b.turn is None)
    arrows = [_arrow_tip(bubble) for bubble in bubbles if bubble.turn is not None]
    for bubble in wanted[: 2 * MOST_LABELS]:
        free = [
            text
            for text in _beside(bubble)
            if text.box[0] >= 0
            and text.box[2] <= project.width
            and text.box[1] >= 0
            and text.box[3] <= project.height
            and not any(overlap(text.box, other.box) for other in placed)
        ]
        if free and len(placed) < MOST_LABELS:
            placed.append(min(free, key=lambda text: _covered(text, bubble, bubbles, arrows)))
    return tuple(placed)


def _beside(bubble: Bubble) -> list[Text]:
    words = cut(bubble.label, LABEL_ROOM)
    middle, away = r1(bubble.y + LETTER * 0.35), bubble.radius + 4
    inner = 2 * bubble.radius - 6 >= text_width(words)
    texts = [
        Text(r1(bubble.x + away), middle, words),
        Text(r1(bubble.x - away), middle, words, "end"),
        Text(bubble.x, r1(bubble.y - away - 2), words, "middle"),
        Text(bubble.x, r1(bubble.y + away + LETTER - 2), words, "middle"),
    ]
    return [Text(bubble.x, middle, words, "middle"), *texts] if inner else texts


def _covered(text: Text, own: Bubble, bubbles: tuple[Bubble, ...], arrows: list[tuple]) -> int:
    """How many discs and arrows the words would lie on."""
    left, top, right, bottom = text.box
    hit = 0
    for bubble in bubbles:
        if bubble is not own:
            away = hypot(
                bubble.x - min(max(bubble.x, left), right),
                bubble.y - min(max(bubble.y, top), bottom),
            )
            hit += away < bubble.radius
    return hit + sum(overlap(text.box, arrow) for arrow in arrows)


def _arrow_tip(bubble: Bubble) -> tuple[float, float, float, float]:
    away, turn = bubble.radius + 8, radians(bubble.turn or 0)
    x, y = bubble.x + away * cos(turn), bubble.y + away * sin(turn)
    return x - 6, y - 6, x + 6, y + 6


def _legend(most: Number, axis: Axis, project: _Projection) -> tuple[Size, ...]:
    """Two or three round sizes, the largest no larger than the largest disc."""
    rounds = []
    for step in round_steps(float(most)):
        if step > most:
            break
        rounds.append(step)
    sizes, x = [], project.pad
    for step in reversed(rounds[-1::-2][:3]):
        if most >= 1 and float(most).is_integer() and step < 1:
            continue
        radius = r1(LARGEST * project.width * sqrt(float(step) / most))
        words = axis(plain(step))
        text = Text(r1(x + 2 * radius + 6), 0, words)
        sizes.append(Size(r1(x + radius), radius, text))
        x = text.box[2] + 24
    return tuple(sizes)
