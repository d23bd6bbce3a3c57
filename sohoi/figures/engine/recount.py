"""The second way to every counted or declared figure: record by record and value by value, without
the engine's sums or lots."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Min

from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.entries import DECLARED, UNIT_SEPARATOR
from sohoi.figures.engine.triggers import rebuild
from sohoi.figures.engine.windows import Window
from sohoi.figures.models import DeclaredValue, Delta, MonthlySums
from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.lib.periods import Period, parse_period
from sohoi.org import lots
from sohoi.org.models import Succession, UnitVersion, today


@dataclass(frozen=True)
class Difference:
    """A cell whose figure is not what its records, or the values `declared` for it, add up to, in
    the tree of the day."""

    indicator: str
    unit: UUID
    period: str
    tree: date
    figure: int
    recounted: int
    declared: bool = False


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
    """Compare every counted figure, for every unit and year, with a count of its records, and what
    is declared, for every unit and period, with its values; in the tree of then and in that of now.

    Returns the number of cells compared and the differences. The engine keeps sums by lot; this
    reads each record and walks from its unit upwards in Python. All is read at one moment, whatever
    is written meanwhile; inside a transaction, at the moments of that transaction.
    """
    if connection.in_atomic_block:
        return _compared(progress)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _compared(progress)


def repair(differences: Iterable[Difference]) -> tuple[int, list[str]]:
    """Lay the lots anew and count again, from the records, the indicators that differ; all of it
    or nothing. Returns how many memberships changed, and the keys of the indicators."""
    with transaction.atomic():
        lots.lock()
        moved = lots.refresh()
        return moved, rebuild(
            {DECLARED.key if one.declared else one.indicator for one in differences}
        )


def _compared(progress: Callable[[int, int], None]) -> tuple[int, list[Difference]]:
    counted = [i for i in catalogue().values() if isinstance(i.source, Records)]
    declared = _cells_declared()
    asked = [(False, counted, window) for window in _windows(years_with_records(counted))]
    asked += [
        (True, declared[window.period.key], window)
        for window in _windows([parse_period(key) for key in sorted(declared)])
    ]
    history = _History.read()
    cells, differences = 0, []
    for done, (is_declared, figures, window) in enumerate(asked, start=1):
        walk = _Walk(history, window.tree)
        units = [unit for unit in history.stays if walk.stay(unit)]
        both_ways = _declared if is_declared else _counted
        for key, shown, again in both_ways(figures, units, window, walk):
            cells += len(units)
            differences += [
                Difference(
                    key, unit, window.period.key, window.tree, figure, again[unit], is_declared
                )
                for unit, figure in zip(units, shown, strict=True)
                if figure != again[unit]
            ]
        progress(done, len(asked))
    return cells, differences


def _cells_declared() -> dict[str, set[str]]:
    """By period the keys that have values, or sums."""
    cells = {*DeclaredValue.objects.values_list("period", "indicator").distinct()}
    for kept in (MonthlySums, Delta):
        words = kept.objects.filter(indicator=DECLARED.key).values_list("breakdown", flat=True)
        cells |= {tuple(one.split(UNIT_SEPARATOR)) for one in words.distinct()}
    by_period = defaultdict(set)
    for period, key in cells:
        by_period[period].add(key)
    return dict(by_period)


def _windows(periods: list[Period]) -> list[Window]:
    return [
        Window(period, period.end, tree)
        for period in periods
        for tree in sorted({period.end, today()})
    ]


def _counted(
    indicators: list[Indicator], units: list[UUID], window: Window, walk: "_Walk"
) -> Iterator[tuple[str, list[int], Counter]]:
    """By key what is shown, unit by unit, and what the records add up to."""
    (shown,) = sums.counted(indicators, units, [window])
    for indicator in indicators:
        yield indicator.key, shown[indicator.key], _add_up(indicator, window, walk)


def _declared(
    keys: set[str], units: list[UUID], window: Window, walk: "_Walk"
) -> Iterator[tuple[str, list[int], Counter]]:
    """By key what is shown, unit by unit, and what the values add up to."""
    again: dict[str, Counter] = defaultdict(Counter)
    rows = DeclaredValue.objects.filter(statement__period=window.period.key)
    for key, unit, value in rows.values_list("indicator", "statement__unit_id", "value"):
        for counting in {unit, *walk.line(unit)}:
            again[key][counting] += value
    (shown,) = sums.declared(keys, units, [window])
    for key in sorted(keys):
        yield key, shown[key], again[key]


@dataclass(frozen=True)
class _History:
    """Every version, by unit, and the successions of its first day and of its last."""

    stays: dict[UUID, list[tuple[date, date | None, UUID | None]]]
    followers: dict[UUID, list[UUID]]
    forerunners: dict[UUID, list[UUID]]

    @classmethod
    def read(cls) -> "_History":
        stays, followers, forerunners = defaultdict(list), defaultdict(list), defaultdict(list)
        versions = UnitVersion.objects.order_by("valid_from")
        for unit, *stay in versions.values_list("unit_id", "valid_from", "valid_to", "parent_id"):
            stays[unit].append(tuple(stay))
        for link in Succession.objects.all():
            before, after = link.predecessor_id, link.successor_id
            if stays[before][-1][1] == link.on:
                followers[before].append(after)
            if stays[after][0][0] == link.on:
                forerunners[after].append(before)
        return cls(dict(stays), dict(followers), dict(forerunners))


@dataclass
class _Walk:
    """From a unit upwards on one day, one step at a time."""

    history: _History
    day: date
    _lines: dict[UUID, list[UUID]] = field(default_factory=dict)

    def stay(self, unit: UUID) -> tuple | None:
        for stay in self.history.stays[unit]:
            if stay[0] <= self.day and (stay[1] is None or self.day < stay[1]):
                return stay
        return None

    def line(self, unit: UUID | None) -> list[UUID]:
        """Whoever counts the unit's records on the day; the unit itself only while it exists."""
        if unit is None:
            return []
        if unit not in self._lines:
            stay = self.stay(unit)
            self._lines[unit] = [unit, *self.line(stay[2])] if stay else self._seat(unit)
        return self._lines[unit]

    def _seat(self, unit: UUID) -> list[UUID]:
        stays = self.history.stays[unit]
        earlier = [stay for stay in stays if stay[0] <= self.day]
        links = self.history.forerunners
        if earlier:
            links = self.history.followers if earlier[-1] == stays[-1] else {}
        lines = [self.line(other) for other in links.get(unit, ())]
        if not lines:
            return self.line((earlier or stays)[-1 if earlier else 0][2])
        common = set.intersection(*map(set, lines))
        return [above for above in lines[0] if above in common]


def _add_up(indicator: Indicator, window: Window, walk: _Walk) -> Counter:
    total: Counter = Counter()
    people: dict[UUID, set] = defaultdict(set)
    for unit, amount, who in _rows(indicator, window):
        for counting in {unit, *walk.line(unit)}:
            total[counting] += amount
            people[counting] |= {who} - {None}
    if indicator.kind == Kind.DISTINCT:
        return Counter({unit: len(different) for unit, different in people.items()})
    return total


def _rows(indicator: Indicator, window: Window) -> Iterator[tuple]:
    source: Records = indicator.source
    for row in source.model._base_manager.filter(source.where).iterator():
        if _counts(row, indicator, window):
            amount = getattr(row, source.amount) if source.amount else 1
            who = getattr(row, row._meta.get_field(source.who).attname) if source.who else None
            yield getattr(row, f"{source.unit}_id"), amount or 0, who


def _counts(row: object, indicator: Indicator, window: Window) -> bool:
    source: Records = indicator.source
    if indicator.kind == Kind.STOCK:
        since: date | None = getattr(row, source.since)
        until: date | None = getattr(row, source.until) if source.until else None
        return since is not None and since <= window.day and (until is None or until > window.day)
    day: date | None = getattr(row, source.at)
    start = source.started_on if indicator.kind == Kind.SINCE else window.period.start
    return day is not None and (start is None or start <= day) and day <= window.day
