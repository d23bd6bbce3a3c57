"""Pages of the homes room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.lib import money
from sohoi.org.models import today
from sohoi.programmes.homes import actions, documents
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.forms import ContributionForm, HomeForm, StepForm
from sohoi.programmes.homes.models import Contribution, Home
from sohoi.records import life_pages, pages
from sohoi.ui.forms import ReasonForm


@requires("homes.view")
def home_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=pages.listed(request, Home),
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
    home = pages.found(request, Home, pk)
    edit = request.user.may("homes.edit", home.unit_id)
    decide = request.user.may("homes.decide", home.unit_id)
    recall = edit and not decide and actions.may_recall(home, request.user)
    return pages.record_page(
        request,
        home,
        columns=documents.FACTS,
        tables=[documents.CONTRIBUTIONS.of(home, home.contributions.order_by("pk"), may=decide)],
        rows=[Contribution],
        links=[
            *life_pages.life_links(home, edit=edit, decide=decide, end=_("Không thực hiện")),
            pages.Link(_("Rút đề nghị"), "homes:recall") if recall else None,
        ],
    )


@requires("homes.edit")
def home_create(request: HttpRequest) -> HttpResponse:
    form = pages.bound(request, HomeForm, proposed_on=today())
    title = _("Đề nghị một căn nhà")
    return pages.create_page(request, Home, form=form, action=actions.propose_home, title=title)


@requires("homes.edit")
def home_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk)
    form = pages.bound(request, HomeForm, home)
    return pages.edit_page(request, home, form=form, action=actions.edit_home)


@requires("homes.decide")
def home_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    home, only = pages.found(request, Home, pk), {"minutes": (State.HANDED_OVER,)}
    return life_pages.step_page(request, home, action=actions.take_step, form=StepForm, only=only)


@requires("homes.decide")
def home_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk)
    return life_pages.correct_page(request, home, action=actions.correct_step)


@requires("homes.decide")
def home_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = pages.found(request, Home, pk)
    return life_pages.take_back_page(request, home, action=actions.take_back_step)


@requires("homes.decide")
def home_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    return life_pages.end_page(
        request,
        pages.found(request, Home, pk),
        action=actions.withdraw_home,
        called=_("Không thực hiện"),
        consequences=[_("Căn nhà không còn được tính là đang thực hiện.")],
    )


@requires("homes.edit")
def home_recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    return life_pages.end_page(
        request,
        pages.found(request, Home, pk),
        action=actions.recall_proposal,
        called=_("Rút đề nghị"),
        consequences=[_("Đề nghị được ghi là không thực hiện kể từ hôm nay.")],
        form=ReasonForm,
    )


@requires("homes.decide")
def contribution_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    home, form = pages.found(request, Home, pk), ContributionForm
    return pages.add_page(request, home, Contribution, form=form, action=actions.add_contribution)


@requires("homes.decide")
def contribution_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    given, action = pages.found_row(request, Contribution, pk), actions.edit_contribution
    remove = "homes:contribution_remove"
    return pages.row_page(request, given, form=ContributionForm, action=action, remove=remove)


@requires("homes.decide")
def contribution_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    given = pages.found_row(request, Contribution, pk)
    less = _("Tổng giá trị căn nhà giảm %(sum)s.") % {"sum": money.vnd(given.amount_vnd)}
    action = actions.remove_contribution
    return pages.remove_page(request, given, action=action, consequences=[less])
