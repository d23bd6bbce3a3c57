"""The explorer: indicators × units × periods as tables whose rows and columns can be exchanged.

Everything in one answer stands in one tree, that of the period asked for or today's: last year's
figures are those of the same units, or say that they cannot be compared.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.queries import Figure, Tree, chosen, read, seen_from
from sohoi.kit.indicators import Indicator
from sohoi.lib.periods import Period, parse_period
from sohoi.org.models import today
from sohoi.org.queries import Place, children, followers, forerunners, place_on

INDICATORS, UNITS, PERIODS = DIMENSIONS = ("chi_tieu", "don_vi", "ky")
CHANGE = "change"
# What a page shows, and what a file holds; beyond them the officer is asked to choose less.
PAGE_CELLS, FILE_CELLS = 1_200, 50_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked. `units` is own, below or both; `compare` is year (with the same period last
    year and the change), years (the last five), quarters or months of the period."""

    place: Place
    period: Period
    keys: tuple[str, ...]
    units: str = "own"
    compare: str = "year"
    tree: Tree | None = None
    day: date | None = None


class TooMany(ValueError):
    """The answer would have more cells than a person can look through."""

    def __init__(self, cells: int, most: int):
        super().__init__(f"{cells} > {most}")
        self.cells, self.most = cells, most


@dataclass(frozen=True)
class Answer:
    """The figures by (indicator, unit, period), and the members of each dimension in order."""

    question: Question
    indicators: list[Indicator]
    places: list[Place]
    periods: list[Period]
    tree: date
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
        return self.question.compare == "year" and len(self.periods) == 2

    def figure(self, key: str, unit: UUID, period: str) -> Figure:
        return self.cells[key, unit, period]

    def change(self, key: str, unit: UUID) -> tuple[int, int] | None:
        """Value of the period and of the same one a year before; None where one is missing."""
        values = [self.figure(key, unit, period.key).value for period in self.periods]
        return None if None in values else (values[0], values[1])


def answer_to(question: Question, *, most: int = PAGE_CELLS) -> Answer:
    """Raises TooMany before anything is added up, and UnknownIndicator.

    The number of queries depends neither on the units nor on the periods.
    """
    place, tree = _place_in_tree(question)
    own, window = seen_from(place.id, question.period, on=question.day, tree=tree)
    below = children(own.id, on=window.tree) if question.units != "own" else []
    # A branch has nothing below it; its own figures are then all there is.
    places = below if below and question.units == "below" else [own, *below]
    indicators = chosen(question.keys or None, window.day)
    windows = [
        Window(period, day, window.tree)
        for period, day in spans(question.period, question.compare, question.day)
    ]
    if (cells := len(places) * len(indicators) * len(windows)) > most:
        raise TooMany(cells, most)
    by_window = read(indicators, places, windows)
    return Answer(
        question,
        indicators,
        places,
        [one.period for one in windows],
        window.tree,
        {(f.key, f.place.id, f.period.key): f for figures in by_window for f in figures},
    )


def _place_in_tree(question: Question) -> tuple[Place, Tree | None]:
    """The unit in the tree asked for: the one that followed it, or that it followed. Where that
    is not one unit, the unit itself in the tree in which it stands."""
    place, day = question.place, question.day or question.period.end
    if question.tree == "now" and place_on(place.id, today()) is None:
        others = followers(place.id)
    elif question.tree == "then" and place_on(place.id, day) is None:
        others = forerunners(place.id)
    else:
        return place, question.tree
    return (others[0], question.tree) if len(others) == 1 else (place, None)


def spans(period: Period, compare: str, day: date | None) -> list[tuple[Period, date]]:
    """The periods to show, each with its cut-off: the day asked for, moved to the same day of an
    earlier year; only parts that begin in the period, and not after it, are shown, since
    a term begins and ends amid a year; the whole where there are none."""
    if compare in ("months", "quarters"):
        parts = [parse_period(key) for key in _parts(period, compare)]
        last = day or period.end
        begun = [part for part in parts if period.start <= part.start <= last]
        return [(part, min(last, part.end)) for part in begun] or [(period, last)]
    last = day or period.end
    compared = [(period, last)]
    for _year in range(1 if compare == "year" else 4):
        earlier = compared[-1][0].previous_year()
        compared.append((earlier, _moved(last, period, earlier)))
    return compared if compare == "year" else compared[::-1]


def _moved(day: date, period: Period, earlier: Period) -> date:
    """The same day of the earlier period, counted from the day that was asked for: one that was
    moved before may be another. The last day stays the last; 29/2 is 28/2 where there is none. In a
    term, which begins on a day of its own, it is as many days after the first."""
    if day == period.end:
        return earlier.end
    if period.kind == "term":
        return min(earlier.start + (day - period.start), earlier.end)
    year = day.year - (period.start.year - earlier.start.year)
    is_lost = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28) if is_lost else day.replace(year=year)


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
