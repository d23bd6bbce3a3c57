"""All indicators by key: those declared in code by rooms, and those defined as data."""

from django.utils.translation import get_language

from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.kit.indicators import (
    VND,
    Declared,
    Indicator,
    Kind,
    Measure,
    RateOf,
    Source,
    TotalOf,
    UnitsWith,
)
from sohoi.lib.wording import Rounding


class UnknownIndicator(LookupError):
    """No indicator has this key; the message offers the nearest ones."""


def catalogue() -> dict[str, Indicator]:
    """Every indicator that can be computed. One query.

    A total or rate of figures that no installed room or definition provides is left out: it could
    only be shown wrong.
    """
    coded = rooms.indicators()
    known = dict(coded)
    known |= {
        row.key: _indicator(row)
        for row in IndicatorDefinition.objects.all()
        if row.key not in coded
    }
    return {key: found for key, found in known.items() if inputs_of(found) <= known.keys()}


def inputs_of(indicator: Indicator) -> set[str]:
    """The keys an indicator is computed from; empty for counted and declared ones."""
    match indicator.source:
        case TotalOf(parts=parts):
            return set(parts)
        case UnitsWith(part=part):
            return {part}
        case RateOf(numerator=numerator, denominator=denominator):
            return {numerator, denominator}
    return set()


def _source(row: IndicatorDefinition) -> Source:
    match row.source:
        case SourceKind.TOTAL:
            return TotalOf(tuple(row.inputs))
        case SourceKind.UNITS_WITH:
            return UnitsWith(row.inputs[0], row.tier)
        case SourceKind.RATE:
            return RateOf(row.inputs[0], row.inputs[1])
    return Declared(row.tier)


def _measure(row: IndicatorDefinition) -> Measure:
    if row.measure == VND.symbol:
        return VND
    title = row.measure_en if get_language() == "en" else row.measure
    return Measure(row.measure, title, row.scale)


def _indicator(row: IndicatorDefinition) -> Indicator:
    return Indicator(
        key=row.key,
        title=str(row),
        kind=Kind(row.kind),
        measure=_measure(row),
        source=_source(row),
        section=row.section,
        rounding=Rounding(row.rounding_mode, row.rounding_step, row.rounding_word),
        parts=tuple(row.parts),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
