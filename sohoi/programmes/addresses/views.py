"""Pages of the addresses room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.addresses import actions, documents, forms
from sohoi.programmes.addresses.models import LIFE, Address, Member, Review, Training
from sohoi.programmes.addresses.queries import with_review, year_to_review
from sohoi.records import pages


def _address(request: HttpRequest, pk: UUID) -> Address:
    return pages.found(request, Address, pk, "addresses.edit")


@requires("addresses.view")
def address_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=with_review(pages.listed(request, Address, "addresses.view")),
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
    address = pages.found(request, Address, pk, "addresses.view")
    may = request.user.may("addresses.edit", address.unit_id)
    wait = _("Địa chỉ đã kết thúc.") if address.closed_on else ""
    members = address.members.in_team_first()
    links = pages.life_links(
        LIFE, address, edit=may, decide=may, end=_("Kết thúc"), mend="take_back"
    )
    return pages.record_page(
        request,
        address,
        columns=documents.FACTS,
        life=LIFE,
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
    form = pages.bound(request, forms.AddressForm, "addresses.edit")
    # The shelter's team belongs to the province itself, so the working unit is offered as well.
    place = request.place.unit_today
    own = place.id if place and request.user.may("addresses.edit", place.id) else None
    form.fields["unit"].offer(request.user.reach("addresses.edit"), place, own)
    return pages.form_page(
        request,
        form=form,
        action=actions.found_address,
        title=_("Thêm một địa chỉ"),
        message=_("Đã ghi hồ sơ địa chỉ."),
        back=reverse("addresses:list"),
        done=Address.get_absolute_url,
    )


@requires("addresses.edit")
def address_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = _address(request, pk)
    form = pages.bound(request, forms.AddressForm, "addresses.edit", address)
    form.keep_apart(is_shelter=address.is_shelter)
    return pages.act_page(
        request,
        address,
        form=form,
        action=actions.edit_address,
        title=_("Sửa hồ sơ: %(name)s"),
        message=_("Đã lưu thay đổi."),
    )


@requires("addresses.edit")
def address_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        _address(request, pk),
        action=actions.remove_address,
        title=_("Gỡ hồ sơ ghi nhầm: %(name)s"),
        consequences=[_("Hồ sơ không còn trong danh sách và không được tính nữa.")],
        message=_("Đã gỡ hồ sơ."),
        back=reverse("addresses:list"),
    )


@requires("addresses.edit")
def address_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.end_page(
        request,
        _address(request, pk),
        action=actions.close_address,
        title=_("Kết thúc địa chỉ: %(name)s"),
        consequences=[
            _("Từ ngày đó địa chỉ không còn được tính là đang hoạt động."),
            _("Mọi thành viên thôi tham gia cùng ngày."),
            _("Hồ sơ, lịch sử và lý do vẫn được giữ."),
        ],
        message=_("Đã kết thúc địa chỉ."),
        verb=_("Kết thúc"),
    )


@requires("addresses.edit")
def address_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    told = _("Thành viên thôi vào ngày kết thúc được ghi lại là đang tham gia.")
    address = _address(request, pk)
    return pages.take_back_page(
        request, address, LIFE, action=actions.take_back_step, consequences=[told]
    )


@requires("addresses.edit")
def member_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.act_page(
        request,
        _address(request, pk),
        form=pages.bound(request, forms.MemberForm, "addresses.edit", joined_on=today()),
        action=actions.add_member,
        title=_("Thêm thành viên: %(name)s"),
        message=_("Đã thêm thành viên."),
    )


@requires("addresses.edit")
def training_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.act_page(
        request,
        _address(request, pk),
        form=pages.bound(request, forms.TrainingForm, "addresses.edit", held_on=today()),
        action=actions.record_training,
        title=_("Ghi buổi tập huấn: %(name)s"),
        message=_("Đã ghi buổi tập huấn."),
    )


@requires("addresses.edit")
def review_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.act_page(
        request,
        _address(request, pk),
        form=pages.bound(request, forms.ReviewForm, "addresses.edit", year=year_to_review()),
        action=actions.record_review,
        title=_("Ghi kết quả rà soát: %(name)s"),
        message=_("Đã ghi kết quả rà soát."),
    )


@requires("addresses.view")
def member_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the evidence of a figure leads: the member's line on the address's page."""
    member = pages.found_row(request, Member, pk, "addresses.view")
    return redirect(f"{member.address.get_absolute_url()}#{member.code}")


@requires("addresses.edit")
def member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = pages.found_row(request, Member, pk, "addresses.edit")
    return pages.act_page(
        request,
        member,
        form=forms.EndMemberForm(request.POST or None, initial={"on": today()}),
        action=actions.end_member,
        title=_("%(member)s thôi tham gia: %%(name)s") % {"member": member.full_name},
        consequences=[_("Từ ngày đó thành viên này không còn được tính.")],
        message=_("Đã ghi ngày thôi tham gia."),
        verb=_("Thôi tham gia"),
    )


@requires("addresses.edit")
def member_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = pages.found_row(request, Member, pk, "addresses.edit")
    return pages.row_page(
        request,
        member,
        form=pages.bound(request, forms.MendMemberForm, "addresses.edit", member, reason=True),
        action=actions.edit_member,
        title=_("Sửa thành viên: %(name)s"),
        remove="addresses:member_remove",
    )


@requires("addresses.edit")
def member_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        pages.found_row(request, Member, pk, "addresses.edit"),
        action=actions.remove_member,
        title=_("Gỡ thành viên ghi nhầm: %(name)s"),
        consequences=[_("Thành viên này không được tính ở kỳ nào nữa.")],
        message=_("Đã gỡ thành viên."),
    )


@requires("addresses.edit")
def training_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    training = pages.found_row(request, Training, pk, "addresses.edit")
    return pages.row_page(
        request,
        training,
        form=pages.bound(request, forms.TrainingForm, "addresses.edit", training, reason=True),
        action=actions.edit_training,
        title=_("Sửa buổi tập huấn: %(name)s"),
        remove="addresses:training_remove",
    )


@requires("addresses.edit")
def training_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        pages.found_row(request, Training, pk, "addresses.edit"),
        action=actions.remove_training,
        title=_("Gỡ buổi tập huấn ghi nhầm: %(name)s"),
        consequences=[_("Buổi tập huấn không còn trong hồ sơ.")],
        message=_("Đã gỡ buổi tập huấn."),
    )


@requires("addresses.edit")
def review_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        pages.found_row(request, Review, pk, "addresses.edit"),
        action=actions.remove_review,
        title=_("Gỡ kết quả rà soát ghi nhầm: %(name)s"),
        consequences=[_("Địa chỉ lại chờ rà soát cho năm đó.")],
        message=_("Đã gỡ kết quả rà soát."),
    )
