"""Numbers, dates, lists and column widths as Decree 30/2020/NĐ-CP prints them."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from sohoi.reports.rendering.model import Column, Heading, Table
from sohoi.reports.rendering.placing import BLANK, clean, placed
from sohoi.reports.rendering.tests.samples import STATE, UNION, sample_annex, sample_review


@pytest.mark.parametrize(
    ("number", "draft", "line"),
    [
        ("5", False, "Số: 05/BC-BTV"),
        ("12", False, "Số: 12/BC-BTV"),
        ("5", True, f"Số: {BLANK}/BC-BTV"),
        ("", False, f"Số: {BLANK}/BC-BTV"),
    ],
)
def test_number_is_padded_and_stays_blank_until_given(number, draft, line):
    review = sample_review(replace(STATE, number=number), draft=draft)
    assert placed(review)["header"]["number_line"] == line


def test_day_and_first_two_months_are_padded():
    def printed(day):
        return placed(sample_review(replace(STATE, date=day)))["header"]["place_and_date"]

    assert printed(date(2024, 2, 5)) == "Cà Mau, ngày 05 tháng 02 năm 2024"
    assert printed(date(2023, 7, 14)) == "Cà Mau, ngày 14 tháng 7 năm 2023"
    assert printed(None) == f"Cà Mau, ngày{BLANK}tháng{BLANK}năm{BLANK}"


def test_a_long_name_breaks_before_its_level():
    header = placed(sample_review())["header"]
    assert header["issuer"] == "HỘI LIÊN HIỆP PHỤ NỮ TỈNH\u00a0CÀ\u00a0MAU"


def test_lists_end_with_semicolons_and_a_full_stop():
    values = placed(sample_review())
    assert values["recipients"][0] == "Như trên;"
    assert values["recipients"][-1] == "Lưu: VT."
    assert [line[-1] for line in values["legal_bases"]] == [";", "."]


def test_outline_never_skips_a_level():
    blocks = (Heading(1, "Một"), Heading(4, "Bốn"), Heading(3, "Ba"), Heading(1, "Hai"))
    values = placed(sample_review(blocks=blocks))
    assert [block["outline"] for block in values["blocks"]] == [1, 2, 3, 1]
    assert [block["kind"] for block in values["blocks"]] == [
        "heading1",
        "heading4",
        "heading3",
        "heading1",
    ]


def test_annexes_are_numbered_only_when_there_are_several():
    def labels(count):
        annexes = tuple(sample_annex() for _ in range(count))
        return [annex["label"] for annex in placed(sample_review(annexes=annexes))["annexes"]]

    assert labels(1) == ["Phụ lục"]
    assert labels(4) == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]


def test_draft_says_where_its_notes_are():
    assert placed(sample_review())["draft_mark"] == "DỰ THẢO – có 2 ghi chú ở trang cuối"
    assert placed(sample_review(notes=()))["draft_mark"] == "DỰ THẢO"
    assert placed(sample_review(draft=False))["draft_mark"] == ""


def test_column_widths_fill_the_page_and_respect_what_is_fixed():
    annex = placed(sample_review(UNION))["annexes"][0]
    shares = annex["tables"][0]["shares"]
    assert len(shares) == 14
    assert sum(shares) == pytest.approx(1, abs=0.001)
    assert shares[0] * 252 == pytest.approx(10, abs=0.1)
    assert shares[1] * 252 == pytest.approx(42, abs=0.1)


def test_widths_larger_than_the_page_are_shrunk():
    columns = (Column("A", width=200), Column("B", width=200), Column("C"))
    table = Table(columns=columns, rows=(("1", "2", "3"),))
    shares = placed(sample_review(blocks=(table,)))["blocks"][0]["shares"]
    assert sum(shares) == pytest.approx(1, abs=0.001)
    assert min(shares) > 0.05


@pytest.mark.parametrize("rows", [(("1",),), (("1", "2", "3"),)])
def test_a_row_of_another_length_is_refused(rows):
    with pytest.raises(ValueError, match="one cell for each of its columns"):
        Table(columns=(Column("A"), Column("B")), rows=rows)


def test_text_is_composed_and_holds_nothing_that_xml_refuses():
    decomposed = unicodedata.normalize("NFD", "Uỷ ban xã Tạ An Khương")
    assert clean(decomposed) == "Uỷ ban xã Tạ An Khương"
    assert clean("một\x00hai\ud800\ufffe\tba\r\nbốn") == "mộthai ba bốn"
