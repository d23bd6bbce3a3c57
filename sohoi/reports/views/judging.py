"""Pages that decide on a return: check, accept, send back, take a step back."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from sohoi.figures.models import Statement
from sohoi.kit.pages import confirm_page
from sohoi.kit.policies import requires
from sohoi.org.choices import Tier
from sohoi.reports import actions
from sohoi.reports.answering import steps_taken, taking_back
from sohoi.reports.choices import State
from sohoi.reports.forms import ReasonForm, SeenForm, TakeBackForm
from sohoi.reports.models import Return
from sohoi.reports.presenting import accepting_consequences, doubt_sentences
from sohoi.reports.steps import held
from sohoi.reports.views.allowed import answer_of, may_do, undo_url, url_of


def _seen(request: HttpRequest, answer: Return) -> dict:
    """The version that was on the page from which the person came to decide."""
    seen = request.GET.get("ban", "")
    return {"version": seen if seen.isdecimal() else answer.version}


def _undo(request: HttpRequest) -> Callable[[Return], str]:
    return lambda answer: undo_url("reports:return_undo", answer, request.user)


@requires("reports.check")
def return_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    answer = answer_of(request, pk, "reports.check")
    return confirm_page(
        request,
        form=SeenForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: actions.check_return(answer=answer, by=request.user, **data),
        title=gettext("Xác nhận đã kiểm tra báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=[
            gettext("Báo cáo chuyển lên tỉnh để chấp nhận."),
            *doubt_sentences(answer.round, [answer]),
        ],
        back_url=url_of(answer),
        message=gettext("Đã ghi nhận huyện kiểm tra."),
        undo=_undo(request),
        verb=gettext("Đã kiểm tra"),
    )


@requires("reports.accept")
def return_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    answer = answer_of(request, pk, "reports.accept")
    return confirm_page(
        request,
        form=SeenForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: actions.accept_return(answer=answer, by=request.user, **data),
        title=gettext("Chấp nhận báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=accepting_consequences(answer.round, [answer]),
        back_url=url_of(answer),
        message=gettext("Đã chấp nhận báo cáo."),
        undo=_undo(request),
        verb=gettext("Chấp nhận"),
    )


@requires("reports.view")
def return_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send back, or open an accepted one again: always with a reason."""
    answer = answer_of(request, pk)
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
        back_url=url_of(answer),
        message=gettext("Đã trả lại báo cáo kèm lý do."),
        undo=_undo(request),
        verb=gettext("Trả lại"),
    )


@requires("reports.view")
def return_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo the last step, by whoever may take it: sending, checking, accepting, sending back."""
    answer = answer_of(request, pk)
    if not may_do(request.user, answer)["may_take_back"]:
        raise Http404
    words = taking_back(answer)
    return confirm_page(
        request,
        form=TakeBackForm(request.POST or None, initial=_seen(request, answer)),
        action=lambda data: actions.take_back(answer=answer, by=request.user, **data),
        title=words["title"],
        consequences=words["consequences"],
        back_url=url_of(answer),
        message=gettext("Đã thu lại."),
        undo=_undo(request),
        verb=gettext("Thu lại"),
    )


@requires("reports.view")
def return_reason(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right the reason that was given for sending back."""
    answer = answer_of(request, pk)
    if not may_do(request.user, answer)["may_correct_reason"]:
        raise Http404
    given = held(steps_taken(answer))[-1].reason
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None, initial=_seen(request, answer) | {"reason": given}),
        action=lambda data: actions.correct_reason(answer=answer, by=request.user, **data),
        title=gettext("Sửa lý do trả lại báo cáo của %(unit)s") % {"unit": answer.unit_name},
        consequences=[gettext("Đơn vị thấy lý do mới; lý do cũ vẫn còn trong quá trình.")],
        back_url=url_of(answer),
        message=gettext("Đã sửa lý do trả lại."),
        undo=_undo(request),
        verb=gettext("Sửa lý do"),
    )


@requires("reports.view")
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a declared value of a figure to the return it came from."""
    found = get_object_or_404(Statement.objects.under(request.user.reach("reports.view")), pk=pk)
    answers = Return.objects.filter(unit_id=found.unit_id, round__period=found.period)
    return redirect(url_of(get_object_or_404(answers)))
