"""Every URL by everyone: the tables of the apps, held against the product by real requests."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import URLResolver, get_resolver

from sohoi.kit.testing import ANONYMOUS, NOT_THERE, PEOPLE, Page, met
from tests.conftest import opened

WITHOUT_A_ROLE = "without a role"


def url_names(resolver: URLResolver | None = None, namespace: str = "") -> list[str]:
    """The name of every URL of the product, with its namespace; its pattern when it has no name."""
    names = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            names += url_names(entry, namespace + inner)
        else:
            names.append(namespace + (entry.name or f"unnamed {entry.pattern}"))
    return names


def apps_with_pages() -> list[str]:
    ours = [c.name for c in apps.get_app_configs() if c.name.startswith("sohoi.")]
    return [
        name
        for name in ours
        if find_spec(f"{name}.urls") and hasattr(import_module(f"{name}.urls"), "app_name")
    ]


def table_of(app: str, cast) -> dict[str, Page]:
    return import_module(f"{app}.tests.access").access(cast)


def tables_of(names: list[str], cast) -> dict[str, Page]:
    """The tables of these apps, with the records their pages need."""
    return {name: page for app in names for name, page in table_of(app, cast).items()}


@pytest.fixture
def visit(cast, client, sign_in):
    """`visit("hanh", pages)`: what she meets on each page."""

    def met_by(visitor: str, pages: dict[str, Page]) -> dict[str, str]:
        if visitor == ANONYMOUS:
            client.logout()
        elif visitor == WITHOUT_A_ROLE:
            sign_in(get_user_model().objects.create(username="moi", full_name="Người mới"))
        else:
            sign_in(getattr(cast, visitor))
        return {name: met(opened(client, page.url(name))) for name, page in pages.items()}

    return met_by


def test_every_url_is_listed_once_and_nothing_else_is(cast):
    names = url_names()
    assert sorted(names) == sorted(tables_of(apps_with_pages(), cast))
    assert len(names) > 30
    assert len(apps_with_pages()) >= 5


def test_a_page_is_there_for_those_listed_and_for_nobody_else(cast, visit):
    pages = tables_of(apps_with_pages(), cast)
    visitors = [*PEOPLE, WITHOUT_A_ROLE, ANONYMOUS]
    assert len(visitors) == 9
    expected = {who: {name: page.expected(who) for name, page in pages.items()} for who in visitors}
    found = {who: visit(who, pages) for who in visitors}
    wrong = {
        (who, name): (found[who][name], stated)
        for who, told in expected.items()
        for name, stated in told.items()
        if found[who][name] != stated
    }
    assert wrong == {}


@pytest.mark.removal
def test_the_pages_of_the_engines_need_no_certain_room(cast, visit):
    pages = tables_of([app for app in apps_with_pages() if not of_a_room(app)], cast)
    assert len(pages) > 30
    for who in ("thu", "hanh"):
        assert visit(who, pages) == {name: page.expected(who) for name, page in pages.items()}


def of_a_room(app: str) -> bool:
    return app.startswith("sohoi.programmes.")


def test_no_page_of_a_programme_is_listed_for_the_administrator(cast):
    pages = tables_of([app for app in apps_with_pages() if of_a_room(app)], cast)
    assert len(pages) >= 5 * len(settings.ROOMS)
    assert {name for name, page in pages.items() if page.expected("quan") != NOT_THERE} == set()
    assert {name for name, page in pages.items() if page.allowed in ("*", "open")} == set()
