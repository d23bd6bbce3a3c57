"""Pages of the figures: the board of a unit, and one figure down to its records."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.reading import documents
from sohoi.figures.reading.evidence import behind_figure
from sohoi.figures.reading.queries import Figure, broken_down, contradictions, figures
from sohoi.kit.indicators import Records
from sohoi.kit.policies import requires
from sohoi.lib.periods import Period
from sohoi.org.queries import Place, line_of
from sohoi.ui import export
from sohoi.ui.lists.drawing import PER_PAGE


@requires("figures.view")
def board(request: HttpRequest) -> HttpResponse:
    """Every figure of the working unit and period, by section of the report."""
    place, period = request.workplace.unit, request.workplace.period
    shown = figures(unit=place.id, period=period)
    wrong = {c.figure.key: c for c in contradictions(shown)}
    sections = [
        {
            "title": section["title"],
            "tiles": [
                documents.tile(
                    f, warning=documents.contradiction_text(wrong[f.key]) if f.key in wrong else ""
                )
                for f in section["figures"]
            ],
        }
        for section in documents.by_section(shown)
    ]
    context = {"place": place, "period": period, "sections": sections, "wrong": len(wrong)}
    return render(request, "figures/board.html", context)


@requires("figures.view")
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: its value, the units that make it up, and the records behind it."""
    place, period = request.workplace.unit, request.workplace.period
    try:
        shown = _with_parts(place, period, key)
    except UnknownIndicator as error:
        raise Http404 from error
    own, *below = [f for f in shown if f.key == key]
    if request.GET.get("export") == "xlsx":
        return _workbook(own, below)
    context = {
        "figure": own,
        "value_text": documents.value_text(own),
        "facts": documents.facts_of(own),
        "line": _line(request, own),
        "rows": _rows(below),
        "breakdown": documents.breakdown_of(own, broken_down(own)),
        "warnings": [
            documents.contradiction_text(c)
            for c in contradictions(f for f in shown if f.place.id == place.id)
        ],
        **_evidence(request, own),
    }
    return render(request, "figures/figure.html", context)


def _with_parts(place: Place, period: Period, key: str) -> list[Figure]:
    """The figure and its parts, which may not add up to it, for the unit and those below it."""
    return figures(unit=place.id, period=period, keys=[key], with_parts=True, by_children=True)


def _line(request: HttpRequest, own: Figure) -> list[Place]:
    """From the topmost unit she may look at down to this one."""
    roots = [appointment.unit_id for appointment in request.user.appointments_today]
    return line_of(own.place.id, on=own.tree, within=roots)


def _evidence(request: HttpRequest, own: Figure) -> dict:
    """The page of records she may see; the figure itself is shown whole."""
    counted = isinstance(own.indicator.source, Records)
    within = request.user.reach(f"{own.indicator.room}.view" if counted else "figures.view")
    number = request.GET.get("page", "1")
    offset = PER_PAGE * (int(number) - 1) if number.isdecimal() and int(number) else 0
    evidence = behind_figure(own, within=within, offset=offset, limit=PER_PAGE)
    page = Paginator(range(evidence.total), PER_PAGE).get_page(number)
    page.object_list = evidence.records
    measure = own.indicator.measure
    for trace in page:
        trace.amount_text = documents.amount_text(trace.amount, measure, noun=False)
    return {"page": page, "total": evidence.total, "counted": counted, "may_see": bool(within)}


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


def _workbook(own: Figure, below: list[Figure]) -> HttpResponse:
    measure = own.indicator.measure
    heads = [_("Mã"), _("Đơn vị"), measure.title, *documents.COVERAGE_HEADS]
    rows = ([*documents.row_of(figure, measure)] for figure in below)
    facts = {
        _("Đơn vị"): own.place.name,
        _("Kỳ"): own.period.title(),
        _("Tính đến"): documents.as_at_text(own),
    }
    content = export.workbook(str(own.indicator.title), [*map(str, heads)], rows, facts=facts)
    return export.attachment(content, f"{own.key}-{own.place.code}-{own.period.key}.xlsx")
