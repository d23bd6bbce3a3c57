"""Pages of reporting rounds: the list, coverage by district, opening, closing, accepting."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from sohoi.audit.undo import address
from sohoi.kit.pages import confirm_page, edit_page
from sohoi.kit.policies import requires
from sohoi.org.models import Unit, subtree
from sohoi.org.queries import line_of
from sohoi.reports import actions
from sohoi.reports.choices import State
from sohoi.reports.forms import ChangeRoundForm, RoundForm
from sohoi.reports.issuing import close_and_issue
from sohoi.reports.models import Return, Round, Step
from sohoi.reports.paper import documents_url, issued_groups
from sohoi.reports.presenting import (
    accepting_consequences,
    closing_consequences,
    coverage_page,
    life_of_round,
    round_rows,
)
from sohoi.reports.queries import issued_files
from sohoi.reports.views.allowed import undo_url
from sohoi.ui.forms import ReasonForm


def rounds_in_sight(request: HttpRequest):
    """Rounds of the provinces above and below the person's units, and those that ask one of hers:
    the province of the time may be gone."""
    reach = request.user.reach("reports.view")
    above = {p.id for root in reach for p in line_of(root)}
    asking = Return.objects.under(reach).values("round_id")
    return Round.objects.filter(
        Q(unit_id__in=above) | Q(unit_id__in=subtree(reach)) | Q(pk__in=asking)
    )


@requires("reports.view")
def rounds(request: HttpRequest) -> HttpResponse:
    found = rounds_in_sight(request).order_by("-opened_on", "unit_id").named()
    context = {
        "rounds": round_rows(found, request.user),
        "may_manage": request.user.may("reports.manage"),
    }
    return render(request, "reports/rounds.html", context)


@requires("reports.view")
def round_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(rounds_in_sight(request).named(), pk=pk)
    page = coverage_page(
        asked,
        request.user,
        state=request.GET.get("tinh-trang", ""),
        late="qua-han" in request.GET,
    )
    may_accept = asked.is_open and request.user.may("reports.accept", asked.unit_id)
    context = {
        "asked": asked,
        "life": life_of_round(asked),
        "may_accept": may_accept and page["waiting"],
        "may_manage": request.user.may("reports.manage", asked.unit_id),
        "documents_url": _documents_url(asked, page["is_whole"]),
        "issued": issued_groups(
            issued_files(page["highest"], asked.period).under(request.user.reach("reports.view")),
            asked.unit_id,
        ),
        **page,
    }
    return render(request, "reports/round.html", context)


def _documents_url(asked: Round, is_whole: bool) -> str:
    unit = asked.unit_id if is_whole else None
    return documents_url(asked.period, unit) if asked.has_begun else ""


@requires("reports.manage")
def round_open(request: HttpRequest) -> HttpResponse:
    unit = request.user.reach("reports.manage")[0]
    return edit_page(
        request,
        form=RoundForm(request.POST or None),
        action=lambda data: actions.open_round(
            unit=Unit(pk=unit), by=request.user, asking=True, **data
        ),
        template="ui/edit.html",
        done=lambda asked: reverse("reports:round", args=[asked.pk]),
        message=gettext("Đã mở kỳ báo cáo. Các đơn vị thấy việc này trong danh sách việc."),
        undo=lambda asked: undo_url("reports:round_undo", asked, request.user),
        context={
            "title": gettext("Mở kỳ báo cáo"),
            "submit_label": gettext("Mở kỳ"),
            "back_url": reverse("reports:rounds"),
        },
    )


def _managed(request: HttpRequest, pk: UUID, permission: str) -> Round:
    return get_object_or_404(Round.objects.under(request.user.reach(permission)), pk=pk)


@requires("reports.manage")
def round_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another cut-off or due date, with a reason."""
    asked = _managed(request, pk, "reports.manage")
    back_url = reverse("reports:round", args=[pk])
    return edit_page(
        request,
        form=ChangeRoundForm(
            request.POST or None, initial={"cut_off": asked.cut_off, "due": asked.due}
        ),
        action=lambda data: actions.change_round(asked=asked, by=request.user, asking=True, **data),
        template="ui/edit.html",
        done=lambda _asked: back_url,
        message=gettext("Đã sửa kỳ báo cáo. Các đơn vị thấy ngày mới ngay."),
        undo=lambda _done: undo_url("reports:round_undo", asked, request.user),
        context={"title": gettext("Sửa ngày chốt, hạn gửi"), "back_url": back_url},
    )


@requires("reports.manage")
def round_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _managed(request, pk, "reports.manage")
    return confirm_page(
        request,
        action=lambda _data: close_and_issue(asked=asked, by=request.user),
        title=gettext("Khoá kỳ báo cáo"),
        consequences=closing_consequences(asked),
        back_url=reverse("reports:round", args=[pk]),
        message=gettext("Đã khoá kỳ báo cáo."),
        undo=lambda _done: undo_url("reports:round_undo", asked, request.user),
        verb=gettext("Khoá kỳ"),
    )


@requires("reports.manage")
def round_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _managed(request, pk, "reports.manage")
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None),
        action=lambda data: actions.reopen_round(asked=asked, by=request.user, **data),
        title=gettext("Mở lại kỳ báo cáo"),
        consequences=[
            gettext("Các đơn vị lại sửa và gửi được báo cáo chưa chấp nhận."),
            gettext("Số liệu của kỳ lại theo hồ sơ và báo cáo hiện nay; số đã khoá vẫn lưu lại."),
            gettext("Tệp đã phát hành vẫn giữ và tải được; khoá lại kỳ thì phát hành tệp mới."),
        ],
        back_url=reverse("reports:round", args=[pk]),
        message=gettext("Đã mở lại kỳ báo cáo."),
        undo=lambda _done: undo_url("reports:round_undo", asked, request.user),
        verb=gettext("Mở lại"),
    )


def _accepting_undo_url(asked: Round, by: Any) -> str:
    last = Step.objects.filter(moved__round=asked, by=by, state=State.ACCEPTED).latest("at")
    return address("reports:accepting_undo", asked.pk, at=last.at)


@requires("reports.accept")
def round_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept everything that waits for the province in one step."""
    asked = _managed(request, pk, "reports.accept")
    waiting = asked.returns.awaiting_province()
    return confirm_page(
        request,
        action=lambda _data: actions.accept_checked(asked=asked, by=request.user),
        title=gettext("Chấp nhận các báo cáo đang chờ"),
        consequences=accepting_consequences(asked, waiting.named(on=asked.cut_off)),
        back_url=reverse("reports:round", args=[pk]),
        message=gettext("Đã chấp nhận các báo cáo đang chờ."),
        undo=lambda number: _accepting_undo_url(asked, request.user) if number else "",
        verb=gettext("Chấp nhận"),
    )
