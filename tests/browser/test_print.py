"""What is printed from a page is whole: no column runs off the paper."""

import io

from pypdf import PdfReader

from sohoi.lib.periods import parse_period
from sohoi.org.actions import found_unit

H1 = parse_period("2023-H1")


def _found(cast, number: int, kind: str, parent) -> str:
    found_unit(
        name=f"{'Huyện' if kind == 'district' else 'Xã'} Số {number}",
        kind=kind,
        code=f"{'8' if kind == 'district' else '8000'}{number:02}",
        parent=parent,
        valid_from=H1.start,
        by=None,
    )
    return f"Số {number}"


def _printed(page) -> list[str]:
    """The words of each sheet on which the annex is printed; all lie on their side."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    wide = [sheet for sheet in sheets if sheet.mediabox.width > sheet.mediabox.height]
    page.emulate_media(media="print")
    # 273 mm across at 96 pixels an inch.
    page.set_viewport_size({"width": 1031, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 1031
    return [sheet.extract_text() for sheet in wide]


def test_the_printed_annex_keeps_every_unit_across(cast, house, visit):
    names = [_found(cast, number, "district", cast.units.province) for number in range(1, 11)]
    page = visit(cast.mai)
    page.goto("/bao-cao/van-ban/annex/?ky=2023-H1")
    first, *_others = _printed(page)
    head = first.split("Tổng số", 1)[1][:400]
    assert [name for name in [*names, "Đầm Dơi", "Năm Căn"] if name not in head] == []


def test_many_units_are_printed_below_one_another(cast, house, visit):
    names = [_found(cast, number, "commune", cast.units.district) for number in range(1, 14)]
    page = visit(cast.la)
    page.goto("/bao-cao/van-ban/annex/?ky=2023-H1")
    first, *_others = _printed(page)
    assert [name for name in names if f"{name} " not in first] == []
    assert "Mô hình" in first or "Nhà" in first
