"""What tests run on: an embedded PostgreSQL of their own, never DATABASE_URL, and cheap passwords.

SOHOI_TEST_DATABASE_URL names a real server instead. Suites running side by side take different
databases; `tests/databases.py` makes them. LONG=1 tries much more made-up input, and runs what is
marked `long`; LONG=20 tries twenty times as much, for hours.
"""

import fcntl
import os
from pathlib import Path
from typing import IO

import hypothesis
import pytest
from django.conf import settings

from sohoi.config.embedded import ensure_running
from sohoi.config.launcher import prepare_files

CHEAP = "django.contrib.auth.hashers.MD5PasswordHasher"
LONG = int(os.environ.get("LONG") or 0)
EXAMPLES = 1000 * LONG or 25
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
    # A good hash takes a tenth of a second.
    settings.PASSWORD_HASHERS = [CHEAP, *settings.PASSWORD_HASHERS]
    # Results are judged, not the speed of a busy machine.
    hypothesis.settings.register_profile("house", max_examples=EXAMPLES, deadline=None)
    hypothesis.settings.load_profile("house")


@pytest.hookimpl
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]):
    left_out = [] if LONG else [item for item in items if item.get_closest_marker("long")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def _own_database(config: pytest.Config, var: Path) -> str:
    url = ensure_running(var, cluster="pgtest", durable=False)
    number, config.stash[SLOT] = _free_slot(var)
    return url.replace("/sohoi?", f"/sohoi_{number}?")


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
