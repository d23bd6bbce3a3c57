"""Axe, the usual judge of accessible pages, finds nothing on any page type at either width.

Pages are the addresses of the product, from the apps' tables `access.py`: a page that nobody listed
fails here too. Each is opened by one person who may, the one who may do most on it. Of pages made
by the same templates and kinds of fields one is judged; with LONG=1 every one, in every room.
"""

from functools import cache
from importlib.resources import files

import pytest
from django.conf import settings
from playwright.sync_api import Page as BrowserPage

from sohoi.config.pytest_plugin import LONG
from sohoi.figures.definitions.actions import load_definitions
from sohoi.org.models import Installation
from tests.test_access import apps_with_pages, table_of, url_names

RUN = """async (only) => {
  const options = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
  if (only?.length) options.runOnly = {type: "rule", values: only};
  const found = await axe.run(document, options);
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)}`));
}"""
# What a narrower page can break: what is too small, cannot be reached, or lost its visible name.
OF_A_NARROW_PAGE = [
    "target-size",
    "scrollable-region-focusable",
    "nested-interactive",
    "button-name",
    "link-name",
    "select-name",
    "label",
    "region",
    "page-has-heading-one",
]
WIDTHS = {1280: [], 390: OF_A_NARROW_PAGE}
STRANGER = "stranger"
# Who writes sees more of a page than who reads.
BY_WHAT_THEY_MAY = ("thu", "hanh", "la", "quan", "mai", "lan", "xuan", STRANGER)
# Addresses that answer with no page of their own, and why.
NO_PAGE = {
    "set_language": "posted to",
    "records:undo": "posted to",
    "accounts:user_undo": "posted to",
    "reports:accepting_undo": "posted to",
    "reports:narrative_undo": "posted to",
    "reports:return_undo": "posted to",
    "reports:round_undo": "posted to",
    "org:below": "a part of the tree",
    "org:pick": "the units found for a field",
    "org:plan_file": "a file",
    "reports:file": "a file",
}
# States of a page that its address alone does not show.
STATES = (
    ("thu", "/so-lieu/kham-pha/?ve=line&so=year"),
    ("thu", "/so-lieu/kham-pha/?ve=bar&xem=below"),
    ("hanh", "/mai-am/?q=khong-co-ai"),
    ("hanh", "/?tat-ca=1"),
    ("quan", "/don-vi/?q=tan"),
    ("thu", "/khong-co-trang-nay/"),
)


@cache
def axe() -> str:
    """The judge itself, as it runs in a page."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def who_may(page) -> str:
    visitors = ("open",) if page.allowed == "open" else page.allowed.split()
    known = {"*": "thu", "open": STRANGER}
    named = {known.get(visitor, visitor) for visitor in visitors}
    return min(named, key=BY_WHAT_THEY_MAY.index)


def install() -> None:
    """An installation that says it is a demo, with its indicators."""
    Installation.objects.create(demo=True, default_period="2023-H1")
    load_definitions(by=None)


@pytest.fixture
def types(cast) -> dict[str, tuple[str, str]]:
    """Every page type: who opens it, and its address."""
    tables = [table_of(app, cast) for app in apps_with_pages()]
    # Afterwards: the return that the tables send is that of a product without indicators.
    install()
    pages = {name: page for table in tables for name, page in table.items()}
    assert sorted(pages) == sorted(url_names())
    assert pages.keys() >= NO_PAGE.keys()
    asked = {name: page for name, page in pages.items() if name not in NO_PAGE}
    return {name: (who_may(page), page.url(name)) for name, page in asked.items()}


def one_of_each(types: dict[str, tuple[str, str]], cast, client) -> list[tuple[str, str]]:
    """The first page of each make: the templates that draw it, the kinds of fields it asks for."""
    found = {}
    for who, address in types.values():
        client.logout()
        if who != STRANGER:
            client.force_login(getattr(cast, who), settings.AUTHENTICATION_BACKENDS[0])
        answer = client.get(address)
        form = (answer.context or {}).get("form")
        fields = {type(field.widget) for field in form.fields.values()} if form else set()
        make = frozenset(template.name for template in answer.templates), frozenset(fields)
        found.setdefault(make, (who, address))
    return [*found.values()]


def findings(page: BrowserPage, address: str) -> dict[str, list[str]]:
    """What axe finds at each width; the page is loaded once and made narrower."""
    found = {}
    page.goto(address)
    page.evaluate(axe())
    for width, rules in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        if told := page.evaluate(RUN, rules):
            found[f"{address} at {width}"] = told
    return found


def test_axe_finds_nothing_on_any_page_of_any_role(cast, types, client, visit, watch):
    watch.expected.add(404)
    pages = [*types.values()] if LONG else one_of_each(types, cast, client)
    walk: dict[str, list[str]] = {}
    for who, address in sorted([*pages, *STATES]):
        walk.setdefault(who, []).append(address)
    walk = {who: [*dict.fromkeys(["/", *walk.get(who, [])])] for who in BY_WHAT_THEY_MAY}
    assert sum(map(len, walk.values())) > 40
    found: dict[str, list[str]] = {}
    for who, addresses in walk.items():
        page = visit(getattr(cast, who, None))
        for address in addresses:
            found |= findings(page, address)
        page.context.close()
    assert found == {}


def test_axe_finds_nothing_in_what_opens_on_a_page(cast, visit):
    install()
    page = visit(cast.thu)
    page.goto("/don-vi/")
    page.evaluate(axe())
    page.locator("summary").first.click()
    page.get_by_role("link", name="Xã Tân Đức", exact=True).wait_for()
    assert page.evaluate(RUN) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/#menu-programmes")
    page.evaluate(axe())
    assert page.evaluate(RUN) == []
    page.goto("/mai-am/moi/")
    page.get_by_role("button", name="Lưu").click()
    page.locator(".error-summary").wait_for()
    page.evaluate(axe())
    assert page.evaluate(RUN) == []
