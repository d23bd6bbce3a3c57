"""Pages of the addresses room."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.audit.queries import Part, history_of
from sohoi.kit.lists import Column, Filter, Listing
from sohoi.kit.pages import confirm_page, edit_page, list_page
from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.addresses import actions, forms
from sohoi.programmes.addresses.choices import Kind, State
from sohoi.programmes.addresses.documents import (
    facts_of,
    members_of,
    reviews_of,
    tone_of,
    trainings_of,
)
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.programmes.addresses.queries import with_review, year_to_review

COLUMNS = (
    Column(key="name", title=_("Tên"), value=lambda a: a.name, sort="search_key"),
    Column(key="code", title=_("Mã"), value=lambda a: a.code, sort="code"),
    Column(key="unit", title=_("Đơn vị"), value=lambda a: a.unit_name),
    Column(key="kind", title=_("Loại"), value=lambda a: a.get_kind_display(), sort="kind"),
    Column(
        key="founded_on",
        title=_("Thành lập"),
        value=lambda a: a.founded_on,
        kind="date",
        sort="founded_on",
    ),
    Column(
        key="state",
        title=_("Tình trạng"),
        value=lambda a: State(a.state).label,
        kind="chip",
        sort="state",
        tone=tone_of,
    ),
)


def _review_choices() -> list[tuple[str, str]]:
    year = {"year": year_to_review()}
    return [
        ("1", gettext("Chờ rà soát năm %(year)d") % year),
        ("0", gettext("Không phải chờ")),
    ]


PARTS = (
    Part(Member, "address", _("thành viên")),
    Part(Training, "address", _("buổi tập huấn")),
    Part(Review, "address", _("lần rà soát")),
)
FILTERS = (
    Filter(key="loai", title=_("Loại"), choices=lambda: Kind.choices, lookup="kind"),
    Filter(key="tinh-trang", title=_("Tình trạng"), choices=lambda: State.choices, lookup="state"),
    Filter(key="ra-soat", title=_("Rà soát"), choices=_review_choices, lookup="review_due"),
)


def _address(request: HttpRequest, pk: UUID, permission: str) -> Address:
    return get_object_or_404(Address.objects.under(request.user.reach(permission)).named(), pk=pk)


def _member(request: HttpRequest, pk: UUID, permission: str) -> Member:
    allowed = Member.objects.under(request.user.reach(permission)).select_related("address")
    return get_object_or_404(allowed, pk=pk)


def _detail_url(address: Address) -> str:
    return reverse("addresses:detail", args=[address.pk])


@requires("addresses.view")
def address_list(request: HttpRequest) -> HttpResponse:
    place = request.place.unit
    may_edit = request.user.may("addresses.edit")
    listing = Listing(
        title=_("Địa chỉ tin cậy"),
        columns=COLUMNS,
        order=("search_key",),
        record_url=_detail_url,
        filters=FILTERS,
        create_url=reverse("addresses:create") if may_edit else "",
        create_title=_("Thêm một địa chỉ"),
        empty_title=_("Chưa có địa chỉ tin cậy nào"),
        empty_text=_("Khi xã có quyết định thành lập, cán bộ Hội ghi địa chỉ đầu tiên tại đây."),
        facts={gettext("Đơn vị"): place.name},
    )
    rows = Address.objects.under(request.user.reach("addresses.view"))
    rows = rows.under([place.id], on=request.place.tree)
    return list_page(
        request,
        queryset=with_review(rows.named()),
        listing=listing,
        template="addresses/list.html",
        key="dia-chi-tin-cay",
    )


@requires("addresses.view")
def address_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = _address(request, pk, "addresses.view")
    context = {
        "address": address,
        "facts": facts_of(address),
        "state": {"text": State(address.state).label, "tone": tone_of(address)},
        "members": members_of(address),
        "trainings": trainings_of(address),
        "reviews": reviews_of(address),
        "history": history_of(address, parts=PARTS),
        "may_edit": request.user.may("addresses.edit", address.unit_id),
    }
    return render(request, "addresses/detail.html", context)


@requires("addresses.edit")
def address_create(request: HttpRequest) -> HttpResponse:
    place = request.place.unit
    form = forms.AddressForm(request.POST or None)
    # The shelter's team belongs to the province itself, so the working unit is offered as well.
    own = place.id if request.user.may("addresses.edit", place.id) else None
    form.fields["unit"].offer(request.user.reach("addresses.edit"), place, own)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.found_address(by=request.user, **_details(data)),
        template="addresses/edit.html",
        done=_detail_url,
        message=gettext("Đã ghi hồ sơ địa chỉ."),
        context={"title": gettext("Thêm một địa chỉ"), "back_url": reverse("addresses:list")},
    )


@requires("addresses.edit")
def address_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = _address(request, pk, "addresses.edit")
    fields = forms.AddressForm.base_fields
    initial = {name: getattr(address, name) for name in fields} | {"unit": address.unit_id}
    form = forms.AddressForm(request.POST or None, initial=initial)
    form.keep_apart(is_shelter=address.is_shelter)
    form.fields["unit"].offer(
        request.user.reach("addresses.edit"), request.place.unit, address.unit_id
    )
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.edit_address(
            address=address, version=data["version"], by=request.user, **_details(data)
        ),
        template="addresses/edit.html",
        done=_detail_url,
        message=gettext("Đã lưu thay đổi."),
        context={
            "title": gettext("Sửa hồ sơ %(code)s") % {"code": address.code},
            "back_url": _detail_url(address),
        },
    )


def _details(data: dict) -> dict:
    return {name: value for name, value in data.items() if name != "version"}


@requires("addresses.edit")
def address_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = _address(request, pk, "addresses.edit")
    return confirm_page(
        request,
        form=forms.CloseForm(request.POST or None, initial={"on": today()}),
        action=lambda data: actions.close_address(address=address, by=request.user, **data),
        title=gettext("Kết thúc địa chỉ %(code)s") % {"code": address.code},
        consequences=[
            gettext("Từ ngày đó địa chỉ không còn được tính là đang hoạt động."),
            gettext("Mọi thành viên thôi tham gia cùng ngày."),
            gettext("Hồ sơ, lịch sử và lý do vẫn được giữ."),
        ],
        back_url=_detail_url(address),
        message=gettext("Đã kết thúc địa chỉ."),
        verb=gettext("Kết thúc"),
    )


@requires("addresses.edit")
def member_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _add(
        request,
        _address(request, pk, "addresses.edit"),
        form=forms.MemberForm(request.POST or None, initial={"joined_on": today()}),
        action=actions.add_member,
        title=gettext("Thêm thành viên cho %(name)s"),
        message=gettext("Đã thêm thành viên."),
    )


@requires("addresses.edit")
def training_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _add(
        request,
        _address(request, pk, "addresses.edit"),
        form=forms.TrainingForm(request.POST or None, initial={"held_on": today()}),
        action=actions.record_training,
        title=gettext("Ghi buổi tập huấn của %(name)s"),
        message=gettext("Đã ghi buổi tập huấn."),
    )


@requires("addresses.edit")
def review_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _add(
        request,
        _address(request, pk, "addresses.edit"),
        form=forms.ReviewForm(request.POST or None, initial={"year": year_to_review()}),
        action=actions.record_review,
        title=gettext("Ghi kết quả rà soát của %(name)s"),
        message=gettext("Đã ghi kết quả rà soát."),
    )


def _add(
    request: HttpRequest,
    address: Address,
    *,
    form: Form,
    action: Callable,
    title: str,
    message: str,
) -> HttpResponse:
    """A form whose action adds something to the address, then back to its page."""
    return edit_page(
        request,
        form=form,
        action=lambda data: action(address=address, by=request.user, **data),
        template="addresses/edit.html",
        done=lambda _added: _detail_url(address),
        message=message,
        context={"title": title % {"name": address.name}, "back_url": _detail_url(address)},
    )


@requires("addresses.view")
def member_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the evidence of a figure leads: the member's line on the address's page."""
    member = _member(request, pk, "addresses.view")
    return redirect(f"{_detail_url(member.address)}#{member.code}")


@requires("addresses.edit")
def member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = _member(request, pk, "addresses.edit")
    return confirm_page(
        request,
        form=forms.EndMemberForm(request.POST or None, initial={"on": today()}),
        action=lambda data: actions.end_member(member=member, by=request.user, **data),
        title=gettext("%(name)s thôi tham gia") % {"name": member.full_name},
        consequences=[gettext("Từ ngày đó thành viên này không còn được tính.")],
        back_url=_detail_url(member.address),
        message=gettext("Đã ghi ngày thôi tham gia."),
        verb=gettext("Thôi tham gia"),
    )
