"""The named Word styles of the templates: an office changes the look of a document there."""

from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
INDENT = Cm(1.27)
BOXED = ("SH Ghi chú đầu", "SH Ghi chú")


class Look(NamedTuple):
    """Sizes and gaps in points; the defaults are those of a centred line in a box."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: ALIGN = ALIGN.CENTER
    indented: bool = False
    before: float = 0
    after: float = 0
    keep_next: bool = False
    exactly: float | None = None


def _body(**changes) -> Look:
    return Look(align=ALIGN.JUSTIFY, indented=True, after=6)._replace(**changes)


def _heading(**changes) -> Look:
    return _body(align=ALIGN.LEFT, before=3, keep_next=True)._replace(**changes)


# Sizes after Decree 30/2020/NĐ-CP, Annex I.
LOOKS = {
    "SH Cơ quan chủ quản": Look(12),
    "SH Cơ quan ban hành": Look(12, bold=True),
    "SH Quốc hiệu": Look(12, bold=True),
    "SH Tiêu ngữ": Look(13, bold=True),
    "SH Kẻ ngang": Look(8, exactly=4, after=6),
    "SH Kẻ dưới trích yếu": Look(8, exactly=4, after=12),
    "SH Số ký hiệu": Look(13),
    "SH Dự thảo": Look(11, bold=True),
    "SH Địa danh": Look(13, italic=True),
    "SH Tên loại": Look(bold=True, before=14),
    "SH Trích yếu": Look(bold=True),
    "SH Kính gửi": Look(after=12),
    "SH Căn cứ": _body(italic=True),
    "SH Thân": _body(),
    "SH Gạch đầu dòng": _body(),
    "SH Mục 1": _heading(bold=True),
    "SH Mục 2": _heading(bold=True),
    "SH Mục 3": _heading(bold=True, italic=True),
    "SH Mục 4": _heading(),
    "SH Tên bảng": Look(11, bold=True, before=6, after=4, keep_next=True),
    "SH Đầu bảng": Look(11, bold=True, before=2, after=2),
    "SH Ô bảng": Look(11, align=ALIGN.LEFT, before=2, after=2),
    "SH Ô cộng": Look(11, bold=True, align=ALIGN.LEFT, before=2, after=2),
    "SH Đầu bảng phụ lục": Look(10, bold=True, before=2, after=2),
    "SH Ô phụ lục": Look(10, align=ALIGN.LEFT, before=1, after=1),
    "SH Ô cộng phụ lục": Look(10, bold=True, align=ALIGN.LEFT, before=1, after=1),
    "SH Sau bảng": Look(6, exactly=6, after=3),
    "SH Nơi nhận": Look(12, bold=True, italic=True, align=ALIGN.LEFT, before=6),
    "SH Nơi nhận mục": Look(11, align=ALIGN.LEFT),
    "SH Quyền hạn ký": Look(bold=True, keep_next=True),
    "SH Họ tên ký": Look(bold=True, before=74),
    "SH Phụ lục": Look(bold=True),
    "SH Tên phụ lục": Look(bold=True, after=3),
    "SH Kèm theo": Look(13, italic=True, after=3),
    "SH Ghi chú phụ lục": Look(12, italic=True, after=3),
    "SH Ngắt phần": Look(1, exactly=1),
    "SH Ghi chú đầu": Look(13, bold=True, align=ALIGN.LEFT, before=4, after=6),
    "SH Ghi chú": Look(12, align=ALIGN.LEFT, after=6),
    "SH Lệnh": Look(8, align=ALIGN.LEFT),
    "SH Số trang": Look(13),
    "SH Chân trang": Look(9),
    "SH Tên bài": Look(18, bold=True, align=ALIGN.LEFT, after=10),
    "SH Sa-pô": Look(bold=True, align=ALIGN.JUSTIFY, after=10),
}
OUTLINE = {f"SH Mục {level}": level - 1 for level in range(1, 5)} | {"SH Phụ lục": 0}


def add_styles(word: WordDocument) -> None:
    _set_font(word.styles["Normal"], 14)
    _set_language(word)
    for name, look in LOOKS.items():
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = word.styles["Normal"], True
        _set_font(style, look.size)
        style.font.bold, style.font.italic = look.bold, look.italic
        _set_paragraph(style.paragraph_format, look)
        if name in OUTLINE:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(OUTLINE[name]))
            style.element.get_or_add_pPr().append(level)
    word.styles["SH Lệnh"].font.color.rgb = RGBColor(0x80, 0x80, 0x80)
    for name in BOXED:
        _box(word.styles[name])
    table = word.styles.add_style("SH Bảng", WD_STYLE_TYPE.TABLE)
    table.base_style = word.styles["Table Grid"]


def _set_font(style, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _set_paragraph(form, look: Look) -> None:
    form.alignment = look.align
    form.first_line_indent = INDENT if look.indented else Pt(0)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next, form.widow_control = look.keep_next, True
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.exactly:
        form.line_spacing = Pt(look.exactly)


def _set_language(word: WordDocument) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")


def _box(style) -> None:
    """Paragraphs of one box merge in Word only if their borders and shading are the same."""
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Pt(9)
    properties = style.element.get_or_add_pPr()
    borders, shade = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "8"), ("space", "8"), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F2F2")):
        shade.set(qn(f"w:{key}"), value)
    # The schema wants borders and shading just before the spacing.
    properties.find(qn("w:spacing")).addprevious(borders)
    borders.addnext(shade)
