"""A question about figures as one value: which unit, which period, until which day, in which tree.

Addresses, forms, file names, headings, workbooks, documents and commands carry all of it.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from sohoi.figures.engine.windows import Window
from sohoi.kit.refusals import Refused
from sohoi.lib.periods import Period
from sohoi.org.models import today
from sohoi.org.queries import Place

UNIT, PERIOD, DAY, TREE = PARTS = ("don_vi", "ky", "ngay", "cay")
THEN, NOW = "then", "now"


class WrongQuestion(Refused):
    """A part of the question is unknown or impossible: `field` is its name in an address, and the
    message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """`unit` as it stands on the day `tree`; `day` is the last day that counts. `is_kept` says
    whether a closed period answers it, None where nobody looked."""

    unit: Place
    period: Period
    day: date
    tree: date
    is_kept: bool | None = field(default=None, compare=False)

    @property
    def window(self) -> Window:
        return Window(self.period, self.day, self.tree)

    @property
    def is_regrouped(self) -> bool:
        """Whether figures of the past are added up by the units of another day."""
        return self.tree != self.day

    @property
    def is_whole_period(self) -> bool:
        return self.day == self.period.end

    def about(self, unit: Place) -> "Question":
        """The same of another unit in the same tree."""
        return replace(self, unit=unit, is_kept=None)

    @property
    def parameters(self) -> dict[str, str]:
        """As an address carries it. A code means a unit only on a day: that of the tree. The day is
        always told: where none is, it is the cut-off of the round that asks, if there is one."""
        is_now = self.is_regrouped and self.tree == today()
        return _parameters(self.unit.code, self.period.key, self.day, self.tree, is_now)

    @property
    def query(self) -> str:
        return query_of(self.unit, self.period, self.day, self.tree)

    @property
    def stem(self) -> str:
        """The part of a file's name that tells it from the files of other questions."""
        parts = [self.unit.code, self.period.key.replace(":", "-")]
        if not self.is_whole_period:
            parts.append(f"den-{self.day}")
        if self.is_regrouped:
            parts.append(f"don-vi-{self.tree}")
        return "-".join(parts)


def query_of(unit: Place, period: Period, day: date, tree: date) -> str:
    """The question as the part of an address that follows the question mark."""
    return _query(unit.code, period.key, day, tree, tree != day and tree == today())


# A page has thousands of figures, most of one period, day and tree.
@lru_cache(maxsize=4096)
def _query(*asked: Any) -> str:
    return urlencode(_parameters(*asked))


def _parameters(code: str, period: str, day: date, tree: date, is_now: bool) -> dict[str, str]:
    found = {UNIT: code, PERIOD: period, DAY: day.isoformat()}
    return found if tree == day else found | {TREE: NOW if is_now else tree.isoformat()}


def moved(day: date, period: Period, other: Period) -> date:
    """The same day of a period of another year: its last day stays its last day, and 29 February
    is 28 February where there is none. In a term, which begins on a day of its own, it is as many
    days after the first. Never counted from a day that was moved before."""
    if day == period.end:
        return other.end
    if period.kind == "term":
        return min(other.start + (day - period.start), other.end)
    year = day.year - (period.start.year - other.start.year)
    is_leap_day = (day.month, day.day) == (2, 29)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28) if is_leap_day else day
