"""The socket for rooms that hold something on units which a reorganisation ends or changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# For each unit that ends, those of its tier that follow it: none, one or, after a split, several.
Followers = Mapping[UUID, Sequence[UUID]]


@dataclass(frozen=True)
class Touched:
    """What a reorganisation touches: the sort of thing, the unit, what, and what becomes of it."""

    group: str
    unit_id: UUID
    what: str
    becomes: str


@dataclass(frozen=True)
class Follower:
    """`touched(followers, on)` says beforehand what `follow(followers, on=, by=)` will do;
    `kept(units, on)` what is closed and stays, although it reaches beyond the day they change."""

    touched: Callable[[Followers, date], list[Touched]] | None = None
    follow: Callable[..., None] | None = None
    kept: Callable[[Collection[UUID], date], list[str]] | None = None
