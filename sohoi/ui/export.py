"""Rows to an Excel workbook that can be read, printed and counted on; and to plain text."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A4, _NARROWEST, _WIDEST = 9, 8, 60
_DIGITS = 15  # all that a number in a workbook keeps


def workbook(
    title: str,
    heads: list[str],
    rows: Iterable[list[Any]],
    *,
    facts: dict[str, str] | None = None,
    totals: Iterable[int] = (),
) -> bytes:
    """One sheet: title and `facts` (unit, filters, as-at …) above, then head and rows as a table
    of their own with a filter, then apart from it the sums of the columns in `totals`.

    Text is written as text, so a cell can never become a formula; so is a number of more digits
    than a workbook keeps.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet(_("Danh sách"))
    table = _Table(book, sheet, heads)
    bold = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, title, bold)
    above = [f"{name}: {value}" for name, value in (facts or {}).items()]
    for line, text in enumerate(above, start=1):
        sheet.write_string(line, 0, text)
    table.write(len(above) + 2, rows, [*totals])
    _for_paper(sheet, title, table.top)
    book.close()
    return target.getvalue()


class _Table:
    """Writes rows from the top down, as the sheet is sent on line by line, and knows how wide
    their columns must be."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Any, heads: list[str]) -> None:
        self._sheet, self._heads = sheet, heads
        self._widths = [len(head) + 4 for head in heads]
        wrapped = {"text_wrap": True, "valign": "top"}
        self._head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F6F4F1", **wrapped})
        self._text = book.add_format(wrapped)
        self._day = book.add_format({"num_format": "d/m/yyyy", "valign": "top"})
        self._moment = book.add_format({"num_format": "hh:mm d/m/yyyy", "valign": "top"})
        self._number = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._decimal = book.add_format({"num_format": "#,##0.###", "valign": "top"})
        self._total = book.add_format({"num_format": "#,##0", "bold": True, "top": 1})
        self._long = book.add_format({"align": "right", "valign": "top"})
        self._long_total = book.add_format({"align": "right", "bold": True, "top": 1})
        self.top = 0

    def write(self, top: int, rows: Iterable[list[Any]], totals: list[int]) -> None:
        self.top, line = top, top
        for column, head in enumerate(self._heads):
            self._sheet.write_string(top, column, head, self._head)
        sums = dict.fromkeys(totals, 0)
        for line, row in enumerate(rows, start=top + 1):
            for column, value in enumerate(row):
                self._cell(line, column, value)
            for column in totals:
                sums[column] += row[column] or 0
        self._sheet.autofilter(top, 0, line, len(self._heads) - 1)
        if sums and line > top:
            self._sums(line + 2, sums)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, max(_NARROWEST, min(_WIDEST, width)))

    def _cell(self, line: int, column: int, value: Any) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, int | float | Decimal):
            whole = value % 1 == 0
            self._amount(line, column, value, self._number if whole else self._decimal, self._long)
        elif isinstance(value, datetime):
            self._sheet.write_datetime(line, column, value.replace(tzinfo=None), self._moment)
            self._fit(column, "23:59 31/12/2023")
        elif isinstance(value, date):
            self._sheet.write_datetime(line, column, value, self._day)
            self._fit(column, "31/12/2023")
        else:
            self._sheet.write_string(line, column, str(value), self._text)
            self._fit(column, str(value))

    def _sums(self, line: int, sums: dict[int, int]) -> None:
        if 0 not in sums:
            self._sheet.write_string(line, 0, _("Tổng cộng"), self._total)
        for column, total in sums.items():
            self._amount(line, column, total, self._total, self._long_total)

    def _amount(self, line: int, column: int, value: Any, look: Any, long: Any) -> None:
        if len(Decimal(value).as_tuple().digits) > _DIGITS and not isinstance(value, float):
            self._sheet.write_string(line, column, f"{Decimal(value):f}", long)
        else:
            self._sheet.write_number(line, column, value, look)
        self._fit(column, f"{value:,}")

    def _fit(self, column: int, text: str) -> None:
        if len(text) + 2 > self._widths[column]:
            self._widths[column] = len(text) + 2


def _for_paper(sheet: Any, title: str, head: int) -> None:
    """A4 across, as wide as the page, the head on every page, and which page it is."""
    sheet.freeze_panes(head + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    of = _("Trang %(number)s/%(count)s") % {"number": "&P", "count": "&N"}
    # An ampersand is a sign of its own in a footer, which holds 255 characters.
    sheet.set_footer(f"&L{title.replace('&', '&&')[:180]}&R{of}")


def comma_separated(rows: Iterable[list[Any]]) -> bytes:
    """Text that Excel reads as UTF-8; what begins like a formula is kept from being one."""
    target = StringIO()
    csv.writer(target).writerows(
        [f"'{v}" if isinstance(v, str) and v[:1] in [*"=+-@\t\r"] else v for v in row]
        for row in rows
    )
    return target.getvalue().encode("utf-8-sig")


def attachment(content: bytes, filename: str, content_type: str = XLSX) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
