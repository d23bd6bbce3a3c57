"""Fills a Word template that an office may edit; the result is ordinary, editable text."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table as WordTable
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from sohoi.reports.rendering.model import Article, Document
from sohoi.reports.rendering.placing import NBSP, TEXT_WIDTH, placed, placed_article

TEMPLATES = Path(__file__).parent / "templates"
# Millimetres; wide enough for "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM" beside the Quốc hiệu.
LEFT_BOX = {"state": 73, "union": 85}
TABLE_STYLE = "SH Bảng"
ALIGNMENTS = {"center": ALIGN.CENTER, "right": ALIGN.RIGHT}
UNDATED = "2000-01-01"
POINTS_PER_MM = 72 / 25.4


class TemplateProblem(ValueError):
    """The Word template cannot be filled; the message says where and what to do."""


def render_word(document: Document | Article, template: Path | None = None) -> bytes:
    """The same document in the same template gives the same bytes."""
    if isinstance(document, Article):
        values, name, tables = placed_article(document), "article", []
    else:
        values = _with_rules(placed(document))
        name = f"review-{document.header.variant}"
        tables = list(_tables(values))
    word = _fill(template or TEMPLATES / f"{name}.docx", _literal(values))
    _close_last_section(word)
    _size_tables(word, tables)
    author, day = values.get("author", ""), values.get("date", UNDATED)
    return fixed_bytes(word, title=values["title"], author=author, day=day)


def fixed_bytes(word: WordDocument, *, title: str, author: str, day: str = UNDATED) -> bytes:
    """The file without the clock of the machine that wrote it."""
    core = word.core_properties
    # Word allows 255 characters in each of these.
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.comments, core.language, core.revision = "", "vi-VN", 1
    core.created = core.modified = datetime.fromisoformat(day)
    written, fixed = io.BytesIO(), io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def _fill(template: Path, values: dict) -> WordDocument:
    # An office writes these templates: the sandbox keeps their commands to the values given.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    filled = DocxTemplate(template)
    try:
        filled.render(values, environment)
    except (TemplateError, PackageNotFoundError, zipfile.BadZipFile) as problem:
        raise TemplateProblem(
            _(
                "Không điền được mẫu Word “%(name)s”: %(problem)s. "
                "Hãy sửa mẫu trong Word hoặc dùng lại mẫu gốc."
            )
            % {"name": template.name, "problem": problem}
        ) from problem
    return filled.docx


def _literal(value):
    """Escapes text, also the marks such as "{_{" which the template engine would turn to "{{"."""
    match value:
        case {"runs": runs, **rest}:
            rich = RichText()
            for run in runs:
                rich.add(run["text"], bold=run["bold"], italic=run["italic"])
            rich.xml = _unmarked(rich.xml)
            return _literal(rest) | {"runs": rich}
        case dict():
            return {key: _literal(item) for key, item in value.items()}
        case list():
            return [_literal(item) for item in value]
        case str():
            return _unmarked(escape(value))
    return value


def _unmarked(xml: str) -> str:
    return xml.replace("{_", Markup("{&#95;")).replace("_}", Markup("&#95;}"))


def _with_rules(values: dict) -> dict:
    """Rules are underlined spaces, a third to a half as long as the words above them."""
    header = values["header"]
    return values | {
        "issuer_rule": _rule(header["issuer"], 12, LEFT_BOX[header["variant"]]),
        "abstract_rule": _rule(values["abstract"], 14, TEXT_WIDTH[False]),
    }


def _rule(words: str, size: int, available: float) -> str:
    """Estimated with the mean widths of bold Times New Roman; a space of size 8 is 2 points."""
    ems = sum(0.25 if c == NBSP or c == " " else 0.71 if c.isupper() else 0.51 for c in words)
    return NBSP * round(0.35 * min(ems * size, available * POINTS_PER_MM) / 2)


def _tables(values: dict) -> Iterable[dict]:
    yield from (block for block in values["blocks"] if block["kind"] == "table")
    for annex in values["annexes"]:
        yield from annex["tables"]


def _close_last_section(word: WordDocument) -> None:
    """Where nothing follows the last section break, it would print an empty page."""
    *_content, last, final = word.element.body
    properties = last.find(qn("w:pPr"))
    ending = None if properties is None else properties.find(qn("w:sectPr"))
    if ending is not None:
        word.element.body.replace(final, ending)


def _size_tables(word: WordDocument, tables: list[dict]) -> None:
    """A template cannot know the widths and alignments of columns that come with the data."""
    found = [
        (part, section.page_width - section.left_margin - section.right_margin)
        for section in word.sections
        for part in section.iter_inner_content()
        if isinstance(part, WordTable) and part.style.name == TABLE_STYLE
    ]
    for (word_table, width), table in zip(found, tables, strict=False):
        if len(word_table.columns) == len(table["shares"]):
            _size(word_table, table, width)


def _size(word_table: WordTable, table: dict, width: int) -> None:
    word_table.autofit = False
    widths = [Emu(int(width * share)) for share in table["shares"]]
    aligns = [ALIGNMENTS.get(column["align"]) for column in table["columns"]]
    for column, size in zip(word_table.columns, widths, strict=True):
        column.width = size
    for position, row in enumerate(word_table._tbl.tr_lst):
        for cell, size, align in zip(row.tc_lst, widths, aligns, strict=True):
            cell.width = size
            if position and align is not None:
                for paragraph in cell.p_lst:
                    paragraph.get_or_add_pPr().jc_val = align
