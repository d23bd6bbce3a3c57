"""A return on its way: hanh fills it, la checks it, thu accepts it, and the figure follows."""

import re

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD
from sohoi.reports.choices import State
from tests.browser.conftest import DESK, PHONE


def test_hanh_signs_in_corrects_her_return_and_sends_it(cast, house, own_return, visit):
    page = visit()
    page.get_by_label("Tên đăng nhập").fill("hanh")
    page.get_by_label("Mật khẩu").fill("khong-dung-dau")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("mật khẩu")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("hanh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    page.get_by_role("link", name="Lập báo cáo").click()
    raised = page.get_by_label("Tiền tiết kiệm huy động được")
    bridges = page.get_by_label("Cầu giao thông nông thôn đã xây dựng")
    raised.fill("bốn trăm triệu")
    bridges.fill("-3")
    page.get_by_role("button", name="Gửi báo cáo").click()
    for field, typed in ((raised, "bốn trăm triệu"), (bridges, "-3")):
        expect(field).to_have_value(typed)
        expect(field).to_have_attribute("aria-invalid", "true")
        note = field.get_attribute("aria-describedby").split()[-1]
        expect(page.locator(f"[id='{note}'] .field-error")).not_to_be_empty()
    expect(page.locator(".error-summary")).to_be_focused()

    raised.fill("415000000")
    bridges.fill("3")
    expect(raised).to_have_value("415.000.000")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi báo cáo.")
    expect(page.get_by_role("button", name="Gửi báo cáo")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("Tiền tiết kiệm"))).to_contain_text("415")


def test_la_checks_thu_accepts_and_the_figure_leads_back_to_the_return(cast, sent_return, visit):
    page = visit(cast.la)
    page.get_by_role("link", name="Kiểm tra 1 báo cáo của xã").click()
    page.get_by_role("link", name="Xã Tân Đức").click()
    page.get_by_role("link", name="Đã kiểm tra").click()
    page.get_by_role("button", name="Đã kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận")

    page = visit(cast.thu)
    page.goto("/so-lieu/")
    tile = page.get_by_role("link", name=re.compile("Tiền tiết kiệm huy động được"))
    expect(tile.locator(".tile-value")).to_have_text("–")
    page.goto("/")
    page.get_by_role("link", name="Duyệt 1 báo cáo").click()
    page.get_by_role("link", name="Chấp nhận các báo cáo đang chờ").click()
    page.get_by_role("button", name="Chấp nhận").click()

    page.goto("/so-lieu/")
    expect(tile.locator(".tile-value")).to_have_text("415 triệu đồng")
    tile.click()
    expect(page.locator(".big-figure")).to_have_text("415 triệu đồng")
    for unit in ("Huyện Đầm Dơi", "Xã Tân Đức"):
        page.get_by_role("table").first.get_by_role("link", name=unit).click()
        expect(page.locator(".big-figure")).to_have_text("415 triệu đồng")
    page.get_by_role("table").get_by_role("link", name="Xã Tân Đức").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo của Xã Tân Đức")
    expect(page.get_by_role("row", name=re.compile("Tiền tiết kiệm"))).to_contain_text("415")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_enter_in_a_field_saves_and_does_not_send(cast, visit, own_return, size):
    page = visit(cast.hanh, **size)
    page.goto(f"/bao-cao/phieu/{own_return.pk}/")
    field = page.locator("[name='works.bridges']")
    field.fill("3")
    field.press("Enter")
    expect(page.get_by_text("Đã lưu. Chưa gửi")).to_be_visible()
    own_return.refresh_from_db()
    assert own_return.state == State.DRAFT
    assert own_return.lines.get(indicator="works.bridges").value == 3


def test_a_return_sent_by_mistake_is_taken_back(cast, visit, sent_return):
    page = visit(cast.hanh)
    page.goto(f"/bao-cao/phieu/{sent_return.pk}/")
    page.get_by_role("link", name="Thu lại").click()
    page.get_by_label("Lý do").fill("Sót một cây cầu")
    page.get_by_role("button", name="Thu lại").click()
    expect(page.get_by_role("button", name="Gửi báo cáo")).to_be_visible()
    sent_return.refresh_from_db()
    assert sent_return.state == State.DRAFT
