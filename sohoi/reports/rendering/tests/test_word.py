"""The Word file, read back: paper, letter, boxes, tables and text as an officer finds them."""

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from sohoi.reports.rendering.model import Paragraph, Run
from sohoi.reports.rendering.tests.samples import (
    DISTRICTS,
    STATE,
    UNION,
    sample_annex,
    sample_article,
    sample_review,
)
from sohoi.reports.rendering.word import TEMPLATES, TemplateProblem, render_word

BOTH = pytest.mark.parametrize("header", [STATE, UNION], ids=["state", "union"])


def read(document, template=None):
    return docx.Document(io.BytesIO(render_word(document, template)))


def all_text(word):
    paragraphs = word.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


@BOTH
def test_same_document_gives_the_same_bytes_without_a_clock(header):
    first, second = render_word(sample_review(header)), render_word(sample_review(header))
    assert first == second
    times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


@BOTH
def test_paper_is_a4_with_the_margins_of_the_decree(header):
    main, annex, notes = read(sample_review(header)).sections
    for section in (main, annex, notes):
        assert 20 <= section.top_margin.mm < 20.1
        assert 20 <= section.bottom_margin.mm < 20.1
        assert 30 <= section.left_margin.mm < 30.1
        assert 15 <= section.right_margin.mm < 15.1
    assert (round(main.page_width.mm), round(main.page_height.mm)) == (210, 297)
    assert (round(annex.page_width.mm), round(annex.page_height.mm)) == (297, 210)
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert notes.orientation == WD_ORIENT.PORTRAIT


def test_page_number_stands_on_top_but_not_on_the_first_page():
    main, annex, notes = read(sample_review()).sections
    number = main.header.paragraphs[0]
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert (number.style.paragraph_format.alignment, number.style.font.size) == (
        ALIGN.CENTER,
        Pt(13),
    )
    for section in (main, annex):
        assert section.different_first_page_header_footer
        assert section.first_page_header._element.find(f".//{qn('w:fldSimple')}") is None
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert notes.header._element.find(f".//{qn('w:fldSimple')}") is None


def test_state_header_has_the_national_title_and_the_union_header_has_not():
    state, union = all_text(read(sample_review(STATE))), all_text(read(sample_review(UNION)))
    assert "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in state
    assert "CỘNG HOÀ" not in union
    assert "HỘI LIÊN HIỆP PHỤ NỮ TỈNH\u00a0CÀ\u00a0MAU\nBAN THƯỜNG VỤ\n" in union


@BOTH
def test_body_is_times_14_justified_with_indent_and_gap(header):
    word = read(sample_review(header))
    body = next(p for p in word.paragraphs if p.text.startswith("Từ đầu năm"))
    style = body.style
    assert style.name == "SH Thân"
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    form = style.paragraph_format
    assert form.alignment == ALIGN.JUSTIFY
    assert abs(form.first_line_indent - Cm(1.27)) < Mm(0.1)
    assert form.space_after >= Pt(6)
    assert {run.font.name for run in body.runs} == {None}
    assert [run.text for run in body.runs if run.bold] == ["120", "11"]


def test_every_part_is_in_its_named_style():
    word = read(sample_review())
    styles = {p.text: p.style.name for p in word.paragraphs if p.text.strip("\u00a0")}
    assert styles["BÁO CÁO"] == "SH Tên loại"
    assert styles["I. KẾT QUẢ PHONG TRÀO THI ĐUA"] == "SH Mục 1"
    assert styles["1. Xây dựng người phụ nữ Việt Nam thời đại mới"] == "SH Mục 2"
    assert styles["1.1. Chăm lo nhà ở và đi lại"] == "SH Mục 3"
    assert styles["a) Nguồn lực vận động"] == "SH Mục 4"
    assert styles["Căn cứ Điều lệ Hội Liên hiệp Phụ nữ Việt Nam;"] == "SH Căn cứ"
    assert styles["Kính gửi: Đoàn Chủ tịch Hội Liên hiệp Phụ nữ Việt Nam"] == "SH Kính gửi"
    assert styles["Phụ lục"] == "SH Phụ lục"
    assert styles["Ghi chú cho cán bộ kiểm tra (xoá trước khi ký)"] == "SH Ghi chú đầu"


def test_signature_and_recipients_stand_side_by_side():
    recipients, signer = read(sample_review()).tables[2].rows[0].cells
    assert recipients.text.split("\n") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Thường trực Tỉnh uỷ;",
        "- Hội LHPN các huyện, thành phố;",
        "- Lưu: VT.",
    ]
    assert signer.text.split("\n") == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", ""]


def test_annex_table_holds_every_cell_with_repeated_heading_row():
    annex = sample_annex()
    table = read(sample_review(annexes=(annex,))).tables[-1]
    expected = [[c.title for c in annex.tables[0].columns], *annex.tables[0].rows]
    expected.append(annex.tables[0].total)
    assert [[c.text for c in row.cells] for row in table.rows] == [list(e) for e in expected]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    first = table.rows[1].cells
    aligns = [cell.paragraphs[0].alignment for cell in first[:3]]
    assert aligns == [ALIGN.CENTER, None, ALIGN.RIGHT]
    assert abs(sum(cell.width for cell in first) - Mm(252)) < Mm(1)
    assert first[1].text == DISTRICTS[0]


def test_nothing_is_left_over_when_optional_parts_are_absent():
    bare = sample_review(annexes=(), notes=(), legal_bases=(), addressee=None, draft=False)
    word = read(bare)
    text = all_text(word)
    assert len(word.sections) == 1
    for absent in ("{", "Kính gửi", "Phụ lục", "Ghi chú cho cán bộ", "DỰ THẢO", "Căn cứ"):
        assert absent not in text


def test_review_without_notes_ends_with_the_landscape_annex():
    sections = read(sample_review(notes=())).sections
    assert [s.orientation for s in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_demo_notice_stands_in_every_footer():
    word = read(sample_review())
    for footer in (word.sections[0].footer, word.sections[0].first_page_footer):
        assert footer.paragraphs[0].text == "Dữ liệu trình diễn: con người là hư cấu."


def test_article_is_a_plain_news_item():
    word = read(sample_article())
    article = sample_article()
    assert [p.text for p in word.paragraphs] == [
        article.title,
        article.sapo,
        "Các cơ sở Hội đã vận động xây dựng 51 căn nhà.",
        "Mô hình tiết kiệm huy động được 38,2 tỷ đồng./.",
    ]


def test_an_office_may_change_wording_and_letter_of_its_template(tmp_path):
    office = docx.Document(TEMPLATES / "review-union.docx")
    office.styles["SH Thân"].font.size = Pt(13)
    line = next(p for p in office.paragraphs if p.text.startswith("Kính gửi"))
    line.runs[0].text = line.runs[0].text.replace("Kính gửi", "Kính trình")
    own = tmp_path / "mau-rieng.docx"
    office.save(own)
    word = read(sample_review(UNION), own)
    assert "Kính trình: Đoàn Chủ tịch" in all_text(word)
    assert word.styles["SH Thân"].font.size == Pt(13)


@pytest.mark.parametrize(
    "mistake",
    [
        "{{ kindd }}",
        "{{ kind",
        "{% for x in %}",
        "{{ kind.__class__.__mro__[1].__subclasses__() }}",
    ],
)
def test_a_broken_or_prying_template_is_refused_with_a_way_out(tmp_path, mistake):
    office = docx.Document(TEMPLATES / "review-union.docx")
    office.add_paragraph(mistake)
    own = tmp_path / "mau-hong.docx"
    office.save(own)
    with pytest.raises(TemplateProblem, match=r"mau-hong\.docx.*mẫu gốc"):
        render_word(sample_review(UNION), own)


def test_a_file_that_is_not_word_is_refused(tmp_path):
    own = tmp_path / "mau.docx"
    own.write_bytes(b"khong phai Word")
    with pytest.raises(TemplateProblem, match=r"mau\.docx"):
        render_word(sample_review(UNION), own)


def test_figures_are_ordinary_text_to_edit():
    block = Paragraph((Run("đã xây "), Run("51", figure="homes.built"), Run(" căn nhà")))
    word = read(sample_review(blocks=(block,)))
    paragraph = next(p for p in word.paragraphs if "căn nhà" in p.text)
    assert paragraph.text == "đã xây 51 căn nhà"
    assert {child.tag for child in paragraph._p} == {qn("w:pPr"), qn("w:r")}
