"""Reads of the homes room: what a person must do next."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sohoi.kit.tasks import Task
from sohoi.lib import dates
from sohoi.org.choices import Tier
from sohoi.org.queries import Place, place
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import LIFE, Home

# "Khởi công → 2 tháng → nghiệm thu và bàn giao": the usual building time (domain.md §3.1).
BUILDING_DAYS = 60
# A house in this state waits for whoever decides; and how many do.
WAITING = {
    State.STARTED: (
        _("Bàn giao nhà cho hộ %(household)s"),
        ngettext_lazy(
            "%(count)d căn nhà đang xây, chờ bàn giao",
            "%(count)d căn nhà đang xây, chờ bàn giao",
            "count",
        ),
    ),
    State.PROPOSED: (
        _("Khảo sát hộ %(household)s"),
        ngettext_lazy(
            "%(count)d căn nhà được đề nghị, chờ khảo sát",
            "%(count)d căn nhà được đề nghị, chờ khảo sát",
            "count",
        ),
    ),
    State.SURVEYED: (
        _("Duyệt nhà cho hộ %(household)s"),
        ngettext_lazy(
            "%(count)d căn nhà đã khảo sát, chờ duyệt",
            "%(count)d căn nhà đã khảo sát, chờ duyệt",
            "count",
        ),
    ),
}


def tasks(user: Any) -> list[Task]:
    """A commune is told of each house that waits for its step; above it, how many wait."""
    places = [place(unit_id) for unit_id in user.reach("homes.decide")]
    near = (Tier.COMMUNE, Tier.BRANCH)
    return [task for at in places for task in (_each(at.id) if at.tier in near else _counts(at))]


def _each(unit_id: UUID) -> list[Task]:
    waiting = Home.objects.under([unit_id]).filter(state__in=WAITING).named()
    return [
        Task(
            title=WAITING[State(home.state)][0] % {"household": home.household},
            url=reverse("homes:detail", args=[home.pk]),
            unit=home.unit_name or "",
            due=home.started_on and home.started_on + timedelta(days=BUILDING_DAYS),
            detail=f"{home.code} · {step.state.label} {dates.short(getattr(home, step.day))}",
        )
        for home in waiting.order_by("started_on", "surveyed_on", "proposed_on", "code")
        for step in [LIFE.at(home)]
    ]


def _counts(at: Place) -> list[Task]:
    waiting = Home.objects.under([at.id]).filter(state__in=WAITING).order_by()
    counts = dict(waiting.values_list("state").annotate(Count("pk")))
    return [
        Task(
            title=told % {"count": counts[state]},
            url=f"{reverse('homes:list')}?tinh-trang={state}",
            unit=at.name,
        )
        for state, (_title, told) in WAITING.items()
        if state in counts
    ]
