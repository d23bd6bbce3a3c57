"""What is typed is not lost: leaving asks, drafts wait, a session that ended brings it back."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from conftest import PASSWORD
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_phone import check

WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE], ids=["1280", "390"])
NEW = "/mai-am/moi/"


class Asked(list):
    """Questions of the browser, each answered with `leave`."""

    def __init__(self, page: Page):
        super().__init__()
        self.leave = True
        page.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        self.append(dialog.type)
        dialog.accept() if self.leave else dialog.dismiss()


def fits(page: Page, width: dict) -> bool:
    return width is DESK or check(page) == {}


def keys(page: Page) -> list[str]:
    return page.evaluate("() => Object.keys(localStorage)")


def wait_for_draft(page: Page) -> None:
    page.wait_for_function("() => Object.keys(localStorage).length > 0")


@WIDTHS
def test_leaving_asks_only_when_something_is_unsaved(cast, house, visit, width):
    page = visit(cast.lan, **width)
    asked = Asked(page)
    page.goto(NEW)
    page.goto("/")
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    assert asked == []
    page.get_by_label("Hộ", exact=True).fill("")
    page.goto("/")
    assert asked == []
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    page.goto("/")
    assert asked == ["beforeunload"]
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".error-summary")).to_contain_text("Chọn diện hộ")
    assert asked == ["beforeunload"]
    page.goto("/")
    assert asked == ["beforeunload", "beforeunload"]


@WIDTHS
def test_a_draft_is_offered_and_used_and_gone_when_it_was_sent(cast, house, visit, width):
    page = visit(cast.lan, **width)
    Asked(page)
    page.goto(NEW)
    household, note = page.get_by_label("Hộ", exact=True), page.get_by_label("Ghi chú")
    household.fill("Trần Thị Bưởi")
    note.fill("Nhà dột,\ncần làm trước mùa mưa.")
    page.get_by_label("Diện hộ").select_option("Hộ nghèo")
    page.get_by_label("Xây mới").check()
    wait_for_draft(page)
    page.wait_for_timeout(600)
    page.goto(NEW)
    offer = page.locator(".draft-offer")
    expect(offer).to_contain_text(re.compile(r"lưu lúc \d+:\d\d\."))
    expect(household).to_have_value("")
    assert fits(page, width)
    offer.get_by_role("button", name="Dùng lại").click()
    expect(household).to_have_value("Trần Thị Bưởi")
    expect(note).to_have_value("Nhà dột,\ncần làm trước mùa mưa.")
    expect(page.get_by_label("Xây mới")).to_be_checked()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")
    assert keys(page) == []
    page.goto(NEW)
    expect(offer).to_have_count(0)


def test_a_draft_holds_nothing_secret_and_is_offered_to_its_writer_only(cast, house, visit):
    page = visit(cast.lan)
    Asked(page)
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    wait_for_draft(page)
    (key,) = keys(page)
    kept = page.evaluate("key => localStorage.getItem(key)", key)
    assert "Trần Thị Bưởi" in kept
    assert not re.search("csrf|page_|writer|lan|hanh", kept + key)
    page.evaluate("() => { document.cookie; }")
    page.context.clear_cookies()
    sign_in(page, "hanh", NEW)
    expect(page.get_by_label("Hộ", exact=True)).to_have_value("")
    expect(page.locator(".draft-offer")).to_have_count(0)
    page.context.clear_cookies()
    sign_in(page, "lan", NEW)
    expect(page.locator(".draft-offer")).to_be_visible()
    page.locator(".draft-offer").get_by_role("button", name="Bỏ bản nháp").click()
    assert keys(page) == []


def test_signing_out_clears_her_drafts(cast, house, visit):
    page = visit(cast.lan)
    Asked(page)
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    wait_for_draft(page)
    page.get_by_role("button", name="Thoát").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    assert keys(page) == []


def sign_in(page: Page, username: str, path: str) -> None:
    page.goto(path)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@WIDTHS
def test_a_session_that_ended_brings_her_back_to_the_filled_form(cast, house, visit, width):
    page = visit(cast.lan, **width)
    Asked(page)
    page.goto(NEW)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    page.get_by_label("Diện hộ").select_option("Hộ nghèo")
    page.get_by_label("Xây mới").check()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_contain_text("Đăng nhập lại để trở về")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("status")).to_contain_text("Chưa lưu")
    expect(page.get_by_label("Hộ", exact=True)).to_have_value("Trần Thị Bưởi")
    assert fits(page, width)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")
    expect(page.get_by_role("main")).to_contain_text("Trần Thị Bưởi")
    assert keys(page) == []


def test_enter_in_a_return_keeps_it_and_does_not_send_it(cast, house, own_return, visit):
    page = visit(cast.hanh)
    page.goto(f"/bao-cao/phieu/{own_return.pk}/")
    page.get_by_label("Tiền tiết kiệm huy động được").fill("415000000")
    bridges = page.get_by_label("Cầu giao thông nông thôn đã xây dựng")
    bridges.fill("3")
    bridges.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Chưa gửi")
    expect(page.get_by_role("button", name="Gửi báo cáo")).to_be_visible()
    expect(bridges).to_have_value("3")


@WIDTHS
def test_a_day_is_typed_or_chosen_in_the_calendar(cast, house, visit, width):
    page = visit(cast.lan, **width)
    Asked(page)
    page.goto(NEW)
    day = page.get_by_label("Ngày đề nghị", exact=True)
    day.fill("14072023")
    button = page.get_by_role("button", name="Chọn trong lịch: Ngày đề nghị")
    day.press("Tab")
    expect(button).to_be_focused()
    button.press("Enter")
    calendar = page.locator("input[type=date]").first
    calendar.evaluate(
        "(box) => { box.value = '2023-07-05'; box.dispatchEvent(new Event('change')); }"
    )
    expect(day).to_have_value("5/7/2023")
    expect(day).to_be_focused()
    assert fits(page, width)
    day.fill("32.7.23")
    page.get_by_role("button", name="Lưu").click()
    expect(day).to_have_value("32.7.23")
    expect(page.locator(".error-summary")).to_contain_text("Không có ngày 32.7.23 trong lịch")


@WIDTHS
def test_what_looks_wrong_is_confirmed_once(cast, house, records, visit, width):
    page = visit(cast.hanh, **width)
    page.goto(records[1].get_absolute_url())
    page.get_by_role("link", name="Thêm nguồn").click()
    page.get_by_label("Nguồn", exact=True).select_option(index=1)
    page.get_by_label("Số tiền").fill("55")
    save = page.get_by_role("button", name="Lưu")
    save.click()
    expect(page.locator(".warning-summary")).to_contain_text("55 đồng ít hơn thường gặp")
    expect(page.locator(".warning-summary")).to_be_focused()
    assert fits(page, width)
    page.get_by_label("Số tiền").fill("60")
    page.get_by_label("Đã xem lại").check()
    save.click()
    expect(page.locator(".warning-summary")).to_contain_text("60 đồng ít hơn thường gặp")
    page.get_by_label("Đã xem lại").check()
    save.click()
    expect(page.get_by_role("main")).to_contain_text("60 đồng")
