"""Many records at once are the same records: rows, history, trail and figures of each demo."""

from itertools import count
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conftest import FOUNDED
from sohoi.audit.models import Change, Entry
from sohoi.config.stage import Stage, province_on_stage
from sohoi.figures.engine.recount import recount
from sohoi.figures.reading.queries import figures
from sohoi.kit import rooms
from sohoi.kit.refusals import Refused
from sohoi.lib.doubts import believing
from sohoi.lib.periods import parse_period
from sohoi.org.actions import found_unit
from sohoi.records import actions
from sohoi.records.together import together
from tests.subject import ROOMS, specimen_of

pytestmark = pytest.mark.rooms
FEW = 4


class SmallStage(Stage):
    """A few of each where the demo asks for hundreds, at the same places each time."""

    def scatter(self, total: int, places: Any) -> list[Any]:
        return super().scatter(min(total, FEW), places)

    def share(self, total: int, parts: int, *, least: int = 0) -> list[int]:
        parts = min(parts, FEW)
        return super().share(max(2, least) * parts + 1, parts, least=least)


@pytest.fixture
def stage(cast):
    """`stage()`: the cast's provinces on the day of the demo, each commune with a branch."""
    bare = (cast.units.commune_2, cast.units.ward, cast.units.other_commune)
    for number, commune in enumerate(bare):
        told = {"name": f"Chi hội {number}", "kind": "branch", "code": f"bare-{number}"}
        found_unit(**told, parent=commune, valid_from=FOUNDED, by=None)

    def make() -> SmallStage:
        provinces = {code: province_on_stage(code) for code in ("96", "95")}
        own = provinces["96"].communes[0].code
        writers = {"96": cast.thu, "95": None}
        random = Random(1)
        return SmallStage(
            by=cast.thu, provinces=provinces, writers=writers, home_commune=own, random=random
        )

    return make


@pytest.fixture
def counted_ids(monkeypatch):
    """The ids of records come in the same order each time it is called."""

    def begin() -> None:
        numbers = count(1)
        monkeypatch.setattr(actions, "uuid7", lambda: UUID(int=next(numbers)))

    return begin


def left_behind(room: str, province: UUID) -> SimpleNamespace:
    """All that the load wrote: rows, history and trail of each, figures of the province."""
    of_room = {"kind__startswith": f"{room}."}
    keys = [key for key in rooms.indicators() if key.startswith(f"{room}.")]
    found = figures(unit=province, period=parse_period("2023-H1"), keys=keys)
    trail = Entry.objects.filter(**of_room).order_by("id")
    changes = Change.objects.filter(**of_room).order_by("object_id", "id")
    return SimpleNamespace(
        rows={
            model.__name__: [*model.objects.order_by("pk").values()]
            for model in apps.get_app_config(room).get_models()
        },
        trail=[*trail.values_list("actor_id", "verb", "kind", "object_id", "unit_id")],
        history=[
            *changes.values_list(
                "object_id", "parent_id", "kind", "actor_id", "reason", "before", "after"
            )
        ],
        figures={figure.key: figure.value for figure in found},
        recounted=recount()[1],
    )


@pytest.mark.parametrize("room", ROOMS)
def test_a_demo_loaded_at_once_is_what_its_verbs_write_one_by_one(cast, stage, counted_ids, room):
    demo = next(one.demo for one in rooms.rooms() if one.key == room)
    told, asked = [], []
    for at_once in (False, True):
        counted_ids()
        with transaction.atomic(), believing(None):
            setting = stage()
            with CaptureQueriesContext(connection) as captured:
                if at_once:
                    with together():
                        demo(setting)
                else:
                    demo(setting)
            asked.append(len(captured))
            told.append(left_behind(room, cast.units.province.pk))
            transaction.set_rollback(True)
    one_by_one, at_once = told
    assert sum(map(len, one_by_one.rows.values())) >= FEW
    assert len(one_by_one.trail) >= FEW
    assert len(one_by_one.history) >= FEW
    for part in ("rows", "trail", "history", "figures", "recounted"):
        assert getattr(at_once, part) == getattr(one_by_one, part), part
    assert at_once.recounted == []
    assert asked[1] < asked[0] / 2


def test_a_refusal_leaves_nothing_of_all_of_it(cast):
    specimen = specimen_of(ROOMS[0])
    record = specimen.make(cast.units.hamlet)
    before = Entry.objects.count(), type(record).objects.count()

    def too_much() -> None:
        with together():
            specimen.make(cast.units.commune)
            raise Refused("Không.")

    with pytest.raises(Refused):
        too_much()
    assert (Entry.objects.count(), type(record).objects.count()) == before
    specimen.make(cast.units.commune)
    assert type(record).objects.count() == before[1] + 1


def test_whoever_asks_meanwhile_finds_what_waits(cast):
    specimen = specimen_of(ROOMS[0])
    with together(), believing(None):
        made = [specimen.make(unit) for unit in (cast.units.hamlet, cast.units.commune)]
        asked = {record.pk for record in type(made[0]).objects.all()}
        assert asked == {record.pk for record in made}
