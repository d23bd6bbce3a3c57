"""Pages of the homes room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.audit.queries import Part, history_of
from sohoi.kit.lists import Column, Filter, Listing
from sohoi.kit.pages import confirm_page, edit_page, list_page
from sohoi.kit.policies import requires
from sohoi.lib import money
from sohoi.org.models import today
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import State, Work
from sohoi.programmes.homes.documents import contributions_of, facts_of, steps_of, tone_of
from sohoi.programmes.homes.forms import ContributionForm, HomeForm, StepForm, WithdrawForm
from sohoi.programmes.homes.models import Contribution, Home

COLUMNS = (
    Column(key="household", title=_("Hộ"), value=lambda h: h.household, sort="search_key"),
    Column(key="code", title=_("Mã"), value=lambda h: h.code, sort="code"),
    Column(key="unit", title=_("Đơn vị"), value=lambda h: h.unit_name),
    Column(key="work", title=_("Loại"), value=lambda h: h.get_work_display(), sort="work"),
    Column(
        key="state",
        title=_("Tình trạng"),
        value=lambda h: State(h.state).label,
        kind="chip",
        sort="state",
        tone=tone_of,
    ),
    Column(
        key="handed_over_on",
        title=_("Bàn giao"),
        value=lambda h: h.handed_over_on,
        kind="date",
        sort="handed_over_on",
    ),
    Column(
        key="value_vnd",
        title=_("Giá trị"),
        value=lambda h: h.value_vnd or None,
        kind="money",
        sort="value_vnd",
    ),
)
PARTS = (Part(Contribution, "home", _("nguồn kinh phí")),)
FILTERS = (
    Filter(key="tinh-trang", title=_("Tình trạng"), choices=lambda: State.choices, lookup="state"),
    Filter(key="loai", title=_("Loại"), choices=lambda: Work.choices, lookup="work"),
)


def _home(request: HttpRequest, pk: UUID, permission: str) -> Home:
    return get_object_or_404(Home.objects.under(request.user.reach(permission)).named(), pk=pk)


def _detail_url(home: Home) -> str:
    return reverse("homes:detail", args=[home.pk])


@requires("homes.view")
def home_list(request: HttpRequest) -> HttpResponse:
    place = request.place.unit
    may_edit = request.user.may("homes.edit")
    listing = Listing(
        title=_("Mái ấm tình thương"),
        columns=COLUMNS,
        order=("-proposed_on",),
        record_url=_detail_url,
        filters=FILTERS,
        create_url=reverse("homes:create") if may_edit else "",
        create_title=_("Đề nghị một căn nhà"),
        empty_title=_("Chưa có căn nhà nào"),
        empty_text=_(
            "Khi chi hội tìm được hộ cần nhà, bấm “Đề nghị một căn nhà” để ghi hồ sơ đầu tiên."
        ),
        facts={gettext("Đơn vị"): place.name},
    )
    homes = Home.objects.under(request.user.reach("homes.view"))
    homes = homes.under([place.id], on=request.place.tree).named()
    return list_page(
        request, queryset=homes, listing=listing, template="homes/list.html", key="mai-am"
    )


@requires("homes.view")
def home_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = _home(request, pk, "homes.view")
    context = {
        "home": home,
        "facts": facts_of(home),
        "steps": steps_of(home),
        "state": {"text": State(home.state).label, "tone": tone_of(home)},
        "contributions": contributions_of(home),
        "history": history_of(home, parts=PARTS),
        "may_edit": request.user.may("homes.edit", home.unit_id),
        "may_decide": request.user.may("homes.decide", home.unit_id),
    }
    return render(request, "homes/detail.html", context)


@requires("homes.edit")
def home_create(request: HttpRequest) -> HttpResponse:
    form = HomeForm(request.POST or None, initial={"proposed_on": today()})
    form.fields["unit"].offer(request.user.reach("homes.edit"), request.place.unit)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.propose_home(by=request.user, **_details(data)),
        template="homes/edit.html",
        done=_detail_url,
        message=gettext("Đã ghi hồ sơ căn nhà."),
        context={"title": gettext("Đề nghị một căn nhà"), "back_url": reverse("homes:list")},
    )


@requires("homes.edit")
def home_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = _home(request, pk, "homes.edit")
    initial = {name: getattr(home, name) for name in HomeForm.base_fields} | {"unit": home.unit_id}
    form = HomeForm(request.POST or None, initial=initial)
    form.fields["unit"].offer(request.user.reach("homes.edit"), request.place.unit, home.unit_id)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.edit_home(
            home=home, version=data["version"], by=request.user, **_details(data)
        ),
        template="homes/edit.html",
        done=_detail_url,
        message=gettext("Đã lưu thay đổi."),
        context={
            "title": gettext("Sửa hồ sơ %(code)s") % {"code": home.code},
            "back_url": _detail_url(home),
        },
    )


def _details(data: dict) -> dict:
    return {name: value for name, value in data.items() if name != "version"}


@requires("homes.decide")
def home_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = _home(request, pk, "homes.decide")
    step = home.next_state
    if step is None:
        return redirect(_detail_url(home))
    form = StepForm(request.POST or None, initial={"on": today(), "step": step})
    if step != State.HANDED_OVER:
        del form.fields["minutes"]
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.take_step(home=home, by=request.user, **data),
        template="homes/edit.html",
        done=_detail_url,
        message=gettext("Đã ghi bước mới."),
        context={
            "title": gettext("Ghi bước “%(step)s” của %(code)s")
            % {"step": step.label, "code": home.code},
            "back_url": _detail_url(home),
        },
    )


@requires("homes.decide")
def home_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = _home(request, pk, "homes.decide")
    return confirm_page(
        request,
        form=WithdrawForm(request.POST or None, initial={"on": today()}),
        action=lambda data: actions.withdraw_home(home=home, by=request.user, **data),
        title=gettext("Không thực hiện căn nhà %(code)s") % {"code": home.code},
        consequences=[
            gettext("Căn nhà không còn được tính là đang thực hiện."),
            gettext("Hồ sơ, lịch sử và lý do vẫn được giữ."),
        ],
        back_url=_detail_url(home),
        message=gettext("Đã ghi lý do không thực hiện."),
        verb=gettext("Không thực hiện"),
    )


@requires("homes.decide")
def contribution_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    home = _home(request, pk, "homes.decide")
    return edit_page(
        request,
        form=ContributionForm(request.POST or None),
        action=lambda data: actions.add_contribution(home=home, by=request.user, **data),
        template="homes/edit.html",
        done=lambda _contribution: _detail_url(home),
        message=gettext("Đã ghi nguồn kinh phí."),
        context={
            "title": gettext("Thêm nguồn kinh phí cho %(code)s") % {"code": home.code},
            "back_url": _detail_url(home),
        },
    )


@requires("homes.decide")
def contribution_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    reach = request.user.reach("homes.decide")
    allowed = Contribution.objects.filter(home__in=Home.objects.under(reach)).select_related("home")
    contribution = get_object_or_404(allowed, pk=pk)
    return confirm_page(
        request,
        action=lambda _data: actions.remove_contribution(
            contribution=contribution, by=request.user
        ),
        title=gettext("Xoá nguồn kinh phí ghi nhầm"),
        consequences=[
            gettext("Tổng giá trị căn nhà giảm %(amount)s.")
            % {"amount": money.vnd(contribution.amount_vnd)}
        ],
        back_url=_detail_url(contribution.home),
        message=gettext("Đã xoá nguồn kinh phí."),
        verb=gettext("Xoá"),
    )
