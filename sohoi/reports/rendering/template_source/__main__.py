"""Writes the product's own Word templates; an office copies one and edits the copy in Word."""

from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sohoi.reports.rendering.placing import NBSP, TEXT_WIDTH
from sohoi.reports.rendering.template_source.parts import (
    add_boxes,
    add_commands,
    add_rule,
    add_table,
    drop_first_lines,
    new_section,
    new_word,
    set_page,
)
from sohoi.reports.rendering.word import LEFT_BOX, TEMPLATES, fixed_bytes

GUIDE = (
    "{#p Mẫu do phần mềm điền. Sửa tự do kiểu chữ, lời văn cố định, lề; "
    "giữ nguyên các chỗ trong ngoặc nhọn và thứ tự các dòng lệnh. #}"
)


def build_all(folder: Path = TEMPLATES) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    built = {"review-state": _review("state"), "review-union": _review("union")}
    built["article"] = _article()
    paths = []
    for name, word in built.items():
        paths.append(folder / f"{name}.docx")
        paths[-1].write_bytes(fixed_bytes(word, title=name, author="Sổ Hội"))
    return paths


def _review(variant: str) -> WordDocument:
    word = new_word()
    word.add_paragraph(GUIDE, "SH Lệnh")
    _header_boxes(word, variant)
    word.add_paragraph("{{ kind }}", "SH Tên loại")
    word.add_paragraph("{{ abstract }}", "SH Trích yếu")
    add_rule(word, "{{ abstract_rule }}", "SH Kẻ dưới trích yếu")
    add_commands(word, "{%p if addressee %}")
    word.add_paragraph("Kính gửi: {{ addressee }}", "SH Kính gửi")
    add_commands(word, "{%p endif %}", "{%p for basis in legal_bases %}")
    word.add_paragraph("{{ basis }}", "SH Căn cứ")
    add_commands(word, "{%p endfor %}")
    _blocks(word)
    _signature(word)
    _annexes(word)
    _notes(word)
    return word


def _header_boxes(word: WordDocument, variant: str) -> None:
    left = LEFT_BOX[variant]
    boxes = add_boxes(word, 2, (left, TEXT_WIDTH[False] - left))
    names, motto, number, place = (cell for row in boxes.rows for cell in row.cells)
    add_commands(names, "{%p if header.parent %}")
    names.add_paragraph("{{ header.parent }}", "SH Cơ quan chủ quản")
    add_commands(names, "{%p endif %}")
    names.add_paragraph("{{ header.issuer }}", "SH Cơ quan ban hành")
    add_rule(names, "{{ issuer_rule }}")
    if variant == "state":
        motto.add_paragraph("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SH Quốc hiệu")
        motto.add_paragraph("Độc lập - Tự do - Hạnh phúc", "SH Tiêu ngữ")
        # As long as the words above it: 56 mm in spaces of 2 points.
        add_rule(motto, NBSP * 79)
    number.add_paragraph("{{ header.number_line }}", "SH Số ký hiệu")
    add_commands(number, "{%p if draft_mark %}")
    number.add_paragraph("{{ draft_mark }}", "SH Dự thảo")
    add_commands(number, "{%p endif %}")
    place.add_paragraph("{{ header.place_and_date }}", "SH Địa danh")
    drop_first_lines(boxes)


def _blocks(word: WordDocument) -> None:
    add_commands(word, "{%p for block in blocks %}")
    keyword = "if"
    for level in range(1, 5):
        add_commands(word, f'{{%p {keyword} block.kind == "heading{level}" %}}')
        word.add_paragraph("{{ block.text }}", f"SH Mục {level}")
        keyword = "elif"
    add_commands(word, '{%p elif block.kind == "paragraph" %}')
    word.add_paragraph("{{r block.runs }}", "SH Thân")
    add_commands(word, '{%p elif block.kind == "bullet" %}')
    word.add_paragraph("- {{r block.runs }}", "SH Gạch đầu dòng")
    add_commands(word, '{%p elif block.kind == "table" %}')
    add_table(word, "block", ("SH Đầu bảng", "SH Ô bảng", "SH Ô cộng"))
    add_commands(word, "{%p endif %}", "{%p endfor %}")


def _signature(word: WordDocument) -> None:
    word.add_paragraph("", "SH Sau bảng")
    boxes = add_boxes(word, 1, (75, TEXT_WIDTH[False] - 75))
    recipients, signer = boxes.rows[0].cells
    recipients.add_paragraph("Nơi nhận:", "SH Nơi nhận")
    add_commands(recipients, "{%p for recipient in recipients %}")
    recipients.add_paragraph("- {{ recipient }}", "SH Nơi nhận mục")
    add_commands(recipients, "{%p endfor %}")
    add_commands(signer, "{%p for line in signature.capacity %}")
    signer.add_paragraph("{{ line }}", "SH Quyền hạn ký")
    add_commands(signer, "{%p endfor %}")
    signer.add_paragraph("{{ signature.name }}", "SH Họ tên ký")
    drop_first_lines(boxes)


def _annexes(word: WordDocument) -> None:
    """Each annex is its own section: it turns the paper and counts its pages by itself."""
    annex = new_section(word)
    set_page(annex, landscape=True)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    annex._sectPr.find(qn("w:pgMar")).addnext(start)
    add_commands(word, "{%p for annex in annexes %}")
    word.add_paragraph("{{ annex.label }}", "SH Phụ lục")
    word.add_paragraph("{{ annex.title }}", "SH Tên phụ lục")
    word.add_paragraph("{{ annex.attached_to }}", "SH Kèm theo")
    add_commands(word, "{%p if annex.note %}")
    word.add_paragraph("{{ annex.note }}", "SH Ghi chú phụ lục")
    add_commands(word, "{%p endif %}", "{%p for table in annex.tables %}")
    add_table(word, "table", ("SH Đầu bảng phụ lục", "SH Ô phụ lục", "SH Ô cộng phụ lục"))
    add_commands(word, "{%p endfor %}", "{%p if annex.landscape %}")
    set_page(new_section(word), landscape=False)
    add_commands(word, "{%p else %}")
    new_section(word)
    add_commands(word, "{%p endif %}", "{%p endfor %}")


def _notes(word: WordDocument) -> None:
    last = word.sections[-1]
    last._sectPr.remove(last._sectPr.find(qn("w:pgNumType")))
    last.different_first_page_header_footer = False
    last.header.is_linked_to_previous = False
    add_commands(word, "{%p if notes %}")
    word.add_paragraph("Ghi chú cho cán bộ kiểm tra (xoá trước khi ký)", "SH Ghi chú đầu")
    add_commands(word, "{%p for note in notes %}")
    note = word.add_paragraph("", "SH Ghi chú")
    note.add_run("{{ note.title }}: ").bold = True
    note.add_run("{{ note.text }}")
    add_commands(word, "{%p endfor %}", "{%p endif %}")


def _article() -> WordDocument:
    word = new_word()
    word.add_paragraph(GUIDE, "SH Lệnh")
    word.add_paragraph("{{ title }}", "SH Tên bài")
    word.add_paragraph("{{ sapo }}", "SH Sa-pô")
    add_commands(word, "{%p for paragraph in paragraphs %}")
    word.add_paragraph("{{r paragraph.runs }}", "SH Thân")
    add_commands(word, "{%p endfor %}")
    return word


if __name__ == "__main__":
    for path in build_all():
        print(path)
