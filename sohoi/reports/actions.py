"""Writes of rounds and returns: open, save, send, check, send back, accept, open again, close."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.figures.actions import Declaration, accept_statement, withdraw_statement
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.periods import parse_period
from sohoi.lib.text import normalise
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, today
from sohoi.org.queries import at_tier
from sohoi.reports.choices import OPEN, State
from sohoi.reports.models import Narrative, Return, ReturnLine, Round, Step
from sohoi.reports.queries import (
    TIERS,
    asked_of,
    counts,
    is_checked_by_district,
    saved_cells,
)
from sohoi.reports.rules import Cell, mistakes


def open_round(
    *, unit: Unit, period: str, cut_off: date, due: date, by: Any, opened_on: date | None = None
) -> Round:
    """Ask every commune, district and the province itself, as they stand on the cut-off day.

    Raises PeriodError for a period that is none, Refused when the round exists already.
    """
    span = parse_period(period)
    if not span.contains(cut_off):
        raise Refused(
            _("Ngày chốt phải nằm trong kỳ, từ %(start)s đến %(end)s.")
            % {"start": dates.short(span.start), "end": dates.short(span.end)},
            field="cut_off",
        )
    if due < cut_off:
        raise Refused(_("Hạn gửi không được trước ngày chốt số liệu."), field="due")
    if Round.objects.filter(unit=unit, period=span.key).exists():
        raise Refused(_("Kỳ này đã mở. Xem trong danh sách kỳ báo cáo."), field="period")
    with writing(by):
        asked = Round.objects.create(
            unit=unit,
            period=span.key,
            cut_off=cut_off,
            due=due,
            opened_on=opened_on or today(),
        )
        Return.objects.bulk_create(
            Return(round=asked, unit_id=place.id, tier=tier)
            for tier in TIERS
            for place in at_tier([unit.pk], tier, on=cut_off)
        )
        record(by=by, verb="reports.open_round", thing=asked)
    return asked


def close_round(*, asked: Round, by: Any) -> None:
    """Nothing more is written in the round; what was accepted stays, what was not is no figure."""
    with writing(by):
        current = Round.objects.select_for_update().get(pk=asked.pk)
        if not current.is_open:
            raise Refused(_("Kỳ báo cáo này đã khoá rồi."))
        current.closed_on = max(today(), current.opened_on)
        current.save(update_fields=["closed_on"])
        record(by=by, verb="reports.close_round", thing=current)


def reopen_round(*, asked: Round, by: Any) -> None:
    """The units may write again what was not accepted."""
    with writing(by):
        current = Round.objects.select_for_update().get(pk=asked.pk)
        if current.is_open:
            raise Refused(_("Kỳ báo cáo này đang mở."))
        current.closed_on = None
        current.save(update_fields=["closed_on"])
        record(by=by, verb="reports.reopen_round", thing=current)


def save_return(*, answer: Return, version: int, cells: Mapping[str, Cell], by: Any) -> Return:
    """Keep what is filled so far, sound or not: a draft loses nothing.

    Raises Refused when the return may no longer be written, or was written by somebody else.
    """
    with writing(by):
        current = _locked(answer, version, OPEN)
        if unknown := cells.keys() - {i.key for i in asked_of(current.tier, current.round.cut_off)}:
            raise Refused(
                _("Phiếu này không có chỉ tiêu %(keys)s. Tải lại trang.")
                % {"keys": ", ".join(sorted(unknown))}
            )
        known = {line.indicator: line for line in current.lines.all()}
        now = timezone.now()
        for key, cell in cells.items():
            line = known.get(key, ReturnLine(filled_in=current, indicator=key))
            if (line.value, line.reason) == (cell.value, cell.reason):
                continue
            line.value, line.reason = cell.value, cell.reason
            line.updated_by, line.updated_at = by, now
            line.save()
        _moved(current, current.state)
        record(by=by, verb="reports.save", thing=current)
    return current


def submit_return(*, answer: Return, version: int, by: Any) -> Return:
    """Send what was saved; the province's own return needs no second pair of eyes.

    Raises Refused when something is missing, contradicts itself or stands without its reason.
    """
    with writing(by):
        current = _locked(answer, version, OPEN)
        indicators = {i.key: i for i in asked_of(current.tier, current.round.cut_off)}
        counted = counts(current.round, indicators.values(), [current.unit_id])[current.unit_id]
        found = mistakes(indicators.values(), saved_cells(current), counted)
        for key, text in found.items():
            raise Refused(
                _("Còn %(count)s chỗ phải xem lại, trước hết “%(title)s”: %(text)s")
                % {"count": len(found), "title": indicators[key].title, "text": text},
                field=key,
            )
        _step(current, State.SUBMITTED, by)
        if current.tier == Tier.PROVINCE:
            _accept(current, by)
        elif current.tier == Tier.COMMUNE and not is_checked_by_district(current):
            _step(current, State.CHECKED, by)
    return current


def check_return(*, answer: Return, by: Any, version: int | None = None) -> Return:
    """The district has looked at a commune's return."""
    with writing(by):
        current = _locked(answer, version, (State.SUBMITTED,))
        if current.tier != Tier.COMMUNE:
            raise Refused(_("Chỉ báo cáo của xã mới qua bước kiểm tra của huyện."))
        _step(current, State.CHECKED, by)
    return current


def send_back(*, answer: Return, reason: str, by: Any, version: int | None = None) -> Return:
    """Back to the unit with a reason; what it filled stays."""
    with writing(by):
        current = _locked(answer, version, (State.SUBMITTED, State.CHECKED))
        _step(current, State.RETURNED, by, _required(reason))
    return current


def accept_return(*, answer: Return, by: Any, version: int | None = None) -> Return:
    """The province accepts: from now on the values are figures."""
    with writing(by):
        current = _locked(answer, version, (State.CHECKED, State.SUBMITTED))
        if current.state == State.SUBMITTED and is_checked_by_district(current):
            raise Refused(_("Huyện chưa kiểm tra báo cáo này."))
        _accept(current, by)
    return current


def accept_checked(*, asked: Round, by: Any) -> int:
    """Accept every return that waits for the province. Returns how many."""
    with writing(by):
        found = list(asked.returns.awaiting_province())
        for answer in found:
            accept_return(answer=answer, by=by)
    return len(found)


def reopen_return(*, answer: Return, reason: str, by: Any, version: int | None = None) -> Return:
    """An accepted return is corrected: its values are no figures until accepted again."""
    with writing(by):
        current = _locked(answer, version, (State.ACCEPTED,))
        withdraw_statement(unit=current.unit, period=current.round.period, by=by)
        _step(current, State.RETURNED, by, _required(reason))
    return current


def write_narrative(
    *, unit: Unit, period: str, kind: str, body: str, version: int, by: Any
) -> Narrative:
    """The unit's own text of a document. Raises Refused when somebody saved in the meantime."""
    with writing(by):
        found = Narrative.objects.select_for_update().filter(unit=unit, period=period, kind=kind)
        text = found.first() or Narrative(unit=unit, period=period, kind=kind, version=0)
        if text.version != version:
            raise Refused(
                _("Đoạn văn vừa được người khác sửa. Chép phần vừa gõ, tải lại trang rồi dán vào.")
            )
        text.body, text.version = body, version + 1
        text.save()
        record(by=by, verb="reports.write_narrative", thing=text)
    return text


def _locked(answer: Return, version: int | None, states: tuple) -> Return:
    """The return as it stands, in one of the states and in the version the person saw.

    Without a version it is that of `answer`, as the caller read it.
    """
    current = (
        Return.objects.select_for_update(of=("self",))
        .select_related("round", "unit")
        .get(pk=answer.pk)
    )
    if not current.round.is_open:
        raise Refused(
            _("Kỳ báo cáo đã khoá ngày %(day)s. Đề nghị tỉnh mở lại nếu cần sửa.")
            % {"day": dates.short(current.round.closed_on)}
        )
    if current.state not in states:
        raise Refused(
            _("Báo cáo đang ở bước “%(state)s” nên không làm được việc này. Tải lại trang.")
            % {"state": current.get_state_display()}
        )
    if current.version != (answer.version if version is None else version):
        raise Refused(
            _("Báo cáo vừa được người khác sửa. Mở trang này ở thẻ mới để xem, rồi nhập lại.")
        )
    return current


def _moved(current: Return, state: str) -> None:
    current.state = state
    current.version += 1
    current.save(update_fields=["state", "version"])


def _step(current: Return, state: State, by: Any, reason: str = "") -> None:
    _moved(current, state)
    Step.objects.create(moved=current, state=state, by=by, at=timezone.now(), reason=reason)
    record(by=by, verb=f"reports.{state}", thing=current)


def _required(reason: str) -> str:
    if tidied := normalise(reason):
        return tidied
    raise Refused(_("Ghi lý do để đơn vị biết cần xem lại số nào."), field="reason")


def _accept(current: Return, by: Any) -> Return:
    _step(current, State.ACCEPTED, by)
    values = {
        line.indicator: Declaration(line.value, line.updated_by, line.updated_at, line.reason)
        for line in current.lines.select_related("updated_by").exclude(value=None)
    }
    accept_statement(unit=current.unit, period=current.round.period, values=values, by=by)
    return current
