"""Reads a workbook back: each cell's kind and content, as Excel would see them."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes, sheet: int = 1) -> list[list[tuple[str, str]]]:
    """Rows of (kind, content); kind is `text`, `number` or `formula`. Empty cells are left out."""
    with ZipFile(BytesIO(content)) as book:
        names = book.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            table = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(item.itertext()) for item in table]
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [[_cell(cell, shared) for cell in row] for row in root.iter(f"{MAIN}row")]


def _cell(cell: ElementTree.Element, shared: list[str]) -> tuple[str, str]:
    if cell.find(f"{MAIN}f") is not None:
        return "formula", "".join(cell.itertext())
    content = "".join(cell.itertext())
    if cell.get("t") == "s":
        return "text", shared[int(content)]
    return ("text" if cell.get("t") == "inlineStr" else "number"), content
