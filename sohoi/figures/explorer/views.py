"""Pages of the explorer: the tables and drawings of an answer, and what is behind one cell."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.engine.windows import Window
from sohoi.figures.explorer import documents
from sohoi.figures.explorer.forms import ExplorerForm
from sohoi.figures.explorer.queries import FILE_CELLS, PAGE_CELLS, Answer, TooMany, answer_to, spans
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.evidence import behind_figure
from sohoi.figures.reading.queries import Figure, chosen, contradictions, read
from sohoi.kit.indicators import Records
from sohoi.kit.policies import requires
from sohoi.lib.periods import PeriodError, parse_period
from sohoi.org.models import today
from sohoi.org.queries import is_under, place_on
from sohoi.ui import export

SHOWN = 5
CSV = "text/csv; charset=utf-8"


@requires("figures.view")
def explorer(request: HttpRequest) -> HttpResponse:
    """Indicators × units × periods: what was asked stands in the address."""
    place, period = request.workplace.unit, request.workplace.period
    first_year = request.workplace.first_year
    form = ExplorerForm(
        request.GET, place=place, period=period, first_year=first_year, today=today()
    )
    question, wanted = form.question(), request.GET.get("export", "")
    context = {"form": form, "place": place, "query": _query(request)}
    try:
        answer = answer_to(question, most=FILE_CELLS if wanted == "csv" else PAGE_CELLS)
    except TooMany as error:
        context["too_many"] = documents.size_text(error.cells, error.most)
        return render(request, "figures/explorer.html", context)
    if wanted in ("xlsx", "csv"):
        return _file(answer, form, wanted)
    context |= {"tables": [*documents.tables(answer, *form.layout)], **_drawing(answer, form)}
    return render(request, "figures/explorer.html", context)


@requires("figures.view")
def explorer_cell(request: HttpRequest, key: str) -> HttpResponse:
    """What is behind one cell; the working unit and period stay what they are."""
    [own, *parts], before = _cell(request, key)
    counted = isinstance(own.indicator.source, Records)
    within = request.user.reach(f"{own.indicator.room}.view" if counted else "figures.view")
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "is_part": is_part,
        "figure": own,
        "value_text": wording.value_text(own),
        "period_title": wording.period_title(own.period),
        "facts": [*wording.facts_of(own), _compared(before)],
        "warnings": [wording.contradiction_text(c) for c in contradictions([own, *parts])],
        "parts": [(part.indicator.title, wording.value_text(part)) for part in parts],
        "evidence": behind_figure(own, within=within, limit=SHOWN),
        "may_see": bool(within),
        "url": wording.url_of(own),
    }
    template = "figures/_cell.html" if is_part else "figures/explorer_cell.html"
    # The address stays that of the tables, which the reader may send on.
    headers = {"HX-Push-Url": "false"} if is_part else {}
    return HttpResponse(render_to_string(template, context, request), headers=headers)


def _cell(request: HttpRequest, key: str) -> tuple[list[Figure], Figure]:
    """The figure of the address with its parts, and the same a year before. Raises Http404."""
    asked = request.GET
    try:
        period = parse_period(asked.get("k", ""))
        day, tree = (date.fromisoformat(asked.get(name, "")) for name in ("d", "t"))
        unit = place_on(UUID(asked.get("o", "")), tree)
        if unit is None or not is_under(unit.id, request.user.reach("figures.view")):
            raise Http404
        indicators = chosen([key], day, with_parts=True)
    except (PeriodError, ValueError, UnknownIndicator) as error:
        raise Http404 from error
    windows = [Window(one, cut_off, tree) for one, cut_off in spans(period, "year", day)]
    now, before = read(indicators, [unit], windows)
    return now, before[0]


def _compared(before: Figure) -> dict:
    title = _("Cùng kỳ năm trước (%(year)s)") % {"year": before.period.start.year}
    return {"title": title, "text": wording.value_text(before)}


def _query(request: HttpRequest) -> str:
    """The question as it stands in the address, to ask for its file."""
    asked = request.GET.copy()
    asked.pop("export", None)
    return asked.urlencode()


def _drawing(answer: Answer, form: ExplorerForm) -> dict:
    kind = form.cleaned_data.get("ve", "none")
    if kind == "none":
        return {}
    return {
        "chart": documents.chart(answer, kind, form.cleaned_data.get("hinh", "")),
        "drawn": kind,
    }


def _file(answer: Answer, form: ExplorerForm, kind: str) -> HttpResponse:
    place, period = answer.question.place, answer.question.period
    name = f"so-lieu-{place.code}-{period.key}.{kind}".replace(":", "-")
    if kind == "csv":
        return export.attachment(export.comma_separated(documents.records(answer)), name, CSV)
    heads, rows = documents.sheet(answer, *form.layout)
    facts = {_("Đơn vị"): place.name, _("Kỳ"): period.title()}
    return export.attachment(export.workbook(_("Số liệu"), heads, rows, facts=facts), name)
