"""What tests run on: an embedded PostgreSQL of their own, never DATABASE_URL, and cheap passwords.

SOHOI_TEST_DATABASE_URL names a real server instead. Suites running side by side take different
databases. Outside CI a database is kept for the next run, until any migration changes.
"""

import fcntl
import os
from hashlib import sha256
from pathlib import Path
from typing import IO

import psycopg
import pytest
from django.conf import settings
from psycopg.sql import SQL, Identifier

from sohoi.config.embedded import ensure_running
from sohoi.config.launcher import ROOT, prepare_files

CHEAP = "django.contrib.auth.hashers.MD5PasswordHasher"
SLOT = pytest.StashKey[IO]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config):
    # A wrapper runs before pytest-django reads the settings.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        var = prepare_files()
        os.environ["DATABASE_URL"] = os.environ.get("SOHOI_TEST_DATABASE_URL") or _own_database(
            early_config, var
        )
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config):
    if not (os.environ.get("CI") or os.environ.get("SOHOI_TEST_DATABASE_URL")):
        config.option.reuse_db = True
    # A good hash takes a tenth of a second, and the cast has seven passwords in every test.
    settings.PASSWORD_HASHERS = [CHEAP, *settings.PASSWORD_HASHERS]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]):
    # Tests that commit empty the tables, and with them what migrations put there.
    if any(_commits(item) for item in items):
        config.option.reuse_db = False


def _commits(item: pytest.Item) -> bool:
    marks = item.iter_markers("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return any(mark.kwargs.get("transaction") for mark in marks) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(fixtures)


def _own_database(config: pytest.Config, var: Path) -> str:
    url = ensure_running(var, cluster="pgtest", durable=False)
    number, config.stash[SLOT] = _free_slot(var)
    name = f"sohoi_{number}_{_migrations()}"
    _drop_outdated(url, f"test_sohoi_{number}_", f"test_{name}")
    return url.replace("/sohoi?", f"/{name}?")


def _free_slot(var: Path) -> tuple[int, IO]:
    number = 0
    while True:
        slot = (var / f".pgtest.slot{number}").open("a")
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return number, slot
        except BlockingIOError:
            slot.close()
            number += 1


def _migrations() -> str:
    """A digest of every migration, by which an edited one is noticed too."""
    files = sorted(ROOT.glob("sohoi/**/migrations/*.py"))
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _drop_outdated(url: str, ours: str, current: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            if name.startswith(ours) and not name.startswith(current):
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
