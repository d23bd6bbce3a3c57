"""Pages of documents: read with live figures, download, and write the text."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sohoi.audit.undo import url_after
from sohoi.figures.asking.pages import asking
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import used_by
from sohoi.figures.closing.actions import require_open
from sohoi.figures.reading.documents import period_text
from sohoi.kit.pages import edit_page
from sohoi.kit.policies import requires
from sohoi.org.models import Unit
from sohoi.reports import documents, files, text_actions
from sohoi.reports.forms import NarrativeForm, caught_up
from sohoi.reports.issuing import file_of
from sohoi.reports.models import IssuedFile, Narrative
from sohoi.reports.paper import annex_tables, drift, issued_groups, paper_blocks, tabs, url_of
from sohoi.reports.queries import issued_files
from sohoi.reports.rendering.model import Article
from sohoi.ui import export


def _known(kind: str) -> str:
    if kind not in files.KINDS:
        raise Http404
    return kind


def _sheet(request: HttpRequest, kind: str) -> documents.Sheet:
    return documents.sheet_for(request.question, _known(kind))


@requires("reports.view")
def document_home(request: HttpRequest) -> HttpResponse:
    return document(request, files.REVIEW)


@requires("reports.view")
@asking
def document(request: HttpRequest, kind: str) -> HttpResponse:
    """The document of a unit and period; every figure leads to what makes it up."""
    sheet = _sheet(request, kind)
    made = files.make(sheet, kind)
    is_article = isinstance(made, Article)
    kept = _kept(sheet, kind)
    context = {
        "kind": kind,
        "asked": period_text(request.question),
        "query": request.question.query,
        "tabs": tabs(kind, request.question),
        "made": made,
        "is_article": is_article,
        "blocks": [] if kind == files.ANNEX else paper_blocks(made, sheet),
        "tables": annex_tables(sheet) if kind == files.ANNEX and sheet.below else [],
        "notes": documents.notes(sheet),
        "formats": files.FORMATS[kind],
        "may_write": kind != files.ANNEX
        and request.user.may("reports.manage", sheet.place.id)
        and not kept["is_closed"],
        **kept,
    }
    return render(request, "reports/document.html", context)


def _kept(sheet: documents.Sheet, kind: str) -> dict:
    """What was issued of the document: since when under the closing that holds, and what is
    another number by now."""
    is_closed = any(figure.frozen_at for figure in sheet.own.values())
    issued = [*issued_files([sheet.place.id], sheet.period.key).filter(kind=kind)]
    days = [localdate(one.made_at) for one in issued if one.closing.opened_at is None]
    return {
        "is_closed": is_closed,
        "issued_on": min(days, default=None),
        "drift": drift(sheet),
        "issued": issued_groups(issued, sheet.place.id),
    }


@requires("reports.view")
@asking
def document_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The document as a file; `?mau=state` puts Quốc hiệu at its head. Of a closed period it is
    the one that was issued, or is now."""
    asked = {"question": request.question, "kind": _known(kind), "form": form}
    header = files.STATE if request.GET.get("mau") == files.STATE else files.UNION
    try:
        made = file_of(header=header, by=request.user, **asked)
    except KeyError as error:
        raise Http404 from error
    return _given(made)


@requires("reports.view")
def issued_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file that was issued, also one of a closing that does not hold any more."""
    within = IssuedFile.objects.under(request.user.reach("reports.view"))
    return _given(get_object_or_404(within, pk=pk))


def _given(made: IssuedFile) -> HttpResponse:
    return export.attachment(bytes(made.content), made.name, files.CONTENT_TYPES[made.form])


def _text(sheet: documents.Sheet, kind: str) -> Narrative:
    """What may be written. Raises Refused in a closed period."""
    if kind == files.ANNEX:
        raise Http404
    require_open(sheet.place.id, sheet.period.key)
    return documents.text_of(sheet.place, sheet.period, kind)


@requires("reports.manage")
@asking
def narrative_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """The unit's own text of a document for the period."""
    sheet = _sheet(request, kind)
    text = _text(sheet, kind)
    typed, theirs = caught_up(request.POST, text)
    context = _writing(request.question, kind, theirs)
    form = NarrativeForm(typed, text=text, known={i.key for i in context["indicators"]})
    if theirs:
        form.add_error(None, gettext("Lời văn vừa được người khác sửa. Bản đang soạn vẫn còn."))
        return render(request, "reports/narrative.html", context | {"form": form}, status=422)
    target = {"unit": Unit(pk=sheet.place.id), "period": sheet.period.key, "kind": kind}
    return edit_page(
        request,
        form=form,
        action=lambda data: text_actions.write_narrative(by=request.user, **target, **data),
        template="reports/narrative.html",
        done=lambda _text: context["back_url"],
        message=gettext("Đã lưu lời văn. Con số trong lời văn luôn theo số liệu mới nhất."),
        undo=lambda text: url_after(
            "reports:narrative_undo", text.pk, about=text.pk, by=request.user
        ),
        context=context,
    )


def _writing(question: Question, kind: str, theirs: str) -> dict:
    """What stands beside the text: the keys it may use, and what somebody else saved meanwhile."""
    known = used_by(question.unit.id, question.tree, question.period.start)
    return {
        "title": gettext("Soạn lời văn"),
        "indicators": sorted(known.values(), key=lambda i: i.key),
        "asked": period_text(question),
        "back_url": url_of(kind, question),
        "theirs": theirs,
    }
