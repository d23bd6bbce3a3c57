"""A document as a page: the same blocks, with every figure a link to what makes it up."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.figures.asking.rules import Question
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.queries import Figure
from sohoi.reports.documents import Sheet, cell_text, is_wide, long_sections, matrix, named
from sohoi.reports.files import ANNEX, ARTICLE, REVIEW
from sohoi.reports.rendering.model import Article, Bullet, Document, Heading, Paragraph, Run


def tabs(kind: str, question: Question) -> list[dict]:
    """The kinds of document of one question, as links."""
    titles = {REVIEW: _("Báo cáo"), ANNEX: _("Phụ lục số liệu"), ARTICLE: _("Tin bài")}
    return [
        {"title": title, "url": url_of(key, question), "active": key == kind}
        for key, title in titles.items()
    ]


def url_of(kind: str, question: Question) -> str:
    return f"{reverse('reports:document', args=[kind])}?{question.query}"


def paper_blocks(made: Document | Article, sheet: Sheet) -> list[dict]:
    """Headings, paragraphs and bullets with their runs; a figure's run carries its address."""
    if isinstance(made, Article):
        lead = {"kind": "lead", "runs": [{"text": made.sapo, "url": ""}]}
        return [lead, *({"kind": "p", "runs": _runs(runs, sheet)} for runs in made.paragraphs)]
    return [_block(block, sheet) for block in made.blocks]


def _block(block: Heading | Paragraph | Bullet, sheet: Sheet) -> dict:
    match block:
        case Heading(level=level, text=text, number=number):
            return {"kind": f"h{min(level + 1, 4)}", "text": f"{number} {text}".strip()}
        case Bullet(runs=runs):
            return {"kind": "li", "runs": _runs(runs, sheet)}
        case Paragraph(runs=runs):
            return {"kind": "p", "runs": _runs(runs, sheet)}
    return {"kind": "p", "runs": []}


def _runs(runs: tuple[Run, ...], sheet: Sheet) -> list[dict]:
    return [
        {
            "text": run.text,
            "url": wording.url_of(sheet.own[run.figure]) if run.figure in sheet.own else "",
        }
        for run in runs
    ]


def annex_tables(sheet: Sheet) -> list[dict]:
    """The annex as on paper, with links: up to twelve units side by side, more below one another.

    A row without cells titles the rows that follow.
    """
    if is_wide(sheet):
        rows = [
            row
            for section in matrix(sheet)
            for row in (
                {"title": section["title"]},
                *(_row(named(r["own"]), [r["own"], *r["cells"]]) for r in section["rows"]),
            )
        ]
        names = [wording.short_unit(place.name) for place in sheet.below]
        return [{"title": "", "heads": [_("Chỉ tiêu"), _("Tổng số"), *names], "rows": rows}]
    return [
        {
            "title": section["title"],
            "heads": [_("Đơn vị"), *(named(r["own"]) for r in section["rows"])],
            "rows": [
                _row(_("Tổng số"), [r["own"] for r in section["rows"]]),
                *(
                    _row(place.name, [r["cells"][index] for r in section["rows"]])
                    for index, place in enumerate(sheet.below)
                ),
            ],
        }
        for section in long_sections(sheet)
    ]


def _row(title: str, figures: list[Figure]) -> dict:
    cells = [{"text": cell_text(figure), "url": wording.url_of(figure)} for figure in figures]
    return {"title": title, "cells": cells}
