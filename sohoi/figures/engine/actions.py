"""Writes of the figures: an accepted return becomes a statement with its declared values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from sohoi.audit.actions import record, writing
from sohoi.figures.models import DeclaredValue, Statement
from sohoi.org.models import Unit


@dataclass(frozen=True)
class Declaration:
    """A value with who declared it and when; the reason stands when it differs from a count."""

    value: int
    by: Any
    at: datetime
    reason: str = ""


def accept_statement(
    *, unit: Unit, period: str, values: Mapping[str, Declaration], by: Any
) -> Statement:
    """The unit vouches for the period; an earlier statement of the same period is replaced."""
    with writing(by):
        Statement.objects.filter(unit=unit, period=period).delete()
        statement = Statement.objects.create(
            unit=unit, period=period, accepted_at=timezone.now(), accepted_by=by
        )
        DeclaredValue.objects.bulk_create(
            DeclaredValue(
                statement=statement,
                indicator=key,
                value=declaration.value,
                reason=declaration.reason,
                declared_by=declaration.by,
                declared_at=declaration.at,
            )
            for key, declaration in values.items()
        )
        record(by=by, verb="figures.accept_statement", thing=statement)
    return statement


def withdraw_statement(*, unit: Unit, period: str, by: Any) -> None:
    """The accepted return was opened again: what it declared is no figure until accepted anew."""
    with writing(by):
        for statement in Statement.objects.filter(unit=unit, period=period):
            record(by=by, verb="figures.withdraw_statement", thing=statement)
            statement.delete()
