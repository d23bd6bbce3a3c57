"""Pages of the figures: the board of a unit, and one figure down to its records."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sohoi.figures.asking.pages import asking
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.reading import documents
from sohoi.figures.reading.causes import causes
from sohoi.figures.reading.evidence import evidence, permission_behind
from sohoi.figures.reading.queries import (
    Figure,
    answers,
    broken_down,
    contradictions,
    line_to,
)
from sohoi.kit.indicators import Records
from sohoi.kit.menu import address
from sohoi.kit.policies import requires
from sohoi.ui import export
from sohoi.ui.lists.drawing import PER_PAGE


@requires("figures.view")
@asking
def board(request: HttpRequest) -> HttpResponse:
    """Every figure of the unit and period, by section of the report."""
    shown = answers(request.question)
    wrong = {c.figure.key: c for c in contradictions(shown)}
    sections = [
        {
            "title": section["title"],
            "tiles": [
                documents.tile(
                    f,
                    warning=documents.contradiction_text(wrong[f.key])
                    if f.key in wrong
                    else documents.drift_text(f),
                )
                for f in section["figures"]
            ],
        }
        for section in documents.by_section(shown)
    ]
    context = {**documents.head_of(request.question), "sections": sections, "wrong": len(wrong)}
    context["frozen_at"] = next((f.frozen_at for f in shown if f.frozen_at), None)
    context["drifted"] = sum(f.has_drifted for f in shown)
    return render(request, "figures/board.html", context)


@requires("figures.view")
@asking
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: its value, the units that make it up, and the records behind it."""
    question = request.question
    try:
        # With its parts, which may not add up to it, for the unit and those below it.
        shown = answers(question, keys=[key], with_parts=True, by_children=True)
    except UnknownIndicator as error:
        raise Http404 from error
    own, *below = [f for f in shown if f.key == key]
    if request.GET.get("export") == "xlsx":
        return _workbook(question, own, below)
    context = {
        **documents.head_of(question),
        "figure": own,
        "value_text": documents.value_text(own),
        "facts": documents.facts_of(own),
        "line": _line(request, key),
        "rows": _rows(below),
        "breakdown": documents.breakdown_of(own, broken_down(own)),
        "warnings": _warnings(f for f in shown if f.place.id == question.unit.id),
        **_evidence(request, own),
        **_drift(request, own),
    }
    return render(request, "figures/figure.html", context)


def _drift(request: HttpRequest, own: Figure) -> dict:
    """What the figure would be now, and why, as far as she may see it."""
    if not own.has_drifted:
        return {}
    found = causes(own, request.user.reach)
    said = {"drift": documents.drift_text(own), "some_unnamed": bool(found.unnamed)}
    return said | {"causes": documents.causes_of(own, found)}


def _warnings(shown: Iterable[Figure]) -> list[str]:
    return [documents.contradiction_text(c) for c in contradictions(shown)]


def _line(request: HttpRequest, key: str) -> list[dict]:
    """From the topmost unit she may look at down to this one."""
    question, page = request.question, address("figures:figure", key)
    line = line_to(question, request.user.reach("figures.view"))
    crumbs = [{"title": _("Bảng số liệu"), "url": f"{address('figures:board')}?{question.query}"}]
    crumbs += [
        {"title": unit.name, "url": f"{page}?{question.about(unit).query}"} for unit in line[:-1]
    ]
    return [*crumbs, {"title": question.unit.name, "url": ""}]


def _evidence(request: HttpRequest, own: Figure) -> dict:
    """The page of records she may see; the figure itself is shown whole."""
    within = request.user.reach(permission_behind(own.indicator))
    number = request.GET.get("page", "1")
    offset = PER_PAGE * (int(number) - 1) if number.isdecimal() and int(number) else 0
    behind = evidence(request.question, own.indicator, within=within, offset=offset, limit=PER_PAGE)
    page = Paginator(range(behind.total), PER_PAGE).get_page(number)
    page.object_list = behind.records
    measure = own.indicator.measure
    for trace in page:
        trace.amount_text = documents.amount_text(trace.amount, measure, noun=False)
    counted = isinstance(own.indicator.source, Records)
    return {"page": page, "total": behind.total, "counted": counted, "may_see": bool(within)}


def _rows(below: list[Figure]) -> list[dict]:
    largest = max((f.value or 0 for f in below), default=0)
    return [
        {
            "unit": f.place.name,
            "url": documents.url_of(f),
            "value_text": documents.value_text(f, noun=False),
            "coverage_text": documents.coverage_text(f),
            "width": 100 * (f.value or 0) // largest if largest else 0,
        }
        for f in below
    ]


def _workbook(question: Question, own: Figure, below: list[Figure]) -> HttpResponse:
    measure = own.indicator.measure
    heads = [_("Mã"), _("Đơn vị"), measure.title, *documents.COVERAGE_HEADS]
    rows = ([*documents.row_of(figure, measure)] for figure in below)
    facts = documents.facts_of_question(question) | {_("Tính đến"): documents.as_at_text(own)}
    content = export.workbook(str(own.indicator.title), [*map(str, heads)], rows, facts=facts)
    return export.attachment(content, f"{own.key}-{question.stem}.xlsx")
