"""Pages of one return: filling it in, sending it, judging it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sohoi.figures.models import Statement
from sohoi.kit.pages import confirm_page
from sohoi.kit.policies import requires
from sohoi.kit.refusals import Refused
from sohoi.org.choices import Tier
from sohoi.reports import actions
from sohoi.reports.choices import TONES, State
from sohoi.reports.forms import ReasonForm, ReturnForm, SeenForm
from sohoi.reports.models import Return
from sohoi.reports.presenting import form_sections, life_of, period_title, steps_of
from sohoi.reports.queries import asked_of, counts, is_checked_by_district, saved_cells
from sohoi.reports.reorganising import answered_for
from sohoi.reports.rules import mistakes, over_their_total


def _url(answer: Return) -> str:
    return reverse("reports:return", args=[answer.pk])


def _answer(request: HttpRequest, pk: UUID, permission: str = "reports.view") -> Return:
    within = Return.objects.under(request.user.reach(permission)).select_related("round")
    return get_object_or_404(within.named(), pk=pk)


def _form(request: HttpRequest, answer: Return) -> ReturnForm:
    indicators = asked_of(answer.tier, answer.round.cut_off)
    return ReturnForm(
        # An empty form that is sent was filled with nothing; one brought back comes by GET.
        request.POST if request.method == "POST" or request.POST else None,
        indicators=indicators,
        cells=saved_cells(answer),
        counted=counts(answer.round, indicators, [answer.unit_id])[answer.unit_id],
        initial={"version": answer.version},
    )


def _is_hers(request: HttpRequest, answer: Return) -> bool:
    """Of a unit for which she fills returns herself, or which that unit followed."""
    roots = request.user.reach("reports.fill")
    return answer.unit_id in roots or answer.unit_id in answered_for(roots)


@requires("reports.view")
def return_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The return of one unit: a form for its own officer, a page to read for those above."""
    answer = _answer(request, pk)
    form, status, kept = _form(request, answer), 200, False
    if request.method == "POST":
        if not _is_hers(request, answer):
            raise Http404
        sending = "submit" in request.POST
        kept = _keep(request, answer, form)
        if kept:
            _point_at(form, sending=sending)
        if kept and not form.errors and _send(request, answer, form, sending=sending):
            return redirect(_url(answer))
        status = 422
    context = _context(request, answer, form) | {"kept": kept}
    return render(request, "reports/return.html", context, status=status)


def _keep(request: HttpRequest, answer: Return, form: ReturnForm) -> bool:
    """Keep what is typed well; what is not stays on the page."""
    form.is_valid()
    version = form.cleaned_data.get("version") or 0
    try:
        saved = actions.save_return(
            answer=answer, version=version, cells=form.cells(), by=request.user
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    answer.version = saved.version
    form.data = form.data.copy()
    form.data["version"] = str(saved.version)
    return True


def _point_at(form: ReturnForm, *, sending: bool) -> None:
    """Say beside each field what stands in the way: of sending, or at once when it cannot be."""
    rule = mistakes if sending else over_their_total
    for key, text in rule(form.indicators, form.cells(), form.counted).items():
        if key not in form.errors:
            form.add_error(key, text)


def _send(request: HttpRequest, answer: Return, form: ReturnForm, *, sending: bool) -> bool:
    if not sending:
        messages.success(request, gettext("Đã lưu. Chưa gửi: bấm “Gửi báo cáo” khi đã đủ."))
        return True
    try:
        actions.submit_return(answer=answer, version=answer.version, by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    messages.success(request, gettext("Đã gửi báo cáo."))
    return True


def _context(request: HttpRequest, answer: Return, form: ReturnForm) -> dict:
    may_write = answer.is_writable and _is_hers(request, answer)
    if not may_write:
        for field in form.fields.values():
            field.disabled = True
    moves = list(answer.steps.select_related("by"))
    back = [move for move in moves if move.state == State.RETURNED]
    return {
        "answer": answer,
        "form": form,
        "title": period_title(answer.round),
        "state": {"text": answer.get_state_display(), "tone": TONES[answer.state]},
        "sections": form_sections(form),
        "steps": steps_of(answer, moves, through_district=is_checked_by_district(answer)),
        "life": life_of(answer, moves, form.indicators),
        "sent_back": back[-1] if back and answer.state == State.RETURNED else None,
        "may_write": may_write,
        **_judging(request, answer),
    }


def _judging(request: HttpRequest, answer: Return) -> dict:
    """Which decisions this person may take on the return now."""
    user, is_open = request.user, answer.round.is_open
    may_check = is_open and answer.awaits_district and user.may("reports.check", answer.unit_id)
    accepts = is_open and user.may("reports.accept", answer.unit_id)
    skips_district = accepts and answer.awaits_district and not is_checked_by_district(answer)
    is_under_way = answer.state in (State.SUBMITTED, State.CHECKED)
    return {
        "may_check": may_check,
        "may_accept": accepts and (answer.awaits_province or skips_district),
        "may_send_back": may_check or (accepts and is_under_way),
        "may_reopen": accepts and answer.state == State.ACCEPTED,
    }


def _seen(request: HttpRequest, answer: Return) -> dict:
    """The version that was on the page from which the person came to decide."""
    seen = request.GET.get("ban", "")
    return {"version": seen if seen.isdecimal() else answer.version}


@requires("reports.check")
def return_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    answer = _answer(request, pk, "reports.check")
    return confirm_page(
        request,
        form=SeenForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: actions.check_return(answer=answer, by=request.user, **data),
        title=gettext("Xác nhận đã kiểm tra báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=[gettext("Báo cáo chuyển lên tỉnh để chấp nhận.")],
        back_url=_url(answer),
        message=gettext("Đã ghi nhận huyện kiểm tra."),
        verb=gettext("Đã kiểm tra"),
    )


@requires("reports.accept")
def return_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    answer = _answer(request, pk, "reports.accept")
    return confirm_page(
        request,
        form=SeenForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: actions.accept_return(answer=answer, by=request.user, **data),
        title=gettext("Chấp nhận báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=[gettext("Số liệu trong báo cáo được tính vào số liệu của tỉnh.")],
        back_url=_url(answer),
        message=gettext("Đã chấp nhận báo cáo."),
        verb=gettext("Chấp nhận"),
    )


@requires("reports.view")
def return_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send back, or open an accepted one again: always with a reason."""
    answer = _answer(request, pk)
    is_accepted = answer.state == State.ACCEPTED
    checks = answer.tier == Tier.COMMUNE and request.user.may("reports.check", answer.unit_id)
    if not request.user.may("reports.accept", answer.unit_id) and (is_accepted or not checks):
        raise Http404
    act = actions.reopen_return if is_accepted else actions.send_back
    consequences = [gettext("Đơn vị sửa và gửi lại. Những gì đã điền vẫn còn.")]
    if is_accepted:
        consequences.append(gettext("Số liệu của báo cáo thôi tính cho đến khi chấp nhận lại."))
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: act(answer=answer, by=request.user, **data),
        title=gettext("Trả lại báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=consequences,
        back_url=_url(answer),
        message=gettext("Đã trả lại báo cáo kèm lý do."),
        verb=gettext("Trả lại"),
    )


@requires("reports.view")
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a declared value of a figure to the return it came from."""
    found = get_object_or_404(Statement.objects.under(request.user.reach("reports.view")), pk=pk)
    answers = Return.objects.filter(unit_id=found.unit_id, round__period=found.period)
    return redirect(_url(get_object_or_404(answers)))
