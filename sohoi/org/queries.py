"""Reads of the organisation: a unit on a date, its line of parents, its children, a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from sohoi.org.models import Reorganisation, Succession, UnitVersion, today
from sohoi.ui.lists.choosing import with_words


class UnknownUnit(LookupError):
    """No unit has this code on this date; the message offers the nearest codes or names."""


@dataclass(frozen=True)
class Place:
    """A unit as it was on a date: what pages, figures and documents need to name it."""

    id: UUID
    code: str
    name: str
    kind: str
    tier: str
    parent_id: UUID | None


_PLACE = ("unit_id", "code", "name", "kind_id", "kind__tier", "parent_id")

# What every page asks stands here as it is sent: to compose it anew takes longer than to answer it.
_NAMED = """
    SELECT v.unit_id, v.code, v.name, v.kind_id, k.tier, v.parent_id
      FROM org_unitversion AS v JOIN org_unitkind AS k ON k.key = v.kind_id"""
_STANDS = "v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to > %(day)s)"
_ON_THE_DAY = f"{_NAMED} WHERE v.unit_id = %(unit)s AND {_STANDS}"
_CHILDREN = f"{_NAMED} WHERE v.parent_id = %(unit)s AND {_STANDS} ORDER BY v.sort_key"
_WITHIN = """EXISTS (
       SELECT 1 FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id
        WHERE m.unit_id = v.unit_id AND l.unit_id = ANY(%(roots)s) AND l.days @> %(today)s::date)"""
_SEEN_BY_ID = f"{_NAMED} WHERE v.unit_id = %(asked)s AND {_STANDS} AND {_WITHIN}"
_SEEN_BY_CODE = f"{_NAMED} WHERE v.code = %(asked)s AND {_STANDS} AND {_WITHIN}"
# Each unit as it is or last was.
_LATEST = _NAMED.replace("SELECT", "SELECT DISTINCT ON (v.unit_id)")
_KNOWN = f"""{_LATEST} WHERE v.unit_id = ANY(%(units)s)
     ORDER BY v.unit_id, ({_STANDS}) DESC, v.valid_from DESC"""
_FOLLOWERS = f"""{_LATEST} JOIN org_succession AS s ON s.successor_id = v.unit_id
     WHERE s.predecessor_id = %(unit)s ORDER BY v.unit_id, v.valid_from DESC"""
_FORERUNNERS = f"""{_LATEST} JOIN org_succession AS s ON s.predecessor_id = v.unit_id
     WHERE s.successor_id = %(unit)s ORDER BY v.unit_id, v.valid_from DESC"""


def _read(sql: str, **asked: object) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Place(*row) for row in cursor.fetchall()]


def places_of(versions: QuerySet[UnitVersion]) -> list[Place]:
    return [Place(*row) for row in versions.values_list(*_PLACE)]


def place_on(unit_id: UUID, day: date) -> Place | None:
    """The unit on that date; None when it did not exist."""
    return next(iter(_read(_ON_THE_DAY, unit=unit_id, day=day)), None)


def seen(asked: UUID | str, roots: Iterable[UUID], *, on: date) -> Place | None:
    """The unit on that date, by id or by code, if today it counts below one of the roots."""
    sql = _SEEN_BY_ID if isinstance(asked, UUID) else _SEEN_BY_CODE
    rows = _read(sql, asked=asked, roots=[*roots], day=on, today=today())
    return rows[0] if rows else None


def place_of(unit_id: UUID, *, on: date | None = None) -> Place:
    """The unit on that date; for one that did not exist, its last version.

    Raises UnknownUnit when the identity does not exist.
    """
    if known := places_by_id([unit_id], on=on).get(unit_id):
        return known
    raise UnknownUnit(f"Không có đơn vị {unit_id}.")


def places_by_id(units: Iterable[UUID], *, on: date | None = None) -> dict[UUID, Place]:
    """Each of the units as `place_of` gives it; one that is not known is left out."""
    return {known.id: known for known in _read(_KNOWN, units=[*units], day=on or today())}


def with_code(code: str, *, on: date) -> Place | None:
    """The unit that had the code on that date."""
    return next(iter(places_of(UnitVersion.objects.on(on).filter(code=code))), None)


def place_by_code(code: str, *, on: date | None = None) -> Place:
    """Codes are unique only on a date, so a code is always read with one. Raises UnknownUnit."""
    day = on or today()
    if known := with_code(code, on=day):
        return known
    near = ", ".join(
        f"{p.code} ({p.name})"
        for p in places_of(UnitVersion.objects.on(day).filter(code__startswith=code[:2]))[:3]
    )
    hint = f" Mã gần giống: {near}." if near else " Xem danh sách mã tại trang Tổ chức."
    raise UnknownUnit(f"Không có đơn vị mã “{code}” vào ngày {day:%d/%m/%Y}.{hint}")


def first_year() -> int:
    """The year of the oldest unit: no record is older. This year where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(valid_from) FROM org_unitversion")
        (oldest,) = cursor.fetchone()
    return (oldest or today()).year


def children(unit_id: UUID, *, on: date | None = None) -> list[Place]:
    """The units directly below, in Vietnamese order."""
    return _read(_CHILDREN, unit=unit_id, day=on or today())


# Of the few units of a line it is asked one by one: below the roots may stand a whole country.
_LINE = """
    SELECT n.unit_id FROM org_line(%s, %s) AS n
     WHERE %s::uuid[] IS NULL OR EXISTS (
       SELECT FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id
        WHERE m.unit_id = n.unit_id AND l.unit_id = ANY(%s::uuid[]) AND l.days @> %s::date OFFSET 0)
     ORDER BY n.height DESC"""


def line_of(
    unit_id: UUID, *, on: date | None = None, within: Iterable[UUID] | None = None
) -> list[Place]:
    """From the topmost unit down to this one, on the date; `within` leaves out what does not count
    below those units today."""
    with connection.cursor() as cursor:
        roots = None if within is None else [*within]
        cursor.execute(_LINE, [unit_id, on or today(), roots, roots, today()])
        ids = [row[0] for row in cursor.fetchall()]
    versions = UnitVersion.objects.on(on or today()).filter(unit_id__in=ids)
    by_id = {p.id: p for p in places_of(versions)}
    return [by_id[i] for i in ids if i in by_id]


def tops(roots: Iterable[UUID], *, on: date) -> list[UUID]:
    """The topmost units of the date among those that count below the roots today.

    After a reorganisation these are the units that were followed by the roots.
    """
    seen = UnitVersion.objects.under(roots)
    units = seen.on(on).exclude(parent_id__in=seen.values("unit_id"))
    return list(units.values_list("unit_id", flat=True))


def at_tier(roots: Iterable[UUID], tier: str, *, on: date | None = None) -> list[Place]:
    """Units of one tier under the roots on the date, in Vietnamese order."""
    versions = UnitVersion.objects.on(on or today()).under(roots, on=on).filter(kind__tier=tier)
    return places_of(versions.order_by("sort_key"))


def is_under(unit_id: UUID, roots: Iterable[UUID], *, on: date | None = None) -> bool:
    """Whether the unit, or what it was before, counts below one of the roots on the date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id "
            "WHERE m.unit_id = %s AND l.unit_id = ANY(%s) AND l.days @> %s::date)",
            [unit_id, [*roots], on or today()],
        )
        return cursor.fetchone()[0]


def within(units: Iterable[UUID], roots: Iterable[UUID]) -> set[UUID]:
    """Those of the units that count below one of the roots today."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT m.unit_id FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id"
            " WHERE m.unit_id = ANY(%s) AND l.unit_id = ANY(%s) AND l.days @> %s::date",
            [[*units], [*roots], today()],
        )
        return {unit for (unit,) in cursor.fetchall()}


def search(text: str, roots: Iterable[UUID], *, on: date | None = None) -> QuerySet[UnitVersion]:
    """Units under the roots in whose name or code each word of `text` begins a word, accents
    ignored; each with the name of its parent, since hamlets of different communes share theirs."""
    day = on or today()
    below = UnitVersion.objects.on(day).filter(parent_id=OuterRef("unit_id"))
    above = UnitVersion.objects.on(day).filter(unit_id=OuterRef("parent_id"))
    return (
        with_words(UnitVersion.objects.on(day).under(roots), "search_key", text)
        .select_related("kind", "unit")
        .annotate(has_children=Exists(below), parent_name=Subquery(above.values("name")[:1]))
        .order_by("kind__order", "sort_key", "code")
    )


def followers(unit_id: UUID) -> list[Place]:
    """The units that came after it in a reorganisation, as they are or last were."""
    return sorted(_read(_FOLLOWERS, unit=unit_id), key=lambda p: p.code)


def forerunners(unit_id: UUID) -> list[Place]:
    """The units it came out of in a reorganisation, as they last were."""
    return sorted(_read(_FORERUNNERS, unit=unit_id), key=lambda p: p.code)


# From a unit that has ended to those that followed it or, without any, to those that stood below it
# at its end, and so on.
_HEIRS = f"""
    WITH RECURSIVE heirs(unit_id) AS (
      SELECT %(unit)s::uuid
      UNION
      SELECT n.unit_id FROM heirs AS h
       CROSS JOIN LATERAL (
         SELECT v.parent_id, v.valid_to FROM org_unitversion AS v
          WHERE v.unit_id = h.unit_id ORDER BY v.valid_from DESC LIMIT 1) AS last
       CROSS JOIN LATERAL (
         SELECT s.successor_id FROM org_succession AS s
          WHERE s.predecessor_id = h.unit_id AND s."on" >= last.valid_to
         UNION ALL
         SELECT c.unit_id FROM org_unitversion AS c
          WHERE c.parent_id = h.unit_id AND c.valid_to >= last.valid_to
            AND NOT EXISTS (
              SELECT FROM org_succession AS s
               WHERE s.predecessor_id = h.unit_id AND s."on" >= last.valid_to)
       ) AS n(unit_id)
       WHERE last.valid_to <= %(day)s)
    {_NAMED} JOIN heirs AS h ON h.unit_id = v.unit_id WHERE {_STANDS} ORDER BY v.sort_key"""  # noqa: S608 - made of our own sentences


def heirs(unit_id: UUID, *, on: date) -> list[Place]:
    """The units of the date in the place of one of the past: itself while it lasts; else what
    followed it; of a unit that was closed, what follows those below it; else what it stood under.
    """
    units = _read(_HEIRS, unit=unit_id, day=on)
    above = None if units else place_of(unit_id, on=on).parent_id
    return heirs(above, on=on) if above else units


# From units that have ended to those that followed them at their end, and so on; which of the first
# have one of these in the line of a unit.
_OVER = """
    WITH RECURSIVE heirs(owner_id, unit_id) AS (
      SELECT owner, owner FROM unnest(%(owners)s::uuid[]) AS owner
      UNION
      SELECT h.owner_id, s.successor_id
        FROM heirs AS h
       CROSS JOIN LATERAL (
         SELECT max(COALESCE(v.valid_to, 'infinity')) AS ended FROM org_unitversion AS v
          WHERE v.unit_id = h.unit_id) AS last
        JOIN org_succession AS s ON s.predecessor_id = h.unit_id AND s."on" >= last.ended
       WHERE last.ended <= %(day)s)
    SELECT DISTINCT h.owner_id
      FROM unnest(%(units)s::uuid[]) AS unit
     CROSS JOIN LATERAL org_line(unit, %(day)s) AS line
      JOIN heirs AS h ON h.unit_id = line.unit_id"""


def over(owners: Iterable[UUID], units: Iterable[UUID], *, on: date) -> set[UUID]:
    """Those of the owners that on the day are one of the units or stand above it, or have ended and
    were followed by one that does. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OVER, {"owners": [*owners], "units": [*units], "day": on})
        return {owner for (owner,) in cursor.fetchall()}


def successions(unit_id: UUID) -> list[Succession]:
    """Links in both directions, oldest first."""
    return list(
        Succession.objects.filter(predecessor_id=unit_id)
        .union(Succession.objects.filter(successor_id=unit_id))
        .order_by("on")
    )


# Of a unit that only gets another name both versions stand under the same unit.
_PLANS = """
    SELECT r.id, r.title, r."on", r.applied_at FROM org_reorganisation AS r
     WHERE r.applied_at > %(since)s AND r."on" <= %(until)s AND EXISTS (
       SELECT FROM org_unitversion AS v
        WHERE r."on" IN (v.valid_from, v.valid_to)
          AND v.unit_id IN (
            SELECT unit_id FROM org_subtree(ARRAY[%(unit)s::uuid], r."on")
             UNION SELECT unit_id FROM org_subtree(ARRAY[%(unit)s::uuid], r."on" - 1))
          AND NOT EXISTS (
            SELECT FROM org_unitversion AS other
             WHERE other.unit_id = v.unit_id AND other.id <> v.id
               AND r."on" IN (other.valid_from, other.valid_to)
               AND other.parent_id IS NOT DISTINCT FROM v.parent_id))
     ORDER BY r.applied_at DESC"""


def plans_since(since: datetime, *, below: UUID, until: date) -> list[Reorganisation]:
    """The plans applied since that moment for a day up to `until` which founded, ended or moved
    what stands below the unit, or stood there on the eve. One query."""
    asked = {"since": since, "unit": below, "until": until}
    return [*Reorganisation.objects.raw(_PLANS, asked)]
