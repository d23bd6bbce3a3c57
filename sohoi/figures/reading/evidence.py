"""The records and returns behind a figure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import catalogue, leaves_of
from sohoi.figures.catalogue.rules import in_period
from sohoi.figures.engine.windows import Window, behind
from sohoi.figures.models import DeclaredValue, Statement
from sohoi.kit.indicators import Declared, Indicator, Kind, Records
from sohoi.kit.rooms import statement_page
from sohoi.org.models import UnitVersion, subtree, today


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
    indicator = in_period(indicator, question.period.start)
    traces = _traces(indicator, question.unit.id, question.window, seen)
    end = None if limit is None else offset + limit
    shown = [trace() for trace in traces[offset:end]]
    return Evidence(len(traces), _with_unit_names(_with_days(shown), question.day))


def permission_behind(indicator: Indicator) -> str:
    """What one must hold to see the records or returns behind a figure."""
    return f"{indicator.room}.view" if isinstance(indicator.source, Records) else "figures.view"


# Thousands may be behind a figure of which a page shows few: only those are made.
Traces = list[Callable[[], Trace]]


def _traces(indicator: Indicator, unit: UUID, window: Window, within: list | None) -> Traces:
    match indicator.source:
        case Records():
            return _from_records(indicator, unit, window, within)
        case Declared():
            return _from_returns(indicator, unit, window, within)
    known = catalogue()
    return [
        trace
        for key in leaves_of(indicator, known)
        for trace in _traces(in_period(known[key], window.period.start), unit, window, within)
    ]


def _from_records(indicator: Indicator, unit: UUID, window: Window, within: list | None) -> Traces:
    source: Records = indicator.source
    day_column = source.since if indicator.kind == Kind.STOCK else source.at
    rows = behind(indicator, window)
    rows = rows.filter(**{f"{source.unit}__in": subtree([unit], on=window.tree)})
    if within is not None:
        rows = rows.filter(**{f"{source.unit}__in": subtree(within)})
    columns = ["pk", source.label, f"{source.unit}_id", day_column]
    columns += [source.amount] if source.amount else []
    rows = rows.order_by(day_column, "pk").values_list(*columns)
    return [partial(_of_record, source, *row) for row in rows]


def _of_record(
    source: Records, pk: UUID, label: object, unit: UUID, day: date, amount: int = 1
) -> Trace:
    return Trace(pk, str(label), unit, "", day, amount, source.page)


def _from_returns(indicator: Indicator, unit: UUID, window: Window, within: list | None) -> Traces:
    rows = DeclaredValue.objects.filter(
        _counts_in([unit], window.tree), indicator=indicator.key, period=window.period.key
    )
    if within is not None:
        rows = rows.filter(_counts_in(within, today()))
    rows = rows.order_by("-value", "pk").values_list("statement_id", "unit_id", "value")
    return [partial(_of_return, window.period.key, *row) for row in rows]


def _of_return(period: str, statement: UUID, unit: UUID, value: int) -> Trace:
    """Without its day: `_with_days` reads it for those that are shown."""
    return Trace(statement, period, unit, "", None, value, statement_page())


# Asked value by value, since few of all units below declare: the offset keeps the database from
# joining them all instead.
_COUNTS_IN = """EXISTS (
    SELECT FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id
     WHERE m.unit_id = figures_declaredvalue.unit_id
       AND l.unit_id = ANY(%s::uuid[]) AND l.days @> %s::date OFFSET 0)"""


def _counts_in(units: list[UUID], tree: date) -> RawSQL:
    """Whether one of these adds up the unit of the declared value on the day."""
    # Every value travels as a parameter.
    return RawSQL(_COUNTS_IN, (units, tree), output_field=BooleanField())  # noqa: S611


def _with_days(traces: list[Trace]) -> list[Trace]:
    """The days on which the returns among them were accepted."""
    returns = {trace.id for trace in traces if trace.date is None}
    if not returns:
        return traces
    accepted = Statement.objects.filter(pk__in=returns).values_list("pk", "accepted_at")
    days = {pk: timezone.localtime(at).date() for pk, at in accepted}
    return [replace(trace, date=trace.date or days.get(trace.id)) for trace in traces]


def _with_unit_names(traces: list[Trace], day: date) -> list[Trace]:
    wanted = {trace.unit_id for trace in traces}
    versions = UnitVersion.objects.on(day).filter(unit_id__in=wanted)
    names = dict(versions.values_list("unit_id", "name"))
    return [replace(trace, unit=names.get(trace.unit_id, "")) for trace in traces]
