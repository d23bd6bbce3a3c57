"""What moved a figure since its period was closed: records, plans of units, definitions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Q

from sohoi.audit.history import kept_models
from sohoi.audit.models import Change
from sohoi.figures.catalogue.queries import catalogue, leaves_of
from sohoi.figures.engine.windows import Window, behind
from sohoi.figures.models import Closing, IndicatorDefinition
from sohoi.figures.reading.queries import Figure
from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.org.models import Reorganisation, UnitVersion, subtree

# Named on a page; the rest are counted.
MOST = 20


@dataclass(frozen=True)
class Cause:
    """One thing that moved a figure since its period was closed. `what` is record, plan or
    definition; `by` is by how much a record moved it, None where that cannot be said."""

    what: str
    at: datetime
    label: str
    unit: str = ""
    by: int | None = None
    url_name: str = ""
    pk: UUID | None = None


def is_kept(unit: UUID, period: str) -> bool:
    """Whether the period is closed for the unit and its figures are kept."""
    return Closing.objects.filter(unit_id=unit, period=period, opened_at=None).exists()


def causes(figure: Figure) -> list[Cause]:
    """The newest first: records written since, with what each adds or takes away; plans applied
    since that reach back; definitions changed since."""
    since = figure.frozen_at
    if since is None:
        return []
    known = catalogue()
    if figure.key not in known:
        return []
    leaves = [known[key] for key in leaves_of(known[figure.key], known)]
    found = [
        *(
            one
            for leaf in leaves
            if isinstance(leaf.source, Records)
            for one in _records(leaf, figure)
        ),
        *_plans(figure.day, since),
        *_definitions({figure.key, *(leaf.key for leaf in leaves)}, since),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _plans(day: date, since: datetime) -> Iterator[Cause]:
    for plan in Reorganisation.objects.filter(on__lte=day, applied_at__gt=since).defer("content"):
        yield Cause("plan", plan.applied_at, plan.title)


def _definitions(keys: set[str], since: datetime) -> Iterator[Cause]:
    rows = {row.pk: row for row in IndicatorDefinition.objects.filter(key__in=keys)}
    kind = IndicatorDefinition._meta.label_lower
    for change in Change.objects.filter(kind=kind, object_id__in=rows, at__gt=since):
        yield Cause("definition", change.at, str(rows[change.object_id]))


def _records(indicator: Indicator, figure: Figure) -> Iterator[Cause]:
    """Those whose part in the figure is another than it was."""
    source: Records = indicator.source
    window = Window(figure.period, figure.day, figure.tree)
    changes = _changes(source, figure)
    then = _parts(indicator, window, figure.place.id, _as_they_stood(source, changes))
    now = _parts(indicator, window, figure.place.id, None, pks=changes)
    names = _unit_names({unit for unit, *_rest in (then | now).values()}, figure.day)
    for pk in then | now:
        unit, label, amount = now.get(pk) or then[pk]
        difference = (now[pk][2] if pk in now else 0) - (then[pk][2] if pk in then else 0)
        if difference:
            is_counted = indicator.kind != Kind.DISTINCT
            yield Cause(
                "record",
                changes[pk][-1].at,
                label,
                names.get(unit, ""),
                difference if is_counted else None,
                source.page if pk in now else "",
                pk,
            )


def _changes(source: Records, figure: Figure) -> dict[UUID, list[Change]]:
    """By record what was written since, oldest first, of those that are or were of the units."""
    kind = source.model._meta.label_lower
    if kind not in {kept.kind for kept in kept_models()}:
        return {}
    column = source.model._meta.get_field(source.unit).column
    units = subtree([figure.place.id], on=figure.tree)
    here = source.model._base_manager.filter(**{f"{source.unit}__in": units}).values("pk")
    moved = Q(before__has_key=column)
    found: dict[UUID, list[Change]] = {}
    rows = Change.objects.filter(kind=kind, at__gt=figure.frozen_at)
    for change in rows.filter(Q(object_id__in=here) | moved).order_by("id"):
        found.setdefault(change.object_id, []).append(change)
    return found


def _as_they_stood(source: Records, changes: dict[UUID, list[Change]]) -> list[dict[str, Any]]:
    """The changed records as they were when the period was closed: what each is now, with every
    change since taken back. One that was written since is left out."""
    old = [pk for pk, those in changes.items() if those[0].before is not None]
    table = connection.ops.quote_name(source.model._meta.db_table)
    with connection.cursor() as cursor:
        # The name of a table of ours.
        sql = f"SELECT t.id, to_jsonb(t)::text FROM {table} AS t WHERE t.id = ANY(%s)"  # noqa: S608
        cursor.execute(sql, [old])
        rows = {pk: json.loads(row) for pk, row in cursor}
    stood = []
    for pk in old:
        row = rows.get(pk, {"id": str(pk)})
        for change in reversed(changes[pk]):
            # What was empty on one side is left out there.
            row = {**row, **dict.fromkeys(change.after or {}), **(change.before or {})}
        stood.append(row)
    return stood


def _parts(
    indicator: Indicator,
    window: Window,
    unit: UUID,
    stood: list[dict[str, Any]] | None,
    *,
    pks: Any = (),
) -> dict[UUID, tuple[UUID, str, int]]:
    """Of the records that the figure counts: unit, label and amount. `stood` are rows to count in
    the place of the table's."""
    source: Records = indicator.source
    rows = behind(indicator, window).filter(
        **{f"{source.unit}__in": subtree([unit], on=window.tree)}
    )
    columns = ["pk", f"{source.unit}_id", source.label, *([source.amount] if source.amount else [])]
    if stood is None:
        found = rows.filter(pk__in=[*pks]).values_list(*columns)
    elif not stood:
        return {}
    else:
        found = _of_rows(source, rows.order_by().values_list(*columns), stood)
    return {pk: (of, str(label), amount[0] if amount else 1) for pk, of, label, *amount in found}


def _of_rows(source: Records, rows: Any, stood: list[dict[str, Any]]) -> list[tuple]:
    """The query over these rows: under the table's name they stand in its place."""
    sql, params = rows.query.sql_with_params()
    table = connection.ops.quote_name(source.model._meta.db_table)
    # The name of a table of ours; its rows travel as a parameter.
    shadow = f"WITH {table} AS (SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)) "  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(shadow + sql, [json.dumps(stood, cls=DjangoJSONEncoder), *params])
        return cursor.fetchall()


def _unit_names(units: set[UUID], day: date) -> dict[UUID, str]:
    versions = UnitVersion.objects.on(day).filter(unit_id__in=units)
    return dict(versions.values_list("unit_id", "name"))
