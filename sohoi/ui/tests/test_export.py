"""What an exported workbook holds, cell by cell."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from sohoi.ui.export import attachment, comma_separated, workbook
from sohoi.ui.tests.workbooks import above, cells, sheet


def row_of(value) -> list[tuple[str, str]]:
    _heads, row = cells(workbook("Danh sách", ["Cột", "Sau"], [[value, "hết"]]))
    return row


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("x")', "+84", "-5", "@a", "https://x.vn"])
def test_text_stays_text(typed):
    assert row_of(typed)[0] == ("text", typed)


def test_numbers_are_numbers_and_days_are_days():
    assert row_of(41_500_000_000)[0] == ("number", "41500000000")
    # Excel counts days from 30 December 1899.
    assert row_of(date(2023, 6, 30))[0] == ("number", "45107")


def test_decimals_are_numbers():
    assert row_of(12.5)[0] == ("number", "12.5")


@pytest.mark.parametrize(
    ("value", "kind", "content"),
    [
        (10**15 - 1, "number", "999999999999999"),
        (10**15 + 1, "text", "1000000000000001"),
        (-(2**64), "text", "-18446744073709551616"),
        (Decimal("9007199254740993.125"), "text", "9007199254740993.125"),
    ],
)
def test_a_number_of_more_digits_than_a_workbook_keeps_is_text(value, kind, content):
    assert row_of(value)[0] == (kind, content)
    *_table, total = sheet(workbook("Sổ", ["Mã", "Số"], [["A", value]], totals=[1])).values()
    assert total[-1] == (kind, content)


@pytest.mark.parametrize("typed", ["=1+1", "+84", "-5", "@a"])
def test_comma_separated_text_never_becomes_a_formula(typed):
    line = comma_separated([[typed, -5, None, "Xã Tân Đức, huyện"]]).decode("utf-8-sig")
    assert line == f'\'{typed},-5,,"Xã Tân Đức, huyện"\r\n'


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_an_empty_cell(nothing):
    assert [kind_and_text for kind_and_text in row_of(nothing) if kind_and_text[1]] == [
        ("text", "hết")
    ]


def test_a_lazy_title_is_written_as_words():
    assert cells(workbook("Danh sách", ["Mã", "Tên"], [])) == [[("text", "Mã"), ("text", "Tên")]]


def test_the_question_stands_above_the_table():
    content = workbook("Mái ấm", ["Mã"], [["MA-1"]], facts={"Đơn vị": "Xã Tân Đức"})
    assert cells(content) == [[("text", "Mã")], [("text", "MA-1")]]
    assert above(content) == ["Mái ấm", "Đơn vị: Xã Tân Đức"]


def test_sums_stand_below_the_table_and_apart_from_it():
    rows = [["A", 2_000_000], ["B", None], ["C", 500_000]]
    content = workbook("Mái ấm", ["Mã", "Giá trị"], rows, totals=[1])
    assert len(cells(content)) == 4
    lines = sheet(content)
    assert [lines[6], lines.get(7), lines[8]] == [
        [("text", "C"), ("number", "500000")],
        None,
        [("text", "Tổng cộng"), ("number", "2500000")],
    ]


def test_a_workbook_is_ready_to_read_and_to_print():
    long = "Chi hội phụ nữ ấp Tân Hoà, xã Tân Đức"
    content = workbook("Mái & ấm", ["Mã", "Đơn vị"], [["MA-1", long]], facts={"Kỳ": "2023"})
    part, names = xml(content, "worksheets/sheet1.xml"), xml(content, "workbook.xml")
    assert 'ref="A4:B5"' in part
    assert 'orientation="landscape"' in part
    assert 'paperSize="9"' in part
    assert 'fitToHeight="0"' in part
    assert "&amp;LMái &amp;&amp; ấm&amp;RTrang &amp;P/&amp;N" in part
    assert 'topLeftCell="A5"' in part
    assert "$4:$4" in names
    widths = [float(width) for width in re.findall(r' width="([0-9.]+)"', part)]
    assert widths[0] < 12 < len(long) < widths[1] < 60


def test_moments_and_decimals_are_numbers():
    moment = datetime(2023, 6, 30, 12, tzinfo=UTC)
    assert row_of(moment)[0] == ("number", "45107.5")
    assert row_of(Decimal("9.17"))[0] == ("number", "9.17")


def xml(content: bytes, name: str) -> str:
    return ZipFile(BytesIO(content)).read(f"xl/{name}").decode()


def test_an_attachment_has_a_name():
    response = attachment(b"x", "mai-am.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="mai-am.xlsx"'
