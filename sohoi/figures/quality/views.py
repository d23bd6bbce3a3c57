"""The page of what looks wrong: contradictions, jumps, unusual numbers, silent units."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sohoi.figures.asking.pages import asking
from sohoi.figures.asking.rules import Question
from sohoi.figures.quality import documents, queries
from sohoi.figures.quality.queries import EARLIER, SILENT, SORTS, Finding, SilentUnit
from sohoi.figures.reading.documents import facts_of_question, head_of
from sohoi.kit.policies import requires
from sohoi.ui import export
from sohoi.ui.lists.drawing import PER_PAGE


@requires("figures.view")
@asking
def quality(request: HttpRequest) -> HttpResponse:
    """Findings of the unit and period, one sort after another or one sort alone."""
    question = request.question
    findings, silent = queries.findings(question), queries.silent_units(question)
    tabs, chosen = _tabs(request, findings, len(silent))
    listed = silent if chosen == SILENT else [one for one in findings if one.sort == chosen]
    if request.GET.get("export") == "xlsx":
        return _workbook(question, chosen, listed)
    context = {
        **head_of(question),
        "tabs": tabs,
        "chosen": chosen,
        "others": any(tab["number"] for tab in tabs),
        "earlier": EARLIER,
    }
    context["page"] = page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    if chosen in SORTS:
        context["rows"] = [documents.finding_row(one) for one in page]
        context["rule"] = documents.SORT_RULES[chosen]
    return render(request, "figures/quality.html", context)


def _tabs(request: HttpRequest, findings: list[Finding], silent: int) -> tuple[list[dict], str]:
    """Each sort with how many there are, and the chosen one: the first that has any."""
    numbers = Counter(one.sort for one in findings) | Counter({SILENT: silent})
    having = [sort for sort in (*SORTS, SILENT) if numbers[sort]]
    asked = request.GET.get("loai")
    chosen = asked if asked in documents.SORT_TITLES else next(iter(having), "")
    tabs = [
        {"key": key, "title": title, "number": numbers[key], "active": key == chosen}
        for key, title in documents.SORT_TITLES.items()
    ]
    return tabs, chosen if numbers[chosen] else ""


def _workbook(
    question: Question, chosen: str, listed: list[Finding] | list[SilentUnit]
) -> HttpResponse:
    """What the page shows of the chosen sort, all of it; name and notes say which sort."""
    facts, name = facts_of_question(question), f"chat-luong-{question.stem}"
    if chosen:
        facts[_("Loại")] = str(documents.SORT_TITLES[chosen])
        name = f"{name}-{chosen}"
    heads, rows = documents.sheet(chosen, listed)
    content = export.workbook(_("Chất lượng số liệu"), heads, rows, facts=facts)
    return export.attachment(content, f"{name}.xlsx")
