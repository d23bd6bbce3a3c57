"""Writes of the addresses room: found, edit, close; the team, its training, the yearly review."""

from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.ids import short_code
from sohoi.lib.text import fold, normalise
from sohoi.org.models import Unit, today
from sohoi.programmes.addresses.choices import Kind
from sohoi.programmes.addresses.models import Address, Member, Review, Training


def found_address(
    *, unit: Unit, name: str, kind: str, founded_on: date, by: Any, **details: Any
) -> Address:
    """An address begins with its founding decision. Raises Refused for a shelter with a place."""
    with writing(by):
        address = Address(unit=unit, name=name, kind=kind, founded_on=founded_on, **details)
        address.code = short_code("DC", address.pk)
        _tidy(address)
        address.save()
        record(by=by, verb="addresses.found", thing=address)
    return address


def edit_address(*, address: Address, version: int | None, by: Any, **changes: Any) -> Address:
    """Correct what was written. Raises Refused when somebody else saved in the meantime."""
    with writing(by):
        current = _locked(address)
        if current.version != version:
            raise Refused(
                _("Hồ sơ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi nhập lại.")
            )
        was_shelter = current.kind == Kind.SHELTER_TEAM
        for name, value in changes.items():
            setattr(current, name, value)
        if was_shelter != (current.kind == Kind.SHELTER_TEAM):
            raise Refused(
                _("Đội ngũ Nhà tạm lánh là loại riêng, không đổi được. Ghi một hồ sơ mới."),
                field="kind",
            )
        _tidy(current)
        _not_after_first_event(current)
        _save(current)
        record(by=by, verb="addresses.edit", thing=current)
    return current


def close_address(*, address: Address, on: date, reason: str, by: Any) -> Address:
    """The address ends that day, and with it the time of everyone in its team.

    Raises Refused when it is closed already, or when something happened after that day.
    """
    with writing(by):
        current = _locked(address)
        _within_life(current, on, "on")
        _not_before_last_event(current, on)
        current.members.filter(left_on=None).update(left_on=on)
        current.closed_on, current.closed_reason = on, normalise(reason)
        _save(current)
        record(by=by, verb="addresses.close", thing=current)
    return current


def add_member(
    *,
    address: Address,
    full_name: str,
    body: str,
    role: str,
    joined_on: date,
    by: Any,
    gender: str = "",
) -> Member:
    """Somebody joins the team. Raises Refused outside the address's life."""
    with writing(by):
        current = _locked(address)
        _within_life(current, joined_on, "joined_on")
        member = Member(
            address=current,
            unit_id=current.unit_id,
            is_shelter=current.is_shelter,
            full_name=normalise(full_name),
            gender=gender,
            body=body,
            role=role,
            joined_on=joined_on,
        )
        member.code = short_code("TV", member.pk)
        member.save()
        record(by=by, verb="addresses.add_member", thing=member)
    return member


def end_member(*, member: Member, on: date, by: Any) -> Member:
    """She counts until the day before. Raises Refused when she has left, or before she joined."""
    with writing(by):
        current = Member.objects.select_for_update().get(pk=member.pk)
        if current.left_on:
            raise Refused(_("Thành viên này đã thôi tham gia."))
        _not_in_future(on, "on")
        if on < current.joined_on:
            raise Refused(
                _("Ngày thôi không được trước ngày tham gia (%(day)s).")
                % {"day": dates.short(current.joined_on)},
                field="on",
            )
        current.left_on = on
        current.save()
        record(by=by, verb="addresses.end_member", thing=current)
    return current


def record_training(
    *, address: Address, held_on: date, topic: str, people: int, by: Any
) -> Training:
    """The team was trained. Raises Refused outside the address's life."""
    with writing(by):
        _within_life(_locked(address), held_on, "held_on")
        training = Training.objects.create(
            address=address, held_on=held_on, topic=normalise(topic), people=people
        )
        record(by=by, verb="addresses.train", thing=training, unit_id=address.unit_id)
    return training


def record_review(*, address: Address, year: int, result: str, by: Any) -> Review:
    """What the review of the year found; a second one corrects the first.

    Raises Refused for a year in which the address did not exist.
    """
    with writing(by):
        current = _locked(address)
        last = (current.closed_on or today()).year
        if not current.founded_on.year <= year <= last:
            raise Refused(
                _("Chọn một năm từ %(first)s đến %(last)s, khi địa chỉ còn hoạt động.")
                % {"first": current.founded_on.year, "last": last},
                field="year",
            )
        review, _made = Review.objects.update_or_create(
            address=current, year=year, defaults={"result": result}
        )
        record(by=by, verb="addresses.review", thing=review, unit_id=current.unit_id)
    return review


def _locked(address: Address) -> Address:
    return Address.objects.select_for_update().get(pk=address.pk)


def _save(address: Address) -> None:
    address.version += 1
    address.save()
    address.refresh_from_db(fields=["state", "is_shelter"])


def _tidy(address: Address) -> None:
    """The stored forms of what was typed, and the key it is searched by."""
    _not_in_future(address.founded_on, "founded_on")
    for column in ("name", "decision", "place", "phone"):
        setattr(address, column, normalise(getattr(address, column)))
    address.search_key = f"{fold(address.name)} {address.code.lower()}"
    if address.kind == Kind.SHELTER_TEAM:
        for column in ("place", "phone", "capacity"):
            if getattr(address, column):
                raise Refused(
                    _("Nơi đặt Nhà tạm lánh được giữ kín, không ghi ở đây. Xoá ô này."),
                    field=column,
                )


def _not_after_first_event(address: Address) -> None:
    """The founding precedes everybody's joining, every training, and the closing."""
    first = min(
        filter(
            None,
            (
                address.members.aggregate(day=Min("joined_on"))["day"],
                address.trainings.aggregate(day=Min("held_on"))["day"],
                address.closed_on,
            ),
        ),
        default=None,
    )
    if first and address.founded_on > first:
        raise Refused(
            _("Ngày thành lập không được sau việc đầu tiên đã ghi (%(day)s).")
            % {"day": dates.short(first)},
            field="founded_on",
        )


def _not_before_last_event(address: Address, on: date) -> None:
    members = address.members.aggregate(joined=Max("joined_on"), left=Max("left_on"))
    training = address.trainings.aggregate(day=Max("held_on"))["day"]
    last = max(filter(None, (*members.values(), training)), default=None)
    if last and on < last:
        raise Refused(
            _("Ngày kết thúc không được trước việc cuối cùng đã ghi (%(day)s).")
            % {"day": dates.short(last)},
            field="on",
        )


def _within_life(address: Address, day: date, field: str) -> None:
    _not_in_future(day, field)
    if address.closed_on:
        raise Refused(_("Địa chỉ này đã kết thúc, không ghi thêm được nữa."))
    if day < address.founded_on:
        raise Refused(
            _("Ngày này trước khi địa chỉ thành lập (%(day)s). Kiểm tra lại ngày.")
            % {"day": dates.short(address.founded_on)},
            field=field,
        )


def _not_in_future(day: date, field: str) -> None:
    if day > today():
        raise Refused(
            _("Ngày này chưa tới. Ghi ngày việc đã xảy ra (hôm nay là %(day)s).")
            % {"day": dates.short(today())},
            field=field,
        )
