"""What is printed is the page alone, on as few sheets as it needs."""

from io import BytesIO

import pytest
from pypdf import PdfReader


def printed(page) -> list[str]:
    """The words of each sheet."""
    paper = page.pdf(prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages]


@pytest.mark.parametrize("address", ["/", "/mai-am/", "/don-vi/", "/bao-cao/ky/"])
def test_a_short_page_prints_on_one_sheet_without_the_frame_around_it(
    cast, house, records, visit, address
):
    page = visit(cast.hanh)
    page.goto(address)
    title = page.get_by_role("heading", level=1).inner_text()
    (sheet,) = printed(page)
    assert title in sheet
    for frame in ("Đổi mật khẩu", "Kỳ số liệu", "Danh mục", "Bắt đầu nhanh", "Chọn", "Tải Excel"):
        assert frame not in sheet


def test_a_chart_is_printed_as_wide_as_the_sheet(house, visit):
    page = visit(viewport={"width": 390, "height": 844})
    page.goto("/gallery/bieu-do/")
    page.emulate_media(media="print")
    shown = page.locator(".chart svg:visible").evaluate_all(
        "all => all.map(s => s.viewBox.baseVal.width)"
    )
    assert shown == [640, 640, 640]
