"""Without a mouse, without script, with a screen reader."""

import re

import pytest
from playwright.sync_api import Page, expect


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(cast, house, visit):
    page = visit(cast.hanh)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside


def test_the_slash_leads_to_search_which_needs_no_accents(cast, house, records, visit):
    page = visit(cast.hanh)
    page.goto("/mai-am/")
    rows = page.get_by_role("row")
    expect(rows).to_have_count(3)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    # Without a new page: what a script left in the window stays there.
    page.evaluate("window.same = true")
    page.keyboard.type("ly thi duom")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("Lý Thị Đượm")
    assert page.evaluate("window.same")
    # A name stands in no address; what leads to it does.
    assert re.search(r"/mai-am/\?tim=[\w-]+$", page.url)
    page.reload()
    expect(rows).to_have_count(2)
    page.get_by_role("searchbox").fill("không có ai")
    expect(page.get_by_role("main")).to_contain_text("Không có dòng nào khớp")


def test_a_slash_typed_in_a_field_stays_there(cast, house, visit):
    page = visit(cast.hanh)
    page.goto("/mai-am/moi/")
    field = page.get_by_label("Hộ", exact=True)
    field.focus()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_everything_works_without_script(cast, house, records, own_return, visit):
    page = visit(cast.hanh, java_script_enabled=False)
    page.goto("/mai-am/")
    page.get_by_label("Tìm (không cần dấu)").fill("duom")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.goto("/so-lieu/kham-pha/?xem=below")
    page.get_by_label("Kỳ số liệu").select_option(label="Quý II")
    page.get_by_label("Năm hoặc nhiệm kỳ").select_option(label="2024")
    page.get_by_role("button", name="Xem").first.click()
    expect(page.get_by_label("Kỳ số liệu")).to_have_value("Q2")
    expect(page.get_by_label("Năm hoặc nhiệm kỳ")).to_have_value("2024")
    # What else was asked is still asked.
    expect(page.get_by_label("Đơn vị", exact=True)).to_have_value("below")
    page.goto(f"/bao-cao/phieu/{own_return.pk}/")
    page.get_by_label("Tiền tiết kiệm huy động được").fill("415.000.000")
    page.get_by_label("Cầu giao thông nông thôn đã xây dựng").fill("3")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi báo cáo.")
    page.get_by_role("button", name="Thoát").click()
    page.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


AUDIT = """() => {
  const told = [];
  const say = (what, node) => told.push(`${what}: ${node.outerHTML.slice(0, 90)}`);
  const name = e => (e.getAttribute("aria-label") || e.title || e.textContent).trim()
    || document.getElementById(e.getAttribute("aria-labelledby"))?.textContent;
  const fields = "input:not([type=hidden], [aria-hidden=true]), select, textarea";
  document.querySelectorAll(fields).forEach(e => {
    if (![...e.labels].some(l => l.textContent.trim()) && !name(e)) say("no label", e);
  });
  document.querySelectorAll("a[href], button").forEach(e => name(e) || say("no name", e));
  document.querySelectorAll("nav, [role=navigation]").forEach(e =>
    e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || say("no name", e));
  document.querySelectorAll("img:not([alt])").forEach(e => say("no alt", e));
  document.querySelectorAll("svg").forEach(e => e.getAttribute("aria-hidden") === "true"
    || (e.getAttribute("role") === "img" && name(e)) || say("picture", e));
  document.querySelectorAll("table").forEach(e =>
    e.querySelector("th[scope]") || say("no heads", e));
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => told.push(`id twice: ${id}`));
  for (const attribute of ["aria-describedby", "aria-labelledby", "for", "aria-controls"])
    document.querySelectorAll(`[${attribute}]`).forEach(e => e.getAttribute(attribute).split(/\\s+/)
      .forEach(id => document.getElementById(id) || say(`${attribute} to nothing`, e)));
  if (document.querySelectorAll("h1").length !== 1) told.push("not one h1");
  if (document.querySelectorAll("main").length !== 1) told.push("not one main");
  if (!document.documentElement.lang) told.push("no lang");
  if (document.title.trim().length < 10) told.push("no title");
  let level = 0;
  document.querySelectorAll("h1, h2, h3, h4").forEach(e => {
    if (+e.tagName[1] > level + 1) say("heading skips a level", e);
    level = +e.tagName[1];
  });
  return told;
}"""


def heard(page: Page, address: str) -> dict[str, list[str]]:
    """What a screen reader would stumble over on the page."""
    page.goto(address)
    found = page.evaluate(AUDIT)
    return {address: found} if found else {}


@pytest.mark.parametrize("who", ["hanh", "thu", "quan"])
def test_a_screen_reader_is_told_what_everything_is(cast, house, records, own_return, visit, who):
    page = visit(getattr(cast, who))
    menu = page.locator("nav.rail a[href]").evaluate_all("all => all.map(a => a.pathname)")
    deeper = {
        "hanh": [f"/bao-cao/phieu/{own_return.pk}/", f"/mai-am/{records[0].pk}/", "/mai-am/moi/"],
        "thu": [
            f"/bao-cao/ky/{house.pk}/",
            "/bao-cao/van-ban/annex/",
            "/bao-cao/van-ban/article/loi-van/",
            "/so-lieu/savings.raised_vnd/",
            "/bao-cao/ky/mo/",
        ],
        "quan": ["/tai-khoan/moi/", f"/tai-khoan/{cast.hanh.pk}/", "/gallery/"],
    }
    addresses = {*menu, *deeper[who]}
    assert len(addresses) > 5
    found: dict[str, list[str]] = {}
    for address in sorted(addresses):
        found |= heard(page, address)
    assert found == {}


def test_the_sign_in_page_is_told_too(house, visit):
    assert heard(visit(), "/dang-nhap/") == {}
