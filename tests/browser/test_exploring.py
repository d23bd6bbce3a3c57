"""Mai sets figures beside each other, looks behind one, and draws them."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_mai_compares_units_and_looks_behind_a_number(cast, house, records, visit):
    built, _proposed = records
    page = visit(cast.mai)
    page.goto("/so-lieu/")
    page.get_by_role("link", name="Khám phá số liệu").first.click()
    page.get_by_text("chỉ tiêu đang chọn").click()
    chosen = page.get_by_role("checkbox", checked=True)
    while chosen.count():
        chosen.first.uncheck()
    houses = "Nhà Mái ấm tình thương xây mới đã bàn giao"
    page.get_by_role("checkbox", name=houses, exact=True).check()
    page.get_by_label("Đơn vị", exact=True).select_option("both")
    page.get_by_label("Hàng và cột của bảng").select_option("don_vi-ky")
    page.get_by_label("Hình vẽ").select_option("bar")
    page.get_by_label("Chỉ tiêu được vẽ").select_option("homes.built")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_role("table")).to_have_count(1)
    row = page.get_by_role("row", name="Huyện Đầm Dơi")
    # Nobody had reported a year before: by how much it grew is not known.
    expect(row).to_contain_text("–")
    expect(page.locator("figure.chart")).to_contain_text("Huyện Đầm Dơi")
    address = page.url
    row.get_by_role("link", name="1", exact=True).click()
    panel = page.locator("#cell")
    expect(panel).to_contain_text("Huyện Đầm Dơi")
    expect(panel).to_contain_text("đếm từ sổ")
    expect(panel.get_by_role("link", name=built.code)).to_be_visible()
    assert page.url == address
    panel.get_by_role("button", name="Đóng").click()
    expect(panel).to_be_empty()


def test_the_explorer_and_what_looks_wrong_fit_a_phone(cast, house, records, visit):
    page = visit(cast.mai, **PHONE)
    for path in ("kham-pha/?xem=both&bang=don_vi-ky&ve=line", "kham-pha/?ve=map", "chat-luong/"):
        page.goto(f"/so-lieu/{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], path
