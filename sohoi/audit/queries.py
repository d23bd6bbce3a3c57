"""The history of one record: each change with before and after, newest first."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from sohoi.lib import dates, numbers

# Columns that say nothing to an officer: search keys, versions and the trigger's own.
_SILENT = {"search_key", "sort_key", "version", "id"}


def history_of(record: models.Model, *, limit: int = 100) -> list[dict[str, Any]]:
    """Entries for the timeline: when, who, what happened and each field's before and after.

    The record's model must be tracked by pghistory (`events` is the reverse name).
    """
    events = list(
        record.events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[
            : limit + 1
        ]
    )
    names = _actor_names(events)
    entries = []
    for event, earlier in zip(events, [*events[1:], None], strict=True):
        changes = _changes(record, earlier, event)
        if changes or earlier is None:
            entries.append(
                {
                    "when": event.pgh_created_at,
                    "who": names.get(_actor(event), ""),
                    "what": event.pgh_label,
                    "changes": changes if earlier is not None else [],
                }
            )
    return entries[:limit]


def _actor(event: models.Model) -> str:
    return (event.pgh_context.metadata or {}).get("actor", "") if event.pgh_context else ""


def _actor_names(events: list[models.Model]) -> dict[str, str]:
    ids = {actor for event in events if (actor := _actor(event))}
    users = get_user_model().objects.filter(pk__in=ids)
    return {str(user.pk): str(user) for user in users}


def _changes(record: models.Model, before: models.Model | None, after: models.Model) -> list[dict]:
    changes = []
    for field in record._meta.concrete_fields:
        if field.attname in _SILENT:
            continue
        old = getattr(before, field.attname, None) if before is not None else None
        new = getattr(after, field.attname, None)
        if old != new:
            changes.append(
                {
                    "field": field.verbose_name,
                    "before": _shown(field, before),
                    "after": _shown(field, after),
                }
            )
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
