"""Pages of the addresses room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.addresses import actions, documents, forms
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.programmes.addresses.queries import with_review, year_to_review
from sohoi.records import life_pages, pages


def _address(request: HttpRequest, pk: UUID) -> Address:
    return pages.found(request, Address, pk)


@requires("addresses.view")
def address_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=with_review(pages.listed(request, Address)),
        key="dia-chi-tin-cay",
        title=_("Địa chỉ tin cậy"),
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        order=("sort_key",),
        edit="addresses.edit",
        begin=_("Thêm một địa chỉ"),
        empty_title=_("Chưa có địa chỉ tin cậy nào"),
        empty_text=_("Khi xã có quyết định thành lập, cán bộ Hội ghi địa chỉ đầu tiên tại đây."),
    )


@requires("addresses.view")
def address_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = pages.found(request, Address, pk)
    may = request.user.may("addresses.edit", address.unit_id)
    wait = _("Địa chỉ đã kết thúc.") if address.closed_on else ""
    members = documents.in_team_first(address.members.all())
    links = life_pages.life_links(
        address, edit=may, decide=may, end=_("Kết thúc"), mend="take_back"
    )
    return pages.record_page(
        request,
        address,
        columns=documents.FACTS,
        tables=[
            documents.MEMBERS.of(address, members, may=may, wait=wait),
            documents.TRAININGS.of(
                address, address.trainings.order_by("-held_on", "-pk"), may=may, wait=wait
            ),
            documents.REVIEWS.of(address, address.reviews.order_by("-year"), may=may),
        ],
        rows=[Member, Training, Review],
        links=[*links, pages.Link(_("Ghi nhầm"), "addresses:remove") if may else None],
    )


@requires("addresses.edit")
def address_create(request: HttpRequest) -> HttpResponse:
    form, title = pages.bound(request, forms.AddressForm), _("Thêm một địa chỉ")
    # The shelter's team belongs to the province itself, so the working unit is offered as well.
    place = request.workplace.unit_today
    own = place.id if place and request.user.may("addresses.edit", place.id) else None
    form.fields["unit"].offer(request.user.reach("addresses.edit"), place, own)
    action = actions.found_address
    return pages.create_page(request, Address, form=form, action=action, title=title)


@requires("addresses.edit")
def address_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = _address(request, pk)
    form = pages.bound(request, forms.AddressForm, address)
    form.keep_apart(is_shelter=address.is_shelter)
    return pages.edit_page(request, address, form=form, action=actions.edit_address)


@requires("addresses.edit")
def address_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(request, _address(request, pk), action=actions.remove_address)


@requires("addresses.edit")
def address_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    return life_pages.end_page(
        request,
        _address(request, pk),
        action=actions.close_address,
        called=_("Kết thúc"),
        consequences=[
            _("Từ ngày đó địa chỉ không còn được tính là đang hoạt động."),
            _("Mọi thành viên thôi tham gia cùng ngày."),
        ],
    )


@requires("addresses.edit")
def address_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    told = _("Thành viên thôi vào ngày kết thúc được ghi lại là đang tham gia.")
    address, action = _address(request, pk), actions.take_back_step
    return life_pages.take_back_page(request, address, action=action, consequences=[told])


@requires("addresses.edit")
def member_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    address, form, action = _address(request, pk), forms.MemberForm, actions.add_member
    return pages.add_page(request, address, Member, form=form, action=action, joined_on=today())


@requires("addresses.edit")
def training_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    address, form, action = _address(request, pk), forms.TrainingForm, actions.record_training
    return pages.add_page(request, address, Training, form=form, action=action, held_on=today())


@requires("addresses.edit")
def review_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    address, form, action = _address(request, pk), forms.ReviewForm, actions.record_review
    year = year_to_review()
    return pages.add_page(request, address, Review, form=form, action=action, year=year)


@requires("addresses.view")
def member_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the evidence of a figure leads: the member's line on the address's page."""
    member = pages.found_row(request, Member, pk)
    return redirect(f"{member.address.get_absolute_url()}#{member.code}")


@requires("addresses.edit")
def member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = pages.found_row(request, Member, pk)
    return pages.act_page(
        request,
        member,
        form=forms.EndMemberForm(request.POST or None, initial={"on": today()}),
        action=actions.end_member,
        title=_("Thôi tham gia: %(name)s"),
        consequences=[_("Từ ngày đó thành viên này không còn được tính.")],
        message=_("Đã ghi ngày thôi tham gia."),
        verb=_("Thôi tham gia"),
    )


@requires("addresses.edit")
def member_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.row_page(
        request,
        pages.found_row(request, Member, pk),
        form=forms.MendMemberForm,
        action=actions.edit_member,
        remove="addresses:member_remove",
    )


@requires("addresses.edit")
def member_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = pages.found_row(request, Member, pk)
    return pages.remove_page(request, member, action=actions.remove_member)


@requires("addresses.edit")
def training_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.row_page(
        request,
        pages.found_row(request, Training, pk),
        form=forms.TrainingForm,
        action=actions.edit_training,
        remove="addresses:training_remove",
    )


@requires("addresses.edit")
def training_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    training = pages.found_row(request, Training, pk)
    return pages.remove_page(request, training, action=actions.remove_training)


@requires("addresses.edit")
def review_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    review, told = pages.found_row(request, Review, pk), _("Địa chỉ lại chờ rà soát cho năm đó.")
    action = actions.remove_review
    return pages.remove_page(request, review, action=action, consequences=[told])
