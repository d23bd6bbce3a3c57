"""Reads of the homes room: what a person must do next."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.kit.tasks import Task
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Home

# "Khởi công → 2 tháng → nghiệm thu và bàn giao": the usual building time (domain.md §3.1).
BUILDING_DAYS = 60


def tasks(user: Any) -> list[Task]:
    """Houses under construction that should be handed over, for those who record it."""
    roots = user.reach("homes.decide")
    if not roots:
        return []
    under_construction = Home.objects.under(roots).filter(state=State.STARTED).named()
    return [
        Task(
            title=_("Bàn giao nhà %(code)s") % {"code": home.code},
            url=reverse("homes:detail", args=[home.pk]),
            unit=home.unit_name or "",
            due=home.started_on + timedelta(days=BUILDING_DAYS),
        )
        for home in under_construction.order_by("started_on")[:20]
    ]
