"""Writes of the addresses room: found, edit, close; the team, its training, the yearly review."""

from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from sohoi.audit.actions import writing
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.org.models import today
from sohoi.programmes.addresses.choices import Kind
from sohoi.programmes.addresses.models import LIFE, Address, Member, Review, Training
from sohoi.records.actions import changing, create, edit, remove
from sohoi.records.life import not_ahead


def found_address(*, by: Any, **details: Any) -> Address:
    """An address begins with its founding decision. Raises Refused for a shelter with a place."""
    return create(Address, details, code="DC", by=by, verb="addresses.found", rule=_without_place)


def edit_address(address: Address, *, version: int | None, by: Any, **changes: Any) -> Address:
    """Correct what was written. Raises Refused past what happened first, or across the shelter."""
    verb = "addresses.edit"
    return edit(address, changes, version=version, by=by, verb=verb, rule=_may_stand)


def remove_address(address: Address, *, reason: str, by: Any) -> None:
    """A record written by mistake. Raises Refused while a team, training or review hangs on it."""
    remove(address, reason=reason, by=by, verb="addresses.remove", rule=_is_empty)


def close_address(address: Address, *, on: date, reason: str, by: Any) -> Address:
    """The address ends that day, and with it the time of everyone in its team.

    Raises Refused when it is closed already, or when something happened after that day.
    """
    with changing(address, by=by, verb="addresses.end") as current:
        LIFE.close(current, on, reason)
        _not_before_last_event(current, on)
        current.members.filter(left_on=None).update(left_on=on)
    return current


def take_back_step(address: Address, *, step: str, reason: str, by: Any) -> Address:
    """The closing was written by mistake; who left on that day is in the team again."""
    with writing(by, reason=reason):
        with changing(address, by=by, verb="addresses.take_back", reason=reason) as current:
            closed_on = current.closed_on
            LIFE.take_back(current, step)
        current.members.filter(left_on=closed_on).update(left_on=None)
    return current


def add_member(address: Address, *, by: Any, **details: Any) -> Member:
    """Somebody joins the team. Raises Refused outside the address's life."""
    return create(
        Member,
        details,
        within=address,
        code="TV",
        by=by,
        verb="addresses.add_member",
        rule=_joins_within_life,
        is_shelter=address.is_shelter,
    )


def edit_member(
    member: Member, *, version: int | None, reason: str, by: Any, **changes: Any
) -> Member:
    """A name, a role or a day was written wrongly. Raises Refused outside the address's life."""
    return edit(
        member,
        changes,
        version=version,
        reason=reason,
        by=by,
        verb="addresses.edit_member",
        rule=_is_within_life,
    )


def end_member(member: Member, *, on: date, by: Any) -> Member:
    """She counts until the day before. Raises Refused when she has left, or before she joined."""
    with changing(member, by=by, verb="addresses.end_member") as current:
        if current.left_on:
            raise Refused(_("Thành viên này đã thôi tham gia."))
        not_ahead(on, "on")
        if on < current.joined_on:
            raise Refused(
                _("Ngày thôi không được trước ngày tham gia (%(day)s).")
                % {"day": dates.short(current.joined_on)},
                field="on",
            )
        current.left_on = on
    return current


def remove_member(member: Member, *, reason: str, by: Any) -> None:
    """Somebody written into the team by mistake."""
    remove(member, reason=reason, by=by, verb="addresses.remove_member")


def record_training(address: Address, *, by: Any, **details: Any) -> Training:
    """The team was trained. Raises Refused outside the address's life."""
    verb = "addresses.train"
    return create(Training, details, within=address, by=by, verb=verb, rule=_held_while_open)


def edit_training(
    training: Training, *, version: int | None, reason: str, by: Any, **changes: Any
) -> Training:
    """A training was written wrongly. Raises Refused outside the address's life."""
    return edit(
        training,
        changes,
        version=version,
        reason=reason,
        by=by,
        verb="addresses.edit_training",
        rule=_held_within_life,
    )


def remove_training(training: Training, *, reason: str, by: Any) -> None:
    """A training written by mistake."""
    remove(training, reason=reason, by=by, verb="addresses.remove_training")


def record_review(address: Address, *, year: int, result: str, by: Any, id: Any = None) -> Review:
    """What the review of the year found; a second one corrects the first.

    Raises Refused for a year in which the address did not exist.
    """
    verb, earlier = "addresses.review", address.reviews.filter(year=year).exclude(pk=id).first()
    if earlier:
        return edit(earlier, {"result": result}, version=earlier.version, by=by, verb=verb)
    told = {"id": id, "year": year, "result": result}
    return create(Review, told, within=address, by=by, verb=verb, rule=_in_a_year_of_life)


def remove_review(review: Review, *, reason: str, by: Any) -> None:
    """A review written by mistake, or of the wrong year."""
    remove(review, reason=reason, by=by, verb="addresses.remove_review")


def _without_place(address: Address) -> None:
    if address.kind == Kind.SHELTER_TEAM:
        for column in ("place", "phone", "capacity"):
            if getattr(address, column):
                raise Refused(
                    _("Nơi đặt Nhà tạm lánh được giữ kín, không ghi ở đây. Xoá ô này."),
                    field=column,
                )


def _may_stand(address: Address) -> None:
    # The stored column still says what it was.
    if address.is_shelter != (address.kind == Kind.SHELTER_TEAM):
        raise Refused(
            _("Đội ngũ Nhà tạm lánh là loại riêng, không đổi được. Ghi một hồ sơ mới."),
            field="kind",
        )
    _without_place(address)
    _not_after_first_event(address)


def _is_empty(address: Address) -> None:
    if any(rows.exists() for rows in (address.members, address.trainings, address.reviews)):
        raise Refused(_("Địa chỉ còn thành viên, tập huấn hoặc rà soát. Gỡ các dòng đó trước."))


def _not_after_first_event(address: Address) -> None:
    """The founding precedes everybody's joining, every training, and the closing."""
    joined = address.members.aggregate(day=Min("joined_on"))["day"]
    held = address.trainings.aggregate(day=Min("held_on"))["day"]
    first = min(filter(None, (joined, held, address.closed_on)), default=None)
    if first and address.founded_on > first:
        raise Refused(
            _("Ngày thành lập không được sau việc đầu tiên đã ghi (%(day)s).")
            % {"day": dates.short(first)},
            field="founded_on",
        )


def _not_before_last_event(address: Address, on: date) -> None:
    members = address.members.aggregate(joined=Max("joined_on"), left=Max("left_on"))
    held = address.trainings.aggregate(day=Max("held_on"))["day"]
    last = max(filter(None, (*members.values(), held)), default=None)
    if last and on < last:
        raise Refused(
            _("Ngày kết thúc không được trước việc cuối cùng đã ghi (%(day)s).")
            % {"day": dates.short(last)},
            field="on",
        )


def _within_life(address: Address, day: date, field: str) -> None:
    if day < address.founded_on:
        raise Refused(
            _("Ngày này trước khi địa chỉ thành lập (%(day)s). Kiểm tra lại ngày.")
            % {"day": dates.short(address.founded_on)},
            field=field,
        )
    if address.closed_on and day > address.closed_on:
        raise Refused(
            _("Ngày này sau khi địa chỉ kết thúc (%(day)s). Kiểm tra lại ngày.")
            % {"day": dates.short(address.closed_on)},
            field=field,
        )


def _still_open(address: Address) -> None:
    if address.closed_on:
        raise Refused(_("Địa chỉ này đã kết thúc, không ghi thêm được nữa."))


def _joins_within_life(member: Member) -> None:
    _still_open(member.address)
    _within_life(member.address, member.joined_on, "joined_on")


def _is_within_life(member: Member) -> None:
    _within_life(member.address, member.joined_on, "joined_on")
    if member.left_on:
        _within_life(member.address, member.left_on, "left_on")
        if member.left_on < member.joined_on:
            raise Refused(
                _("Ngày thôi không được trước ngày tham gia (%(day)s).")
                % {"day": dates.short(member.joined_on)},
                field="left_on",
            )
    elif member.address.closed_on:
        raise Refused(_("Địa chỉ đã kết thúc nên phải có ngày thôi."), field="left_on")


def _held_while_open(training: Training) -> None:
    _still_open(training.address)
    _held_within_life(training)


def _held_within_life(training: Training) -> None:
    _within_life(training.address, training.held_on, "held_on")


def _in_a_year_of_life(review: Review) -> None:
    first, last = review.address.founded_on, review.address.closed_on or today()
    if not first.year <= review.year <= last.year:
        raise Refused(
            _("Chọn một năm từ %(first)s đến %(last)s, khi địa chỉ còn hoạt động.")
            % {"first": first.year, "last": last.year},
            field="year",
        )
