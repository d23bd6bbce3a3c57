"""Text that looks like markup, code or damage is printed as it was typed and breaks nothing."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from sohoi.reports.rendering.model import (
    Annex,
    Bullet,
    Column,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
)
from sohoi.reports.rendering.pdf import render_pdf
from sohoi.reports.rendering.tests.samples import UNION, sample_annex, sample_review
from sohoi.reports.rendering.word import render_word

HOSTILE = [
    "<w:p>",
    "</w:t></w:r></w:p>",
    "{{7*7}}",
    "{_{7*7}_}",
    "{%p if x %}",
    "{# a #}",
    '#import "x.typ"',
    "$x^2$ *a* _b_ @c `d` \\u{41}",
    "&amp; &#95;",
    "A & B < C > D \"E\" 'F'",
    "Ước mơ – “Uỷ ban”",
]


def everywhere(text):
    """A review that says `text` in every place which takes text from outside."""
    table = Table((Column(text, width=90), Column("B")), ((text, "1"),), (text, "2"), text)
    return sample_review(
        UNION,
        abstract=text,
        addressee=text,
        legal_bases=(text, "Căn cứ Điều lệ"),
        blocks=(
            Heading(1, "Phần một", "I."),
            Heading(2, text),
            Paragraph((Run(text, bold=True), Run("!"))),
            Bullet((Run(text),)),
            table,
        ),
        signature=Signature(("TM. Ban Thường vụ",), text),
        recipients=(text, "Lưu: VT"),
        annexes=(Annex("Bảng", (table,), note=text),),
        notes=(Note(text, text),),
        demo_notice=text,
    )


def word_text(content):
    word = docx.Document(io.BytesIO(content))
    paragraphs = word.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def pdf_text(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_word_prints_it_literally_in_every_place(text):
    content = render_word(everywhere(text))
    word = docx.Document(io.BytesIO(content))
    assert word_text(content).count(text) == 19
    assert word.sections[0].footer.paragraphs[0].text == text
    assert word.core_properties.title == f"BÁO CÁO {text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_pdf_prints_it_literally_in_every_place(text):
    printed = pdf_text(render_pdf(everywhere(text)))
    assert printed.count("".join(text.split())) >= 19


def test_control_characters_vanish_and_the_rest_stays():
    review = everywhere("Hội\u0000 Phụ\u0007 nữ\ud800")
    assert word_text(render_word(review)).count("Hội Phụ nữ") == 19
    assert pdf_text(render_pdf(review)).count("HộiPhụnữ") >= 19


def test_very_long_words_stay_on_the_paper():
    review = everywhere("Đ" * 300)
    pages = PdfReader(io.BytesIO(render_pdf(review))).pages
    lines = [re.findall("Đ+", page.extract_text().replace("\u200b", "")) for page in pages]
    lengths = [len(line) for page in lines for line in page]
    assert sum(lengths) >= 300 * 19
    # The widest line, a footer of 252 mm in size 9, holds fewer than 130 of them.
    assert max(lengths) < 130
    assert word_text(render_word(review)).count("Đ" * 300) == 19


def test_two_hundred_rows_keep_their_heading_on_every_page():
    review = sample_review(annexes=(sample_annex(200),), notes=())
    word = docx.Document(io.BytesIO(render_word(review)))
    assert len(word.tables[-1].rows) == 202
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(review))).pages]
    annex = [page for page in pages if "Đơn vị" in page]
    assert len(annex) > 5
    assert annex == pages[2:]
