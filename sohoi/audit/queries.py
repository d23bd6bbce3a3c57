"""The history of one record and of its rows: each change with before and after, newest first; and
the rows of a table as they stood."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from sohoi.audit.history import Kept, kept_of
from sohoi.audit.models import Change, Entry
from sohoi.lib import dates, numbers


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record: model, foreign key, what to call one; `silent` columns say
    nothing new, since the rows of a record are of its unit."""

    model: type[models.Model]
    column: str
    title: str
    silent: tuple[str, ...] = ("unit",)


@dataclass(frozen=True)
class _Column:
    """What one change did to one column."""

    field: models.Field
    before: Any
    after: Any

    @property
    def differs(self) -> bool:
        return (self.before or None) != (self.after or None)

    @property
    def is_erased(self) -> bool:
        """The law took the values away: nothing on either side, where something changed."""
        return self.before is self.after is None


_Names = dict[tuple[type[models.Model], str], str]


def history_of(
    record: models.Model, *, parts: Iterable[Part] = (), limit: int = 100
) -> list[dict[str, Any]]:
    """Entries for the timeline: when, who, what (insert, update, delete), of what, and changes.

    The models keep their history, those of the parts with the record as parent. One query, one for
    the people, and one for each kind of thing that columns point to.
    """
    told = {kept_of(part.model).kind: part for part in (Part(type(record), "", ""), *parts)}
    rows = Q(kind__in=told.keys() - {record._meta.label_lower}, parent_id=record.pk)
    own = Q(kind=record._meta.label_lower, object_id=record.pk)
    changes = Change.objects.filter(own | rows).order_by("-id")
    told_of = ((told[c.kind], c, _columns(told[c.kind], c)) for c in changes)
    # An update of columns that say nothing to an officer is none to her.
    worth = ((p, c, columns) for p, c, columns in told_of if columns or c.what != "update")
    entries = [*islice(worth, limit)]
    actors = _names(get_user_model(), {c.actor_id for _p, c, _columns in entries})
    pointed = _pointed_to(column for _p, _c, columns in entries for column in columns)
    return [
        {
            "when": change.at,
            "who": actors.get(str(change.actor_id), ""),
            "what": change.what,
            "title": part.title,
            "reason": change.reason,
            "changes": [_words(column, change, pointed) for column in columns],
        }
        for part, change, columns in entries
    ]


def rows_of(
    record: models.Model, model: type[models.Model]
) -> Iterator[tuple[Change, dict[str, Any]]]:
    """Each writing of the record's rows of that model, with the row's columns as it left them,
    oldest first. One query."""
    kept = kept_of(model)
    stood: dict[Any, dict[str, Any]] = defaultdict(dict)
    for change in Change.objects.filter(kind=kept.kind, parent_id=record.pk).order_by("id"):
        if change.after is not None:
            stood[change.object_id] |= change.after
            row = stood[change.object_id]
            yield change, {f.attname: _value(f, row) for f in kept.fields}


def row_of(model: type[models.Model], kept: dict[str, Any] | None) -> dict[str, Any]:
    """One side of a change as values of the model, by attribute."""
    return {f.attname: _value(f, kept) for f in kept_of(model).fields if f.column in (kept or {})}


# Of each column the oldest change since tells what it held: it is the last to be put.
_STOOD = """
    SELECT r.*
      FROM (SELECT c.object_id, (array_agg(c.parent_id ORDER BY c.id DESC))[1] AS parent_id,
                   jsonb_object_agg(k.name, c.before -> k.name ORDER BY c.id DESC) AS held
              FROM audit_change AS c
             CROSS JOIN LATERAL jsonb_object_keys(
               COALESCE(c.before, '{{}}') || COALESCE(c.after, '{{}}')) AS k (name)
             WHERE c.kind = %s AND c.at > %s
             GROUP BY c.object_id
            HAVING NOT (array_agg(c.before IS NULL ORDER BY c.id))[1]) AS c
      LEFT JOIN {table} AS t ON t.{key} = c.object_id
     CROSS JOIN LATERAL jsonb_populate_record(NULL::{table},
       {blank} || jsonb_build_object({key_name}, c.object_id{parent})
         || COALESCE(to_jsonb(t), '{{}}') || c.held) AS r"""


def stood(model: type[models.Model], since: datetime) -> tuple[str, list[Any]]:
    """The rows of the model that were changed or taken away since, with the columns they had then,
    as a query and its parameters. Of a row that is gone, a column without a history is empty."""
    kept = kept_of(model)
    words = {
        "table": connection.ops.quote_name(kept.table),
        "key": connection.ops.quote_name(model._meta.pk.column),
        "key_name": _literal(model._meta.pk.column),
        "blank": f"{_literal(_blank(kept))}::jsonb",
        "parent": f", {_literal(kept.parent_column)}, c.parent_id" if kept.parent else "",
    }
    return _STOOD.format(**words), [kept.kind, since]


def _blank(kept: Kept) -> str:
    """The history of a row that is gone leaves out what was empty: empty texts, not unknown."""
    texts = (models.CharField, models.TextField)
    return json.dumps({f.column: "" for f in kept.fields if isinstance(f, texts) and not f.null})


def _literal(text: str) -> str:
    return connection.ops.compose_sql("%s", [text])


def made_by(thing: models.Model, by: models.Model) -> bool:
    """Whether the first entry of the trail about this thing is hers."""
    first = Entry.objects.filter(object_id=thing.pk).order_by("at", "id").first()
    return first is not None and first.actor_id == by.pk


def _columns(part: Part, change: Change) -> list[_Column]:
    """What there is to tell. The first writing of the record itself is its whole page; of a row it
    is worth telling, but not again whose it is."""
    if change.what == "insert" and not part.title:
        return []
    told = {*(change.before or ()), *(change.after or ())}
    columns = [
        _Column(field, _value(field, change.before), _value(field, change.after))
        for field in kept_of(part.model).fields
        if field.column in told and not (part.title and field.name in (part.column, *part.silent))
    ]
    return [column for column in columns if column.is_erased or column.differs]


def _value(field: models.Field, row: dict[str, Any] | None) -> Any:
    value = (row or {}).get(field.column)
    return (field.target_field if field.is_relation else field).to_python(value)


def _pointed_to(columns: Iterable[_Column]) -> _Names:
    """The names of what the columns point to; what is gone has none."""
    ids: dict[type[models.Model], set] = defaultdict(set)
    for column in columns:
        if column.field.is_relation:
            ids[column.field.related_model] |= {column.before, column.after} - {None}
    return {
        (model, key): name
        for model, keys in ids.items()
        for key, name in _names(model, keys).items()
    }


def _names(model: type[models.Model], keys: Iterable[Any]) -> dict[str, str]:
    found = model._base_manager.in_bulk([key for key in keys if key is not None])
    return {str(key): str(thing) for key, thing in found.items()}


def _words(column: _Column, change: Change, pointed: _Names) -> dict[str, Any]:
    if column.is_erased:
        before = after = _("đã xoá dữ liệu cá nhân")
        before = before if change.what == "delete" else ""
    else:
        before, after = (_shown(column.field, v, pointed) for v in (column.before, column.after))
    return {"field": column.field.verbose_name, "before": before, "after": after}


def _shown(field: models.Field, value: Any, pointed: _Names) -> Any:
    """As people write it: words for choices, 14/7/2023 for days, 2.370, and 2026 for a year."""
    if value is None:
        return ""
    if field.is_relation:
        return pointed.get((field.related_model, str(value)), "")
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return dates.short(value)
    if isinstance(value, int) and field.name != "year":
        return numbers.group(value)
    return value
