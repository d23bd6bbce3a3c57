"""Sets a document as a tagged PDF/A with Typst; needs no office suite and no network."""

import json
from functools import cache
from pathlib import Path

import fontpkg_noto_serif
import typst
from django.utils.translation import gettext as _

from sohoi.reports.rendering.model import Document
from sohoi.reports.rendering.placing import placed

TEMPLATE = Path(__file__).parent / "templates" / "review.typ"
# Decree 30 wants Times New Roman; Tinos has its measures. Liberation Serif is left out on purpose:
# the version many servers have lacks Vietnamese letters. Noto Serif is always there.
FAMILIES = ("Times New Roman", "Tinos", "Noto Serif")
# Readable for as long as an archive keeps it, and by a screen reader.
STANDARDS = ["a-2a", "ua-1"]


class Unprintable(ValueError):
    """The text has a sign that no font holds; the message says what to do."""


def render_pdf(document: Document) -> bytes:
    """The same document gives the same bytes on a machine with the same fonts."""
    values = json.dumps(placed(document), ensure_ascii=False)
    try:
        return typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"document": values, "font": _family()},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as problem:
        raise Unprintable(
            _(
                "Không lập được tệp PDF: lời văn có ký hiệu mà phông chữ không có, thường là dấu "
                "đầu dòng chép từ Word. Soạn lại lời văn, bỏ ký hiệu ấy."
            )
        ) from problem


@cache
def _fonts() -> typst.Fonts:
    packaged = Path(fontpkg_noto_serif.__file__).parent / "files"
    return typst.Fonts(include_embedded_fonts=False, font_paths=[packaged])


def _family() -> str:
    present = set(_fonts().families())
    return next(family for family in FAMILIES if family in present)
