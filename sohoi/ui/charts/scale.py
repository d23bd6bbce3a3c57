"""What all charts share: a cell, the sheet they are drawn on, round steps, how wide words are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10
from unicodedata import combining, normalize

Number = int | float
Axis = Callable[[Number], str]

WIDTH = 640
NARROW = 358  # what a phone leaves of its screen, so that letters keep their size there
LETTER = 14  # size of the letters, in the same units; charts.css sets it too
LINE = 18
MOST_TICKS = 5


@dataclass(frozen=True)
class Point:
    """One cell. Without a value, `text` says why there is none."""

    label: str
    value: Number | None
    text: str
    url: str = ""


@dataclass(frozen=True)
class Tick:
    """A grid line and its words."""

    at: float
    text: str


@dataclass(frozen=True)
class Text:
    """Words at a place; `whole` is what was cut from them."""

    x: float
    y: float
    text: str
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom: what no other words may touch."""
        wide = text_width(self.text)
        left = self.x - {"start": 0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - LETTER, left + wide, self.y + LINE - LETTER


def overlap(one: tuple, other: tuple) -> bool:
    """Whether two boxes share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def r1(number: Number) -> float:
    """A coordinate: a tenth of a unit is finer than a screen; never a minus zero."""
    return round(float(number), 1) + 0.0


def text_width(text: str) -> float:
    """About how wide the words are in our typeface; the server has no screen to measure on."""
    letters = [c for c in normalize("NFD", str(text)) if not combining(c)]
    return sum(_letter_width(letter) for letter in letters) * LETTER


def _letter_width(letter: str) -> float:
    if letter in " .,:;'|!ijlItfr()[]/·-":
        return 0.38
    if letter in "mwMW@%…—":
        return 0.95
    return 0.74 if letter.isupper() else 0.66 if letter.isdigit() else 0.62


def cut(text: str, room: float) -> str:
    """The words, shortened with … where they do not fit."""
    text = str(text)
    if text_width(text) <= room:
        return text
    while text and text_width(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def round_steps(below: float) -> Iterator[Fraction]:
    """1, 2 and 5 times the powers of ten, upwards, from a little under `below`."""
    power = floor(log10(below)) - 2
    while True:
        for figure in (1, 2, 5):
            yield figure * Fraction(10) ** power
        power += 1


def ticks(values: list[Number]) -> list[Number]:
    """Three to five round numbers from below the least value to above the greatest, through zero.

    Whole values get whole steps: there is no half a household.
    """
    low, high = (Fraction(end) for end in (min([0, *values]), max([0, *values])))
    is_whole = all(float(value).is_integer() for value in values)
    for step in round_steps(float(high - low) or 1.0):
        first, last = floor(low / step), ceil(high / step)
        if last - first < MOST_TICKS and not (is_whole and step < 1):
            last = max(last, first + 2)
            return [plain(step * n) for n in range(first, last + 1)]
    return []


def plain(number: Fraction) -> Number:
    """A whole number where it is one, so that words for whole numbers can be asked for."""
    return int(number) if number.denominator == 1 else float(number)
