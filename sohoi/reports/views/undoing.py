"""Where the button in a message leads: what she just did to a return, a round or a text."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from sohoi.audit.pages import undo_page
from sohoi.figures.asking.rules import PERIOD, UNIT
from sohoi.kit.policies import requires
from sohoi.reports import undo as taking_back
from sohoi.reports.models import Narrative, Round
from sohoi.reports.views.allowed import answer_of, takes, url_of


@requires("reports.view")
@require_POST
def return_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    answer = answer_of(request, pk)

    def undo(at: datetime) -> None:
        step = taking_back.hers(answer.steps.all(), at=at, by=request.user)
        if not takes(request.user, answer, taking_back.meant(answer, step)):
            raise Http404
        taking_back.undo_step(answer=answer, step=step, by=request.user)

    return undo_page(request, undo=undo, back=lambda: url_of(answer))


def _round_url(pk: UUID) -> str:
    there = Round.objects.filter(pk=pk).exists()
    return reverse("reports:round", args=[pk]) if there else reverse("reports:rounds")


@requires("reports.manage")
@require_POST
def round_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(Round.objects.under(request.user.reach("reports.manage")), pk=pk)

    def undo(at: datetime) -> None:
        step = taking_back.hers(asked.steps.all(), at=at, by=request.user)
        taking_back.undo_round_step(asked=asked, step=step, by=request.user)

    return undo_page(request, undo=undo, back=lambda: _round_url(pk))


@requires("reports.accept")
@require_POST
def accepting_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that she accepted at once in the round."""
    asked = get_object_or_404(Round.objects.under(request.user.reach("reports.accept")), pk=pk)
    return undo_page(
        request,
        undo=lambda at: taking_back.undo_accepting(asked=asked, at=at, by=request.user),
        back=lambda: _round_url(pk),
    )


@requires("reports.manage")
@require_POST
def narrative_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = get_object_or_404(Narrative.objects.under(request.user.reach("reports.manage")), pk=pk)
    return undo_page(
        request,
        undo=lambda at: taking_back.undo_text(text=text, at=at, by=request.user),
        back=lambda: f"{reverse('reports:document', args=[text.kind])}?{_question(text)}",
    )


def _question(text: Narrative) -> str:
    """As the page on which the text stands asks; the rest of it is what is usual."""
    return urlencode({UNIT: text.unit_id, PERIOD: text.period})
