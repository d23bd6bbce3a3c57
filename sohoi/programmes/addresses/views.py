"""Pages of the addresses room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.programmes.addresses import documents
from sohoi.programmes.addresses.forms import AddressForm
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.records import life_pages, pages


@requires("addresses.view")
def address_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        Address,
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        order=("sort_key",),
        empty_title=_("Chưa có địa chỉ tin cậy nào"),
        empty_text=_("Khi xã có quyết định thành lập, cán bộ Hội ghi địa chỉ đầu tiên tại đây."),
    )


@pages.about(Address, "addresses.view")
def address_detail(request: HttpRequest, address: Address) -> HttpResponse:
    return pages.record_page(
        request,
        address,
        columns=documents.FACTS,
        tables=[documents.MEMBERS, documents.TRAININGS, documents.REVIEWS],
        links=[pages.Link(_("Ghi nhầm"), "addresses.remove")],
    )


@requires("addresses.edit")
def address_create(request: HttpRequest) -> HttpResponse:
    form = pages.bound(request, AddressForm)
    # The shelter's team belongs to the province itself, so the working unit is offered as well.
    place = request.workplace.unit_today
    own = place.id if place and request.user.may("addresses.edit", place.id) else None
    form.fields["unit"].offer(request.user.reach("addresses.edit"), place, own)
    return pages.create_page(request, Address, "addresses.found", form=form)


@pages.about(Address, "addresses.edit")
def address_edit(request: HttpRequest, address: Address) -> HttpResponse:
    form = pages.bound(request, AddressForm, address)
    form.keep_apart(is_shelter=address.is_shelter)
    return pages.edit_page(request, address, form=form)


@pages.about(Address, "addresses.edit")
def address_remove(request: HttpRequest, address: Address) -> HttpResponse:
    return pages.remove_page(request, address, "addresses.remove")


@pages.about(Address, "addresses.edit")
def address_close(request: HttpRequest, address: Address) -> HttpResponse:
    uncounted = _("Từ ngày đó địa chỉ không còn được tính là đang hoạt động.")
    left = _("Mọi thành viên thôi tham gia cùng ngày.")
    return life_pages.end_page(request, address, consequences=[uncounted, left])


@pages.about(Address, "addresses.edit")
def address_take_back(request: HttpRequest, address: Address) -> HttpResponse:
    told = _("Thành viên thôi vào ngày kết thúc được ghi lại là đang tham gia.")
    return life_pages.take_back_page(request, address, consequences=[told])


@pages.about(Address, "addresses.edit")
def add_member(request: HttpRequest, address: Address) -> HttpResponse:
    return pages.add_page(request, address, Member, "addresses.add_member")


@pages.about(Address, "addresses.edit")
def train(request: HttpRequest, address: Address) -> HttpResponse:
    return pages.add_page(request, address, Training, "addresses.train")


@pages.about(Address, "addresses.edit")
def review(request: HttpRequest, address: Address) -> HttpResponse:
    return pages.add_page(request, address, Review, "addresses.review")


@pages.about(Member, "addresses.view")
def member_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Where the evidence of a figure leads: the member's line on the address's page."""
    return redirect(f"{member.address.get_absolute_url()}#{member.code}")


@pages.about(Member, "addresses.edit")
def end_member(request: HttpRequest, member: Member) -> HttpResponse:
    return pages.act_page(
        request,
        member,
        "addresses.end_member",
        title=_("Thôi tham gia: %(name)s"),
        consequences=[_("Từ ngày đó thành viên này không còn được tính.")],
        message=_("Đã ghi ngày thôi tham gia."),
        button=_("Thôi tham gia"),
    )


@pages.about(Member, "addresses.edit")
def edit_member(request: HttpRequest, member: Member) -> HttpResponse:
    remove = "addresses.remove_member"
    return pages.row_page(request, member, "addresses.edit_member", remove=remove)


@pages.about(Member, "addresses.edit")
def remove_member(request: HttpRequest, member: Member) -> HttpResponse:
    return pages.remove_page(request, member, "addresses.remove_member")


@pages.about(Training, "addresses.edit")
def edit_training(request: HttpRequest, training: Training) -> HttpResponse:
    remove = "addresses.remove_training"
    return pages.row_page(request, training, "addresses.edit_training", remove=remove)


@pages.about(Training, "addresses.edit")
def remove_training(request: HttpRequest, training: Training) -> HttpResponse:
    return pages.remove_page(request, training, "addresses.remove_training")


@pages.about(Review, "addresses.edit")
def remove_review(request: HttpRequest, found: Review) -> HttpResponse:
    told = _("Địa chỉ lại chờ rà soát cho năm đó.")
    return pages.remove_page(request, found, "addresses.remove_review", consequences=[told])
