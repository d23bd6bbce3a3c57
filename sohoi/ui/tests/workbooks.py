"""Reads a workbook back: each cell's kind and content, as Excel would see them."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    """Head and rows of the table, without what stands above and below it: see `sheet`."""
    first, last = _lines(content)
    return [row for line, row in sheet(content).items() if int(first) <= line <= int(last)]


def above(content: bytes) -> list[str]:
    """The title, and what was asked."""
    head, _last = _lines(content)
    rows = [row for line, row in sheet(content).items() if line < head]
    return [text for row in rows for _kind, text in row]


def _lines(content: bytes) -> tuple[int, int]:
    """First and last line of the table: where its filter reaches."""
    with ZipFile(BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    reach = root.find(f"{MAIN}autoFilter").get("ref")
    first, last = re.findall(r"[0-9]+", reach)
    return int(first), int(last)


def sheet(content: bytes) -> dict[int, list[tuple[str, str]]]:
    """Line → its cells as (kind, content); kind is `text`, `number` or `formula`. Empty cells are
    left out."""
    with ZipFile(BytesIO(content)) as book:
        names = book.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            table = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(item.itertext()) for item in table]
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return {
        int(row.get("r")): [_cell(cell, shared) for cell in row] for row in root.iter(f"{MAIN}row")
    }


def _cell(cell: ElementTree.Element, shared: list[str]) -> tuple[str, str]:
    if cell.find(f"{MAIN}f") is not None:
        return "formula", "".join(cell.itertext())
    content = "".join(cell.itertext())
    if cell.get("t") == "s":
        return "text", shared[int(content)]
    return ("text" if cell.get("t") == "inlineStr" else "number"), content
