"""Reads of the homes room: what a person must do next."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sohoi.kit.tasks import Task
from sohoi.lib import dates
from sohoi.org.choices import Tier
from sohoi.org.queries import Place, place
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Home

# "Khởi công → 2 tháng → nghiệm thu và bàn giao": the usual building time (domain.md §3.1).
BUILDING_DAYS = 60
WAITING = (State.STARTED, State.PROPOSED, State.SURVEYED)


def tasks(user: Any) -> list[Task]:
    """What waits for whoever decides on houses: to hand one over, to survey one, to approve one.

    A commune is told of each house; above it, how many wait in each state.
    """
    found = []
    for unit_id in user.reach("homes.decide"):
        at = place(unit_id)
        is_near = at.tier in (Tier.COMMUNE, Tier.BRANCH)
        found += _each(unit_id) if is_near else _counts(at)
    return found


def _each(unit_id: UUID) -> list[Task]:
    titles = {
        State.STARTED: _("Bàn giao nhà cho hộ %(household)s"),
        State.PROPOSED: _("Khảo sát hộ %(household)s"),
        State.SURVEYED: _("Duyệt nhà cho hộ %(household)s"),
    }
    waiting = Home.objects.under([unit_id]).filter(state__in=WAITING).named()
    return [
        Task(
            title=titles[State(home.state)] % {"household": home.household},
            url=reverse("homes:detail", args=[home.pk]),
            unit=home.unit_name or "",
            due=_due(home),
            detail=f"{home.code} · {_since(home)}",
        )
        for home in waiting.order_by("started_on", "surveyed_on", "proposed_on", "code")
    ]


def _due(home: Home):
    return home.started_on and home.started_on + timedelta(days=BUILDING_DAYS)


def _since(home: Home) -> str:
    if home.started_on:
        return _("khởi công %(day)s") % {"day": dates.short(home.started_on)}
    if home.surveyed_on:
        return _("khảo sát %(day)s") % {"day": dates.short(home.surveyed_on)}
    return _("đề nghị %(day)s") % {"day": dates.short(home.proposed_on)}


def _counts(at: Place) -> list[Task]:
    waiting = Home.objects.under([at.id]).filter(state__in=WAITING).order_by()
    counts = dict(waiting.values_list("state").annotate(count=Count("pk")))
    return [
        Task(
            title=_counted(state, counts[state]),
            url=f"{reverse('homes:list')}?tinh-trang={state}",
            unit=at.name,
        )
        for state in WAITING
        if state in counts
    ]


def _counted(state: State, count: int) -> str:
    titles = {
        State.STARTED: ngettext(
            "%(count)d căn nhà đang xây, chờ bàn giao",
            "%(count)d căn nhà đang xây, chờ bàn giao",
            count,
        ),
        State.PROPOSED: ngettext(
            "%(count)d căn nhà được đề nghị, chờ khảo sát",
            "%(count)d căn nhà được đề nghị, chờ khảo sát",
            count,
        ),
        State.SURVEYED: ngettext(
            "%(count)d căn nhà đã khảo sát, chờ duyệt",
            "%(count)d căn nhà đã khảo sát, chờ duyệt",
            count,
        ),
    }
    return titles[state] % {"count": count}
