"""The explorer: indicators × units × periods as tables whose rows and columns can be exchanged.

Everything in one answer stands in one tree, that of the period asked for or today's: last year's
figures are those of the same units, or say that they cannot be compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from sohoi.figures.asking.rules import Question, moved
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.queries import Figure, read, shown_by
from sohoi.kit.indicators import Indicator
from sohoi.lib.periods import Period, parse_period
from sohoi.org.queries import Place

INDICATORS, UNITS, PERIODS = DIMENSIONS = ("chi_tieu", "don_vi", "ky")
CHANGE = "change"
# What a page shows, and what a file holds; beyond them the officer is asked to choose less.
PAGE_CELLS, FILE_CELLS = 1_200, 50_000


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """What is asked: the question, of which indicators (none: all) and `units`, own, below or both.
    `compare` is year (with the same period last year and the change), years (the last five),
    quarters or months of the period."""

    question: Question
    keys: tuple[str, ...] = ()
    units: str = "own"
    compare: str = "year"


class TooMany(ValueError):
    """The answer would have more cells than a person can look through."""

    def __init__(self, cells: int, most: int):
        super().__init__(f"{cells} > {most}")
        self.cells, self.most = cells, most


@dataclass(frozen=True)
class Answer:
    """The figures by (indicator, unit, period), and the members of each dimension in order."""

    asked: Exploration
    indicators: list[Indicator]
    places: list[Place]
    periods: list[Period]
    cells: dict[tuple[str, UUID, str], Figure]

    def members(self, dimension: str) -> list[str | UUID]:
        if dimension == INDICATORS:
            return [i.key for i in self.indicators]
        if dimension == UNITS:
            return [p.id for p in self.places]
        keys = [p.key for p in self.periods]
        return [*keys, CHANGE] if self.has_change else keys

    @property
    def has_change(self) -> bool:
        return self.asked.compare == "year" and len(self.periods) == 2

    def figure(self, key: str, unit: UUID, period: str) -> Figure:
        return self.cells[key, unit, period]

    def change(self, key: str, unit: UUID) -> tuple[int, int] | None:
        """Value of the period and of the same one a year before; None where one is not known."""
        now, before = (self.figure(key, unit, period.key) for period in self.periods)
        return (now.value, before.value) if now.is_known and before.is_known else None


def answer_to(asked: Exploration, *, most: int = PAGE_CELLS) -> Answer:
    """Raises TooMany before anything is added up, and UnknownIndicator.

    The number of queries depends neither on the units nor on the periods.
    """
    question = asked.question
    indicators, places, _held = shown_by(question, asked.keys or None, below=asked.units != "own")
    if asked.units == "below":
        # A branch has nothing below it; its own figures are then all there is.
        places = places[1:] or places
    windows = spans(question, asked.compare)
    if (cells := len(places) * len(indicators) * len(windows)) > most:
        raise TooMany(cells, most)
    by_window = read(indicators, places, windows)
    return Answer(
        asked,
        indicators,
        places,
        [one.period for one in windows],
        {(f.key, f.place.id, f.period.key): f for figures in by_window for f in figures},
    )


def spans(question: Question, compare: str) -> list[Window]:
    """The periods to show in the tree of the question, each with its cut-off: its day, moved to the
    same day of an earlier year; only parts that begin in the period, and not after it, since a term
    begins and ends amid a year; the whole where there are none."""
    period, last = question.period, question.day
    if compare in ("months", "quarters"):
        parts = [parse_period(key) for key in _parts(period, compare)]
        begun = [part for part in parts if period.start <= part.start <= last]
        compared = [(part, min(last, part.end)) for part in begun] or [(period, last)]
    else:
        compared, earlier = [(period, last)], period
        for _year in range(1 if compare == "year" else 4):
            earlier = earlier.previous_year()
            compared.append((earlier, moved(last, period, earlier)))
        compared = compared if compare == "year" else compared[::-1]
    return [Window(one, day, question.tree) for one, day in compared]


def _parts(period: Period, compare: str) -> Iterable[str]:
    months = period.months()
    if len(months) > 12:
        return dict.fromkeys(f"{m.year}" for m in months)
    if compare == "quarters" and len(months) >= 3:
        return dict.fromkeys(f"{m.year}-Q{(m.month + 2) // 3}" for m in months)
    return [f"{m.year}-M{m.month:02}" for m in months]


def layouts() -> list[tuple[str, str]]:
    """Each way to lay rows and columns; the third dimension becomes one table after another."""
    return [(rows, columns) for rows, columns in product(DIMENSIONS, repeat=2) if rows != columns]
