"""The registry: each app that has pages says in `room.py`, as data, what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from django.apps import AppConfig

from sohoi.kit.indicators import Indicator, RecordKind
from sohoi.kit.menu import MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.reorganising import Follower
from sohoi.kit.verbs import Verb


@dataclass(frozen=True, kw_only=True)
class Room:
    """What an app brings to the house. Key = folder = permission prefix = indicator prefix.

    `path` is the Vietnamese slug under which the app's `urls` are mounted ("" for the root).
    `starts` are the pages where something new begins, for whoever holds their permission.
    `demo` loads the room's demo records: `demo(stage)` with `stage` from the demo command.
    `tasks(user)` are what this person must do by when; `reorganised` is its follower of units.
    `statement_page` is the URL name of the page behind an accepted statement, by its id.
    `rounds` answers who asks for figures: `cut_off(unit, period key)`, the last day that counts in
    the round that asks the unit, or None; `asked_units(period key)`, SQL of the ids.
    `sentences` say its figures in the report's text, as `Sentence` of the figures.
    """

    key: str
    title: str
    path: str
    permissions: tuple[Permission, ...] = ()
    verbs: tuple[Verb, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    starts: tuple[MenuItem, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    record_kinds: tuple[RecordKind, ...] = ()
    demo: Callable[[Any], None] | None = None
    tasks: Callable[[Any], list] | None = None
    reorganised: Follower | None = None
    statement_page: str = ""
    rounds: Any = None
    sentences: tuple[Any, ...] = ()


_rooms: dict[str, Room] = {}
_edition = 0


class RoomConfig(AppConfig):
    """The AppConfig of every app that has a `room.py`."""

    def ready(self) -> None:
        register(import_module(f"{self.name}.room").ROOM)


def register(room: Room) -> None:
    """Raises ValueError when the key is taken by another room."""
    if _rooms.get(room.key, room) is not room:
        raise ValueError(f"two rooms with the key {room.key!r}")
    _rooms[room.key] = room
    _forget()


def unregister(key: str) -> None:
    """For tests that bring a room of their own."""
    _rooms.pop(key, None)
    _forget()


def _forget() -> None:
    """What was gathered from the rooms holds until a room comes or goes."""
    global _edition
    _edition += 1
    for gathered in (rooms, permissions, verbs):
        gathered.cache_clear()


def edition() -> int:
    """Another number whenever a room came or went, for what is gathered elsewhere."""
    return _edition


@cache
def rooms() -> tuple[Room, ...]:
    return tuple(sorted(_rooms.values(), key=lambda room: room.key))


def statement_page() -> str:
    """The URL name that leads from a declared value to the return it came from; "" for none."""
    return next((room.statement_page for room in rooms() if room.statement_page), "")


def rounds() -> list[Any]:
    """What each room that asks for figures answers of its rounds."""
    return [room.rounds for room in rooms() if room.rounds]


@cache
def permissions() -> Mapping[str, Permission]:
    return MappingProxyType({p.key: p for room in rooms() for p in room.permissions})


@cache
def verbs() -> Mapping[str, Verb]:
    return MappingProxyType({v.key: v for room in rooms() for v in room.verbs})


def indicators() -> dict[str, Indicator]:
    """The indicators declared in code, by key."""
    return {i.key: i for room in rooms() for i in room.indicators}


def record_kinds() -> dict[str, RecordKind]:
    """The records that indicators without code may count, by key."""
    return {k.key: k for room in rooms() for k in room.record_kinds}
