"""What the database itself refuses of each room's records and rows, whoever writes them."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from sohoi.lib.ids import short_code, uuid7
from sohoi.org.models import today
from tests.subject import ROOMS, Subject

pytestmark = [pytest.mark.rooms, pytest.mark.parametrize("room", ROOMS)]

DAY = timedelta(days=1)
EARLY, LATE, STRANGE = date(1930, 10, 20), date(2999, 1, 1), "palace"


def refused(thing: models.Model, **changes: Any) -> str:
    """The name of the constraint that stops the change, made past every action; "" for none."""
    try:
        with transaction.atomic():
            type(thing).objects.filter(pk=thing.pk).update(**changes)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name or "null"
    return ""


def repeated(thing: models.Model) -> str:
    """The constraint that stops a second row of the same content."""
    values = {f.attname: getattr(thing, f.attname) for f in thing._meta.fields if not f.generated}
    again = type(thing)(**values | {"id": uuid7()})
    if hasattr(again, "code"):
        again.code = short_code("ZZ", again.pk)
    try:
        with transaction.atomic():
            type(thing).objects.bulk_create([again])
            transaction.set_rollback(True)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return ""


def other_values(thing: models.Model, field: models.Field) -> list[Any]:
    """What may be written in the column instead: good, bad and nothing."""
    if isinstance(field, models.DateField):
        days = {getattr(thing, f.name) for f in thing._meta.fields if type(f) is type(field)}
        found = {day + n * DAY for day in days if day for n in (-1, 0, 1)} | {EARLY, LATE}
    elif isinstance(field, models.BooleanField):
        found = {True, False}
    elif isinstance(field, models.IntegerField):
        found = {-1, 0, 1, 2}
    else:
        found = {"", STRANGE, *(word for word, _title in field.flatchoices)}
    return [*([None] if field.null else []), *sorted(found)]


def things(subject: Subject) -> dict[type[models.Model], list[models.Model]]:
    """Records at every step and of every word, some ended, and their rows; by their model."""
    specimen = subject.specimen
    subject.variants()
    for step in specimen.steps:
        record = subject.make(until=step.state)
        if subject.life.may_end(record):
            specimen.close(subject.make(until=step.state))
    return {m: [*m.objects.all()] for m in apps.get_app_config(subject.room).get_models()}


class Attempts:
    """Changes of one column alone, each tried once."""

    def __init__(self, made: list[models.Model]):
        self.made = made
        self.tried: dict[str, dict[tuple, str]] = {}

    def refusing(self, column: str, wanted: str) -> set[str]:
        """The constraints that refuse some change of the column, until the wanted is met."""
        field = self.made[0]._meta.get_field(column)
        tried = self.tried.setdefault(column, {})
        for thing in self.made:
            for value in other_values(thing, field):
                if (key := (thing.pk, value)) not in tried:
                    name = refused(thing, **{column: value})
                    # What a kind of column never takes, a number below zero, shows nothing.
                    tried[key] = "" if name.endswith("_check") else name
                if tried[key] == wanted:
                    return {*tried.values()} - {""}
        return {*tried.values()} - {""}


def test_each_constraint_refuses_a_row_and_holds_all_columns_it_names(subject):
    checked = 0
    for model, made in things(subject).items():
        attempts = Attempts(made)
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                named = sorted(constraint.condition.referenced_base_fields)
                found = {name: attempts.refusing(name, constraint.name) for name in named}
                assert constraint.name in set().union(*found.values())
                assert [name for name, by in found.items() if not by] == [], constraint.name
                checked += 1
    assert checked > 2


def test_a_row_that_may_be_there_once_is_not_there_twice(subject):
    for model, made in things(subject).items():
        own = model._meta.pk.name
        once = {
            constraint.name
            for constraint in model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and own not in constraint.fields
        }
        assert {repeated(thing) for thing in made} - {""} == once


def test_a_column_of_words_takes_no_other(subject):
    for model, made in things(subject).items():
        for field in model._meta.fields:
            if field.choices and not field.generated:
                assert refused(made[0], **{field.name: STRANGE}), field.name


def test_no_step_is_skipped_nor_before_the_one_it_follows(subject):
    life = subject.life
    first = subject.make(until=subject.specimen.steps[0].state)
    for before, step in pairwise(life.steps):
        after, name = step.after or before.day, f"{subject.room}_{step.day}_in_order"
        standing = next(s for s in life.steps if s.day == after)
        record = subject.make(until=standing.state)
        day = getattr(record, after)
        assert refused(record, **{step.day: day - DAY}) == name
        assert refused(record, **{step.day: day}) == ""
        if standing is not life.steps[0]:
            assert refused(first, **{step.day: today()}) == name


def test_an_end_has_its_reason_and_is_the_last(subject):
    life, steps = subject.life, subject.specimen.steps
    if life.end is None:
        assert not [c for c in subject.model._meta.constraints if c.name.endswith("_reason")]
        return
    end, ended = life.end.day, life.end.day.removesuffix("_on")
    record, why = subject.make(until=steps[0].state), {life.reason: "Hộ chuyển đi"}
    first = getattr(record, steps[0].day)
    for changes in ({end: today()}, why):
        assert refused(record, **changes) == f"{subject.room}_{ended}_with_reason"
    assert refused(record, **why, **{end: first - DAY}) == f"{subject.room}_{ended}_last"
    assert refused(record, **why, **{end: first}) == ""
    if len(steps) > 1:
        record = subject.make(until=steps[-1].state)
        assert refused(record, **why, **{end: today()}) == f"{subject.room}_not_both_ended"
