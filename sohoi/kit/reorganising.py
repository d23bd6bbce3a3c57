"""The socket for rooms that hold something on units which a reorganisation ends or changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# For each unit that ends, those of its tier that follow it: none, one or, after a split, several.
Followers = Mapping[UUID, Sequence[UUID]]


@dataclass(frozen=True)
class Touched:
    """Something a reorganisation touches: of which group of things, on which unit, what, and what
    becomes of it."""

    group: str
    unit_id: UUID
    what: str
    becomes: str


@dataclass(frozen=True)
class Follower:
    """`touched(followers, on)` says beforehand what `follow(followers, on=, by=)` will do.
    `kept(units, on)` says what is closed and stays as it is, although a plan reaches back into it
    that changes these units, or what stands below them, from the day on."""

    touched: Callable[[Followers, date], list[Touched]] | None = None
    follow: Callable[..., None] | None = None
    kept: Callable[[Collection[UUID], date], list[str]] | None = None
