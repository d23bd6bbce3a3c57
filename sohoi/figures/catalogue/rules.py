"""When a figure is declared by units and when a room counts it, where it passed from one to the
other."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sohoi.kit.indicators import Indicator, Kind, Source


@dataclass(frozen=True)
class Origin:
    """How a figure comes about, for whom, and from when until when it is used."""

    kind: Kind
    source: Source
    owner: UUID | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class Passing(Indicator):
    """A figure that units declared until a room counted it: in a period that begins before
    `counted_from` it stays `declared`, in others it is `counted`."""

    counted_from: date
    declared: Origin
    counted: Origin


def origin(indicator: Indicator) -> Origin:
    """As the indicator is declared."""
    return Origin(**{field.name: getattr(indicator, field.name) for field in fields(Origin)})


def passing(coded: Indicator, *, on: date, declared: Origin) -> Passing:
    """The indicator of a room that on this day took over what units declared.

    A sum since a start that the room's records do not reach is not the whole: it stays declared
    until a start of its own lies after the day.
    """
    if coded.kind == Kind.SINCE:
        start = coded.source.started_on
        on = start if start and start >= on else date.max
    own: dict[str, Any] = {field.name: getattr(coded, field.name) for field in fields(coded)}
    counted = origin(coded)
    return Passing(**own, counted_from=on, declared=declared, counted=counted)


def in_period(indicator: Indicator, begins: date) -> Indicator:
    """As it comes about in a period that begins on the day."""
    if not isinstance(indicator, Passing):
        return indicator
    it = indicator.counted if indicator.counted_from <= begins else indicator.declared
    if it.source is indicator.source:
        return indicator
    return replace(indicator, **{field.name: getattr(it, field.name) for field in fields(it)})
