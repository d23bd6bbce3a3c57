"""Every verb by everyone, called directly, as a sheet or a program would."""

import inspect
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from sohoi.audit.models import Entry
from sohoi.kit import rooms
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.kit.testing import PEOPLE, Act
from sohoi.org.actions import end_unit

pytestmark = pytest.mark.rooms

DONE, REFUSED, NOT_THERE = "done", "refused", "not there"


class Undo(Exception):
    """Takes one call back, so that the next finds things as they were made."""


def acts_of(room: str) -> dict[str, Act]:
    return import_module(f"{apps.get_app_config(room).name}.tests.acts").acts()


WITH_VERBS = [room for room in rooms.rooms() if room.verbs]
ACTS = {verb: act for room in WITH_VERBS for verb, act in acts_of(room.key).items()}
CLOSING = sorted(verb for verb, act in ACTS.items() if act.close)


def outcome(call: Callable[[], Any]) -> str:
    try:
        with transaction.atomic():
            call()
            raise Undo
    except Undo:
        return DONE
    except OutOfReach:
        return NOT_THERE
    except Refused:
        return REFUSED


def outcomes(act: Act, made: Any, cast) -> dict[str, str]:
    return {name: outcome(lambda name=name: act.call(made, getattr(cast, name))) for name in PEOPLE}


def expected(allowed: set[str], met: str = DONE) -> dict[str, str]:
    return {name: met if name in allowed else NOT_THERE for name in PEOPLE}


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_a_verb_is_done_by_those_listed_and_by_nobody_else(cast, verb):
    act = ACTS[verb]
    allowed = set(act.allowed.split())
    assert outcomes(act, act.make(cast.units.hamlet), cast) == expected(allowed - {"xuan"})
    elsewhere = act.make(cast.units.other_commune)
    assert outcomes(act, elsewhere, cast) == expected(allowed & {"xuan"})


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_in_a_unit_that_ended_nothing_is_begun_and_what_is_there_is_mended_from_above(cast, verb):
    """A commune that ended without a follower counts with the district it stood in."""
    act, ended = ACTS[verb], cast.units.commune_2
    made = act.make(ended)
    end_unit(unit=ended, on=date.today(), by=None)
    above = set(act.allowed.split()) & {"thu"}
    assert outcomes(act, made, cast) == expected(above, REFUSED if act.begins else DONE)


@pytest.mark.parametrize("verb", CLOSING)
def test_a_closed_record_takes_what_the_table_says(cast, verb):
    act = ACTS[verb]
    made = act.make(cast.units.hamlet)
    made = act.close(made) or made
    met = REFUSED if act.refused_when_closed else DONE
    assert outcomes(act, made, cast) == expected(set(act.allowed.split()) - {"xuan"}, met)


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_an_act_leaves_its_entry_with_who_and_where(cast, verb):
    act = ACTS[verb]
    act.call(act.make(cast.units.hamlet), cast.hanh)
    entry = Entry.objects.latest("at", "id")
    told = (entry.verb, entry.actor_id, entry.unit_id)
    assert told == (verb, cast.hanh.pk, cast.units.hamlet.pk)


def test_every_act_of_a_room_is_a_verb_and_every_verb_is_in_a_table():
    """A room that writes past the registry, or a verb that nobody attacks, fails the run."""
    for room in WITH_VERBS:
        module = import_module(f"{apps.get_app_config(room.key).name}.actions")
        functions = inspect.getmembers(module, inspect.isfunction)
        written = {act for _name, act in functions if act.__module__ == module.__name__}
        assert {act for act in written if _writes(act)} == {verb.action for verb in room.verbs}
        assert set(acts_of(room.key)) == {verb.key for verb in room.verbs}
        assert any(verb in CLOSING for verb in acts_of(room.key))


def _writes(function: Callable) -> bool:
    by = inspect.signature(function).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY
