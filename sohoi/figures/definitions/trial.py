"""What an indicator would show, before it is saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from sohoi.figures.catalogue.queries import compose
from sohoi.figures.definitions.actions import drafted
from sohoi.figures.engine.windows import behind
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.figures.reading.queries import figures, seen_from
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator, Kind
from sohoi.lib.periods import Period
from sohoi.org.models import subtree


@dataclass(frozen=True)
class Trial:
    """The value for one unit and period; with a rate, also what is divided."""

    indicator: Indicator
    value: int | None
    numerator: int | None = None
    denominator: int | None = None


def try_out(
    *,
    unit: UUID,
    period: Period,
    definition: IndicatorDefinition | None = None,
    **details: Any,
) -> Trial:
    """The value that the definition would have; nothing is kept. Raises Refused as saving would."""
    with transaction.atomic():
        row = drafted(definition, **details)
        trial = _counted(row, unit, period) if row.source == SourceKind.COUNT else None
        if trial is None:
            row.save()
            (figure,) = figures(unit=unit, period=period, keys=[row.key])
            trial = Trial(figure.indicator, figure.value, figure.numerator, figure.denominator)
        transaction.set_rollback(True)
    return trial


def _counted(row: IndicatorDefinition, unit: UUID, period: Period) -> Trial:
    """From the records themselves: no trigger is laid for a trial."""
    indicator = compose(rooms.indicators(), [row])[row.key]
    source = indicator.source
    _unit, window = seen_from(unit, period)
    rows = behind(indicator, window)
    rows = rows.filter(**{f"{source.unit}__in": subtree([unit], on=window.tree)})
    if indicator.kind == Kind.DISTINCT:
        return Trial(indicator, rows.order_by().values(source.who).distinct().count())
    if source.amount:
        return Trial(indicator, rows.aggregate(total=Sum(source.amount))["total"] or 0)
    return Trial(indicator, rows.count())
