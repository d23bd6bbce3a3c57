"""What an indicator would show, before it is saved."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import catalogue, compose
from sohoi.figures.definitions.actions import drafted
from sohoi.figures.engine.windows import behind
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.figures.reading.queries import read
from sohoi.figures.reading.splits import lost
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator, Kind
from sohoi.org.models import subtree


@dataclass(frozen=True)
class Trial:
    """The value for one unit and period, or that it is not comparable; with a rate, also what is
    divided."""

    indicator: Indicator
    value: int | None
    denominator: int | None = None
    comparable: bool = True


def try_out(
    question: Question, *, definition: IndicatorDefinition | None = None, **details: Any
) -> Trial:
    """The value that the definition would have; nothing is kept. Raises Refused as saving would."""
    with transaction.atomic():
        row = drafted(definition, **details)
        trial = _counted(row, question) if row.source == SourceKind.COUNT else None
        if trial is None:
            row.save()
            indicator = catalogue()[row.key]
            ((figure,),) = read([indicator], [question.unit], [question.window])
            trial = Trial(figure.indicator, figure.value, figure.denominator, figure.comparable)
        transaction.set_rollback(True)
    return trial


def _counted(row: IndicatorDefinition, question: Question) -> Trial:
    """From the records themselves: no trigger is laid for a trial."""
    indicator = compose(rooms.indicators(), [row])[row.key]
    source, top = indicator.source, question.unit.id
    rows = behind(indicator, question.window)
    elsewhere = rows.filter(**{f"{source.unit}__in": lost([top], question.tree).get(top, [])})
    if elsewhere.exists():
        return Trial(indicator, None, comparable=False)
    rows = rows.filter(**{f"{source.unit}__in": subtree([top], on=question.tree)})
    if indicator.kind == Kind.DISTINCT:
        return Trial(indicator, rows.order_by().values(source.who).distinct().count())
    if source.amount:
        return Trial(indicator, rows.aggregate(total=Sum(source.amount))["total"] or 0)
    return Trial(indicator, rows.count())
