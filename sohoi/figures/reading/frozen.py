"""The figures of closed periods, read as they were kept.

A question is answered from a closing when it asks exactly what was closed: the period, the last day
and the tree of then. Units keep their names, their places and what was asked of them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from sohoi.figures.asking.queries import kept_place
from sohoi.figures.asking.rules import Question
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.choices import COUNTED, DECLARED
from sohoi.kit.indicators import Declared, Indicator, Kind, Measure
from sohoi.lib.wording import Rounding
from sohoi.org.queries import Place

# What is kept of a figure, in this order.
CELL = (
    "value",
    "basis",
    "reported",
    "expected",
    "not_asked",
    "declared",
    "numerator",
    "denominator",
    "comparable",
    "parts_alike",
    "as_at",
)


@dataclass(frozen=True)
class Kept:
    """What is kept of one unit: when it was closed, and its cells by key, in the order of CELL;
    whether it still stands in the tree of that day, or a plan dated back has led it into another,
    which counts what it has."""

    closed_at: datetime
    cells: Mapping[str, tuple]
    stands: bool


# By unit, period and last day.
KeptUnits = dict[tuple[UUID, str, date], Kept]


@dataclass(frozen=True)
class Closed:
    """A closing that holds for a unit: what was asked, by key, as it was called; the unit and those
    below it as they stood, and what is kept of them."""

    words: Mapping[str, Indicator]
    places: tuple[Place, ...]
    kept: KeptUnits


# A plan dated back may have led a unit from one province, closed already, to another: what was kept
# of it first is what it said.
_CLOSED = """
    WITH first AS (
      SELECT c.id, c.closed_at, c.words
        FROM figures_frozenunit AS own JOIN figures_closing AS c ON c.id = own.closing_id
       WHERE own.unit_id = %(unit)s AND c.period = %(period)s AND c.day = %(day)s
         AND c.opened_at IS NULL
       ORDER BY c.closed_at LIMIT 1)
    SELECT f.place::text, first.closed_at, f.cells::text,
           EXISTS (SELECT FROM org_unitversion AS v
                    WHERE v.unit_id = f.unit_id AND v.valid_from <= %(day)s
                      AND (v.valid_to IS NULL OR v.valid_to > %(day)s)),
           CASE WHEN f.unit_id = %(unit)s THEN first.words::text END
      FROM first JOIN figures_frozenunit AS f ON f.closing_id = first.id
       AND (f.unit_id = %(unit)s OR %(below)s AND f.parent_id = %(unit)s)
     ORDER BY f.unit_id <> %(unit)s, f.position"""


def closed(question: Question, *, below: bool = False) -> Closed | None:
    """The closing that answers the question, with the unit and those directly below it as they
    stood; None where the period is open, or something else is asked. One query."""
    if question.is_regrouped or question.is_kept is False:
        return None
    asked = {"unit": question.unit.id, "period": question.period.key, "day": question.day}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, asked | {"below": below})
        rows = cursor.fetchall()
    if not rows:
        return None
    asked = _words(rows[0][-1], "en" if get_language() == "en" else "vi")
    kept = {
        kept_place(json.loads(place)): _opened(asked, *row) for place, *row, _words_once in rows
    }
    at = question.period.key, question.day
    return Closed(asked, (*kept,), {(place.id, *at): one for place, one in kept.items()})


_LINE = """
    WITH RECURSIVE line AS (
      (SELECT f.closing_id, f.parent_id, f.place, 0 AS height
         FROM figures_frozenunit AS f JOIN figures_closing AS c ON c.id = f.closing_id
        WHERE f.unit_id = %s AND c.period = %s AND c.day = %s AND c.opened_at IS NULL
        ORDER BY c.closed_at LIMIT 1)
      UNION ALL
      SELECT f.closing_id, f.parent_id, f.place, line.height + 1
        FROM line JOIN figures_frozenunit AS f
          ON f.closing_id = line.closing_id AND f.unit_id = line.parent_id)
    SELECT place::text FROM line ORDER BY height DESC"""


def line(question: Question) -> list[Place]:
    """From the unit that was closed down to that of the question, as they stood; empty where the
    period is open, or something else is asked. One query."""
    if question.is_regrouped or question.is_kept is False:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [question.unit.id, question.period.key, question.day])
        return [kept_place(json.loads(place)) for (place,) in cursor.fetchall()]


@lru_cache(maxsize=32)
def _words(kept: str, language: str) -> dict[str, Indicator]:
    """By key what was asked, in its order, as it was called. Every page of a closed period reads
    the same."""
    return {one["key"]: _called(one, language) for one in json.loads(kept)}


def _called(words: Mapping[str, Any], language: str) -> Indicator:
    symbol, scale = words["measure"]
    return Indicator(
        key=words["key"],
        title=words["title"][language],
        kind=Kind(words["kind"]),
        measure=Measure(symbol, words["measure_title"][language], scale),
        source=Declared(words["tier"]),
        section=words["section"],
        rounding=Rounding(*words["rounding"]),
        parts=tuple(words["parts"]),
    )


def placed(place: Place) -> dict[str, Any]:
    """A unit as it is kept."""
    kept = {name: getattr(place, name) for name in ("code", "name", "kind", "tier")}
    above = str(place.parent_id) if place.parent_id else None
    return {**kept, "id": str(place.id), "parent_id": above}


_CALLED = ("title", "kind", "measure", "section", "rounding", "parts")


def worded(then: Indicator, known: Mapping[str, Indicator]) -> Indicator:
    """The indicator as it was called; how it comes about is as it is now, where it still is."""
    now = known.get(then.key)
    if now is None:
        return then
    called = {name: getattr(then, name) for name in _CALLED}
    return replace(now, **called)


_CELLS = """
    SELECT f.unit_id, c.period, c.day, c.closed_at, f.cells::text,
           EXISTS (SELECT FROM org_unitversion AS v
                    WHERE v.unit_id = f.unit_id AND v.valid_from <= c.day
                      AND (v.valid_to IS NULL OR v.valid_to > c.day)),
           CASE row_number() OVER (PARTITION BY c.id) WHEN 1 THEN c.words::text END
      FROM figures_frozenunit AS f JOIN figures_closing AS c ON c.id = f.closing_id
     WHERE f.unit_id = ANY(%s) AND c.period = ANY(%s) AND c.opened_at IS NULL
     ORDER BY c.closed_at DESC, c.id, 7 NULLS LAST"""


def kept(units: Iterable[UUID], windows: Iterable[Window]) -> KeptUnits:
    """What is kept of the units for the windows whose tree is that of then. At most one query."""
    units = [*units]
    periods = [one.period.key for one in windows if one.tree == one.day]
    if not periods or not units:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [units, periods])
        rows = cursor.fetchall()
    found, asked = {}, {}
    for unit, period, day, closed_at, cells, stands, words in rows:
        # The words of a closing stand with its first unit alone: they are longer than all else.
        asked = _words(words, "vi") if words else asked
        found[unit, period, day] = _opened(asked, closed_at, cells, stands)
    return found


def _opened(asked: Iterable[str], closed_at: datetime, cells: str, stands: bool) -> Kept:
    opened = (_cell(cell, closed_at) for cell in json.loads(cells))
    return Kept(closed_at, dict(zip(asked, opened, strict=True)), stands)


def _cell(cell: Any, closed_at: datetime) -> tuple:
    if not isinstance(cell, list):
        return plain(cell, closed_at)
    *values, at = cell
    return *values, datetime.fromisoformat(at) if at else None


def plain(value: int | None, at: datetime | None) -> tuple:
    """A figure that counts nothing (0), or that nobody declared (None), where nobody reports."""
    basis, seen_at = (DECLARED, None) if value is None else (COUNTED, at)
    return value, basis, 0, 0, 0, None, None, None, True, True, seen_at
