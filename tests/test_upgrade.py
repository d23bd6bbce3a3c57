"""An installation of before the one history is upgraded: nothing that was kept is lost.

The dump was made by the migrations and actions of the last version with a table of events beside
each model (decision 0019); the JSON is what that version's pages told about it.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from sohoi.accounts.models import User
from sohoi.audit.actions import writing
from sohoi.audit.models import Change
from sohoi.audit.queries import Part, history_of
from sohoi.audit.triggers import missing
from sohoi.figures.models import Delta, MonthlySums
from sohoi.org.models import UnitVersion
from sohoi.reports.models import Return
from sohoi.reports.queries import line_changes
from tests import databases

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data"
TOLD = json.loads((DATA / "before-one-history.json").read_text("utf-8"))
EVENTS = 89
# No month of ours, and no fold got past it.
WEDGED = """
    INSERT INTO public.figures_delta (indicator, unit_id, month, breakdown, net)
    SELECT 'wedged', unit_id, month::date, '', 7
      FROM public.org_unitversion, unnest(ARRAY['40000-01-01', 'infinity', '1850-03-01']) AS month
     WHERE code = '32100'"""


@pytest.fixture(scope="module")
def old_installation(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The old database, with this version's migrations run over it."""
    name = f"{databases.house()}_upgraded_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    stood_on = connection.settings_dict["NAME"]
    databases.copy("template1", name)
    with databases.server(name) as database:
        database.execute(gzip.decompress((DATA / "before-one-history.sql.gz").read_bytes()))
        database.execute(WEDGED)
    with django_db_blocker.unblock():
        databases.lead_to(name)
        call_command("migrate", verbosity=0)
        connection.close()
        databases.lead_to(stood_on)
    yield name
    databases.drop(name)


@pytest.fixture
def upgraded(old_installation, django_db_blocker) -> Iterator[None]:
    """At work in it; what a test changes is gone afterwards."""
    stood_on = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.lead_to(old_installation)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        connection.close()
        databases.lead_to(stood_on)


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
    assert Change.objects.count() == EVENTS
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


def test_what_lies_outside_the_calendar_stops_no_upgrade(upgraded):
    """After it: asked about on no day. Before it: held since the first."""
    assert not Delta.objects.filter(indicator="wedged").exists()
    kept = MonthlySums.objects.filter(indicator="wedged")
    assert {*kept.values_list("year", "m01", "m12")} == {(1900, 7, 0)}


def test_from_then_on_every_change_is_kept(upgraded):
    assert missing() == []
    version = UnitVersion.objects.get(code="32100")
    with writing(User.objects.get(username="thu")):
        UnitVersion.objects.filter(pk=version.pk).update(name="Xã Tân Đức Mới")
    newest = history_of(version)[0]
    assert (newest["who"], [c["after"] for c in newest["changes"]]) == (
        "Phạm Thị Thu",
        ["Xã Tân Đức Mới"],
    )
