"""A document as a page: the same blocks, with every figure a link to what makes it up; and the
files that were issued of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sohoi.figures.asking.rules import PERIOD, UNIT, Question
from sohoi.figures.models import Closing
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.queries import Figure
from sohoi.lib import dates
from sohoi.reports.documents import (
    Sheet,
    cell_text,
    is_wide,
    long_sections,
    matrix,
    named,
    short_unit,
)
from sohoi.reports.files import ANNEX, ARTICLE, REVIEW, STATE
from sohoi.reports.models import IssuedFile
from sohoi.reports.rendering.model import Article, Bullet, Document, Heading, Paragraph, Run

_TITLES = {
    REVIEW: gettext_lazy("Báo cáo"),
    ANNEX: gettext_lazy("Phụ lục số liệu"),
    ARTICLE: gettext_lazy("Tin bài"),
}
_FORMATS = {"docx": "Word", "pdf": "PDF", "txt": gettext_lazy("Văn bản thuần")}


def tabs(kind: str, question: Question) -> list[dict]:
    """The kinds of document of one question, as links."""
    return [
        {"title": title, "url": url_of(key, question), "active": key == kind}
        for key, title in _TITLES.items()
    ]


def drift(sheet: Sheet) -> list[dict]:
    """What would be another number now than when the period was closed, each indicator once: told
    beside the document and never in it."""
    own = [figure for figure in sheet.own.values() if figure.has_drifted]
    told = {f.key: {"title": f.indicator.title, "text": wording.drift_text(f)} for f in own}
    below = [f for f in sheet.all if f.has_drifted and f.key not in told]
    numbers = Counter(f.key for f in below)
    return [
        *told.values(),
        *(
            {"title": sheet.own[key].indicator.title, "text": _below_text(number)}
            for key, number in numbers.items()
        ),
    ]


def _below_text(number: int) -> str:
    return ngettext(
        "Nay khác ở %(count)s đơn vị cấp dưới.", "Nay khác ở %(count)s đơn vị cấp dưới.", number
    ) % {"count": number}


def issued_groups(issued: Iterable[IssuedFile], unit: UUID) -> list[dict]:
    """Files by the closing under which they were issued, as `issued_files` orders them; those of
    other units than the one the page is about name theirs."""
    return [
        {
            "title": _("Khoá kỳ lúc %(at)s") % {"at": _moment(closing.closed_at)},
            "opened": _opened(closing),
            "files": [
                {
                    "title": " – ".join(_words(one, unit)),
                    "url": reverse("reports:issued_file", args=[one.pk]),
                    "facts": " · ".join(_facts(one)),
                }
                for one in found
            ],
        }
        for closing, found in groupby(issued, key=lambda one: one.closing)
    ]


def _opened(closing: Closing) -> str:
    if closing.opened_at is None:
        return ""
    facts = {"at": _moment(closing.opened_at), "reason": closing.reason}
    return _("Đã mở lại lúc %(at)s. Lý do: %(reason)s") % facts


def _words(issued: IssuedFile, unit: UUID) -> list[str]:
    other = [] if issued.unit_id == unit else [issued.unit_name]
    state = [_("mẫu có Quốc hiệu")] if issued.header == STATE else []
    return [*other, str(_TITLES[issued.kind]), str(_FORMATS[issued.form]), *state]


def _facts(issued: IssuedFile) -> list[str]:
    """Whoever holds a file compares it by the beginning of its hash."""
    by = [str(issued.made_by)] if issued.made_by else []
    return [_day(issued.made_at), *by, f"SHA-256 {issued.sha256[:12]}…"]


def _moment(moment: datetime) -> str:
    """A round may be closed, opened and closed again within a day."""
    return f"{localtime(moment):%H:%M} {_day(moment)}"


def _day(moment: datetime) -> str:
    return dates.short(localdate(moment))


def url_of(kind: str, question: Question) -> str:
    return f"{reverse('reports:document', args=[kind])}?{question.query}"


def documents_url(period: str, unit: UUID | None) -> str:
    """The documents of a unit's period, or of that in which the reader works; the rest of the
    question is what is usual."""
    asked = {PERIOD: period} | ({UNIT: unit} if unit else {})
    return f"{reverse('reports:documents')}?{urlencode(asked)}"


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
        names = [short_unit(place.name) for place in sheet.below]
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
