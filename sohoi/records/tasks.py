"""What waits for its next step, as tasks: each record near by, how many of them from above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from sohoi.kit.tasks import Task
from sohoi.lib import dates
from sohoi.org.choices import Tier
from sohoi.org.queries import Place
from sohoi.records.models import Record

NEAR = (Tier.COMMUNE, Tier.BRANCH)


@dataclass(frozen=True)
class Waiting:
    """How a record in one state is spoken of: `each` with `%(name)s`, `many` with `%(count)d`;
    `days` after the day of that state it is due."""

    each: str
    many: str
    days: int | None = None


def waiting_tasks(
    user: Any, model: type[Record], permission: str, waiting: Mapping[Any, Waiting]
) -> list[Task]:
    """A commune is told of each record that waits, a province of how many."""
    places = [user.places_today[unit_id] for unit_id in user.reach(permission)]
    return [
        task
        for at in places
        for task in (
            _each(at.id, model, waiting) if at.tier in NEAR else _counted(at, model, waiting)
        )
    ]


def list_url(model: type[Record], unit_id: UUID, **narrowed: str) -> str:
    """The list of what waits in the unit that was counted, whatever unit she works in just now."""
    query = urlencode({"don_vi": unit_id, **narrowed})
    return f"{reverse(f'{model._meta.app_label}:list')}?{query}"


def _each(unit_id: UUID, model: type[Record], waiting: Mapping[Any, Waiting]) -> list[Task]:
    found = model.objects.under([unit_id]).filter(state__in=waiting).named()
    since = [(getattr(one, (step := model.life.at(one)).day), step, one) for one in found]
    return [
        Task(
            title=waiting[step.state].each % {"name": one.display_name},
            url=one.get_absolute_url(),
            unit=one.unit_name or "",
            due=day + timedelta(days=days) if (days := waiting[step.state].days) else None,
            detail=f"{one.code} · {step.state.label} {dates.short(day)}",
        )
        for day, step, one in sorted(since, key=lambda told: (told[0], told[2].code))
    ]


def _counted(at: Place, model: type[Record], waiting: Mapping[Any, Waiting]) -> list[Task]:
    found = model.objects.under([at.id]).filter(state__in=waiting).order_by()
    counts = dict(found.values_list("state").annotate(Count("pk")))
    return [
        Task(
            title=words.many % {"count": counts[state]},
            url=list_url(model, at.id, **{"tinh-trang": state}),
            unit=at.name,
        )
        for state, words in waiting.items()
        if state in counts
    ]
