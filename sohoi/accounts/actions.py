"""Writes of accounts: add and correct a user, appoint her, end or take back an appointment, close
and reopen an account, take back at once what was just done; and keep how she looks at lists."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sohoi.accounts.models import Appointment, User
from sohoi.accounts.roles import ADMINISTRATOR, ROLES
from sohoi.audit import undo as history
from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.lib.text import normalise
from sohoi.org.choices import Tier
from sohoi.org.models import Unit
from sohoi.org.queries import place_of


def add_user(*, username: str, full_name: str, password: str, by: Any) -> User:
    """Raises Refused when the user name is taken or not plain."""
    username = username.strip().lower()
    with writing(by):
        user = User(username=username, full_name=normalise(full_name))
        user.set_password(password)
        _save_named(user)
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
    asked, found = ROLES[role], place_of(unit.pk, on=on)
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


def end_appointment(*, appointment: Appointment, on: date, by: Any, reason: str = "") -> None:
    """She keeps the role until the day before `on`; one that begins then or later never begins."""
    _require_not_her_own(appointment, by)
    with _mending(by, reason):
        appointment.valid_to = max(on, appointment.valid_from)
        appointment.save(update_fields=["valid_to"])
        record(by=by, verb="accounts.end_appointment", thing=appointment)


def cancel_appointment(*, appointment: Appointment, reason: str, by: Any) -> None:
    """Take back one that was given by mistake: it counts as never given. What she wrote stays."""
    _require_not_her_own(appointment, by)
    with _mending(by, reason):
        appointment.valid_to = appointment.valid_from
        appointment.save(update_fields=["valid_to"])
        record(by=by, verb="accounts.cancel_appointment", thing=appointment)


def _require_not_her_own(appointment: Appointment, by: Any) -> None:
    """Nobody ends her own role of administrator: the last one would leave nobody behind."""
    if by is not None and appointment.user_id == by.pk and appointment.role == ADMINISTRATOR:
        raise Refused(_("Không tự thôi vai trò quản trị của mình. Nhờ một người quản trị khác."))


def correct_user(*, user: User, full_name: str, username: str, reason: str, by: Any) -> None:
    """Raises Refused when the user name is taken or not plain."""
    with _mending(by, reason):
        user.full_name, user.username = normalise(full_name), username.strip().lower()
        _save_named(user, update_fields=["full_name", "username"])
        record(by=by, verb="accounts.correct_user", thing=user)


def close_account(*, user: User, by: Any, reason: str = "") -> None:
    """The account can no longer sign in; what it did stays in the trail. Nobody closes her own."""
    if by is not None and by.pk == user.pk:
        raise Refused(_("Không tự đóng tài khoản của mình. Nhờ một người quản trị khác."))
    with _mending(by, reason):
        user.is_active = False
        user.save(update_fields=["is_active"])
        record(by=by, verb="accounts.close", thing=user)


def reopen_account(*, user: User, reason: str, by: Any) -> None:
    """It signs in again with the password it had, and holds the roles it still has."""
    with _mending(by, reason):
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(by=by, verb="accounts.reopen", thing=user)


def _mending(by: Any, reason: str) -> AbstractContextManager:
    """The frame of a write that a person must give her reason for; the system needs none."""
    reason = normalise(reason)
    if by is not None and not reason:
        raise Refused(_("Ghi lý do."), field="reason")
    return writing(by, reason=reason)


def _save_named(user: User, **options: Any) -> None:
    try:
        with transaction.atomic():
            user.save(**options)
    except IntegrityError as error:
        if User.objects.filter(username=user.username).exclude(pk=user.pk).exists():
            text = _("Tên đăng nhập “%(name)s” đã có người dùng. Chọn tên khác.")
        else:
            text = _(
                "Tên đăng nhập “%(name)s” có ký tự lạ. Dùng chữ không dấu, số, dấu chấm, gạch nối."
            )
        raise Refused(text % {"name": user.username}, field="username") from error


def set_password(*, user: User, password: str, by: Any) -> None:
    """A new password, given to her in person."""
    with writing(by):
        user.set_password(password)
        user.save(update_fields=["password"])
        record(by=by, verb="accounts.set_password", thing=user)


def choose_columns(*, key: str, columns: list[str] | None, by: User) -> None:
    """The columns she sees in her list of that key from now on; None for the usual ones.

    Neither trail nor history tells it: how she looks at a list is nobody's business.
    """
    with transaction.atomic():
        current = User.objects.select_for_update().get(pk=by.pk)
        others = {name: kept for name, kept in current.list_columns.items() if name != key}
        current.list_columns = others if columns is None else {**others, key: columns}
        current.save(update_fields=["list_columns"])


def undo(*, user: User, at: datetime, by: Any) -> None:
    """What she did to the account, or to a role of it, in that moment is taken back.

    An account that was added and a password stay: the password was shown, and may be in use.
    Raises Refused when something was done since, or when it is too late; OutOfReach where it was
    not hers.
    """
    with writing(by, reason=history.undone()):
        current = User.objects.select_for_update().get(pk=user.pk)
        changes = history.changes_at(current.pk, at=at, by=by)
        if any(change.object_id == current.pk and change.what == "insert" for change in changes):
            raise OutOfReach
        history.take_back(current.pk, changes, put=_put)
        record(by=by, verb="accounts.undo", thing=current)


def _put(row: User | Appointment) -> None:
    # Her former user name may be another's by now.
    if isinstance(row, User):
        _save_named(row)
    else:
        row.save()
