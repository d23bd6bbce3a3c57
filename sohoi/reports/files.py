"""The files of a document: which formats each kind has, and how they are written."""

from pathlib import Path

from sohoi.reports import documents
from sohoi.reports.rendering.model import Article, Document
from sohoi.reports.rendering.pdf import render_pdf
from sohoi.reports.rendering.plain import render_plain
from sohoi.reports.rendering.word import render_word

REVIEW, ARTICLE, ANNEX = "review", "article", "annex"
KINDS = (REVIEW, ARTICLE, ANNEX)
FORMATS = {REVIEW: ("docx", "pdf"), ANNEX: ("docx", "pdf"), ARTICLE: ("docx", "txt")}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


def make(sheet: documents.Sheet, kind: str, *, variant: str = "union") -> Document | Article:
    """The document itself, before any format is chosen."""
    if kind == ARTICLE:
        return documents.article(sheet)
    compose = documents.review if kind == REVIEW else documents.annex
    return compose(sheet, variant=variant)


def render(sheet: documents.Sheet, kind: str, form: str, *, variant: str = "union") -> bytes:
    """One file of a document. Raises KeyError for a format the kind does not have."""
    if form not in FORMATS[kind]:
        raise KeyError(form)
    made = make(sheet, kind, variant=variant)
    renderers = {"docx": render_word, "pdf": render_pdf, "txt": lambda m: render_plain(m).encode()}
    return renderers[form](made)


def filename(sheet: documents.Sheet, kind: str, form: str) -> str:
    return f"{kind}-{sheet.question.stem}.{form}"


def write(sheet: documents.Sheet, kind: str, folder: Path, *, variant: str = "union") -> list[Path]:
    """Write every format of the kind: all of them whole, or none."""
    contents = {
        folder / filename(sheet, kind, form): render(sheet, kind, form, variant=variant)
        for form in FORMATS[kind]
    }
    unfinished = {path: path.with_name(f"{path.name}.part") for path in contents}
    try:
        for path, part in unfinished.items():
            part.write_bytes(contents[path])
        return [part.replace(path) for path, part in unfinished.items()]
    finally:
        for part in unfinished.values():
            part.unlink(missing_ok=True)
