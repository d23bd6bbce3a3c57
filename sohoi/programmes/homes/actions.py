"""Writes of the homes room: propose, edit, take a step, withdraw, add and remove a contribution."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.ids import short_code
from sohoi.lib.text import fold, normalise
from sohoi.org.models import Unit, today
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import STEPS, Contribution, Home


def propose_home(
    *,
    unit: Unit,
    household: str,
    poverty_class: str,
    work: str,
    proposed_on: date,
    by: Any,
    **details: Any,
) -> Home:
    """A hamlet finds a household in need and proposes a house. Raises Refused for a future date."""
    with writing(by):
        home = Home(
            unit=unit,
            household=household,
            poverty_class=poverty_class,
            work=work,
            proposed_on=proposed_on,
            **details,
        )
        home.code = short_code("MA", home.pk)
        _tidy(home)
        home.save()
        record(by=by, verb="homes.propose", thing=home)
    return home


def edit_home(*, home: Home, version: int | None, by: Any, **changes: Any) -> Home:
    """Correct what was written. Raises Refused when somebody else saved in the meantime."""
    with writing(by):
        current = _locked(home)
        if current.version != version:
            raise Refused(
                _("Hồ sơ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi nhập lại.")
            )
        for name, value in changes.items():
            setattr(current, name, value)
        _tidy(current)
        if current.surveyed_on and current.proposed_on > current.surveyed_on:
            raise Refused(
                _("Ngày đề nghị không được sau ngày khảo sát (%(day)s).")
                % {"day": dates.short(current.surveyed_on)},
                field="proposed_on",
            )
        _save(current)
        record(by=by, verb="homes.edit", thing=current)
    return current


def take_step(*, home: Home, step: State, on: date, by: Any, minutes: str = "") -> Home:
    """`step`, the next one of the house's life, happened on that day; hand-over keeps the minutes.

    Raises Refused when the house is not before that step, the day lies ahead, or precedes the last.
    """
    with writing(by):
        current = _locked(home)
        if current.next_state is None or current.next_state != step:
            raise Refused(_("Căn nhà này đã chuyển bước. Mở lại trang để xem bước hiện nay."))
        _not_before_last_step(current, on)
        setattr(current, STEPS[current.next_state], on)
        current.minutes = normalise(minutes)
        _save(current)
        record(by=by, verb=f"homes.{step}", thing=current)
    return current


def withdraw_home(*, home: Home, on: date, reason: str, by: Any) -> Home:
    """The house will not be built; the reason stays. Raises Refused once it was handed over."""
    with writing(by):
        current = _locked(home)
        if current.next_state is None:
            raise Refused(_("Căn nhà đã bàn giao hoặc đã rút, không rút được nữa."))
        _not_before_last_step(current, on)
        current.withdrawn_on, current.withdrawn_reason = on, normalise(reason)
        _save(current)
        record(by=by, verb="homes.withdraw", thing=current)
    return current


def add_contribution(
    *, home: Home, funder: str, amount_vnd: int, by: Any, name: str = ""
) -> Contribution:
    """Money for the house from one source; the house's value follows by trigger."""
    with writing(by):
        contribution = Contribution.objects.create(
            home=home, funder=funder, name=normalise(name), amount_vnd=amount_vnd
        )
        record(by=by, verb="homes.add_contribution", thing=contribution, unit_id=home.unit_id)
    return contribution


def remove_contribution(*, contribution: Contribution, by: Any) -> None:
    """A sum written by mistake; its history stays."""
    with writing(by):
        record(
            by=by,
            verb="homes.remove_contribution",
            thing=contribution,
            unit_id=contribution.home.unit_id,
        )
        contribution.delete()


def _locked(home: Home) -> Home:
    return Home.objects.select_for_update().get(pk=home.pk)


def _save(home: Home) -> None:
    home.version += 1
    home.save()
    home.refresh_from_db(fields=["state"])


def _tidy(home: Home) -> None:
    """The stored forms of what was typed, and the key it is searched by."""
    _not_in_future(home.proposed_on, "proposed_on")
    home.household = normalise(home.household)
    home.also_counted_by = normalise(home.also_counted_by)
    home.search_key = f"{fold(home.household)} {home.code.lower()}"


def _not_before_last_step(home: Home, on: date) -> None:
    _not_in_future(on, "on")
    state = State(home.state)
    before = getattr(home, STEPS[state])
    if on < before:
        raise Refused(
            _("Ngày này trước bước “%(step)s” (%(day)s). Kiểm tra lại ngày.")
            % {"step": state.label, "day": dates.short(before)},
            field="on",
        )


def _not_in_future(day: date, field: str) -> None:
    if day > today():
        raise Refused(
            _("Ngày này chưa tới. Ghi ngày việc đã xảy ra (hôm nay là %(day)s).")
            % {"day": dates.short(today())},
            field=field,
        )
