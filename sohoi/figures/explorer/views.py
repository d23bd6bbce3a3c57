"""Pages of the explorer: the tables and drawings of an answer, and what is behind one cell."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sohoi.figures.asking.pages import asking, question_of
from sohoi.figures.asking.rules import DAY, WrongQuestion
from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.explorer import documents
from sohoi.figures.explorer.forms import ExplorerForm
from sohoi.figures.explorer.queries import FILE_CELLS, PAGE_CELLS, Answer, TooMany, answer_to, spans
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.evidence import evidence, permission_behind
from sohoi.figures.reading.queries import Figure, contradictions, read, shown_by
from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.ui import export

SHOWN = 5
CSV = "text/csv; charset=utf-8"


@requires("figures.view")
def explorer(request: HttpRequest) -> HttpResponse:
    """Indicators × units × periods: what was asked stands in the address."""
    try:
        return _explored(request)
    except WrongQuestion as wrong:
        if wrong.field != DAY or "export" in request.GET:
            raise
        return _wrong_day(request, wrong)


@asking
def _explored(request: HttpRequest) -> HttpResponse:
    form, wanted = _form(request), request.GET.get("export", "")
    context = _shown(request, form)
    try:
        answer = answer_to(form.exploration(), most=FILE_CELLS if wanted == "csv" else PAGE_CELLS)
    except TooMany as error:
        context["too_many"] = documents.size_text(error.cells, error.most)
        return render(request, "figures/explorer.html", context)
    if wanted in ("xlsx", "csv"):
        return _file(answer, form, wanted)
    context |= {"tables": [*documents.tables(answer, *form.layout)], **_drawing(answer, form)}
    context["passings"] = wording.passings(answer.indicators, answer.periods)
    return render(request, "figures/explorer.html", context)


def _wrong_day(request: HttpRequest, wrong: WrongQuestion) -> HttpResponse:
    """What is wrong stands beside the day as it was typed."""
    request.GET = request.GET.copy()
    (typed,) = request.GET.pop(DAY)[-1:]
    request.question = question_of(request)
    form = _form(request)
    form.full_clean()
    form.data[DAY] = typed
    form.add_error(DAY, wrong.message)
    return render(request, "figures/explorer.html", _shown(request, form), status=422)


def _form(request: HttpRequest) -> ExplorerForm:
    first_year = request.workplace.first_year
    return ExplorerForm(
        request.GET, question=request.question, first_year=first_year, today=today()
    )


def _shown(request: HttpRequest, form: ExplorerForm) -> dict:
    return {"form": form, **wording.head_of(request.question)}


@requires("figures.view")
@asking
def explorer_cell(request: HttpRequest, key: str) -> HttpResponse:
    """What is behind one cell."""
    question = request.question
    try:
        indicators, places, _held = shown_by(question, [key], with_parts=True)
    except UnknownIndicator as error:
        raise Http404 from error
    [own, *parts], [before, *_others] = read(indicators, places, spans(question, "year"))
    within = request.user.reach(permission_behind(own.indicator))
    context = {
        "is_part": "HX-Request" in request.headers,
        "figure": own,
        "value_text": wording.value_text(own),
        "asked": wording.period_text(question),
        "facts": [*wording.facts_of(own), _compared(before)],
        "warnings": [wording.contradiction_text(c) for c in contradictions([own, *parts])],
        "parts": [(part.indicator.title, wording.value_text(part)) for part in parts],
        "evidence": evidence(question, own.indicator, within=within, limit=SHOWN),
        "may_see": bool(within),
        "url": wording.url_of(own),
    }
    return _drawer(request, context)


def _drawer(request: HttpRequest, context: dict) -> HttpResponse:
    if not context["is_part"]:
        return render(request, "figures/explorer_cell.html", context)
    answer = render(request, "figures/_cell.html", context)
    # The address stays that of the tables, which the reader may send on.
    answer.headers["HX-Push-Url"] = "false"
    return answer


def _compared(before: Figure) -> dict:
    title = _("Cùng kỳ năm trước (%(year)s)") % {"year": before.period.start.year}
    return {"title": title, "text": wording.value_text(before)}


def _drawing(answer: Answer, form: ExplorerForm) -> dict:
    kind = form.cleaned_data.get("ve", "none")
    if kind == "none":
        return {}
    return {
        "chart": documents.chart(answer, kind, form.cleaned_data.get("hinh", "")),
        "drawn": kind,
    }


def _file(answer: Answer, form: ExplorerForm, kind: str) -> HttpResponse:
    question = answer.asked.question
    name = f"so-lieu-{question.stem}-{form.stem(answer)}.{kind}"
    if kind == "csv":
        return export.attachment(export.comma_separated(documents.records(answer)), name, CSV)
    heads, rows = documents.sheet(answer, *form.layout)
    facts = wording.facts_of_question(question) | form.facts(answer)
    if texts := wording.passings(answer.indicators, answer.periods):
        facts[_("Đổi nguồn")] = " ".join(texts)
    return export.attachment(export.workbook(_("Số liệu"), heads, rows, facts=facts), name)
