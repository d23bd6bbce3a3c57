"""Pieces that the Word templates are put together from."""

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips
from docx.table import Table as WordTable
from docx.table import _Cell

from sohoi.reports.rendering.template_source.styles import add_styles


def new_word() -> WordDocument:
    word = docx.Document()
    add_styles(word)
    section = word.sections[0]
    set_page(section, landscape=False)
    section.different_first_page_header_footer = True
    _fill_margins(section)
    _tidy_package(word)
    return word


def _fill_margins(section: Section) -> None:
    number = section.header.paragraphs[0]
    number.style = "SH Số trang"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    section.first_page_header.paragraphs[0].style = "SH Số trang"
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = "{{ demo_notice }}"
        footer.paragraphs[0].style = "SH Chân trang"


def _tidy_package(word: WordDocument) -> None:
    # The preview picture of an empty page that the library puts into every file.
    relations = word.part.package.rels
    del relations[next(key for key, rel in relations.items() if "thumbnail" in rel.reltype)]
    # Without this Word opens the file in its compatibility mode of 2007.
    compat, setting = OxmlElement("w:compat"), OxmlElement("w:compatSetting")
    uri = "http://schemas.microsoft.com/office/word"
    for key, value in (("name", "compatibilityMode"), ("uri", uri), ("val", "15")):
        setting.set(qn(f"w:{key}"), value)
    compat.append(setting)
    word.settings.element.find(qn("w:rsids")).addprevious(compat)


def set_page(section: Section, *, landscape: bool) -> None:
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    # 851 twips are Word's own 1.5 cm; 850 would be a hair under the decree's least margin.
    section.left_margin, section.right_margin = Mm(30), Twips(851)
    section.header_distance, section.footer_distance = Mm(10), Mm(8)


def new_section(word: WordDocument) -> Section:
    """The break ends the section before it: its paragraph carries that section's paper."""
    section = word.add_section()
    word.paragraphs[-1].style = "SH Ngắt phần"
    return section


def add_commands(place: WordDocument | _Cell, *commands: str) -> None:
    for command in commands:
        place.add_paragraph(command, "SH Lệnh")


def add_rule(place: WordDocument | _Cell, text: str, style: str = "SH Kẻ ngang") -> None:
    """A line drawn as underlined spaces: easy to lengthen in Word, and it needs no drawing."""
    place.add_paragraph(style=style).add_run(text).underline = True


def add_boxes(word: WordDocument, rows: int, widths: tuple[int, int]) -> WordTable:
    """Side-by-side boxes: a table without lines or inner margins."""
    table = word.add_table(rows=rows, cols=2)
    table.autofit = False
    _set_cell_margins(table, 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _set_cell_margins(table: WordTable, twips: int) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def drop_first_lines(boxes: WordTable) -> None:
    """A new cell comes with an empty paragraph, wanted only where nothing else stands."""
    for row in boxes.rows:
        for cell in row.cells:
            if len(cell.paragraphs) > 1:
                cell._tc.remove(cell.paragraphs[0]._p)


def add_table(word: WordDocument, name: str, styles: tuple[str, str, str]) -> None:
    add_commands(word, f"{{%p if {name}.caption %}}")
    word.add_paragraph(f"{{{{ {name}.caption }}}}", "SH Tên bảng")
    add_commands(word, "{%p endif %}")
    head, body, total = styles
    table = word.add_table(rows=0, cols=3, style="SH Bảng")
    _set_cell_margins(table, 50)
    _cells(table, f"column in {name}.columns", "column.title", head)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _command_row(table, f"for row in {name}.rows")
    _cells(table, "cell in row", "cell", body)
    _command_row(table, "endfor")
    _command_row(table, f"if {name}.total")
    _cells(table, f"cell in {name}.total", "cell", total)
    _command_row(table, "endif")
    word.add_paragraph("", "SH Sau bảng")


def _cells(table: WordTable, loop: str, value: str, style: str) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    texts = (f"{{%tc for {loop} %}}", f"{{{{ {value} }}}}", "{%tc endfor %}")
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
        cell.paragraphs[0].style = style
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _command_row(table: WordTable, command: str) -> None:
    first = table.add_row().cells[0].paragraphs[0]
    first.text, first.style = f"{{%tr {command} %}}", "SH Lệnh"
