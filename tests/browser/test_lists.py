"""Lists and the choice of a unit, at a desk and on a phone, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])


@WIDTHS
def test_back_and_a_second_tab_keep_their_own_search(cast, house, visit, width):
    page = visit(cast.quan, **width)
    page.goto("/tai-khoan/")
    names = page.locator("#list tbody tr td:first-child a")
    expect(names).to_have_count(6)
    _search(page, "hạnh")
    expect(names).to_have_text(["Nguyễn Thị Hạnh"])
    first = page.url
    other = page.context.new_page()
    other.goto("/tai-khoan/")
    _search(other, "mai")
    expect(other.locator("#list tbody tr td:first-child a")).to_have_text(["Võ Thị Mai"])
    names.first.click()
    page.go_back()
    expect(page).to_have_url(first)
    expect(names).to_have_text(["Nguyễn Thị Hạnh"])
    expect(page.get_by_role("searchbox")).to_have_value("hạnh")


def _search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    expect(page).to_have_url(re.compile(r"\?tim="))


@WIDTHS
@pytest.mark.parametrize("script", [True, False])
def test_columns_are_chosen_and_stay(cast, house, visit, width, script):
    page = visit(cast.quan, java_script_enabled=script, **width)
    page.goto("/tai-khoan/")
    page.get_by_text("Chọn cột").click()
    chooser = page.get_by_role("group", name="Cột hiện trong danh sách")
    chooser.get_by_label("Vai trò").uncheck()
    button = page.get_by_role("button", name="Hiện các cột này")
    expect(button).to_be_in_viewport()
    button.click()
    page = visit(cast.quan, java_script_enabled=script, **width)
    page.goto("/tai-khoan/")
    heads = page.locator("thead th")
    expect(heads).to_have_text(
        [re.compile(t) for t in ("Họ và tên", "Tên đăng nhập", "Tình trạng")]
    )
    page.get_by_text("Chọn cột").click()
    page.get_by_role("button", name="Trở lại mặc định").click()
    expect(heads).to_have_count(4)


def test_the_whole_list_is_one_clean_page_to_print(cast, house, visit):
    page = visit(cast.quan)
    page.goto("/tai-khoan/")
    page.get_by_role("link", name="In cả danh sách").click()
    expect(page.get_by_role("row")).to_have_count(1 + 6)
    expect(page.get_by_role("main")).to_contain_text("Đỗ Văn Quân")
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="In", exact=True).click()
    assert page.evaluate("window.printed")


@WIDTHS
@pytest.mark.parametrize("script", [True, False])
def test_a_unit_is_searched_chosen_and_told_before_a_role_is_given(
    cast, house, visit, width, script, monkeypatch
):
    monkeypatch.setattr("sohoi.org.forms.FEW", 0)
    page = visit(cast.quan, java_script_enabled=script, **width)
    page.goto(f"/tai-khoan/{cast.lan.pk}/vai-tro/")
    page.get_by_label("Cán bộ Hội cấp xã").check()
    page.get_by_label("Tìm đơn vị theo tên").fill("tan duc")
    if not script:
        page.get_by_role("button", name="Tìm đơn vị").click()
    unit = page.get_by_role("radio", name=re.compile("Xã Tân Đức.*thuộc Huyện Đầm Dơi"))
    # By keys alone: from the words to what they found.
    unit.focus()
    page.keyboard.press("Space")
    expect(unit).to_be_checked()
    page.get_by_role("button", name="Lưu").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Trần Thị Lan sẽ là Cán bộ Hội cấp xã tại Xã Tân Đức (Cấp xã")
    expect(main).to_contain_text("2 chi hội")
    assert cast.lan.appointments.count() == 1
    page.get_by_role("button", name="Giao vai trò").click()
    expect(main).to_contain_text("Đã giao vai trò.")
    assert cast.lan.appointments.count() == 2


def test_enter_in_the_search_for_a_unit_sends_nothing(cast, house, visit, monkeypatch):
    monkeypatch.setattr("sohoi.org.forms.FEW", 0)
    page = visit(cast.quan)
    page.goto(f"/tai-khoan/{cast.lan.pk}/vai-tro/")
    page.get_by_label("Tìm đơn vị theo tên").fill("zzz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Không có đơn vị nào khớp")
    expect(page.get_by_role("alert")).to_have_count(0)
