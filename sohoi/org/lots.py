"""Whose records count where, on every tree day: the organisation's graph in time, laid out in lots.

The seat of a unit on a day is where its records count in the tree of that day: the unit itself
while it exists; later the one that followed it, or, when it was split, the lowest unit above all
that followed it, since its own records cannot be divided; or the unit it last stood under. Before
it existed: the one it followed, else the unit it first stood under. A unit is a member of every
unit on the line from its seat upwards.

What a unit followed is told by the successions of its first day, and what followed it by those of
its last: whatever merges into it later, or took a part of it before, changes neither.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from sohoi.org.models import Lot, LotMember, Succession, UnitVersion

_FIRST, _LAST = date.min, date.max
_MANY = 1000

# The units whose line can change when these change: whoever stands or stood below them, and
# whoever preceded or followed one of those.
_AFFECTED = """
    WITH RECURSIVE affected(unit_id) AS (
      SELECT unnest(%s::uuid[])
      UNION
      SELECT n.unit_id FROM affected AS a CROSS JOIN LATERAL (
        SELECT v.unit_id FROM org_unitversion AS v WHERE v.parent_id = a.unit_id
        UNION ALL SELECT s.predecessor_id FROM org_succession AS s WHERE s.successor_id = a.unit_id
        UNION ALL SELECT s.successor_id FROM org_succession AS s WHERE s.predecessor_id = a.unit_id
      ) AS n)
    SELECT unit_id FROM affected"""

# The units one has to know for that: all above, before and after them.
_NEEDED = """
    WITH RECURSIVE needed(unit_id) AS (
      SELECT unnest(%s::uuid[])
      UNION
      SELECT n.unit_id FROM needed AS a CROSS JOIN LATERAL (
        SELECT v.parent_id FROM org_unitversion AS v
         WHERE v.unit_id = a.unit_id AND v.parent_id IS NOT NULL
        UNION ALL SELECT s.predecessor_id FROM org_succession AS s WHERE s.successor_id = a.unit_id
        UNION ALL SELECT s.successor_id FROM org_succession AS s WHERE s.predecessor_id = a.unit_id
      ) AS n(unit_id))
    SELECT unit_id FROM needed"""


class CircularTree(ValueError):
    """A unit would stand below itself."""


class Stretch(NamedTuple):
    """From `first` until the day before `end`, records count along `line`, lowest unit first."""

    first: date
    end: date
    line: tuple[UUID, ...]


class Stay(NamedTuple):
    """A version: from `first` until the day before `end` the unit stood under `parent`."""

    first: date
    end: date
    parent: UUID | None


@dataclass
class Graph:
    """Versions and successions of the units needed, and the lines that follow from them."""

    stays: dict[UUID, list[Stay]]
    followers: dict[UUID, list[UUID]]
    forerunners: dict[UUID, list[UUID]]
    _lines: dict[UUID, list[Stretch]] = field(default_factory=dict)
    _pasts: dict[UUID, list[Stretch]] = field(default_factory=dict)
    _open: set[UUID] = field(default_factory=set)

    def stretches(self, unit: UUID) -> list[Stretch]:
        """The line of a unit through all time, without gaps. Raises CircularTree."""
        if unit not in self._lines:
            self._lines[unit] = [*self._past(unit), *self._future(unit)]
        return self._lines[unit]

    def _past(self, unit: UUID) -> list[Stretch]:
        """Until the unit's last day."""
        if unit in self._pasts:
            return self._pasts[unit]
        if unit in self._open:
            raise CircularTree(str(unit))
        self._open.add(unit)
        stays = self.stays[unit]
        stretches = [*self._before(unit, stays[0])]
        for stay, following in pairwise([*stays, None]):
            stretches += self._during(unit, stay)
            if following and following.first > stay.end:
                stretches += self._under(stay.parent, stay.end, following.first)
        self._open.discard(unit)
        self._pasts[unit] = stretches
        return stretches

    def _before(self, unit: UUID, first: Stay) -> Iterator[Stretch]:
        seats = [self._past(u) for u in self.forerunners.get(unit, ())]
        if seats:
            yield from _shared(seats, _FIRST, first.first)
        else:
            yield from self._under(first.parent, _FIRST, first.first)

    def _during(self, unit: UUID, stay: Stay) -> Iterator[Stretch]:
        for above in self._under(stay.parent, stay.first, stay.end):
            yield above._replace(line=(unit, *above.line))

    def _under(self, parent: UUID | None, first: date, end: date) -> Iterator[Stretch]:
        if parent is None:
            yield from _cut([Stretch(_FIRST, _LAST, ())], first, end)
        else:
            yield from _cut(self.stretches(parent), first, end)

    def _future(self, unit: UUID) -> Iterator[Stretch]:
        last = self.stays[unit][-1]
        seats = [self.stretches(u) for u in self.followers.get(unit, ())]
        if seats:
            yield from _shared(seats, last.end, _LAST)
        else:
            yield from self._under(last.parent, last.end, _LAST)


def _cut(stretches: list[Stretch], first: date, end: date) -> Iterator[Stretch]:
    for stretch in stretches:
        start, stop = max(stretch.first, first), min(stretch.end, end)
        if start < stop:
            yield Stretch(start, stop, stretch.line)


def _shared(seats: list[list[Stretch]], first: date, end: date) -> Iterator[Stretch]:
    """What several lines have in common, from the lowest common unit upwards."""
    if len(seats) == 1:
        yield from _cut(seats[0], first, end)
        return
    days = sorted(
        {day for seat in seats for stretch in seat for day in (stretch.first, stretch.end)}
    )
    days = [first, *(day for day in days if first < day < end), end]
    for start, stop in pairwise(days):
        lines = [_line_on(seat, start) for seat in seats]
        common = set.intersection(*map(set, lines))
        yield Stretch(start, stop, tuple(unit for unit in lines[0] if unit in common))


def _line_on(stretches: list[Stretch], day: date) -> tuple[UUID, ...]:
    index = bisect_right(stretches, day, key=lambda stretch: stretch.first) - 1
    # A past asked beyond its end has no line; the unit above decides then.
    return stretches[index].line if index >= 0 and day < stretches[index].end else ()


def lock() -> None:
    """Whoever changes units waits for whoever does so already, until the end of the transaction:
    lots laid beside each other would each miss what the other changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE org_unitversion IN SHARE ROW EXCLUSIVE MODE")


def refresh(changed: Iterable[UUID] | None = None) -> int:
    """Bring the lots up to date after versions or successions of these units (None: all) changed.

    Returns how many memberships were added or removed. Raises CircularTree.
    """
    affected = needed = None
    if changed is not None:
        affected = _ids(_AFFECTED, changed)
        needed = _ids(_NEEDED, affected)
    graph = _graph(needed)
    wanted = {
        (member, unit, days)
        for member in (affected if affected is not None else graph.stays)
        if member in graph.stays
        for unit, days in _memberships(member, graph.stretches(member))
    }
    return _apply(wanted, affected)


def _memberships(member: UUID, stretches: list[Stretch]) -> Iterator[tuple[UUID, DateRange]]:
    """Each unit above, with the unbroken days on which it adds up the member's records."""
    days: dict[UUID, list[list[date]]] = defaultdict(list)
    for stretch in stretches:
        for unit in stretch.line:
            if unit == member:
                continue
            spells = days[unit]
            if spells and spells[-1][1] == stretch.first:
                spells[-1][1] = stretch.end
            else:
                spells.append([stretch.first, stretch.end])
    for unit, spells in days.items():
        for first, end in spells:
            yield unit, _range(first, end)


def _range(first: date, end: date) -> DateRange:
    return DateRange(None if first == _FIRST else first, None if end == _LAST else end)


def _ids(sql: str, units: Iterable[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [[*units]])
        return [row[0] for row in cursor.fetchall()]


def _graph(needed: list[UUID] | None) -> Graph:
    versions, links = UnitVersion.objects.all(), Succession.objects.all()
    if needed is not None:
        versions = versions.filter(unit_id__in=needed)
        links = links.filter(Q(predecessor_id__in=needed) | Q(successor_id__in=needed))
    stays: dict[UUID, list[Stay]] = defaultdict(list)
    rows = versions.order_by("unit_id", "valid_from")
    for unit, first, end, parent in rows.values_list(
        "unit_id", "valid_from", "valid_to", "parent_id"
    ):
        stays[unit].append(Stay(first, end or _LAST, parent))
    followers, forerunners = defaultdict(list), defaultdict(list)
    columns = ("predecessor_id", "successor_id", "on")
    for before, after, on in links.order_by("on", "pk").values_list(*columns):
        if on >= stays[before][-1].end:
            followers[before].append(after)
        if on <= stays[after][0].first:
            forerunners[after].append(before)
    return Graph(dict(stays), dict(followers), dict(forerunners))


def _apply(wanted: set[tuple], affected: list[UUID] | None) -> int:
    members = LotMember.objects.filter(lot__own=False)
    if affected is not None:
        members = members.filter(unit_id__in=affected)
    columns = ("unit_id", "lot__unit_id", "lot__days", "lot_id")
    present = {
        (member, unit, DateRange(days.lower, days.upper)): lot
        for member, unit, days, lot in members.values_list(*columns)
    }
    gone = [(key[0], lot) for key, lot in present.items() if key not in wanted]
    added = wanted - present.keys()
    _remove(gone)
    _add(added)
    if len(gone) + len(added) > _MANY:
        # Whatever is asked next in this transaction is planned by what the tables hold now.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE org_unitversion, org_lot, org_lotmember")
    return len(gone) + len(added)


def _remove(gone: list[tuple[UUID, int]]) -> None:
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM org_lotmember AS m USING unnest(%s::uuid[], %s::bigint[]) AS g(u, l) "
                "WHERE m.unit_id = g.u AND m.lot_id = g.l",
                [[unit for unit, _lot in gone], [lot for _unit, lot in gone]],
            )


def _add(added: set[tuple[UUID, UUID, DateRange]]) -> None:
    if not added:
        return
    places = {(unit, days) for _member, unit, days in added}
    Lot.objects.bulk_create(
        [Lot(unit_id=unit, days=days) for unit, days in places], ignore_conflicts=True
    )
    lots = {
        (unit, DateRange(days.lower, days.upper)): pk
        for pk, unit, days in Lot.objects.filter(
            own=False, unit_id__in={unit for unit, _days in places}
        ).values_list("pk", "unit_id", "days")
    }
    LotMember.objects.bulk_create(
        LotMember(unit_id=member, lot_id=lots[unit, days]) for member, unit, days in added
    )
