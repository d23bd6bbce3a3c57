"""The history of one record and of its rows: each change with before and after, newest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from sohoi.audit.models import Entry
from sohoi.lib import dates, numbers

# Columns that say nothing to an officer: search keys, versions and the trigger's own.
_SILENT = {"search_key", "sort_key", "version", "id"}


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record and its unit: model, foreign key, what to call one."""

    model: type[models.Model]
    column: str
    title: str


def history_of(
    record: models.Model, *, parts: Iterable[Part] = (), limit: int = 100
) -> list[dict[str, Any]]:
    """Entries for the timeline: when, who, what (insert, update, delete), of what, and changes.

    The models must be tracked by pghistory. One query for the record and one for each part.
    """
    own = Part(type(record), "pgh_obj", "")
    chains = [chain for part in (own, *parts) for chain in _chains(part, record)]
    names = _actor_names(event for _part, events in chains for event in events)
    entries = [
        entry
        for part, events in chains
        for earlier, event in zip([None, *events], events, strict=False)
        if (entry := _entry(part, earlier, event, names))
    ]
    # Events of one transaction share its time: their own order is kept, then all is turned round.
    return sorted(entries, key=lambda entry: entry["when"])[::-1][:limit]


def made_by(thing: models.Model, by: models.Model) -> bool:
    """Whether the first entry of the trail about this thing is hers."""
    first = Entry.objects.filter(object_id=thing.pk).order_by("at", "id").first()
    return first is not None and first.actor_id == by.pk


def _chains(part: Part, record: models.Model) -> list[tuple[Part, list]]:
    """The events of each row, oldest first; a row that is gone still has its events."""
    events = part.model.events.rel.related_model.objects.filter(**{part.column: record.pk})
    rows: dict[Any, list] = defaultdict(list)
    for event in events.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"):
        rows[event.pgh_obj_id].append(event)
    return [(part, found) for found in rows.values()]


def _entry(
    part: Part, earlier: models.Model | None, event: models.Model, names: dict[str, str]
) -> dict[str, Any] | None:
    gone = event.pgh_label == "delete"
    before, after = (event, None) if gone else (earlier, event)
    # The first writing of the record itself is its whole page; of a row it is worth telling.
    changes = [] if earlier is None and not part.title else _changes(part, before, after)
    if earlier is not None and not changes:
        return None
    return {
        "when": event.pgh_created_at,
        "who": names.get(_actor(event), ""),
        "what": event.pgh_label,
        "title": part.title,
        "reason": _said(event).get("reason", ""),
        "changes": changes,
    }


def _said(event: models.Model) -> dict:
    return (event.pgh_context.metadata or {}) if event.pgh_context else {}


def _actor(event: models.Model) -> str:
    return _said(event).get("actor", "")


def _actor_names(events: Iterable[models.Model]) -> dict[str, str]:
    ids = {actor for event in events if (actor := _actor(event))}
    users = get_user_model().objects.filter(pk__in=ids)
    return {str(user.pk): str(user) for user in users}


def _changes(part: Part, before: models.Model | None, after: models.Model | None) -> list[dict]:
    changes = []
    for field in part.model._meta.concrete_fields:
        if field.attname in _SILENT or (part.title and field.name in (part.column, "unit")):
            continue
        old, new = getattr(before, field.attname, None), getattr(after, field.attname, None)
        if (old or None) != (new or None):
            shown = {"before": _shown(field, before), "after": _shown(field, after)}
            changes.append({"field": field.verbose_name, **shown})
    return changes


def _shown(field: models.Field, event: models.Model | None) -> Any:
    """As people write it: words for choices, 14/7/2023 for days, 2.370 for numbers."""
    value = getattr(event, field.attname, None)
    if value is None:
        return ""
    if field.is_relation:
        return str(getattr(event, field.name))
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, date):
        return dates.short(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return numbers.group(value)
    return value
