"""The records and returns behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from sohoi.figures.catalogue.queries import catalogue, leaves_of
from sohoi.figures.engine.windows import Window, behind
from sohoi.figures.models import DeclaredValue
from sohoi.figures.reading.queries import Figure, Tree, chosen, seen_from
from sohoi.kit.indicators import Declared, Indicator, Kind, Records
from sohoi.kit.rooms import statement_page
from sohoi.lib.periods import Period
from sohoi.org.models import Lot, LotMember, UnitVersion, subtree, today


@dataclass
class Trace:
    """One record behind a figure: id, a code that names no person, unit, date and amount."""

    id: UUID
    label: str
    unit_id: UUID
    unit: str
    date: date | None
    amount: int
    page: str = ""
    amount_text: str = ""

    @property
    def url(self) -> str:
        """The record's page; empty where there is none."""
        return reverse(self.page, args=[self.id]) if self.page else ""


@dataclass(frozen=True)
class Evidence:
    """`total` counts all records; `records` are those of the asked slice."""

    total: int
    records: list[Trace]


def evidence(
    *,
    unit: UUID,
    period: Period,
    key: str,
    on: date | None = None,
    tree: Tree | None = None,
    within: Iterable[UUID] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Evidence:
    """The records of one figure under a unit, by date; `within` narrows to what may be seen
    today.

    A figure made of others is shown by the records of each, one after the other.
    Raises UnknownIndicator.
    """
    _own, window = seen_from(unit, period, on=on, tree=tree)
    (indicator,) = chosen([key], window.day)
    return _evidence(indicator, unit, window, within, offset, limit)


def behind_figure(
    figure: Figure,
    *,
    within: Iterable[UUID] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Evidence:
    """The records of a figure already at hand, as `evidence` gives them."""
    window = Window(figure.period, figure.day, figure.tree)
    return _evidence(figure.indicator, figure.place.id, window, within, offset, limit)


def _evidence(
    indicator: Indicator,
    unit: UUID,
    window: Window,
    within: Iterable[UUID] | None,
    offset: int,
    limit: int | None,
) -> Evidence:
    traces = _traces(indicator, unit, window, None if within is None else [*within])
    end = None if limit is None else offset + limit
    return Evidence(len(traces), _with_unit_names(traces[offset:end], window.day))


def _traces(indicator: Indicator, unit: UUID, window: Window, within: list | None) -> list[Trace]:
    match indicator.source:
        case Records():
            return _from_records(indicator, unit, window, within)
        case Declared():
            return _from_returns(indicator, unit, window, within)
    known = catalogue()
    return [
        trace
        for key in leaves_of(indicator, known)
        for trace in _traces(known[key], unit, window, within)
    ]


def _from_records(
    indicator: Indicator, unit: UUID, window: Window, within: list | None
) -> list[Trace]:
    source: Records = indicator.source
    day_column = source.since if indicator.kind == Kind.STOCK else source.at
    rows = behind(indicator, window)
    rows = rows.filter(**{f"{source.unit}__in": subtree([unit], on=window.tree)})
    if within is not None:
        rows = rows.filter(**{f"{source.unit}__in": subtree(within)})
    columns = ["pk", source.label, f"{source.unit}_id", day_column]
    columns += [source.amount] if source.amount else []
    return [
        Trace(
            pk,
            str(label),
            unit_id,
            "",
            day,
            amount[0] if amount else 1,
            source.page,
        )
        for pk, label, unit_id, day, *amount in rows.order_by(day_column, "pk").values_list(
            *columns
        )
    ]


def _from_returns(
    indicator: Indicator, unit: UUID, window: Window, within: list | None
) -> list[Trace]:
    rows = DeclaredValue.objects.filter(
        _counts_in([unit], window.tree), indicator=indicator.key, period=window.period.key
    )
    if within is not None:
        rows = rows.filter(_counts_in(within, today()))
    columns = (
        "statement_id",
        "period",
        "unit_id",
        "statement__accepted_at",
        "value",
    )
    return [
        Trace(pk, period, unit_id, "", timezone.localtime(at).date(), value, statement_page())
        for pk, period, unit_id, at, value in rows.order_by("-value", "pk").values_list(*columns)
    ]


def _counts_in(units: list[UUID], tree: date) -> Exists:
    """Whether one of these adds up the row's unit on the day: asked unit by unit, since few of all
    units below declare."""
    lots = Lot.objects.filter(unit__in=units, days__contains=tree)
    return Exists(LotMember.objects.filter(unit=OuterRef("unit_id"), lot__in=lots))


def _with_unit_names(traces: list[Trace], day: date) -> list[Trace]:
    wanted = {trace.unit_id for trace in traces}
    versions = UnitVersion.objects.on(day).filter(unit_id__in=wanted)
    names = dict(versions.values_list("unit_id", "name"))
    return [replace(trace, unit=names.get(trace.unit_id, "")) for trace in traces]
