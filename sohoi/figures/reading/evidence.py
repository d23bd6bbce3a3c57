"""The records and returns behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import catalogue, leaves_of
from sohoi.figures.engine.windows import Window, behind
from sohoi.figures.models import DeclaredValue
from sohoi.kit.indicators import Declared, Indicator, Kind, Records
from sohoi.kit.rooms import statement_page
from sohoi.org.models import UnitVersion, subtree


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
    question: Question,
    indicator: Indicator,
    *,
    within: Iterable[UUID] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Evidence:
    """The records of one figure under the unit, by date; `within` narrows to what may be seen
    today. A figure made of others is shown by the records of each, one after the other."""
    seen = None if within is None else [*within]
    traces = _traces(indicator, question.unit.id, question.window, seen)
    end = None if limit is None else offset + limit
    return Evidence(len(traces), _with_unit_names(traces[offset:end], question.day))


def permission_behind(indicator: Indicator) -> str:
    """What one must hold to see the records or returns behind a figure."""
    return f"{indicator.room}.view" if isinstance(indicator.source, Records) else "figures.view"


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
        indicator=indicator.key,
        statement__period=window.period.key,
        statement__unit_id__in=subtree([unit], on=window.tree),
    )
    if within is not None:
        rows = rows.filter(statement__unit_id__in=subtree(within))
    columns = (
        "statement_id",
        "statement__period",
        "statement__unit_id",
        "statement__accepted_at",
        "value",
    )
    return [
        Trace(pk, period, unit_id, "", timezone.localtime(at).date(), value, statement_page())
        for pk, period, unit_id, at, value in rows.order_by("-value", "pk").values_list(*columns)
    ]


def _with_unit_names(traces: list[Trace], day: date) -> list[Trace]:
    wanted = {trace.unit_id for trace in traces}
    versions = UnitVersion.objects.on(day).filter(unit_id__in=wanted)
    names = dict(versions.values_list("unit_id", "name"))
    return [replace(trace, unit=names.get(trace.unit_id, "")) for trace in traces]
