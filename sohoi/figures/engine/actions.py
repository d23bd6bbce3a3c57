"""Writes of the figures: an accepted return becomes a statement with its declared values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from sohoi.audit.actions import record, writing
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.catalogue.rules import in_period
from sohoi.figures.models import AnswerSet, DeclaredValue, Statement
from sohoi.kit.indicators import Records
from sohoi.lib.periods import parse_period
from sohoi.org.models import Unit


@dataclass(frozen=True)
class Declaration:
    """A value with who declared it and when; the reason stands when it differs from a count."""

    value: int
    by: Any
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Answered:
    """What a unit's return asked, and the values it declared."""

    unit: UUID
    asked: Collection[str]
    values: Mapping[str, Declaration]


def accept_statement(
    *,
    unit: Unit,
    period: str,
    asked: Collection[str],
    values: Mapping[str, Declaration],
    by: Any,
) -> Statement:
    """The unit vouches for what the return asked; an earlier statement of the same period is
    replaced. Raises PeriodError."""
    with writing(by):
        Statement.objects.filter(unit=unit, period=period).delete()
        answers = [Answered(unit.pk, asked, values)]
        (statement,) = write_statements(period=period, answers=answers, by=by, at=timezone.now())
        record(by=by, verb="figures.accept_statement", thing=statement)
    return statement


def write_statements(
    *, period: str, answers: Iterable[Answered], by: Any, at: datetime
) -> list[Statement]:
    """The statements of units that have none for the period; whoever writes many at once keeps the
    trail herself."""
    answers, known, month = [*answers], catalogue(), parse_period(period).start
    counted = {
        key for key, one in known.items() if isinstance(in_period(one, month).source, Records)
    }
    sets = [answer_set({*one.asked, *one.values}, counted | {*one.values}) for one in answers]
    AnswerSet.objects.bulk_create({one.pk: one for one in sets}.values(), ignore_conflicts=True)
    statements = Statement.objects.bulk_create(
        Statement(
            unit_id=one.unit, period=period, answers_id=its.pk, accepted_at=at, accepted_by=by
        )
        for one, its in zip(answers, sets, strict=True)
    )
    DeclaredValue.objects.bulk_create(
        DeclaredValue(
            statement=statement,
            unit_id=one.unit,
            period=period,
            month=month,
            indicator=key,
            value=declaration.value,
            reason=declaration.reason,
            declared_by=declaration.by,
            declared_at=declaration.at,
        )
        for statement, one in zip(statements, answers, strict=True)
        for key, declaration in one.values.items()
    )
    return statements


def answer_set(asked: Collection[str], answerable: Collection[str]) -> AnswerSet:
    """The set of these keys, unsaved: of what was asked, what can be answered for."""
    asked = sorted(asked)
    answered = [key for key in asked if key in answerable]
    mark = sha256(f"{' '.join(asked)}\n{' '.join(answered)}".encode()).digest()
    return AnswerSet(pk=UUID(bytes=mark[:16]), asked=asked, answered=answered)


def withdraw_statement(*, unit: Unit, period: str, by: Any) -> None:
    """The accepted return was opened again: what it declared is no figure until accepted anew."""
    with writing(by):
        for statement in Statement.objects.filter(unit=unit, period=period):
            record(by=by, verb="figures.withdraw_statement", thing=statement)
            statement.delete()
