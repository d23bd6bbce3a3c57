"""Pages of the exemplars room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.kit.policies import requires
from sohoi.programmes.exemplars import documents
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.forms import PublicationForm
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.records import life_pages, pages


@requires("exemplars.view")
def exemplar_list(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        Exemplar,
        columns=documents.COLUMNS,
        filters=documents.FILTERS,
        empty_title=_("Chưa có mô hình hay gương nào"),
        empty_text=_("Khi phát hiện cách làm hay, bấm “Ghi mô hình, gương mới”."),
    )


@pages.about(Exemplar, "exemplars.view")
def exemplar_detail(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return pages.record_page(
        request,
        exemplar,
        columns=documents.FACTS,
        tables=[documents.PUBLICATIONS],
        links=[pages.Link(_("Ghi nhầm"), "exemplars.remove")],
    )


@requires("exemplars.edit")
def exemplar_create(request: HttpRequest) -> HttpResponse:
    return pages.create_page(request, Exemplar, "exemplars.find")


@pages.about(Exemplar, "exemplars.edit")
def exemplar_edit(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return pages.edit_page(request, exemplar)


@pages.about(Exemplar, "exemplars.edit")
def exemplar_remove(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return pages.remove_page(request, exemplar, "exemplars.remove")


@pages.about(Exemplar, "exemplars.publicise")
def exemplar_step(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return life_pages.step_page(request, exemplar, only={"replicated_to": (State.REPLICATED,)})


@pages.about(Exemplar, "exemplars.publicise")
def exemplar_correct(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return life_pages.correct_page(request, exemplar)


@pages.about(Exemplar, "exemplars.publicise")
def exemplar_take_back(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    return life_pages.take_back_page(request, exemplar)


@pages.about(Exemplar, "exemplars.publicise")
def publish(request: HttpRequest, exemplar: Exemplar) -> HttpResponse:
    form = None if exemplar.needs_consent else PublicationForm
    return pages.add_page(request, exemplar, Publication, "exemplars.publish", form=form)


@pages.about(Publication, "exemplars.view")
def publication(request: HttpRequest, found: Publication) -> HttpResponse:
    """A publication is read on the page of its exemplar."""
    return redirect(f"{found.exemplar.get_absolute_url()}#{found.code}")


@pages.about(Publication, "exemplars.publicise")
def edit_publication(request: HttpRequest, found: Publication) -> HttpResponse:
    remove = "exemplars.remove_publication"
    return pages.row_page(request, found, "exemplars.edit_publication", remove=remove)


@pages.about(Publication, "exemplars.publicise")
def remove_publication(request: HttpRequest, found: Publication) -> HttpResponse:
    told = documents.removal_of(found)
    return pages.remove_page(request, found, "exemplars.remove_publication", consequences=told)
