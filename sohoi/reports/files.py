"""The files of a document: which formats each kind has, and how they are written."""

from collections.abc import Mapping
from pathlib import Path

from sohoi.figures.asking.rules import Question
from sohoi.kit.refusals import Refused
from sohoi.reports import documents
from sohoi.reports.rendering.model import Article, Document
from sohoi.reports.rendering.pdf import Unprintable, render_pdf
from sohoi.reports.rendering.plain import render_plain
from sohoi.reports.rendering.word import TemplateProblem, render_word

REVIEW, ARTICLE, ANNEX = "review", "article", "annex"
KINDS = (REVIEW, ANNEX, ARTICLE)
FORMATS = {REVIEW: ("docx", "pdf"), ANNEX: ("docx", "pdf"), ARTICLE: ("docx", "txt")}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
UNION, STATE = HEADERS = ("union", "state")


def headers(kind: str) -> tuple[str, ...]:
    """The headers a file of the kind may have; a news item has none."""
    return ("",) if kind == ARTICLE else HEADERS


def make(sheet: documents.Sheet, kind: str, *, variant: str = "union") -> Document | Article:
    """The document itself, before any format is chosen."""
    if kind == ARTICLE:
        return documents.article(sheet)
    compose = documents.review if kind == REVIEW else documents.annex
    return compose(sheet, variant=variant)


def render(sheet: documents.Sheet, kind: str, form: str, *, variant: str = "union") -> bytes:
    """One file of a document. Raises KeyError for a format the kind does not have, Refused where
    text or template cannot be set."""
    if form not in FORMATS[kind]:
        raise KeyError(form)
    made = make(sheet, kind, variant=variant)
    renderers = {"docx": render_word, "pdf": render_pdf, "txt": lambda m: render_plain(m).encode()}
    try:
        return renderers[form](made)
    except (TemplateProblem, Unprintable) as problem:
        raise Refused(str(problem)) from problem


def filename(question: Question, kind: str, form: str) -> str:
    return f"{kind}-{question.stem}.{form}"


def write(contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write these files, by their names: all of them whole, or none."""
    unfinished = {folder / name: folder / f"{name}.part" for name in contents}
    try:
        for path, part in unfinished.items():
            part.write_bytes(contents[path.name])
        return [part.replace(path) for path, part in unfinished.items()]
    finally:
        for part in unfinished.values():
            part.unlink(missing_ok=True)
