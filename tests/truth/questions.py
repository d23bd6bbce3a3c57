"""What is asked in the words of the test, and the indicators it asks for."""

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sohoi.org.models import today

RUNNING = str(today().year)
# First and last day.
PERIODS = {
    "2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "2022-H1": (date(2022, 1, 1), date(2022, 6, 30)),
    "2023": (date(2023, 1, 1), date(2023, 12, 31)),
    "2023-H1": (date(2023, 1, 1), date(2023, 6, 30)),
    "2023-M02": (date(2023, 2, 1), date(2023, 2, 28)),
    "2024-M02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2024": (date(2024, 1, 1), date(2024, 12, 31)),
    str(int(RUNNING) - 1): (date(int(RUNNING) - 1, 1, 1), date(int(RUNNING) - 1, 12, 31)),
    RUNNING: (date(int(RUNNING), 1, 1), date(int(RUNNING), 12, 31)),
}
ASKED = ("2023-H1", "2023-H1", "2023-H1", "2023", "2024-M02", "2024", RUNNING)


@dataclass(frozen=True)
class Asked:
    """`day` is the last that counts, `tree` the day of the tree."""

    unit: str
    period: str
    day: date
    tree: date

    @property
    def first(self) -> date:
        return PERIODS[self.period][0]

    @property
    def last(self) -> date:
        return PERIODS[self.period][1]

    @property
    def days(self) -> tuple[date, date]:
        """Those on which something must have happened to count."""
        return self.first, min(self.last, self.day)

    def of(self, unit: str) -> "Asked":
        return replace(self, unit=unit)

    def a_year_before(self) -> "Asked":
        """The same of the year before, in the same tree: the last day stays the last."""
        year = self.first.year - 1
        period = f"{year}{self.period[4:]}"
        if self.day == self.last:
            day = _last_of(period)
        elif (self.day.month, self.day.day) == (2, 29) and not isleap(year):
            day = date(year, 2, 28)
        else:
            day = self.day.replace(year=self.day.year - 1)
        return replace(self, period=period, day=day)


def _last_of(period: str) -> date:
    return PERIODS[period][1]


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
    "probe.women": Known("rate", "rate", ("probe.people", "probe.families"), scale=100),
}
COUNTED_KEYS = frozenset(
    key for key, one in {**COUNTED, **DEFINED, **LATER}.items() if one.source == "counted"
)
