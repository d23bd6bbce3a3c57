"""Applying a plan: one transaction, in which no record and no figure of the past changes."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.reorganising import Touched
from sohoi.kit.rooms import rooms
from sohoi.lib import dates
from sohoi.lib.text import search_key, sort_key
from sohoi.org import lots
from sohoi.org.choices import SuccessionKind
from sohoi.org.judging import Plan, Standing, judge
from sohoi.org.models import Reorganisation, Succession, Unit, UnitVersion
from sohoi.org.plan import Fault, Line, in_order, read_lines

LONGEST_TITLE = Reorganisation._meta.get_field("title").max_length


class PlanRefused(Exception):
    """The plan has faults; nothing was applied."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Phương án có %(number)s lỗi.") % {"number": len(faults)})
        self.faults = faults


def preview(content: bytes, on: date, *, within: Iterable[UUID] | None = None) -> Plan:
    """The plan of the file as it would be applied on the day, with all its faults.

    `within`: the units, with all below them, that the person may change; None is all of them.
    """
    lines, faults = read_lines(content)
    if not lines:
        return Plan(on, [], faults)
    if done := Reorganisation.objects.filter(fingerprint=_fingerprint(lines, on)).first():
        text = _("Phương án này đã được áp dụng, hiệu lực từ %(day)s. Không áp dụng lần nữa.")
        return Plan(on, lines, [Fault(None, "", text % {"day": dates.short(done.on)})])
    plan = judge(lines, on, within=within)
    plan.faults = in_order([*faults, *plan.faults])
    if not plan.faults and not plan.founded and not plan.followers and not plan.changed:
        plan.faults.append(Fault(None, "", _("Phương án không làm thay đổi đơn vị nào.")))
    return plan


def touched(plan: Plan) -> list[Touched]:
    """What the rooms hold on units that end."""
    asked = [room.reorganised.touched for room in rooms() if room.reorganised]
    return [change for one in filter(None, asked) for change in one(plan.followers, plan.on)]


def kept(plan: Plan) -> list[str]:
    """What the rooms have closed and keep as it is, although the plan reaches back into it."""
    asked = [room.reorganised.kept for room in rooms() if room.reorganised]
    return [said for one in filter(None, asked) for said in one(plan.reached, plan.on)]


def reorganise(
    *, content: bytes, on: date, title: str, by: Any, within: Iterable[UUID] | None = None
) -> Reorganisation:
    """Apply the plan of the file. Raises PlanRefused; then nothing has changed."""
    with writing(by):
        lots.lock()
        plan = preview(content, on, within=within)
        if plan.faults:
            raise PlanRefused(plan.faults)
        done = Reorganisation.objects.create(
            on=on,
            title=title,
            content=content.decode("utf-8-sig"),
            fingerprint=_fingerprint(plan.lines, on),
            applied_by=by,
        )
        _write(plan, title)
        _refresh(plan)
        for room in rooms():
            if room.reorganised and room.reorganised.follow:
                room.reorganised.follow(plan.followers, on=on, by=by)
        record(by=by, verb="org.reorganise", thing=done)
        for unit in plan.rows:
            record(by=by, verb="org.reorganise", thing=Unit(pk=unit), unit_id=unit)
    return done


def _refresh(plan: Plan) -> None:
    try:
        lots.refresh({*plan.founded, *plan.followers, *plan.changed})
    except lots.CircularTree as error:
        text = _("Các đơn vị sẽ nối tiếp nhau thành vòng. Sửa đơn vị kế tiếp.")
        raise PlanRefused([Fault(None, "", text)]) from error


def _write(plan: Plan, title: str) -> None:
    Unit.objects.bulk_create(Unit(pk=unit) for unit in plan.founded)
    going_on = plan.changed
    last = {
        version.unit_id: version
        for version in UnitVersion.objects.filter(unit_id__in=going_on, valid_to=None)
    }
    ending = [*plan.followers, *going_on]
    UnitVersion.objects.filter(unit_id__in=ending, valid_to=None).update(valid_to=plan.on)
    UnitVersion.objects.bulk_create(
        [
            *(
                _version(plan, plan.after[unit], line.lat, line.lon)
                for unit, line in plan.founded.items()
            ),
            *(
                _version(plan, plan.after[unit], last[unit].latitude, last[unit].longitude)
                for unit in going_on
            ),
        ]
    )
    Succession.objects.bulk_create(_links(plan, title))


def _version(plan: Plan, standing: Standing, latitude: Any, longitude: Any) -> UnitVersion:
    return UnitVersion(
        unit_id=standing.id,
        parent_id=standing.parent,
        kind_id=standing.kind,
        code=standing.code,
        name=standing.name,
        sort_key=sort_key(standing.name),
        search_key=search_key(standing.name, standing.code),
        latitude=latitude,
        longitude=longitude,
        valid_from=plan.on,
    )


def _links(plan: Plan, title: str) -> Iterable[Succession]:
    for unit, followers in plan.followers.items():
        kind = SuccessionKind.SPLIT if len(followers) > 1 else SuccessionKind.MERGED
        for follower in followers:
            yield Succession(
                predecessor_id=unit, successor_id=follower, kind=kind, on=plan.on, document=title
            )


def _fingerprint(lines: list[Line], on: date) -> str:
    """The same for the same plan and day, however it was saved and whatever its notes say."""
    words = [on.isoformat(), *(f"{replace(line, row=0, note='')}" for line in lines)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
