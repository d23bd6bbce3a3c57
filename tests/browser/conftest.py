"""A real Chromium before a real server, and nobody else: no journey may reach another host."""

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from psycopg.sql import SQL, Identifier
from pytest_django.live_server_helper import LiveServer

from sohoi.config import chromium
from sohoi.figures.definitions.actions import load_definitions
from sohoi.org.models import Installation
from sohoi.reports import actions as reports
from sohoi.reports.models import Return
from sohoi.reports.queries import asked_of
from sohoi.reports.rules import Cell

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Any other host cannot even be found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PATIENCE = 5_000


def pytest_collection_modifyitems(items: list[pytest.Item]):
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser(django_db_setup, django_db_blocker) -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread: Django takes what follows for asynchronous
    code, with connections apart from those opened before."""
    with django_db_blocker.unblock():
        connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def server(django_test_environment) -> Iterator[LiveServer]:
    running = LiveServer("127.0.0.1", start=False)
    # Files come from the product's own middleware, as they do for everybody.
    running.thread.static_handler = lambda application: application
    running.start()
    yield running
    running.stop()


@pytest.fixture
def db(django_db_blocker, browser, server) -> Iterator[None]:
    """A copy of the tests' database for each journey: what it writes is committed, and the audit
    trail cannot be emptied afterwards."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_journey"
    make = SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(copy), Identifier(original))
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(copy))
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(make)
        connection.settings_dict["NAME"] = copy
        yield
        connections.close_all()
        connection.settings_dict["NAME"] = original
        with connection._nodb_cursor() as cursor:
            cursor.execute(drop)


@pytest.fixture
def house(cast):
    """The cast in a demo installation with the standard indicators, at work on the first half of
    2023; gives the round of that half-year, in which hanh's commune has two values left to fill."""
    Installation.objects.create(demo=True, default_period="2023-H1")
    load_definitions(by=None)
    asked = reports.open_round(
        unit=cast.units.province,
        period="2023-H1",
        cut_off=date(2023, 6, 30),
        due=date(2023, 7, 5),
        by=cast.thu,
    )
    own = asked.returns.get(unit=cast.units.commune)
    left = {"savings.raised_vnd", "works.bridges"}
    cells = {i.key: Cell(0) for i in asked_of(own) if i.key not in left}
    counted = {"homes", "exemplars", "addresses"}
    cells = {key: cell for key, cell in cells.items() if key.split(".")[0] not in counted}
    reports.save_return(answer=own, version=own.version, cells=cells, by=cast.hanh)
    return asked


@pytest.fixture
def own_return(cast, house) -> Return:
    return house.returns.get(unit=cast.units.commune)


class Watch:
    """What went wrong in a browser behind the reader's back."""

    def __init__(self, home: str):
        self.home = home
        self.problems: list[str] = []
        # Answers that a journey provokes: a form refused is 422.
        self.expected = {422}

    def guard(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(str(error.error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.home}/", "data:")):
            self.problems.append(f"asked for {request.url}")

    def _console(self, message) -> None:
        refused = any(f"status of {status} " in message.text for status in self.expected)
        if message.type == "error" and not refused:
            self.problems.append(message.text)


@pytest.fixture
def watch(server) -> Iterator[Watch]:
    watching = Watch(server.url)
    yield watching
    assert watching.problems == []


@pytest.fixture
def visit(browser, server, watch, db) -> Iterator[Callable[..., Page]]:
    """`visit(cast.hanh)` opens a browser in which she is signed in; `visit()` one for a stranger.

    Options of a browser context may be given: `visit(cast.lan, **PHONE)`.
    """
    opened: list[BrowserContext] = []

    def enter(user=None, **options) -> Page:
        context = browser.new_context(base_url=server.url, locale="en-US", **(DESK | options))
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        watch.guard(context)
        if user:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user)}
            context.add_cookies([{**cookie, "url": server.url}])
        page = context.new_page()
        page.goto("/")
        return page

    yield enter
    for context in opened:
        context.close()


def session_of(user) -> str:
    """The key of a new session in which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@pytest.fixture
def sent_return(cast, own_return) -> Return:
    """hanh's return, filled and sent: 415 million đồng of savings and three bridges."""
    cells = {"savings.raised_vnd": Cell(415_000_000), "works.bridges": Cell(3)}
    saved = reports.save_return(
        answer=own_return, version=own_return.version, cells=cells, by=cast.hanh
    )
    return reports.submit_return(answer=saved, version=saved.version, by=cast.hanh)


@pytest.fixture
def records(cast):
    """A house that was handed over with its money, and one that was proposed."""
    # Imported here: the other journeys stand without this room.
    from sohoi.programmes.homes import actions
    from sohoi.programmes.homes.choices import Funder, PovertyClass, Work
    from sohoi.programmes.homes.models import LIFE

    known = {"poverty_class": PovertyClass.POOR, "work": Work.NEW, "unit": cast.units.hamlet}
    first, other = (
        actions.propose_home(household=name, proposed_on=date(2023, 1, 10), by=cast.lan, **known)
        for name in ("Nguyễn Thị Mừng", "Lý Thị Đượm")
    )
    actions.add_contribution(first, funder=Funder.DONOR, amount_vnd=55_000_000, by=cast.hanh)
    for month in (2, 3, 4, 5):
        step = LIFE.next(first).state
        first = actions.take_step(first, step=step, on=date(2023, month, 15), by=cast.hanh)
    return first, other
