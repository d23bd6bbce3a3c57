"""The page of one return: filling it in, sending it, reading it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from sohoi.kit.policies import requires
from sohoi.kit.refusals import Refused
from sohoi.reports import actions
from sohoi.reports.answering import (
    before_titles,
    form_sections,
    life_of,
    steps_of,
    steps_taken,
)
from sohoi.reports.choices import TONES, State
from sohoi.reports.forms import ReturnForm
from sohoi.reports.models import Return
from sohoi.reports.presenting import period_title
from sohoi.reports.queries import asked_of, beside, question_about, saved_cells
from sohoi.reports.rules import doubts, mistakes, over_their_total
from sohoi.reports.steps import held
from sohoi.reports.views.allowed import answer_of, is_hers, may_do, undo_url, url_of
from sohoi.reports.wording import told


def _form(request: HttpRequest, answer: Return) -> ReturnForm:
    indicators = asked_of(answer)
    return ReturnForm(
        # An empty form that is sent was filled with nothing; one brought back comes by GET.
        request.POST if request.method == "POST" or request.POST else None,
        indicators=indicators,
        cells=saved_cells(answer),
        near=beside(answer.round, indicators, [answer.unit_id])[answer.unit_id],
        initial={"version": answer.version},
    )


@requires("reports.view")
def return_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The return of one unit: a form for its own officer, a page to read for those above."""
    answer = answer_of(request, pk)
    form, status, kept = _form(request, answer), 200, False
    if request.method == "POST":
        if not is_hers(request.user, answer):
            raise Http404
        sending = "submit" in request.POST
        kept = _keep(request, answer, form)
        if kept:
            _point_at(form, sending=sending)
        if kept and not form.errors and _send(request, answer, form, sending=sending):
            return redirect(url_of(answer))
        status = 422
    context = _context(request, answer, form) | {"kept": kept}
    return render(request, "reports/return.html", context, status=status)


def _keep(request: HttpRequest, answer: Return, form: ReturnForm) -> bool:
    """Keep what is typed well; what is not stays on the page."""
    form.is_valid()
    version = form.cleaned_data.get("version") or 0
    if 0 < version < answer.version and answer.is_writable:
        form.catch_up(answer.version)
        form.add_error(
            None, gettext("Báo cáo vừa được người khác sửa. Số đã gõ vẫn còn trên trang.")
        )
        return False
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
    near = form.near
    found = (
        mistakes(form.indicators, form.cells(), near.counted, near.before)
        if sending
        else over_their_total(form.indicators, form.cells(), near.counted)
    )
    for key, one in found.items():
        if key not in form.errors:
            form.add_error(key, told(one))


def _send(request: HttpRequest, answer: Return, form: ReturnForm, *, sending: bool) -> bool:
    if not sending:
        messages.success(request, gettext("Đã lưu. Chưa gửi: bấm “Gửi báo cáo” khi đã đủ."))
        if odd := doubts(form.indicators, form.cells(), form.near.before):
            text = gettext("Có %(count)s số khác thường so với các kỳ trước: xem ghi chú bên cạnh.")
            messages.warning(request, text % {"count": len(odd)})
        return True
    try:
        actions.submit_return(answer=answer, version=answer.version, by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    undo = undo_url("reports:return_undo", answer, request.user)
    messages.success(request, gettext("Đã gửi báo cáo."), extra_tags=undo)
    return True


def _context(request: HttpRequest, answer: Return, form: ReturnForm) -> dict:
    may_write = answer.is_writable and is_hers(request.user, answer)
    if not may_write:
        for field in form.fields.values():
            field.disabled = True
    moves = steps_taken(answer)
    checked = answer.district_checks or any(move.state == State.CHECKED for move in moves)
    return {
        "answer": answer,
        "form": form,
        "title": period_title(answer.round),
        "state": {"text": answer.get_state_display(), "tone": TONES[answer.state]},
        "sections": form_sections(form, question_about(answer)),
        "compared": before_titles(answer.round),
        "steps": steps_of(answer, moves, through_district=checked),
        "life": life_of(answer, moves, form.indicators),
        "sent_back": held(moves)[-1] if answer.state == State.RETURNED else None,
        "may_write": may_write,
        **may_do(request.user, answer),
    }
