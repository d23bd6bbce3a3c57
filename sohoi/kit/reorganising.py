"""The socket for rooms that hold something on units which a reorganisation ends."""

from collections.abc import Callable, Mapping, Sequence
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
    """`touched(followers, on)` says beforehand what `follow(followers, on=, by=)` will do."""

    touched: Callable[[Followers, date], list[Touched]]
    follow: Callable[..., None] | None = None
