"""Pages of the exemplars room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.exemplars import actions, documents, forms
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import LIFE, Exemplar, Publication
from sohoi.programmes.exemplars.queries import filterable
from sohoi.records import pages


@requires("exemplars.view")
def exemplar_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=filterable(pages.listed(request, Exemplar, "exemplars.view")),
        key="guong-dien-hinh",
        title=_("Mô hình hay, gương điển hình"),
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        order=("-found_on",),
        edit="exemplars.edit",
        begin=_("Ghi mô hình, gương mới"),
        empty_title=_("Chưa có mô hình hay gương nào"),
        empty_text=_("Khi phát hiện cách làm hay, bấm “Ghi mô hình, gương mới”."),
    )


@requires("exemplars.view")
def exemplar_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk, "exemplars.view")
    edit = request.user.may("exemplars.edit", exemplar.unit_id)
    publicise = request.user.may("exemplars.publicise", exemplar.unit_id)
    publications = documents.PUBLICATIONS.of(
        exemplar,
        exemplar.publications.order_by("-published_on", "pk"),
        may=publicise,
        wait="" if exemplar.introduced_on else _("Ghi bước “Đã giới thiệu” trước."),
    )
    return pages.record_page(
        request,
        exemplar,
        columns=documents.FACTS,
        life=LIFE,
        tables=[publications],
        rows=[Publication],
        links=[
            *pages.life_links(LIFE, exemplar, edit=edit, decide=publicise),
            pages.Link(_("Ghi nhầm"), "exemplars:remove") if edit else None,
        ],
    )


@requires("exemplars.edit")
def exemplar_create(request: HttpRequest) -> HttpResponse:
    return pages.form_page(
        request,
        form=pages.bound(request, forms.ExemplarForm, "exemplars.edit", found_on=today()),
        action=actions.find_exemplar,
        title=_("Ghi mô hình, gương mới"),
        message=_("Đã ghi hồ sơ."),
        back=reverse("exemplars:list"),
        done=Exemplar.get_absolute_url,
    )


@requires("exemplars.edit")
def exemplar_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk, "exemplars.edit")
    return pages.act_page(
        request,
        exemplar,
        form=pages.bound(request, forms.ExemplarForm, "exemplars.edit", exemplar),
        action=actions.edit_exemplar,
        title=_("Sửa hồ sơ: %(name)s"),
        message=_("Đã lưu thay đổi."),
    )


@requires("exemplars.edit")
def exemplar_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.remove_page(
        request,
        pages.found(request, Exemplar, pk, "exemplars.edit"),
        action=actions.remove_exemplar,
        title=_("Gỡ hồ sơ ghi nhầm: %(name)s"),
        consequences=[_("Hồ sơ không còn trong danh sách và không được tính nữa.")],
        message=_("Đã gỡ hồ sơ."),
        back=reverse("exemplars:list"),
    )


@requires("exemplars.publicise")
def exemplar_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.step_page(
        request,
        pages.found(request, Exemplar, pk, "exemplars.publicise"),
        LIFE,
        action=actions.take_step,
        form=forms.StepForm,
        only={"replicated_to": (State.REPLICATED,)},
    )


@requires("exemplars.publicise")
def exemplar_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk, "exemplars.publicise")
    return pages.correct_page(
        request, exemplar, LIFE, action=actions.correct_step, take_back="exemplars:take_back"
    )


@requires("exemplars.publicise")
def exemplar_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk, "exemplars.publicise")
    return pages.take_back_page(request, exemplar, LIFE, action=actions.take_back_step)


@requires("exemplars.publicise")
def publication_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk, "exemplars.publicise")
    form = forms.FirstPublicationForm if exemplar.needs_consent else forms.PublicationForm
    return pages.act_page(
        request,
        exemplar,
        form=pages.bound(request, form, "exemplars.publicise", published_on=today()),
        action=actions.publish,
        title=_("Ghi lượt tuyên truyền: %(name)s"),
        message=_("Đã ghi lượt tuyên truyền."),
    )


@requires("exemplars.view")
def publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A publication is read on the page of its exemplar."""
    found = pages.found_row(request, Publication, pk, "exemplars.view")
    return redirect(f"{found.exemplar.get_absolute_url()}#{found.code}")


@requires("exemplars.publicise")
def publication_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = pages.found_row(request, Publication, pk, "exemplars.publicise")
    form = pages.bound(request, forms.PublicationForm, "exemplars.publicise", found, reason=True)
    return pages.row_page(
        request,
        found,
        form=form,
        action=actions.edit_publication,
        title=_("Sửa lượt tuyên truyền: %(name)s"),
        remove="exemplars:publication_remove",
    )


@requires("exemplars.publicise")
def publication_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = pages.found_row(request, Publication, pk, "exemplars.publicise")
    return pages.remove_page(
        request,
        found,
        action=actions.remove_publication,
        title=_("Gỡ lượt tuyên truyền ghi nhầm: %(name)s"),
        consequences=documents.removal_of(found),
        message=_("Đã gỡ lượt tuyên truyền."),
    )
