"""Writes of accounts: add a user, appoint her, end an appointment, close an account."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sohoi.accounts.models import Appointment, User
from sohoi.accounts.roles import ROLES
from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import Refused
from sohoi.lib.text import normalise
from sohoi.org.choices import Tier
from sohoi.org.models import Unit
from sohoi.org.queries import place


def add_user(*, username: str, full_name: str, password: str, by: Any) -> User:
    """Raises Refused when the user name is taken or not plain."""
    username = username.strip().lower()
    with writing(by):
        user = User(username=username, full_name=normalise(full_name))
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise Refused(
                _(
                    "Tên đăng nhập “%(name)s” đã có hoặc có ký tự lạ. "
                    "Dùng chữ thường không dấu và số."
                )
                % {"name": username},
                field="username",
            ) from error
        record(by=by, verb="accounts.add_user", thing=user)
    return user


def appoint(*, user: User, role: str, unit: Unit, valid_from: date, by: Any) -> Appointment:
    """Give a role on a unit and everything below it. Raises Refused for an unknown role, and for
    one that is not given on units of that tier."""
    if role not in ROLES:
        raise Refused(_("Không có vai trò này."), field="role")
    if told := unfit(role, unit, on=valid_from):
        raise Refused(told, field="unit")
    return keep_role(user=user, role=role, unit=unit, valid_from=valid_from, by=by)


def unfit(role: str, unit: Unit, *, on: date) -> str:
    """Why the role is not given on the unit; "" when it may be."""
    if role not in ROLES:
        return ""
    asked, found = ROLES[role], place(unit.pk, on=on)
    if found.tier in asked.tiers:
        return ""
    return _(
        "Không giao vai trò “%(role)s” ở %(unit)s (%(tier)s). "
        "Chọn đơn vị đúng cấp, hoặc vai trò khác."
    ) % {"role": asked.title, "unit": found.name, "tier": Tier(found.tier).label}


def keep_role(*, user: User, role: str, unit: Unit, valid_from: date, by: Any) -> Appointment:
    """The role follows its unit, whatever tier that has become."""
    with writing(by):
        appointment = Appointment.objects.create(
            user=user, role=role, unit=unit, valid_from=valid_from
        )
        record(by=by, verb="accounts.appoint", thing=appointment)
    return appointment


def end_appointment(*, appointment: Appointment, on: date, by: Any) -> None:
    """She keeps the role until the day before `on`; one that had not begun lasted its first day."""
    with writing(by):
        appointment.valid_to = max(on, date.fromordinal(appointment.valid_from.toordinal() + 1))
        appointment.save(update_fields=["valid_to"])
        record(by=by, verb="accounts.end_appointment", thing=appointment)


def close_account(*, user: User, by: Any) -> None:
    """The account can no longer sign in; what it did stays in the trail."""
    with writing(by):
        user.is_active = False
        user.save(update_fields=["is_active"])
        record(by=by, verb="accounts.close", thing=user)


def set_password(*, user: User, password: str, by: Any) -> None:
    """A new password, given to her in person."""
    with writing(by):
        user.set_password(password)
        user.save(update_fields=["password"])
        record(by=by, verb="accounts.set_password", thing=user)
