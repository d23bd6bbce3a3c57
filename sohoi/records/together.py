"""Many records at once through the same verbs: for the demo, and for sheets of thousands of rows.

While `together` lasts the verbs judge as ever. New records and rows wait, and all of a kind are
inserted at once when anything else is asked of the database, which therefore never answers without
them; whoever may write what is looked up once. A refusal ends it all.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models

from sohoi.audit.actions import writing_many
from sohoi.records.database import refusing
from sohoi.records.models import Record, Row


@dataclass
class Batch:
    """What waits, by its place in the life of its record; things as they were left; answers given.

    No statement holds two things of one record: triggers see them one after the other, as ever.
    """

    waiting: list[dict[type[models.Model], list[models.Model]]] = field(default_factory=list)
    places: Counter = field(default_factory=Counter)
    made: dict[UUID, models.Model] = field(default_factory=dict)
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def before_a_query(self, execute: Callable, sql: str, params: Any, many: bool, context: dict):
        self.insert()
        return execute(sql, params, many, context)

    def wait(self, thing: Record | Row) -> None:
        record = thing.record.pk if isinstance(thing, Row) else thing.pk
        place = self.places[record]
        self.places[record] += 1
        if place == len(self.waiting):
            self.waiting.append({})
        self.waiting[place].setdefault(type(thing), []).append(thing)

    def insert(self) -> None:
        waiting, self.waiting = self.waiting, []
        self.places.clear()
        for by_model in waiting:
            for model, things in by_model.items():
                with refusing(model):
                    model.objects.bulk_create(things)


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def together() -> Iterator[None]:
    """One transaction around many verbs. Columns that triggers write are told only when read again;
    a verb that changes a record reads it again."""
    batch = Batch()
    token = _batch.set(batch)
    try:
        with writing_many(), connection.execute_wrapper(batch.before_a_query):
            yield
            batch.insert()
    finally:
        _batch.reset(token)


def insert(thing: models.Model) -> None:
    """Now, or with others of its kind."""
    if (batch := _batch.get()) is None:
        thing.save(force_insert=True)
        return
    batch.wait(thing)
    remember(thing)


def remember(thing: models.Model) -> None:
    """A row that comes next need not read the record again."""
    if batch := _batch.get():
        batch.made[thing.pk] = copy(thing)


def made(thing: models.Model) -> models.Model | None:
    """The record as this batch left it; nobody else has seen it, or may write it, since."""
    batch = _batch.get()
    return batch and copy(batch.made.get(thing.pk))


def changed(thing: models.Model) -> None:
    """What this batch remembers of it is no longer so."""
    if batch := _batch.get():
        batch.made.pop(thing.pk, None)


def answer(question: Hashable, ask: Callable[[], Any]) -> Any:
    """The answer of `ask`, in a batch only once for each question."""
    if (batch := _batch.get()) is None:
        return ask()
    if question not in batch.answers:
        batch.answers[question] = ask()
    return batch.answers[question]
