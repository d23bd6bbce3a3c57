"""The second way to every counted figure: record by record, without the engine's sums."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min

from sohoi.figures import facts
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.lib.periods import Period, parse_period
from sohoi.org.models import UnitVersion


@dataclass(frozen=True)
class Difference:
    """A cell whose figure is not what its records add up to."""

    indicator: str
    unit: UUID
    period: str
    figure: int
    recounted: int


def years_with_records(indicators: list[Indicator]) -> list[Period]:
    """The calendar years that any counted record falls in."""
    years: set[int] = set()
    for indicator in indicators:
        source: Records = indicator.source
        column = source.since or source.at
        span = source.model._base_manager.aggregate(low=Min(column), high=Max(column))
        if span["low"]:
            years |= set(range(span["low"].year, span["high"].year + 1))
    return [parse_period(str(year)) for year in sorted(years)]


def recount(
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[int, list[Difference]]:
    """Compare every counted figure, for every unit and year, with a count of its records.

    Returns the number of cells compared and the differences. The engine adds up in SQL over
    `org_subtree`; this adds up in Python along the parents of each record's own unit.
    """
    counted = [i for i in rooms.indicators().values() if isinstance(i.source, Records)]
    periods = years_with_records(counted)
    cells, differences = 0, []
    for done, period in enumerate(periods, start=1):
        window = facts.Window(period, period.end)
        parents = dict(UnitVersion.objects.on(period.end).values_list("unit_id", "parent_id"))
        shown = facts.counted(counted, list(parents), window)
        for indicator in counted:
            again = _add_up(indicator, window, parents)
            for unit in parents:
                cells += 1
                figure, recounted = shown.get((unit, indicator.key), 0), again[unit]
                if figure != recounted:
                    differences.append(
                        Difference(indicator.key, unit, period.key, figure, recounted)
                    )
        progress(done, len(periods))
    return cells, differences


def _add_up(indicator: Indicator, window: facts.Window, parents: dict) -> Counter:
    total: Counter = Counter()
    people: dict[UUID, set] = defaultdict(set)
    for unit, amount, who in _rows(indicator, window):
        for ancestor in _line(unit, parents):
            total[ancestor] += amount
            people[ancestor].add(who)
    if indicator.kind == Kind.DISTINCT:
        return Counter({unit: len(found) for unit, found in people.items()})
    return total


def _rows(indicator: Indicator, window: facts.Window) -> Iterator[tuple]:
    source: Records = indicator.source
    for row in source.model._base_manager.filter(source.where).iterator():
        if _counts(row, indicator, window):
            amount = getattr(row, source.amount) if source.amount else 1
            who = getattr(row, source.who) if source.who else None
            yield getattr(row, f"{source.unit}_id"), amount, who


def _counts(row: object, indicator: Indicator, window: facts.Window) -> bool:
    source: Records = indicator.source
    if indicator.kind == Kind.STOCK:
        since: date | None = getattr(row, source.since)
        until: date | None = getattr(row, source.until) if source.until else None
        return since is not None and since <= window.day and (until is None or until > window.day)
    day: date | None = getattr(row, source.at)
    start = source.started_on if indicator.kind == Kind.SINCE else window.period.start
    return day is not None and (start is None or start <= day) and day <= window.day


def _line(unit: UUID, parents: dict) -> Iterator[UUID]:
    while unit is not None and unit in parents:
        yield unit
        unit = parents[unit]
