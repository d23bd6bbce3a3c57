"""All indicators by key: those declared in code by rooms, and those defined as data."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.figures.catalogue.rules import in_period, origin, passing
from sohoi.figures.models import FIRST_MONTH, IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.kit.indicators import (
    PERCENT,
    VND,
    Declared,
    Indicator,
    Kind,
    Measure,
    RateOf,
    RecordKind,
    Records,
    Source,
    TotalOf,
    UnitsWith,
)
from sohoi.lib.wording import Rounding
from sohoi.org.queries import over


class UnknownIndicator(LookupError):
    """No indicator has this key; the message offers the nearest ones."""


# What a condition may say of a column, and the lookup it becomes.
OPERATORS = {"=": "", "in": "__in", ">=": "__gte", "<=": "__lte"}


def catalogue() -> dict[str, Indicator]:
    """Every indicator that can be computed. One query.

    A total or rate of figures, or a count of records, that no installed room or definition provides
    is left out: it could only be shown wrong.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DEFINITIONS)
        (stored,) = cursor.fetchone()
    return dict(_catalogue(stored, rooms.edition(), get_language()))


def used_by(unit: UUID, on: date, begins: date) -> dict[str, Indicator]:
    """Every indicator that the unit uses on the day, as it comes about in a period that `begins`:
    what is shared, and what belongs to it, to a unit above it, or to one that was followed by
    these. One query; two where any has an owner."""
    known = {key: in_period(one, begins) for key, one in catalogue().items()}
    owners = {one.owner for one in known.values()} - {None}
    if not owners:
        return known
    used = over(owners, [unit], on=on) | {None}
    return {key: one for key, one in known.items() if one.owner in used}


_DEFINITIONS = """
    SELECT coalesce(json_agg(d ORDER BY d."order", d.key)::text, '[]')
      FROM figures_indicatordefinition AS d"""


@lru_cache(maxsize=8)
def _catalogue(stored: str, _rooms: int, _language: str | None) -> dict[str, Indicator]:
    """Made anew when a definition, a room or the language is another: all that it is made from."""
    fields = IndicatorDefinition._meta.concrete_fields
    rows = [
        IndicatorDefinition(**{f.attname: f.to_python(row[f.column]) for f in fields})
        for row in json.loads(stored)
    ]
    coded = rooms.indicators()
    for row in rows:
        has_passed = row.key in coded and (row.passed_on or FIRST_MONTH) > FIRST_MONTH
        if has_passed and passes(row, coded[row.key]):
            declared = origin(_indicator(row, Declared(row.tier)))
            coded[row.key] = passing(coded[row.key], on=row.passed_on, declared=declared)
    return compose(coded, [row for row in rows if row.key not in coded])


def passes(row: IndicatorDefinition, coded: Indicator) -> bool:
    """Whether what units declared and what the room counts are the same figure, in one measure. One
    unit's own is not: in the others the room counts from the beginning."""
    kinds = {coded.kind} | ({Kind.FLOW} if coded.kind == Kind.DISTINCT else set())
    same = (row.measure, row.scale) == (coded.measure.symbol, coded.measure.scale)
    is_counted = isinstance(coded.source, Records)
    is_declared = row.source == SourceKind.DECLARED and row.owner_id is None
    return is_declared and is_counted and same and row.kind in kinds


def compose(
    coded: Mapping[str, Indicator], rows: Iterable[IndicatorDefinition]
) -> dict[str, Indicator]:
    """The indicators declared in code and those of the definitions, as far as inputs are there."""
    kinds = rooms.record_kinds()
    usable = [r for r in rows if r.source != SourceKind.COUNT or r.record_kind in kinds]
    measures = {r.key: measure_of(r) for r in usable}
    measures |= {key: i.measure for key, i in coded.items()}
    known = {r.key: _indicator(r, _source(r, measures, kinds)) for r in usable} | dict(coded)
    usable_keys = inputs_first(known).keys()
    return {key: known[key] for key in (*coded, *(r.key for r in usable)) if key in usable_keys}


def inputs_first(known: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """The indicators in an order in which each comes after all that it is made of. What lacks an
    input, or is made of itself, is left out."""
    placed: dict[str, Indicator] = {}
    waiting = dict(known)
    while ready := {k: i for k, i in waiting.items() if inputs_of(i) <= placed.keys()}:
        placed |= ready
        waiting = {key: one for key, one in waiting.items() if key not in ready}
    return placed


def leaves_of(indicator: Indicator, known: Mapping[str, Indicator]) -> list[str]:
    """The counted and declared figures behind one, each once; its own key where it is one."""
    leaves, todo, seen = [], [indicator.key], set()
    while todo:
        key = todo.pop()
        if key in seen:
            continue
        seen.add(key)
        inputs = inputs_of(known[key] if key != indicator.key else indicator)
        leaves += [] if inputs else [key]
        todo += sorted(inputs, reverse=True)
    return leaves


def where(conditions: Iterable[Mapping[str, Any]]) -> Q:
    """All conditions hold: `[{"column": "work", "operator": "=", "value": "new"}]`."""
    condition = Q()
    for asked in conditions:
        condition &= Q(**{asked["column"] + OPERATORS[asked["operator"]]: asked["value"]})
    return condition


def measure_of(row: IndicatorDefinition) -> Measure:
    for known in (VND, PERCENT):
        if row.measure == known.symbol and row.scale == known.scale:
            return known
    title = row.measure_en if get_language() == "en" else row.measure
    return Measure(row.measure, title, row.scale)


def ratio_measure(above: Measure, below: Measure) -> Measure:
    """Per cent of the same measure; otherwise “A trên B”, in hundredths unless A is money."""
    if (above.symbol, above.scale) == (below.symbol, below.scale):
        return PERCENT
    title = _("%(above)s trên %(below)s") % {"above": above.title, "below": below.title}
    symbol = f"{_name(above)} trên {_name(below)}"
    return Measure(symbol, title, 1 if above.symbol == VND.symbol else 100)


def inputs_of(indicator: Indicator) -> set[str]:
    """The keys an indicator is computed from; empty for counted and declared ones."""
    match indicator.source:
        case TotalOf(parts=parts):
            return set(parts)
        case UnitsWith(part=part):
            return {part}
        case RateOf(numerator=numerator, denominator=denominator):
            return {numerator, denominator}
    return set()


def records_of(row: IndicatorDefinition, kind: RecordKind) -> Records:
    """What a filtered count counts."""
    return Records(
        model=kind.model,
        at=row.date_column,
        since=row.since_column,
        until=row.until_column,
        where=where(row.conditions),
        amount=row.amount_column,
        who=row.who_column,
        label=kind.label,
        page=kind.page,
        started_on=row.started_on,
        room=kind.room,
    )


def _name(measure: Measure) -> str:
    return "đồng" if measure.symbol == VND.symbol else measure.symbol


def _source(
    row: IndicatorDefinition, measures: Mapping[str, Measure], kinds: Mapping[str, RecordKind]
) -> Source:
    match row.source:
        case SourceKind.COUNT:
            return records_of(row, kinds[row.record_kind])
        case SourceKind.TOTAL:
            return TotalOf(tuple(row.inputs))
        case SourceKind.UNITS_WITH:
            return UnitsWith(row.inputs[0], row.tier)
        case SourceKind.RATE:
            return _rate(row.inputs, measures)
    return Declared(row.tier)


def _rate(inputs: list[str], measures: Mapping[str, Measure]) -> RateOf:
    above, below = inputs
    if above not in measures or below not in measures:
        return RateOf(above, below)
    if ratio_measure(measures[above], measures[below]) == PERCENT:
        return RateOf(above, below)
    return RateOf(above, below, times=measures[below].scale, per=measures[above].scale)


def _indicator(row: IndicatorDefinition, source: Source) -> Indicator:
    kind = Kind(row.kind)
    return Indicator(
        key=row.key,
        title=str(row),
        kind=kind,
        measure=measure_of(row),
        source=source,
        section=row.section,
        rounding=Rounding(row.rounding_mode, row.rounding_step, row.rounding_word),
        parts=tuple(row.parts),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        owner=row.owner_id,
    )
