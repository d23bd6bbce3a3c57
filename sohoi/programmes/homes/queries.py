"""Reads of the homes room: what a person must do next."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sohoi.kit.tasks import Task
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Home
from sohoi.records.tasks import Waiting, waiting_tasks

# "Khởi công → 2 tháng → nghiệm thu và bàn giao": the usual building time (domain.md §3.1).
WAITING = {
    State.STARTED: Waiting(
        _("Bàn giao nhà cho hộ %(name)s"), _("Căn nhà đang xây, chờ bàn giao: %(count)d"), days=60
    ),
    State.PROPOSED: Waiting(
        _("Khảo sát hộ %(name)s"), _("Căn nhà được đề nghị, chờ khảo sát: %(count)d")
    ),
    State.SURVEYED: Waiting(
        _("Duyệt nhà cho hộ %(name)s"), _("Căn nhà đã khảo sát, chờ duyệt: %(count)d")
    ),
}


def tasks(user: Any) -> list[Task]:
    """Houses that wait for whoever decides."""
    return waiting_tasks(user, Home, "homes.decide", WAITING)
