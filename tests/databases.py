"""Databases made once and copied for each worker: empty, with the cast, with the demo.

A test that asks for `demo` stands on a copy of the demo, one that asks for `units` or `cast` on a
copy with the cast committed, any other on an empty one. Each worker copies what it needs when it
needs it, and each test runs in a transaction that is rolled back. The originals are kept on the
server of the tests until the product changes; the first who needs one makes it, others wait.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
EMPTY, CAST, DEMO = "empty", "cast", "demo"
# A product changed a little begins with what its like has migrated.
BEGIN_WITH = "SOHOI_TEST_BEGIN_WITH"
PRODUCT = ("*.py", "*.csv", "*.txt", "*.sql")


class Switch:
    """Which database the connection of this worker is led to."""

    def __init__(self) -> None:
        self.copies: dict[str, str] = {}
        self.wanted = EMPTY

    def want(self, kind: str) -> None:
        """Take effect now, or as soon as the copy is there."""
        self.wanted = kind
        if kind in self.copies:
            lead_to(self.copies[kind])

    def add(self, kind: str, name: str) -> None:
        self.copies[kind] = name
        self.want(self.wanted)


SWITCH = Switch()


def lead_to(name: str) -> None:
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def wanted_by(names: set[str]) -> str:
    """The kind of database that a test with these fixtures stands on."""
    if "demo" in names:
        return DEMO
    return CAST if names & {"units", "cast"} else EMPTY


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    SWITCH.want(wanted_by({*getattr(item, "fixturenames", ())}))


@pytest.hookimpl
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no worker is left alone with one at the end."""
    for item in items:
        for mark in item.iter_markers("django_db"):
            if mark.kwargs.get("transaction"):
                raise pytest.UsageError(f"{item.nodeid}: what commits asks for `own_database`.")
    long = {}
    for item in items:
        takes_demo = wanted_by({*getattr(item, "fixturenames", ())}) == DEMO
        took = 2 if takes_demo else 1 if item.get_closest_marker("slow") else 0
        long[item.path] = max(took, long.get(item.path, 0))
    items.sort(key=lambda item: -long[item.path])


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """In the place of pytest-django's, which would migrate a database for each worker."""
    with _copied(EMPTY, django_db_blocker):
        yield


@pytest.fixture(scope="session")
def cast_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    with _copied(CAST, django_db_blocker):
        yield


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    with _copied(DEMO, django_db_blocker):
        yield


@pytest.fixture
def demo(demo_database, db) -> None:
    """The demo as `make demo` loads it; what a test changes in it is gone afterwards."""


@contextmanager
def _copied(kind: str, blocker) -> Iterator[None]:
    with blocker.unblock():
        original = made(kind)
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"test_{_configured()}_{worker}_{kind}"
        copy(original, name)
        SWITCH.add(kind, name)
    yield
    with blocker.unblock():
        connections.close_all()
        drop(name)
        del SWITCH.copies[kind]


@cache
def _configured() -> str:
    """The name of the database as the settings have it; it is never made, only lent."""
    return connection.settings_dict["NAME"]


def made(kind: str) -> str:
    """The name of the original of this kind, made now if nobody has."""
    name = f"{house()}_{kind}_{_age(kind)}"
    with server() as held:
        # Until the connection closes, even if this process is killed.
        held.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if not held.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            forget(ROOT, f"{kind}_")
            _make(kind, f"{name}_draft")
            _administer("ALTER DATABASE {} RENAME TO {}", f"{name}_draft", name)
    return name


def _make(kind: str, draft: str) -> None:
    """Each from the one before it, by the product's own means."""
    stood_on = connection.settings_dict["NAME"]
    before = {"migrated": lambda: "template1", EMPTY: _migrated}.get(kind, lambda: made(EMPTY))
    copy(before(), draft)
    lead_to(draft)
    try:
        FILL[kind]()
    finally:
        connections.close_all()
        lead_to(stood_on)


def _migrated() -> str:
    return os.environ.get(BEGIN_WITH) or made("migrated")


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _load_cast() -> None:
    from conftest import commit_cast

    commit_cast()


def _load_demo() -> None:
    from sohoi.config import demo

    demo.load(lambda what, done, total: None)


# Migrating what is migrated lays the triggers of declarations that have changed since.
FILL: dict[str, Callable[[], None]] = {
    "migrated": _migrate,
    EMPTY: _migrate,
    CAST: _load_cast,
    DEMO: _load_demo,
}


def copy(original: str, name: str) -> None:
    drop(name)
    _administer("CREATE DATABASE {} TEMPLATE {}", name, original)


def drop(name: str) -> None:
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def forget(root: Path, kind: str = "") -> None:
    """Drop the originals of the product in this folder."""
    with server() as asked:
        names = [name for (name,) in asked.execute("SELECT datname FROM pg_database").fetchall()]
    for name in names:
        if name.startswith(f"{house(root)}_{kind}"):
            drop(name)


def address(name: str) -> str:
    """The address of another database on the server of the tests."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def server(database: str = "postgres") -> psycopg.Connection:
    """The server of the tests, from which databases are made; no connection of Django's."""
    return psycopg.connect(os.environ["DATABASE_URL"], dbname=database, autocommit=True)


def _administer(statement: str, *names: str) -> None:
    with server() as asked:
        asked.execute(SQL(statement).format(*map(Identifier, names)))


def house(root: Path = ROOT) -> str:
    """Products in other folders have originals of their own on the same server."""
    return f"sohoi_{sha256(os.fsencode(root)).hexdigest()[:6]}"


@cache
def _age(kind: str) -> str:
    """A digest of what the original was made from: another means that it is out of date."""
    if kind == "migrated":
        return _digest(sorted(ROOT.glob("sohoi/**/migrations/*.py")))
    files = {file for pattern in PRODUCT for file in (ROOT / "sohoi").rglob(pattern)}
    files = {file for file in files if "tests" not in file.parts} | {ROOT / "conftest.py"}
    # Some of the demo's records are of these days.
    return _digest(sorted(files), date.today().isoformat() if kind == DEMO else "")


def _digest(files: list[Path], *more: str) -> str:
    told = sha256("".join(more).encode())
    for file in files:
        told.update(os.fsencode(file.relative_to(ROOT)) + b"\0" + file.read_bytes())
    return told.hexdigest()[:8]
