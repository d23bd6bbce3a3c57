"""Rows to an Excel workbook, exactly as the list shows them."""

import csv
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    title: str, heads: list[str], rows: Iterable[list[Any]], *, facts: dict[str, str] | None = None
) -> bytes:
    """One sheet with a bold head. Text is written as text, so a cell can never become a formula.

    `facts` (unit, period, as-at …) stand on a second sheet, so the first can be used as data.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d/m/yyyy"})
    number = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Danh sách")
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, max(12, min(40, len(head) + 4)))
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, int | float):
                sheet.write_number(line, column, value, number if value % 1 == 0 else None)
            elif isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            else:
                sheet.write_string(line, column, str(value))
    notes = book.add_worksheet("Ghi chú")
    for line, (name, value) in enumerate({"": title, **(facts or {})}.items()):
        notes.write_string(line, 0, str(name))
        notes.write_string(line, 1, str(value))
    book.close()
    return target.getvalue()


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
