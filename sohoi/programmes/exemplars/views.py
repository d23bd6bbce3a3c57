"""Pages of the exemplars room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.exemplars import actions, documents, forms
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.queries import filterable
from sohoi.records import life_pages, pages


@requires("exemplars.view")
def exemplar_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows=filterable(pages.listed(request, Exemplar)),
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
    exemplar = pages.found(request, Exemplar, pk)
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
        tables=[publications],
        rows=[Publication],
        links=[
            *life_pages.life_links(exemplar, edit=edit, decide=publicise),
            pages.Link(_("Ghi nhầm"), "exemplars:remove") if edit else None,
        ],
    )


@requires("exemplars.edit")
def exemplar_create(request: HttpRequest) -> HttpResponse:
    form, title = (
        pages.bound(request, forms.ExemplarForm, found_on=today()),
        _("Ghi mô hình, gương"),
    )
    action = actions.find_exemplar
    return pages.create_page(request, Exemplar, form=form, action=action, title=title)


@requires("exemplars.edit")
def exemplar_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk)
    form = pages.bound(request, forms.ExemplarForm, exemplar)
    return pages.edit_page(request, exemplar, form=form, action=actions.edit_exemplar)


@requires("exemplars.edit")
def exemplar_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk)
    return pages.remove_page(request, exemplar, action=actions.remove_exemplar)


@requires("exemplars.publicise")
def exemplar_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    return life_pages.step_page(
        request,
        pages.found(request, Exemplar, pk),
        action=actions.take_step,
        form=forms.StepForm,
        only={"replicated_to": (State.REPLICATED,)},
    )


@requires("exemplars.publicise")
def exemplar_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk)
    return life_pages.correct_page(request, exemplar, action=actions.correct_step)


@requires("exemplars.publicise")
def exemplar_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = pages.found(request, Exemplar, pk)
    return life_pages.take_back_page(request, exemplar, action=actions.take_back_step)


@requires("exemplars.publicise")
def publication_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar, action = pages.found(request, Exemplar, pk), actions.publish
    form = forms.FirstPublicationForm if exemplar.needs_consent else forms.PublicationForm
    return pages.add_page(
        request, exemplar, Publication, form=form, action=action, published_on=today()
    )


@requires("exemplars.view")
def publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A publication is read on the page of its exemplar."""
    found = pages.found_row(request, Publication, pk)
    return redirect(f"{found.exemplar.get_absolute_url()}#{found.code}")


@requires("exemplars.publicise")
def publication_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    return pages.row_page(
        request,
        pages.found_row(request, Publication, pk),
        form=forms.PublicationForm,
        action=actions.edit_publication,
        remove="exemplars:publication_remove",
    )


@requires("exemplars.publicise")
def publication_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, action = pages.found_row(request, Publication, pk), actions.remove_publication
    told = documents.removal_of(found)
    return pages.remove_page(request, found, action=action, consequences=told)
