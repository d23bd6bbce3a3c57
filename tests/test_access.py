"""Every URL by everyone: the tables of the apps, held against the product by real requests."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import URLResolver, get_resolver

from sohoi.kit.testing import ANONYMOUS, NOT_THERE, PEOPLE, Page, met

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


@pytest.fixture
def pages(cast) -> dict[str, Page]:
    """The tables of all apps, with the records their pages need."""
    return {name: page for app in apps_with_pages() for name, page in table_of(app, cast).items()}


def test_every_url_is_listed_once_and_nothing_else_is(pages):
    names = url_names()
    assert sorted(names) == sorted(pages)
    assert len(names) > 30
    assert len(apps_with_pages()) >= 5


@pytest.mark.parametrize("visitor", [*PEOPLE, WITHOUT_A_ROLE, ANONYMOUS])
def test_a_page_is_there_for_those_listed_and_for_nobody_else(
    cast, pages, client, sign_in, visitor
):
    if visitor in PEOPLE:
        sign_in(getattr(cast, visitor))
    elif visitor == WITHOUT_A_ROLE:
        sign_in(get_user_model().objects.create(username="moi", full_name="Người mới"))
    expected = {name: page.expected(visitor) for name, page in pages.items()}
    found = {name: met(client.get(page.url(name))) for name, page in pages.items()}
    assert found == expected


def test_no_page_of_a_programme_is_listed_for_the_administrator(cast):
    rooms = [app for app in apps_with_pages() if app.startswith("sohoi.programmes.")]
    pages = {name: page for app in rooms for name, page in table_of(app, cast).items()}
    assert len(pages) > 5
    assert {name for name, page in pages.items() if page.expected("quan") != NOT_THERE} == set()
    assert {name for name, page in pages.items() if page.allowed in ("*", "open")} == set()
