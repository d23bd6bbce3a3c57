"""When an indicator without code is used: an end that comes, a beginning after what is closed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sohoi.figures.models import Closing, IndicatorDefinition
from sohoi.kit.indicators import Indicator
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.org.models import today
from sohoi.org.queries import heirs, over, within


def check_end(row: IndicatorDefinition) -> None:
    """What was shown or asked until today stays: an end is decided before it comes."""
    if row.valid_to is None:
        return
    if row.valid_from and row.valid_to <= row.valid_from:
        raise Refused(
            _("Ngày ngừng dùng phải sau ngày bắt đầu dùng (%(day)s).")
            % {"day": dates.short(row.valid_from)},
            field="valid_to",
        )
    if row.closed_on and row.valid_to <= row.closed_on:
        raise Refused(
            _("Chỉ ngừng dùng được từ ngày mai trở đi: đến hôm nay đã có người xem số này."),
            field="valid_to",
        )


def check_begin(row: IndicatorDefinition) -> None:
    """A closed period asks what it asked: nothing new begins in one. Raises Refused."""
    closed = Closing.objects.filter(opened_at=None)
    if row.valid_from:
        closed = closed.filter(day__gte=row.valid_from)
    days: dict[UUID, date] = {}
    for unit, day in closed.values_list("unit_id", "day"):
        days[unit] = max(day, days.get(unit, day))
    units = {*days}
    if row.owner_id and units:
        # Where the owner is gone it is used by what followed it.
        users = [row.owner_id, *(one.id for one in heirs(row.owner_id, on=today()))]
        units = within(units, users) | over(units, users, on=today())
    if units:
        day = max(days[unit] for unit in units)
        said = _("Đã có kỳ khoá đến ngày %(day)s. Chọn ngày bắt đầu dùng sau ngày ấy.")
        raise Refused(said % {"day": dates.short(day)}, field="valid_from")


def check_validity(row: IndicatorDefinition, used: Iterable[IndicatorDefinition]) -> None:
    """An end after the beginning, and a beginning after the end of what it follows, which is of
    those that its unit `used`."""
    check_end(row)
    before = row.follows
    if before is None:
        return
    if before not in used or row.owner_id and before.owner_id is None:
        raise Refused(_("Chọn một chỉ tiêu đã ngừng của đơn vị mình."), field="follows")
    if before.valid_to is None:
        raise Refused(
            _("Chỉ tiêu “%(title)s” còn đang dùng. Ngừng dùng chỉ tiêu đó trước.")
            % {"title": before},
            field="follows",
        )
    if row.valid_from is None or row.valid_from < before.valid_to:
        raise Refused(
            _("Chồng lên thời gian dùng của “%(title)s”: bắt đầu từ %(day)s hoặc sau đó.")
            % {"title": before, "day": dates.short(before.valid_to)},
            field="valid_from",
        )


def check_throughout(row: IndicatorDefinition, indicator: Indicator) -> None:
    """What is computed is used only while what it is made of is."""
    late = indicator.valid_from and (
        row.valid_from is None or row.valid_from < indicator.valid_from
    )
    early = indicator.valid_to and (row.valid_to is None or row.valid_to > indicator.valid_to)
    if late:
        raise Refused(
            _("“%(title)s” chỉ dùng từ %(day)s: chỉ tiêu này không bắt đầu trước ngày ấy.")
            % {"title": indicator.title, "day": dates.short(indicator.valid_from)},
            field="valid_from",
        )
    if early:
        raise Refused(
            _("“%(title)s” ngừng dùng từ %(day)s: chọn chỉ tiêu còn dùng.")
            % {"title": indicator.title, "day": dates.short(indicator.valid_to)},
            field="inputs",
        )


def check_dependents(row: IndicatorDefinition, others: Iterable[IndicatorDefinition]) -> None:
    """Nothing that is still in use may be computed from what is not."""
    for other in others:
        if row.key not in other.inputs or row.valid_to is None:
            continue
        if other.valid_to is None or other.valid_to > row.valid_to:
            raise Refused(
                _("“%(title)s” được tính từ chỉ tiêu này và còn dùng. Ngừng chỉ tiêu đó trước.")
                % {"title": other},
                field="valid_to",
            )
