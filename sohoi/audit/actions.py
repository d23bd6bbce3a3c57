"""The one way to write the audit trail, and to tell the database who is acting."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, models, transaction

from sohoi.audit.history import kept_of
from sohoi.audit.models import Entry


@dataclass
class Many:
    """What the frames of many acts share: who is known to act, and the entries to be added."""

    acting: tuple[str, str] | None = None
    depth: int = 0
    entries: list[Entry] = field(default_factory=list)


_many: ContextVar[Many | None] = ContextVar("many", default=None)
_written_at: ContextVar[datetime | None] = ContextVar("written_at", default=None)


@contextmanager
def writing_many() -> Iterator[None]:
    """One frame around many acts, for large loads: one transaction, in which the database is told
    who acts only when somebody else does, and the trail is added at the end.

    What an act refuses ends them all: none of them stands for itself.
    """
    many = Many()
    token = _many.set(many)
    try:
        with transaction.atomic():
            yield
            Entry.objects.bulk_create(many.entries, batch_size=1000)
            if many.acting:
                _tell(("", ""))
    finally:
        _many.reset(token)


@contextmanager
def writing(by: models.Model | None, *, reason: str = "") -> Iterator[None]:
    """The frame of every action: one transaction in which each change in the history carries its
    actor, and the reason she gave.

    `by` None is the system itself (setting up, a scheduled command).
    """
    acting = (str(by.pk) if by else "", reason)
    if many := _many.get():
        with _one_of(many, acting):
            yield
        return
    within_another = connection.in_atomic_block
    with transaction.atomic():
        before = _tell(acting)
        yield
        # The end of the transaction forgets what it was told; one around this goes on.
        if within_another and before != acting:
            _tell(before)


def written_at() -> datetime | None:
    """The moment under which the history has what this thread wrote last; None for nothing yet."""
    return _written_at.get()


def record(
    *, by: models.Model | None, verb: str, thing: models.Model, unit_id: UUID | None = None
) -> Entry:
    """Add "who did what to which id". Called inside `writing`, so no write is without its entry."""
    entry = Entry(
        actor_id=by.pk if by else None,
        verb=verb,
        kind=thing._meta.label_lower,
        object_id=thing.pk,
        unit_id=unit_id or getattr(thing, "unit_id", None),
    )
    if many := _many.get():
        many.entries.append(entry)
    else:
        entry.save(force_insert=True)
    return entry


def erase(*, thing: models.Model, columns: Iterable[str], by: models.Model | None) -> int:
    """Blank these columns in all of the thing's history, and every reason given with it, when the
    law asks for a person's data to go. The lines stay: that, when and by whom something changed.

    Comes after the thing itself was cleared, for that is a change too. Returns how many lines held
    something. The rows of a record are things of their own.
    """
    fields = {field.name: field.column for field in kept_of(type(thing)).fields}
    with writing(by), connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_erase(%s, %s, %s)",
            [thing._meta.label_lower, thing.pk, [fields[name] for name in columns]],
        )
        (number,) = cursor.fetchone()
        record(by=by, verb="audit.erase", thing=thing)
    return number


@contextmanager
def _one_of(many: Many, acting: tuple[str, str]) -> Iterator[None]:
    around = many.acting if many.depth else None
    if many.acting != acting:
        _tell(acting)
        many.acting = acting
    many.depth += 1
    try:
        yield
    finally:
        many.depth -= 1
    if around and around != acting:
        _tell(around)
        many.acting = around


def _tell(acting: tuple[str, str]) -> tuple[str, str]:
    """Tell the database, until the transaction ends, who acts and why. Returns what it knew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_setting('sohoi.actor', true), current_setting('sohoi.reason', true),
                      set_config('sohoi.actor', %s, true), set_config('sohoi.reason', %s, true),
                      now()""",
            acting,
        )
        actor, reason, *_set, moment = cursor.fetchone()
    _written_at.set(moment)
    return actor or "", reason or ""
