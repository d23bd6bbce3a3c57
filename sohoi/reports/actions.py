"""Writes of rounds and returns: each step, what corrects it and what takes it back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.audit.undo import done_since, undone
from sohoi.figures.closing.actions import close_period, open_period, restore_period
from sohoi.figures.engine.actions import Declaration, accept_statement, withdraw_statement
from sohoi.kit.refusals import Refused, ask_back
from sohoi.lib import dates
from sohoi.lib.doubts import Doubt
from sohoi.lib.periods import Period, parse_period
from sohoi.lib.text import normalise
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, today
from sohoi.org.queries import at_tier
from sohoi.reports.choices import OPEN, Act, Change, State
from sohoi.reports.models import Return, ReturnLine, Round, RoundStep, Step
from sohoi.reports.queries import TIERS, asked_of, beside, checkers_of, saved_cells
from sohoi.reports.rules import Cell, mistakes
from sohoi.reports.steps import before, held, state_of
from sohoi.reports.wording import told


def open_round(
    *,
    unit: Unit,
    period: str,
    cut_off: date,
    due: date,
    by: Any,
    opened_on: date | None = None,
    asking: bool = False,
) -> Round:
    """Ask every commune, district and the province itself, as they stand on the cut-off day.

    Raises PeriodError for a period that is none, Refused when the round exists already. `asking`
    raises Doubtful first when units would be late at once or the cut-off lies after the period.
    """
    span = parse_period(period)
    _require_order(span, cut_off, due)
    with writing(by):
        unit.hold()
        if Round.objects.filter(unit=unit, period=span.key).exists():
            raise Refused(_("Kỳ này đã mở. Xem trong danh sách kỳ báo cáo."), field="period")
        places = [(tier, one) for tier in TIERS for one in at_tier([unit.pk], tier, on=cut_off)]
        if asking:
            _ask_first(span, cut_off, due, late=len(places) if due < today() else 0)
        asked = Round.objects.create(
            unit=unit,
            period=span.key,
            cut_off=cut_off,
            due=due,
            opened_on=opened_on or today(),
        )
        checkers = checkers_of(unit.pk, cut_off)
        Return.objects.bulk_create(
            Return(round=asked, unit_id=one.id, tier=tier, checker_id=checkers.get(one.id))
            for tier, one in places
        )
        _noted(asked, Change.OPENED, by)
        record(by=by, verb="reports.open_round", thing=asked)
    return asked


def change_round(
    *, asked: Round, cut_off: date, due: date, reason: str, by: Any, asking: bool = False
) -> Round:
    """Another cut-off or due date for an open round; counts from records follow the cut-off.

    Raises Refused without a reason, when other units would be asked on the new cut-off day, and as
    `open_round` does.
    """
    _require_order(asked.span, cut_off, due)
    with writing(by):
        current = _open(asked)
        if (current.cut_off, current.due) == (cut_off, due):
            raise Refused(_("Hai ngày vẫn như cũ. Sửa ngày cần sửa, hoặc quay lại."), field="due")
        if cut_off != current.cut_off:
            _require_same_units(current, cut_off)
        if asking:
            waiting = current.returns.filter(state__in=OPEN)
            newly = due < today() <= current.due
            _ask_first(current.span, cut_off, due, late=waiting.count() if newly else 0)
        current.cut_off, current.due = cut_off, due
        current.save(update_fields=["cut_off", "due"])
        _noted(current, Change.CHANGED, by, _required(reason))
        record(by=by, verb="reports.change_round", thing=current)
    return current


def close_round(*, asked: Round, by: Any, closed_on: date | None = None) -> None:
    """Nothing more is written in the round, and its figures are kept as they are now; what was not
    accepted is no figure. Raises Refused before the cut-off."""
    with writing(by):
        current = _open(asked)
        close_period(question=current.question, by=by)
        _closed(current, max(closed_on or today(), current.opened_on), by)


def close_round_again(*, asked: Round, closed_on: date, reason: str, by: Any) -> None:
    """As it was before it was opened: the figures that were kept hold again."""
    with writing(by):
        current = _open(asked)
        restore_period(question=current.question, by=by)
        _closed(current, closed_on, by, reason)


def _closed(current: Round, closed_on: date, by: Any, reason: str = "") -> None:
    current.closed_on = closed_on
    current.save(update_fields=["closed_on"])
    _noted(current, Change.CLOSED, by, reason)
    record(by=by, verb="reports.close_round", thing=current)


def reopen_round(*, asked: Round, by: Any, reason: str) -> None:
    """The units may write again what was not accepted, and figures follow their records again.
    Raises Refused without a reason."""
    with writing(by):
        current = Round.objects.select_for_update().get(pk=asked.pk)
        if current.is_open:
            raise Refused(_("Kỳ báo cáo này đang mở."))
        current.closed_on = None
        current.save(update_fields=["closed_on"])
        open_period(question=current.question, reason=reason, by=by)
        _noted(current, Change.REOPENED, by, normalise(reason))
        record(by=by, verb="reports.reopen_round", thing=current)


def _open(asked: Round) -> Round:
    current = Round.objects.select_for_update().get(pk=asked.pk)
    if not current.is_open:
        raise Refused(_("Kỳ báo cáo này đã khoá rồi."))
    return current


def _noted(asked: Round, change: Change, by: Any, reason: str = "") -> None:
    days = {"cut_off": asked.cut_off, "due": asked.due}
    RoundStep.objects.create(
        moved=asked, change=change, by=by, at=timezone.now(), reason=reason, **days
    )


def _require_order(span: Period, cut_off: date, due: date) -> None:
    if cut_off < span.start:
        raise Refused(
            _("Ngày chốt không được trước ngày đầu kỳ, %(start)s.")
            % {"start": dates.short(span.start)},
            field="cut_off",
        )
    if due < cut_off:
        raise Refused(_("Hạn gửi không được trước ngày chốt số liệu."), field="due")


def _require_same_units(asked: Round, cut_off: date) -> None:
    """A round asks the units of its cut-off day; another tree would ask others."""
    places = {one.id for tier in TIERS for one in at_tier([asked.unit_id], tier, on=cut_off)}
    if places != set(asked.returns.values_list("unit_id", flat=True)):
        raise Refused(
            _("Ngày %(day)s đơn vị đã sắp xếp khác. Khoá kỳ này và mở kỳ khác với ngày chốt ấy.")
            % {"day": dates.short(cut_off)},
            field="cut_off",
        )


def _ask_first(span: Period, cut_off: date, due: date, *, late: int) -> None:
    past = _("Hạn gửi %(due)s đã qua: %(count)s đơn vị sẽ quá hạn ngay.")
    after = _("Ngày chốt %(day)s nằm sau kỳ, kỳ hết ngày %(end)s.")
    days = {"day": dates.short(cut_off), "end": dates.short(span.end)}
    ask_back(
        Doubt(past % {"due": dates.short(due), "count": late}, "due") if late else None,
        Doubt(after % days, "cut_off") if cut_off > span.end else None,
    )


def save_return(*, answer: Return, version: int, cells: Mapping[str, Cell], by: Any) -> Return:
    """Keep what is filled so far, sound or not: a draft loses nothing.

    Raises Refused when the return may no longer be written, or was written by somebody else.
    """
    with writing(by):
        current = _locked(answer, version, OPEN)
        if unknown := cells.keys() - {i.key for i in asked_of(current)}:
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
        indicators = {i.key: i for i in asked_of(current)}
        known = beside(current.round, indicators.values(), [current.unit_id])[current.unit_id]
        found = mistakes(indicators.values(), saved_cells(current), known.counted, known.before)
        for key, one in found.items():
            raise Refused(
                _("Còn %(count)s chỗ phải xem lại, trước hết “%(title)s”: %(text)s")
                % {"count": len(found), "title": indicators[key].title, "text": told(one)},
                field=key,
            )
        # Sent once, it never asks more: nobody is surprised by what is defined afterwards.
        current.asked = [*indicators]
        _step(current, State.SUBMITTED, by)
        if current.tier == Tier.PROVINCE:
            _step(current, State.ACCEPTED, by)
    return current


def take_back(*, answer: Return, version: int | None = None, reason: str, by: Any) -> Return:
    """Undo the last step of a return: sending, checking, accepting or sending back.

    Whatever was accepted is no figure any more, whatever was opened again is one again. Raises
    Refused when the return has moved on, when the unit already works on what was sent back, and
    for a draft, which has no step to take back.
    """
    with writing(by):
        current = _locked(answer, version, tuple(State))
        if current.state == State.DRAFT:
            raise Refused(_("Báo cáo đang lập, chưa có bước nào để thu lại."))
        steps = [*current.steps.all()]
        sent_back = [s for s in held(steps) if (s.act, s.state) == (Act.MOVE, State.RETURNED)]
        if current.state == State.RETURNED and _written_since(current, sent_back[-1]):
            raise Refused(_("Đơn vị đã sửa báo cáo này nên không thu lại lần trả lại được nữa."))
        earlier = state_of(before(current, steps))
        _step(current, earlier, by, _required(reason), act=Act.TAKEN_BACK)
    return current


def step_again(*, answer: Return, by: Any) -> Return:
    """The step that was just taken back is taken after all, with the reason it had.

    Raises Refused when the unit has written in the return since.
    """
    with writing(by):
        current = _locked(answer, None, tuple(State))
        *earlier, last = current.steps.all()
        if last.act != Act.TAKEN_BACK or _written_since(current, last):
            raise done_since()
        taken = held(earlier)[-1]
        _step(current, State(taken.state), by, taken.reason or undone())
    return current


def _written_since(current: Return, step: Step) -> bool:
    """Whether the unit changed what it had filled after the step."""
    return current.lines.filter(updated_at__gt=step.at).exists()


def correct_reason(*, answer: Return, version: int | None = None, reason: str, by: Any) -> Return:
    """Another reason for having sent a return back; the first stays in its history."""
    with writing(by):
        current = _locked(answer, version, (State.RETURNED,))
        _step(current, State.RETURNED, by, _required(reason), act=Act.REASON)
    return current


def check_return(*, answer: Return, by: Any, version: int | None = None) -> Return:
    """The district has looked at a commune's return."""
    with writing(by):
        current = _locked(answer, version, (State.SUBMITTED,))
        if not current.district_checks:
            raise Refused(_("Báo cáo này không qua bước kiểm tra của huyện."))
        _step(current, State.CHECKED, by)
    return current


def send_back(*, answer: Return, reason: str, by: Any, version: int | None = None) -> Return:
    """Back to the unit with a reason; what it filled stays."""
    with writing(by):
        current = _locked(answer, version, (State.SUBMITTED, State.CHECKED))
        _step(current, State.RETURNED, by, _required(reason))
    return current


def accept_return(
    *, answer: Return, by: Any, version: int | None = None, at: datetime | None = None
) -> Return:
    """The province accepts: from now on the values are figures."""
    with writing(by):
        current = _locked(answer, version, (State.CHECKED, State.SUBMITTED))
        if current.awaits_district:
            raise Refused(_("Huyện chưa kiểm tra báo cáo này."))
        _step(current, State.ACCEPTED, by, at=at)
    return current


def accept_checked(*, asked: Round, by: Any) -> int:
    """Accept every return that waits for the province. Returns how many."""
    with writing(by):
        asked.hold()
        # Those that still wait once nobody else can move them, locked in one order.
        waiting = asked.returns.awaiting_province().select_for_update(of=("self",)).order_by("pk")
        # One moment for all: they are taken back together.
        now = timezone.now()
        for answer in waiting:
            accept_return(answer=answer, by=by, at=now)
    return len(waiting)


def reopen_return(*, answer: Return, reason: str, by: Any, version: int | None = None) -> Return:
    """An accepted return is corrected: its values are no figures until accepted again."""
    with writing(by):
        current = _locked(answer, version, (State.ACCEPTED,))
        _step(current, State.RETURNED, by, _required(reason))
    return current


def _locked(answer: Return, version: int | None, states: tuple) -> Return:
    """The return as it stands, in one of the states and in the version the person saw.

    Without a version it is that of `answer`, as the caller read it.
    """
    Round(pk=answer.round_id).hold()
    current = (
        Return.objects.judged()
        .select_for_update(of=("self",))
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
    current.save(update_fields=["state", "version", "asked"])


def _step(
    current: Return,
    state: State,
    by: Any,
    reason: str = "",
    *,
    act: Act = Act.MOVE,
    at: datetime | None = None,
) -> None:
    """What the return holds is a figure from its acceptance on, until it is accepted no more."""
    if current.state == State.ACCEPTED:
        withdraw_statement(unit=current.unit, period=current.round.period, by=by)
    _moved(current, state)
    at = at or timezone.now()
    Step.objects.create(moved=current, act=act, state=state, by=by, at=at, reason=reason)
    record(by=by, verb=f"reports.{state if act == Act.MOVE else act}", thing=current)
    if state == State.ACCEPTED:
        _vouched(current, by)


def _required(reason: str) -> str:
    if tidied := normalise(reason):
        return tidied
    raise Refused(_("Ghi lý do: người khác cần biết vì sao."), field="reason")


def _vouched(current: Return, by: Any) -> None:
    values = {
        line.indicator: Declaration(line.value, line.updated_by, line.updated_at, line.reason)
        for line in current.lines.select_related("updated_by").exclude(value=None)
    }
    stated = {"period": current.round.period, "asked": current.asked, "values": values}
    accept_statement(unit=current.unit, by=by, **stated)
