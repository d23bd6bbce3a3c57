"""Lan with a cheap phone: nothing scrolls sideways, everything is large enough for a thumb."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

THUMB = 48
# What a thumb must hit: buttons, the bar at the bottom, the entries of the menu, fields.
TARGETS = ".button, .bottom-bar a, .rail-item, input:not([type=hidden]), select, textarea"


def wider_than_the_screen(page: Page) -> list[str]:
    """What sticks out of the screen; what scrolls within its own box does not."""
    # A phone's window grows with what is too wide; its screen does not.
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= screen.width ? [] :
             [...document.querySelectorAll("main *, header *, nav *")]
               .filter(e => e.getBoundingClientRect().right > screen.width + 1)
               .map(e => e.outerHTML.slice(0, 80))"""
    )


def too_small(page: Page) -> list[str]:
    """Targets a thumb would miss; the label around a small box counts as its target."""
    return page.evaluate(
        """([targets, least]) => [...document.querySelectorAll(targets)]
             .map(e => /radio|checkbox/.test(e.type) ? e.closest("label") || e : e)
             .filter(e => e.checkVisibility({visibilityProperty: true}))
             .filter(e => e.getBoundingClientRect().height < least - 0.5)
             .map(e => `${Math.round(e.getBoundingClientRect().height)}: `
                       + e.outerHTML.slice(0, 80))""",
        [TARGETS, THUMB],
    )


def check(page: Page) -> dict[str, list[str]]:
    """Problems by page; measured when its style sheets have arrived."""
    page.wait_for_load_state()
    found = {"wide": wider_than_the_screen(page), "small": too_small(page)}
    return {f"{problem} {page.url}": where for problem, where in found.items() if where}


def test_lan_proposes_a_house_on_her_phone(cast, house, visit):
    page = visit(cast.lan, **PHONE)
    bar = page.get_by_role("navigation", name="Danh mục nhanh")
    expect(bar).to_be_in_viewport()
    bar.get_by_role("link", name="Danh mục").tap()
    menu = page.get_by_role("navigation", name="Danh mục chính")
    menu.get_by_role("link", name="Mái ấm tình thương").tap()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Mái ấm tình thương")
    problems = check(page)
    page.get_by_role("link", name="Đề nghị một căn nhà").first.tap()
    expect(title).to_have_text("Đề nghị một căn nhà")
    problems |= check(page)
    page.get_by_label("Hộ", exact=True).fill("Trần Thị Bưởi")
    page.get_by_role("button", name="Lưu").tap()
    expect(page.get_by_label("Hộ", exact=True)).to_have_value("Trần Thị Bưởi")
    expect(page.locator(".error-summary")).to_contain_text("Chọn diện hộ")
    page.get_by_label("Diện hộ khi xét").select_option("Hộ nghèo")
    page.get_by_label("Xây mới").check()
    page.get_by_role("button", name="Lưu").tap()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("Trần Thị Bưởi")
    assert problems | check(page) == {}


@pytest.mark.parametrize("who", ["lan", "thu", "quan"])
def test_every_page_of_the_menu_fits_a_phone(cast, house, records, visit, who):
    page = visit(getattr(cast, who), **PHONE)
    addresses = set(hrefs(page, "nav.rail a"))
    assert len(addresses) >= 3
    problems: dict[str, list[str]] = {}
    for address in sorted(addresses):
        page.goto(address)
        problems |= check(page)
        # The first record, unit or round of a list.
        links = [a for a in hrefs(page, "main a") if re.search(r"/[0-9a-f-]{36}/$", a)]
        if links:
            page.goto(links[0])
            problems |= check(page)
    assert problems == {}


def test_the_bar_offers_a_choice_where_a_group_has_several_pages(cast, house, visit):
    page = visit(cast.lan, **PHONE)
    bar = page.get_by_role("navigation", name="Danh mục nhanh")
    bar.get_by_role("link", name="Chương trình").tap()
    menu = page.get_by_role("navigation", name="Danh mục chính")
    offered = [one for one in hrefs(page, "nav.rail a.rail-item:visible") if one != "/"]
    assert len(offered) >= 1
    assert all(not one.startswith("/so-lieu/") for one in offered)
    menu.locator("a.rail-item:visible").first.tap()
    expect(page).to_have_url(re.compile(rf"{offered[0]}$"))
    bar.get_by_role("link", name="Tổ chức").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đơn vị")


def test_the_bar_never_covers_the_field_she_types_in(cast, house, visit):
    page = visit(cast.lan, **PHONE)
    page.goto("/mai-am/moi/")
    bar = page.locator(".bottom-bar")
    fields = page.locator("main :is(input:not([type=hidden]), select, textarea)")
    assert fields.count() > 5
    for field in fields.all():
        field.focus()
        covered = page.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect();
              const bar = document.querySelector(".bottom-bar").getBoundingClientRect();
              return bar.height > 0 && box.bottom > bar.top;
            }"""
        )
        assert not covered, field.get_attribute("name")
    page.get_by_label("Hộ", exact=True).focus()
    expect(bar).to_be_hidden()
    page.get_by_role("button", name="Lưu").focus()
    expect(bar).to_be_visible()


def test_charts_stay_in_their_box_with_letters_that_can_be_read(visit, house):
    page = visit(**PHONE)
    page.goto("/gallery/bieu-do/")
    sizes = page.locator(".chart svg:visible").evaluate_all(
        """all => all.map(svg => [svg.getBoundingClientRect().right, svg.viewBox.baseVal.width
                                  / svg.getBoundingClientRect().width])"""
    )
    assert len(sizes) == 3
    assert all(right <= 390 and shrunk < 1.05 for right, shrunk in sizes)
    assert wider_than_the_screen(page) == []


def hrefs(page: Page, links: str) -> list[str]:
    return page.locator(links).evaluate_all("all => all.map(a => a.pathname)")
