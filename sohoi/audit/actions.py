"""The one way to write the audit trail, and to tell the database who is acting."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import models, transaction

from sohoi.audit.models import Entry


@contextmanager
def writing(by: models.Model | None, *, reason: str = "") -> Iterator[None]:
    """The frame of every action: one transaction in which each tracked change carries its actor,
    and the reason she gave.

    `by` None is the system itself (setting up, a scheduled command).
    """
    said = {"reason": reason} if reason else {}
    with transaction.atomic(), pghistory.context(actor=str(by.pk) if by else "", **said):
        yield


def record(
    *, by: models.Model | None, verb: str, thing: models.Model, unit_id: UUID | None = None
) -> Entry:
    """Add "who did what to which id". Called inside `writing`, so no write is without its entry."""
    return Entry.objects.create(
        actor_id=by.pk if by else None,
        verb=verb,
        kind=thing._meta.label_lower,
        object_id=thing.pk,
        unit_id=unit_id or getattr(thing, "unit_id", None),
    )
