"""Every indicator, whatever its origin: in code, shipped as data, or the province's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from sohoi.figures.catalogue.choices import order_of
from sohoi.figures.catalogue.queries import catalogue, measure_of
from sohoi.figures.catalogue.rules import in_period
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.kit.indicators import Declared, Indicator, Kind, RateOf, Records, TotalOf, UnitsWith
from sohoi.org.models import today
from sohoi.org.queries import over, within

SOURCES = {
    Records: SourceKind.COUNT,
    Declared: SourceKind.DECLARED,
    TotalOf: SourceKind.TOTAL,
    UnitsWith: SourceKind.UNITS_WITH,
    RateOf: SourceKind.RATE,
}
BUILT_IN, SHIPPED, PROVINCE = "built_in", "shipped", "province"
IN_USE, ENDED, AHEAD, LOST = "in_use", "ended", "ahead", "lost"


@dataclass(frozen=True)
class CatalogueEntry:
    """An indicator of any origin; `row` where it is data, `indicator` where it can be computed."""

    key: str
    title: str
    section: str
    kind: Kind
    measure: str
    source: SourceKind
    origin: str
    state: str
    indicator: Indicator | None
    row: IndicatorDefinition | None

    @property
    def url(self) -> str:
        return reverse("figures:definition", args=[self.key])


def every(roots: Iterable[UUID]) -> list[CatalogueEntry]:
    """All indicators by section that units under the roots use today: those in code, those shipped
    as data, those of the provinces."""
    known, coded = catalogue(), rooms.indicators()
    rows = [*IndicatorDefinition.objects.select_related("follows", "added_by")]
    owners, roots = {row.owner_id for row in rows} - {None}, [*roots]
    used = over(owners, roots, on=today()) | within(owners, roots) if owners else set()
    entries = [_of_code(in_period(known.get(key, one), today())) for key, one in coded.items()]
    entries += [
        _of_row(row, known.get(row.key))
        for row in rows
        if row.key not in coded and (row.owner_id is None or row.owner_id in used)
    ]
    return sorted(entries, key=lambda entry: order_of(entry.section))


def entry_of(key: str, roots: Iterable[UUID]) -> CatalogueEntry | None:
    """None also for what only others use."""
    return next((entry for entry in every(roots) if entry.key == key), None)


def _of_code(indicator: Indicator) -> CatalogueEntry:
    return CatalogueEntry(
        key=indicator.key,
        title=str(indicator.title),
        section=indicator.section,
        kind=indicator.kind,
        measure=str(indicator.measure.title),
        source=SOURCES[type(indicator.source)],
        origin=BUILT_IN,
        state=_state(indicator, indicator),
        indicator=indicator,
        row=None,
    )


def _of_row(row: IndicatorDefinition, indicator: Indicator | None) -> CatalogueEntry:
    return CatalogueEntry(
        key=row.key,
        title=str(row),
        section=row.section,
        kind=Kind(row.kind),
        measure=str(measure_of(row).title),
        source=SourceKind(row.source),
        origin=PROVINCE if row.owner_id else SHIPPED,
        state=_state(row, indicator),
        indicator=indicator,
        row=row,
    )


def _state(valid: Any, indicator: Indicator | None) -> str:
    if indicator is None:
        return LOST
    if valid.valid_to and valid.valid_to <= today():
        return ENDED
    return AHEAD if valid.valid_from and valid.valid_from > today() else IN_USE
