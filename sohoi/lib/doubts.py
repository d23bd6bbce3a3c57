"""What looks wrong but may be true: the writer is asked once, and believed for exactly that."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256

# No key looks like this, so no page can send it.
_EVERY = "*"
_believed: ContextVar[frozenset[str]] = ContextVar("believed", default=frozenset())


@dataclass(frozen=True)
class Doubt:
    """A sentence that says what looks wrong and names the value; `field` is where it stands.

    `about` is what else must be the same for a confirmation to hold, where the sentence does not
    say all of it.
    """

    text: str
    field: str | None = None
    about: str = ""

    @property
    def key(self) -> str:
        """What a confirmation carries: another value makes another key, and asks again."""
        told = "\x1f".join((self.field or "", str(self.text), self.about))
        return sha256(told.encode()).hexdigest()[:20]


@contextmanager
def believing(keys: Iterable[str] | None) -> Iterator[None]:
    """While this lasts, the doubts with these keys count as confirmed; with None, every one."""
    token = _believed.set(_believed.get() | frozenset([_EVERY] if keys is None else keys))
    try:
        yield
    finally:
        _believed.reset(token)


def all_believed() -> bool:
    """Whether nothing would be asked, so that nothing need be looked for."""
    return _EVERY in _believed.get()


def unbelieved(doubts: Iterable[Doubt | None]) -> tuple[Doubt, ...]:
    """Those that nobody has confirmed."""
    known = _believed.get()
    if _EVERY in known:
        return ()
    return tuple(doubt for doubt in doubts if doubt is not None and doubt.key not in known)
