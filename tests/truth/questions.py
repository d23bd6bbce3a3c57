"""What is asked in the words of the test, and the indicators it asks for."""

from calendar import isleap, monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sohoi.org.models import today

RUNNING = str(today().year)
ASKED = ("2023-H1", "2023-H1", "2023-H1", "2023", "2024-M02", "2024", "2024", RUNNING)


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a year, its first half, or a month of it."""
    year, part = int(period[:4]), period[5:]
    first, last = {"": (1, 12), "H1": (1, 6)}.get(part) or (int(part[1:]), int(part[1:]))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


@dataclass(frozen=True)
class Asked:
    """`day` is the last that counts, `tree` the day of the tree."""

    unit: str
    period: str
    day: date
    tree: date

    @property
    def first(self) -> date:
        return days_of(self.period)[0]

    @property
    def last(self) -> date:
        return days_of(self.period)[1]

    @property
    def days(self) -> tuple[date, date]:
        """Those on which something must have happened to count."""
        return self.first, min(self.last, self.day)

    def of(self, unit: str) -> "Asked":
        return replace(self, unit=unit)

    def before(self, years: int) -> "Asked":
        """The same of an earlier year, in the same tree: the last day stays the last, and the end
        of a leap February is the end of any."""
        year = self.first.year - years
        period = f"{year}{self.period[4:]}"
        if self.day == self.last:
            day = days_of(period)[1]
        elif (self.day.month, self.day.day) == (2, 29) and not isleap(year):
            day = date(year, 2, 28)
        else:
            day = self.day.replace(year=year)
        return replace(self, period=period, day=day)


class Known(NamedTuple):
    """An indicator: how it relates to time and where it comes from. `made_of` are the figures it is
    worked out from, `scale` the smallest parts in one of its measure; a rate of the same measures
    is a percentage."""

    kind: str
    source: str
    made_of: tuple[str, ...] = ()
    scale: int = 1
    percent: bool = False
    since: date | None = None
    role: str = ""
    valid_from: date | None = None


# Those of the probe room, in code.
COUNTED = {
    "probe.begun": Known("flow", "counted"),
    "probe.held": Known("stock", "counted"),
    "probe.people": Known("distinct", "counted"),
    "probe.since": Known("since", "counted", since=date(2022, 1, 1)),
    "probe.rate": Known("rate", "rate", ("probe.begun", "probe.held"), percent=True),
}
# Those of the province, as data; the first are there from the start.
DEFINED = {
    "probe.families": Known("flow", "declared"),
    "probe.poor": Known("flow", "declared"),
    "probe.share": Known("rate", "rate", ("probe.poor", "probe.families"), scale=100, percent=True),
    "probe.each": Known("rate", "rate", ("probe.begun", "probe.families"), scale=100),
}
LATER = {
    "probe.gold": Known("flow", "declared", scale=1000),
    "probe.near": Known("flow", "declared", valid_from=date(2023, 3, 1)),
    "probe.sum": Known("flow", "total", ("probe.poor", "probe.families")),
    "probe.spread": Known("flow", "units_with", ("probe.families",)),
    "probe.heads": Known("since", "counted", since=date(2023, 4, 15), role="branch_head"),
    "probe.chairs": Known("stock", "counted", role="branch_head"),
    "probe.wide": Known("rate", "rate", ("probe.spread", "probe.families"), scale=100),
    "probe.pooled": Known("rate", "rate", ("probe.gold", "probe.families"), scale=100),
    "probe.women": Known("rate", "rate", ("probe.people", "probe.families"), scale=100),
}
COUNTED_KEYS = frozenset(
    key for key, one in {**COUNTED, **DEFINED, **LATER}.items() if one.source == "counted"
)
