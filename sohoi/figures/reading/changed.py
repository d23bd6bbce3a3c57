"""The records that a figure counts otherwise than when its period was closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.expressions import RawSQL

from sohoi.audit.history import kept_models
from sohoi.audit.models import Change
from sohoi.audit.queries import stood
from sohoi.figures.engine.windows import Window, behind
from sohoi.figures.reading.choices import EDITED, GONE, WRITTEN
from sohoi.figures.reading.sheets import Figure
from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.org.models import subtree


@dataclass(frozen=True)
class Changed:
    """A record written, edited or gone since: `at` is the last time. `unit_id` is where it is now,
    or last was; `by` how much more or less it counts, None where records are not added up."""

    id: UUID
    how: str
    at: datetime
    unit_id: UUID
    label: str
    by: int | None


# Of a record that is counted: its unit, its label, and what it adds or, of different people, who.
_Counted = dict[UUID, tuple[UUID, str, Any]]


def changed(leaf: Indicator, figure: Figure) -> list[Changed]:
    """Of a counted leaf of the figure, the newest first. The number of queries does not depend on
    that of records."""
    source: Records = leaf.source
    kind = source.model._meta.label_lower
    if kind not in {kept.kind for kept in kept_models()}:
        return []
    rows = _rows(leaf, figure)
    then = _as_it_stood(source.model, figure.frozen_at, rows)
    since = Change.objects.filter(kind=kind, at__gt=figure.frozen_at)
    now = _read(rows.filter(pk__in=since.values("object_id")))
    others = {pk for pk in then | now if _amount(then, pk) != _amount(now, pk)}
    standing = _read(_with_columns(leaf, source.model._base_manager.filter(pk__in=others)))
    found = []
    for pk, at, new in _last(since, others):
        unit, label, _amount_now = standing.get(pk) or then[pk]
        how = GONE if pk not in standing else WRITTEN if new else EDITED
        added = leaf.kind != Kind.DISTINCT
        by = (_amount(now, pk) or 0) - (_amount(then, pk) or 0) if added else None
        found.append(Changed(pk, how, at, unit, label, by))
    return found


def _amount(counted: _Counted, pk: UUID) -> Any:
    return counted[pk][2] if pk in counted else None


def _last(since: QuerySet, records: Iterable[UUID]) -> QuerySet:
    """When each was changed last, the newest first, and whether it came since."""
    made = Count("pk", filter=Q(before__isnull=True))
    told = since.filter(object_id__in=records).values("object_id")
    return (
        told.annotate(last=Max("at"), made=made)
        .order_by("-last")
        .values_list("object_id", "last", "made")
    )


def _rows(leaf: Indicator, figure: Figure) -> QuerySet:
    window = Window(figure.period, figure.day, figure.tree)
    below = subtree([figure.place.id], on=figure.tree)
    rows = behind(leaf, window).filter(**{f"{leaf.source.unit}__in": below})
    return _with_columns(leaf, rows)


def _with_columns(leaf: Indicator, rows: QuerySet) -> QuerySet:
    source: Records = leaf.source
    amount = source.who if leaf.kind == Kind.DISTINCT else source.amount
    one = RawSQL("1", ())
    return rows.order_by().values_list("pk", f"{source.unit}_id", source.label, amount or one)


def _as_it_stood(model: type, since: datetime, rows: QuerySet) -> _Counted:
    """What the query finds among the rows as they stood: under the name of their table those stand
    in its place."""
    before, held = stood(model, since)
    sql, params = rows.query.sql_with_params()
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {table} AS ({before}) {sql}", [*held, *params])
        return {pk: (unit, str(label), amount) for pk, unit, label, amount in cursor}


def _read(rows: QuerySet) -> _Counted:
    return {pk: (unit, str(label), amount) for pk, unit, label, amount in rows}
