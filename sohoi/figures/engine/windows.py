"""What is asked of the sums: a period, its last day, the day of the tree; cut into whole months."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.lib.periods import Period


@dataclass(frozen=True)
class Window:
    """What is asked: the period, the last day that counts (`day`), and the day of the tree."""

    period: Period
    day: date
    tree: date


def behind(indicator: Indicator, window: Window) -> QuerySet:
    """The records that a counted figure counts in the window, for all units."""
    source: Records = indicator.source
    rows = source.model._base_manager.filter(source.where)
    if indicator.kind == Kind.STOCK:
        rows = rows.filter(**{f"{source.since}__lte": window.day})
        if source.until:
            rows = rows.filter(Q(**{source.until: None}) | Q(**{f"{source.until}__gt": window.day}))
        return rows
    first, last = span(indicator, window)
    if first:
        rows = rows.filter(**{f"{source.at}__gte": first})
    return rows.filter(**{f"{source.at}__lte": last})


def span(indicator: Indicator, window: Window) -> tuple[date | None, date]:
    """First (None: ever) and last day on which an entry belongs to the figure."""
    if indicator.kind == Kind.STOCK:
        return None, window.day
    if indicator.kind == Kind.SINCE:
        return indicator.source.started_on, window.day
    return window.period.start, min(window.period.end, window.day)


@dataclass(frozen=True)
class Cut:
    """Days cut into whole months, which the sums hold, and the days at either end."""

    first: date | None  # first day of the first whole month; None: ever
    end: date  # the day after the last whole month
    rest: tuple[tuple[date, date], ...]

    @property
    def is_empty(self) -> bool:
        return self.first is not None and self.first >= self.end


def cut(first: date | None, last: date) -> Cut:
    """Cut the days from `first` to `last`, both counted."""
    after = last + timedelta(days=1)
    end = after.replace(day=1)
    start = first if first is None or first.day == 1 else _next_month(first)
    if start is not None and start > end:
        return Cut(end, end, ((first, last),) if first <= last else ())
    rest = []
    if start != first:
        rest.append((first, start - timedelta(days=1)))
    if end != after:
        rest.append((end, last))
    return Cut(start, end, tuple(rest))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
