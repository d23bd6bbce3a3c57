"""The button in a message takes back what was just done, and only that."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
BUTTON = {"role": "button", "name": "Hoàn tác"}


def rename(page: Page, name: str) -> None:
    page.get_by_role("link", name="Sửa tên").click()
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Lý do").fill("Ghi thiếu chữ đệm.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã sửa tên tài khoản.")


@WIDTHS
def test_a_name_is_as_before_and_an_act_that_changed_nothing_has_no_button(
    cast, house, visit, width
):
    page = visit(cast.quan, **width)
    page.goto(f"/tai-khoan/{cast.lan.pk}/")
    heading, button = page.get_by_role("heading", level=1), page.get_by_role(**BUTTON)
    rename(page, "Trần Thị Lan Anh")
    expect(heading).to_have_text("Trần Thị Lan Anh")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Đã hoàn tác.")
    expect(heading).to_have_text("Trần Thị Lan")
    rename(page, "Trần Thị Lan Anh")
    expect(button).to_be_visible()
    rename(page, "Trần Thị Lan Anh")
    expect(button).to_have_count(0)


@WIDTHS
def test_what_was_accepted_is_no_figure_as_soon_as_it_is_undone(cast, sent_return, visit, width):
    page = visit(cast.la, **width)
    page.goto(f"/bao-cao/phieu/{sent_return.pk}/kiem-tra/")
    page.get_by_role("button", name="Đã kiểm tra").click()
    page = visit(cast.thu, **width)
    page.goto(f"/bao-cao/ky/{sent_return.round_id}/chap-nhan/")
    page.get_by_role("button", name="Chấp nhận").click()
    button = page.get_by_role(**BUTTON)
    expect(button).to_be_in_viewport()
    other = page.context.new_page()
    other.goto("/so-lieu/")
    value = other.get_by_role("link", name=re.compile("Tiền tiết kiệm huy động được"))
    expect(value.locator(".tile-value")).to_contain_text("415")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Đã hoàn tác.")
    other.reload()
    expect(value.locator(".tile-value")).to_have_text("–")
