"""What an exported workbook holds, cell by cell."""

from datetime import date

import pytest

from sohoi.kit.export import attachment, comma_separated, workbook
from sohoi.kit.tests.workbooks import cells


def row_of(value) -> list[tuple[str, str]]:
    _heads, row = cells(workbook("Danh sách", ["Cột"], [[value, "hết"]]))
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


def test_facts_stand_on_a_sheet_of_their_own():
    content = workbook("Mái ấm", ["Mã"], [["MA-1"]], facts={"Đơn vị": "Xã Tân Đức"})
    assert len(cells(content)) == 2
    notes = [[text for _kind, text in row] for row in cells(content, sheet=2)]
    assert notes == [["", "Mái ấm"], ["Đơn vị", "Xã Tân Đức"]]


def test_an_attachment_has_a_name():
    response = attachment(b"x", "mai-am.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="mai-am.xlsx"'
