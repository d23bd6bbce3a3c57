"""What a reorganisation does to appointments: they end with their unit, go on with its follower."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sohoi.accounts.actions import end_appointment, keep_role
from sohoi.accounts.models import Appointment
from sohoi.accounts.roles import ROLES
from sohoi.kit.reorganising import Follower, Followers, Touched
from sohoi.org.models import Unit


def _held(followers: Followers, on: date) -> list[Appointment]:
    """Those of the day, and those that begin later."""
    held = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    held = held.filter(unit_id__in=[*followers]).select_related("user")
    return list(held.order_by("user__username", "pk"))


def touched(followers: Followers, on: date) -> list[Touched]:
    becomes = {
        0: _("hết hiệu lực; cần giao vai trò mới"),
        1: _("tiếp tục ở đơn vị kế tiếp"),
    }
    split = _("tiếp tục ở đơn vị kế tiếp ghi trước; kiểm tra và giao lại nếu cần")
    return [
        Touched(
            _("Vai trò bị ảnh hưởng"),
            held.unit_id,
            f"{held.user.username} – {ROLES[held.role].title}",
            becomes.get(len(followers[held.unit_id]), split),
        )
        for held in _held(followers, on)
    ]


def follow(followers: Followers, *, on: date, by: Any) -> None:
    """No right grows: it goes to the first follower of a split unit, to none after a close, and
    keeps its first and last day."""
    for held in _held(followers, on):
        first, last = max(on, held.valid_from), held.valid_to
        end_appointment(appointment=held, on=on, by=by)
        for follower in followers[held.unit_id][:1]:
            unit = Unit(pk=follower)
            new = keep_role(user=held.user, role=held.role, unit=unit, valid_from=first, by=by)
            if last:
                end_appointment(appointment=new, on=last, by=by)


FOLLOWER = Follower(touched=touched, follow=follow)
