"""The six doors by which figures leave, read back as a person or a program reads them.

Each answers {(code, key): cell}, or with the period as a third; a value is a fraction of its
measure's own unit, `LOST` where it cannot be compared, None where nothing is known.
"""

import csv
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.test import Client
from docx import Document
from lxml import html

from sohoi.ui.tests import workbooks

LOST = "không so sánh được"
DASH = "–"
BASES = {"đếm từ sổ": "counted", "đơn vị khai": "declared", "đếm và khai": "mixed"}
_DRIFT = re.compile(r"Lúc khoá (\S+), nay theo hồ sơ là (\S+)\.")
Cells = dict[tuple, Any]


@dataclass(frozen=True)
class Address:
    """A question as the product is asked it: `query` of a page, `options` of a command."""

    code: str
    period: str
    day: str
    tree: str

    @property
    def query(self) -> str:
        named = {"don_vi": self.code, "ky": self.period, "ngay": self.day, "cay": self.tree}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def options(self) -> dict[str, str | None]:
        return {
            "unit": self.code,
            "period": self.period,
            "on": self.day or None,
            "tree": self.tree or None,
        }


def amount(text: str) -> Fraction | str | None:
    """2.370 and 41,5 as written for Vietnamese readers."""
    text = text.strip()
    if text in (LOST, DASH):
        return LOST if text == LOST else None
    return Fraction(text.replace(".", "").replace(",", "."))


def exact(number: Any) -> Fraction | None:
    return None if number in (None, "") else Fraction(str(number))


def written(cell: tuple[str, str]) -> str:
    """The content of a cell as Excel shows it, which keeps fifteen digits of a number."""
    kind, text = cell
    return f"{Decimal(text):.15g}" if kind == "number" else text


def _all(node: Any, tag: str, name: str = "") -> list:
    """The elements below of this tag and class."""
    has = f"[contains(concat(' ', @class, ' '), ' {name} ')]" if name else ""
    return node.xpath(f".//{tag}{has}")


def get(client: Client, url: str) -> bytes:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, (url, answer.status_code, answer.content[:2000])
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def command(asked: Address, keys: list[str]) -> Cells:
    """`sohoi figures --by children --json`, whole."""
    out = StringIO()
    call_command("figures", **asked.options, by="children", indicator=keys, json=True, stdout=out)
    rows = json.loads(out.getvalue(), parse_float=Decimal)
    return {(row["unit"], row["indicator"]): row for row in rows}


def board(client: Client, asked: Address) -> Cells:
    """Each tile: its value, coverage and what it warns of."""
    page = html.fromstring(get(client, f"/so-lieu/?{asked.query}").decode())
    cells = {}
    for tile in _all(page, "a", "tile"):
        key = tile.get("href").split("/")[2]
        number = _all(tile, "b")[0].text_content()
        (told,) = _all(tile, "span", "tile-facts")
        facts = told.xpath("./span")
        warning = " ".join(one.text_content() for one in _all(tile, "span", "tile-warning"))
        drift = _DRIFT.search(warning)
        cells[asked.code, key] = {
            "value": amount(number),
            "coverage": _counts(facts[0].text_content()),
            "basis": BASES[facts[1].text_content().split(" · ")[0]],
            "drift": tuple(amount(one) for one in drift.groups()) if drift else None,
        }
    return cells


def _counts(text: str) -> tuple[int, int, int]:
    """Reported, expected, not asked, of the sentence."""
    numbers = [int(n) for n in re.findall(r"[0-9]+", text.replace(".", ""))]
    return tuple([*numbers, 0, 0, 0][:3])


def _exploring(asked: Address, keys: list[str], **more: str) -> str:
    chosen = {"xem": "both", "so": "year", "bang": "chi_tieu-ky"} | more
    chosen = [*chosen.items(), *(("chi_tieu", key) for key in keys)]
    return f"/so-lieu/kham-pha/?{asked.query}&{urlencode(chosen)}"


def explorer(client: Client, asked: Address, keys: list[str]) -> Cells:
    """{(name of the unit, title, period or change)}: the tables of the page."""
    page = html.fromstring(get(client, _exploring(asked, keys)).decode())
    cells = {}
    for table in _all(page, "table", "pivot"):
        (name,) = table.getparent().getparent().xpath("./h2")
        for row in table.xpath("./tbody/tr"):
            title, *shown = [cell.text_content().strip() for cell in row.xpath("./td")]
            for column, text in enumerate(shown):
                cells[name.text_content(), title, column] = text
    return cells


def explorer_workbook(client: Client, asked: Address, keys: list[str]) -> Cells:
    """The same tables as a workbook."""
    content = get(client, _exploring(asked, keys, export="xlsx"))
    _head, *rows = workbooks.cells(content)
    return {
        (row[0][1], row[1][1], column): written(cell)
        for row in rows
        for column, cell in enumerate(row[2:])
    }


def comma_separated(client: Client, asked: Address, keys: list[str]) -> Cells:
    """{(code, key, period)}: one row for each figure, with all it says of itself."""
    content = get(client, _exploring(asked, keys, so="years", export="csv")).decode("utf-8-sig")
    heads, *rows = csv.reader(StringIO(content))
    cells = {}
    for row in rows:
        told = dict(zip(heads, row, strict=True))
        counts = (told[head] for head in ("Đã báo cáo", "Phải báo cáo", "Chưa được hỏi"))
        cells[told["Mã đơn vị"], told["Mã chỉ tiêu"], told["Kỳ"]] = {
            "value": LOST if told["Ghi chú"] else exact(told["Giá trị"]),
            "day": told["Chốt đến ngày"],
            "tree": told["Theo đơn vị ngày"],
            "basis": BASES[told["Nguồn"]],
            "coverage": tuple(map(int, counts)),
        }
    return cells


def workbook(client: Client, asked: Address, key: str) -> Cells:
    """{code}: the value and coverage of each unit below, of the workbook of one figure."""
    content = get(client, f"/so-lieu/{key}/?{asked.query}&export=xlsx")
    _head, *rows = workbooks.cells(content)
    cells = {}
    for (_kind, code), _name, *numbers in rows:
        *value, reported, expected, not_asked = map(written, numbers)
        cells[code] = exact(*value or [None]), (int(reported), int(expected), int(not_asked))
    return cells


def annex(client: Client, asked: Address) -> Cells:
    """{(head, title)}: the table of the annex in its Word file."""
    content = get(client, f"/bao-cao/van-ban/annex/tep/docx/?{asked.query}")
    return _annex(BytesIO(content))


def written_annex(asked: Address) -> Cells:
    """The same as `sohoi report` writes it."""
    with TemporaryDirectory() as folder:
        options = asked.options | {"kind": "annex", "out": folder, "stdout": StringIO()}
        call_command("report", **options)
        (path,) = Path(folder).glob("*.docx")
        return _annex(path)


def _annex(file: Any) -> Cells:
    tables = [t for t in Document(file).tables if t.cell(0, 0).text.strip() == "Chỉ tiêu"]
    cells = {}
    for table in tables:
        (_title, *heads), *rows = [[_plain(cell.text) for cell in row.cells] for row in table.rows]
        for title, *shown in rows:
            for head, text in zip(heads, shown, strict=True):
                cells[head, title.split(" (")[0]] = text
    return cells


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").strip()
