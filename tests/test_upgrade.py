"""An installation of before the one history is upgraded: nothing that was kept is lost.

The dump was made by the migrations and actions of the last version with a table of events beside
each model (decision 0018); the JSON is what that version's pages told about it.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from psycopg.sql import SQL, Identifier

from sohoi.accounts.models import User
from sohoi.audit.actions import writing
from sohoi.audit.models import Change
from sohoi.audit.queries import Part, history_of
from sohoi.audit.triggers import missing
from sohoi.org.models import UnitVersion
from sohoi.reports.models import Return
from sohoi.reports.queries import line_changes

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data"
TOLD = json.loads((DATA / "before-one-history.json").read_text("utf-8"))
EVENTS = 89


@pytest.fixture(scope="module")
def upgraded(django_db_setup, django_db_blocker) -> Iterator[int]:
    """The old database, with this version's migrations run over it; how many changes it held."""
    original = connection.settings_dict["NAME"]
    name = f"{original}_upgrade"
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        connection.settings_dict["NAME"] = name
        _load(gzip.decompress((DATA / "before-one-history.sql.gz").read_bytes()))
        call_command("migrate", verbosity=0)
        yield Change.objects.count()
        connections.close_all()
        connection.settings_dict["NAME"] = original
        with connection._nodb_cursor() as cursor:
            cursor.execute(drop)


def _load(dump: bytes) -> None:
    with psycopg.connect(**connection.get_connection_params()) as database:
        database.execute(dump)


def _installed() -> list[dict]:
    """What was told of records whose rooms are there."""
    kinds = {model._meta.label_lower for model in apps.get_models()}
    found = [record for record in TOLD["records"] if record["kind"] in kinds]
    assert len(found) >= 10
    return found


def test_each_record_tells_the_same_history_as_before(upgraded):
    for record in _installed():
        model = apps.get_model(record["kind"])
        parts = [Part(apps.get_model(m), column, title) for m, column, title in record["parts"]]
        told = [
            {
                "when": entry["when"].isoformat(),
                "who": entry["who"],
                "what": entry["what"],
                "title": entry["title"],
                "changes": sorted([str(c["before"]), str(c["after"])] for c in entry["changes"]),
            }
            for entry in history_of(model.objects.get(pk=record["id"]), parts=parts)
        ]
        assert told == record["entries"], record["kind"]


def test_a_return_tells_the_same_changes_as_before(upgraded):
    told = [
        [
            {
                "at": change.at.isoformat(),
                "by": change.by,
                "indicator": change.indicator,
                "before": change.before and [change.before.value, change.before.reason],
                "after": [change.after.value, change.after.reason],
            }
            for change in save
        ]
        for save in line_changes(Return.objects.get(pk=TOLD["return"]))
    ]
    assert told == TOLD["saves"]


def test_every_event_became_a_change_and_nothing_else_is_left_of_them(upgraded):
    assert upgraded == EVENTS
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname FROM pg_class WHERE relname ~ '^pgh|event$'
                  AND relnamespace = 'public'::regnamespace
                UNION ALL
               SELECT proname FROM pg_proc WHERE proname ~ '^_?(pgh|pgtrigger)_'
                UNION ALL
               SELECT tgname FROM pg_trigger WHERE tgname ~ '^_?(pgh|pgtrigger)_'"""
        )
        assert cursor.fetchall() == []


def test_from_then_on_every_change_is_kept(upgraded):
    assert missing() == []
    version = UnitVersion.objects.get(code="32100")
    with transaction.atomic():
        with writing(User.objects.get(username="thu")):
            UnitVersion.objects.filter(pk=version.pk).update(name="Xã Tân Đức Mới")
        newest = history_of(version)[0]
        transaction.set_rollback(True)
    assert (newest["who"], [c["after"] for c in newest["changes"]]) == (
        "Phạm Thị Thu",
        ["Xã Tân Đức Mới"],
    )
