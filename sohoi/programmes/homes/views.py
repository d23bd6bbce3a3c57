"""Pages of the homes room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.lib import money
from sohoi.org.models import today
from sohoi.programmes.homes import actions, documents
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.forms import ContributionForm, HomeForm, StepForm
from sohoi.programmes.homes.models import LIFE, Contribution, Home
from sohoi.records import pages


@requires("homes.view")
def home_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=pages.listed(request, Home, "homes.view"),
        key="mai-am",
        title=_("Mái ấm tình thương"),
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        order=("-proposed_on",),
        edit="homes.edit",
        begin=_("Đề nghị một căn nhà"),
        empty_title=_("Chưa có căn nhà nào"),
        empty_text=_(
            "Khi chi hội tìm được hộ cần nhà, bấm “Đề nghị một căn nhà” để ghi hồ sơ đầu tiên."
        ),
    )


@requires("homes.view")
def home_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk, "homes.view")
    edit = request.user.may("homes.edit", home.unit_id)
    decide = request.user.may("homes.decide", home.unit_id)
    recall = edit and not decide and actions.may_recall(home, request.user)
    links = pages.life_links(LIFE, home, edit=edit, decide=decide, end=_("Không thực hiện"))
    return pages.record_page(
        request,
        home,
        columns=documents.FACTS,
        life=LIFE,
        tables=[documents.CONTRIBUTIONS.of(home, home.contributions.order_by("pk"), may=decide)],
        rows=[Contribution],
        links=[*links, pages.Link(_("Rút đề nghị"), "homes:recall") if recall else None],
    )


@requires("homes.edit")
def home_create(request: HttpRequest) -> HttpResponse:
    return pages.form_page(
        request,
        form=pages.bound(request, HomeForm, "homes.edit", proposed_on=today()),
        action=actions.propose_home,
        title=_("Đề nghị một căn nhà"),
        message=_("Đã ghi hồ sơ căn nhà."),
        back=reverse("homes:list"),
        done=Home.get_absolute_url,
    )


@requires("homes.edit")
def home_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk, "homes.edit")
    return pages.act_page(
        request,
        home,
        form=pages.bound(request, HomeForm, "homes.edit", home),
        action=actions.edit_home,
        title=_("Sửa hồ sơ: %(name)s"),
        message=_("Đã lưu thay đổi."),
    )


@requires("homes.decide")
def home_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk, "homes.decide")
    only = {"minutes": (State.HANDED_OVER,)}
    return pages.step_page(request, home, LIFE, action=actions.take_step, form=StepForm, only=only)


@requires("homes.decide")
def home_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk, "homes.decide")
    return pages.correct_page(
        request, home, LIFE, action=actions.correct_step, take_back="homes:take_back"
    )


@requires("homes.decide")
def home_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk, "homes.decide")
    return pages.take_back_page(request, home, LIFE, action=actions.take_back_step)


@requires("homes.decide")
def home_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.end_page(
        request,
        pages.found(request, Home, pk, "homes.decide"),
        action=actions.withdraw_home,
        title=_("Không thực hiện căn nhà: %(name)s"),
        consequences=(
            _("Căn nhà không còn được tính là đang thực hiện."),
            _("Hồ sơ, lịch sử và lý do vẫn được giữ."),
        ),
        message=_("Đã ghi lý do không thực hiện."),
        verb=_("Không thực hiện"),
    )


@requires("homes.edit")
def home_recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        pages.found(request, Home, pk, "homes.edit"),
        action=actions.recall_proposal,
        title=_("Rút đề nghị: %(name)s"),
        consequences=[_("Đề nghị được ghi là không thực hiện kể từ hôm nay.")],
        message=_("Đã rút đề nghị."),
    )


@requires("homes.decide")
def contribution_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.act_page(
        request,
        pages.found(request, Home, pk, "homes.decide"),
        form=pages.bound(request, ContributionForm, "homes.decide"),
        action=actions.add_contribution,
        title=_("Thêm nguồn kinh phí: %(name)s"),
        message=_("Đã ghi nguồn kinh phí."),
    )


@requires("homes.decide")
def contribution_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    given = pages.found_row(request, Contribution, pk, "homes.decide")
    return pages.row_page(
        request,
        given,
        form=pages.bound(request, ContributionForm, "homes.decide", given, reason=True),
        action=actions.edit_contribution,
        title=_("Sửa nguồn kinh phí: %(name)s"),
        remove="homes:contribution_remove",
    )


@requires("homes.decide")
def contribution_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    given = pages.found_row(request, Contribution, pk, "homes.decide")
    less = {"amount": money.vnd(given.amount_vnd)}
    return pages.remove_page(
        request,
        given,
        action=actions.remove_contribution,
        title=_("Gỡ nguồn kinh phí ghi nhầm: %(name)s"),
        consequences=[_("Tổng giá trị căn nhà giảm %(amount)s.") % less],
        message=_("Đã gỡ nguồn kinh phí."),
    )
