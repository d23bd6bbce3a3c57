"""The figures of closed periods, read as they were kept.

A question is answered from a closing when it asks exactly what was closed: the period, the last day
and the tree of then. Units keep their names, their places and what was asked of them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

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
class Closed:
    """A closing that holds for a unit: when it was closed, and the words of what was asked."""

    closed_at: datetime
    words: tuple[Mapping[str, Any], ...]
    places: tuple[Place, ...]


_CLOSED = """
    SELECT c.closed_at, c.words::text, f.place::text
      FROM figures_frozenunit AS own
      JOIN figures_closing AS c ON c.id = own.closing_id
      JOIN figures_frozenunit AS f ON f.closing_id = c.id
       AND (f.unit_id = own.unit_id OR %(below)s AND f.parent_id = own.unit_id)
     WHERE own.unit_id = %(unit)s AND c.period = %(period)s AND c.day = %(day)s
       AND c.opened_at IS NULL
     ORDER BY f.unit_id <> own.unit_id, f.position"""


def closed(question: Question, *, below: bool = False) -> Closed | None:
    """The closing that answers the question, with the unit and those directly below it as they
    stood; None where the period is open, or something else is asked. One query."""
    if question.is_regrouped:
        return None
    asked = {"unit": question.unit.id, "period": question.period.key, "day": question.day}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, asked | {"below": below})
        rows = cursor.fetchall()
    if not rows:
        return None
    closed_at, words, _place = rows[0]
    places = tuple(_placed(json.loads(place)) for *_rest, place in rows)
    return Closed(closed_at, tuple(json.loads(words)), places)


def _placed(place: Mapping[str, Any]) -> Place:
    above = place["parent_id"]
    return Place(**{**place, "id": UUID(place["id"]), "parent_id": UUID(above) if above else None})


def placed(place: Place) -> dict[str, Any]:
    """A unit as it is kept."""
    kept = {name: getattr(place, name) for name in ("code", "name", "kind", "tier")}
    above = str(place.parent_id) if place.parent_id else None
    return {**kept, "id": str(place.id), "parent_id": above}


def worded(words: Mapping[str, Any], known: Mapping[str, Indicator]) -> Indicator:
    """The indicator as it was called; how it comes about is as it is now, where it still is."""
    lang = "en" if get_language() == "en" else "vi"
    symbol, scale = words["measure"]
    then = {
        "title": words["title"][lang],
        "kind": Kind(words["kind"]),
        "measure": Measure(symbol, words["measure_title"][lang], scale),
        "section": words["section"],
        "rounding": Rounding(*words["rounding"]),
        "parts": tuple(words["parts"]),
    }
    if now := known.get(words["key"]):
        return replace(now, **then)
    return Indicator(key=words["key"], source=Declared(words["tier"]), **then)


_CELLS = """
    SELECT f.unit_id, c.period, c.day, c.closed_at, c.words::text, f.cells::text
      FROM figures_frozenunit AS f JOIN figures_closing AS c ON c.id = f.closing_id
     WHERE f.unit_id = ANY(%s) AND c.period = ANY(%s) AND c.opened_at IS NULL"""

# By unit, period and last day: when it was closed, and the kept values by key.
Kept = dict[tuple[UUID, str, Any], tuple[datetime, dict[str, dict[str, Any]]]]


def kept(units: Iterable[UUID], windows: Iterable[Window]) -> Kept:
    """What is kept of the units for the windows whose tree is that of then. At most one query."""
    periods = [one.period.key for one in windows if one.tree == one.day]
    if not periods:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [[*units], periods])
        rows = cursor.fetchall()
    return {
        (unit, period, day): (closed_at, _opened(json.loads(words), json.loads(cells), closed_at))
        for unit, period, day, closed_at, words, cells in rows
    }


def _opened(words: list, cells: list, closed_at: datetime) -> dict[str, dict[str, Any]]:
    found = {}
    for one, cell in zip(words, cells, strict=True):
        if isinstance(cell, list):
            values = dict(zip(CELL, cell, strict=True))
            at = values["as_at"]
            found[one["key"]] = values | {"as_at": datetime.fromisoformat(at) if at else None}
        else:
            found[one["key"]] = plain(cell, closed_at)
    return found


def plain(value: int | None, at: datetime | None) -> dict[str, Any]:
    """A figure that counts nothing (0), or that nobody declared (None), where nobody reports."""
    basis, seen_at = (DECLARED, None) if value is None else (COUNTED, at)
    return dict(
        zip(CELL, (value, basis, 0, 0, 0, None, None, None, True, True, seen_at), strict=True)
    )
