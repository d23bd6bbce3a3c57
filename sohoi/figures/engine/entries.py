"""What one record adds to a figure: the entries that the declaration of an indicator stands for.

From these entries alone come the triggers, the rebuilding of a changed declaration and the days of
a month that a cut-off takes in part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q

from sohoi.figures.models import DeclaredValue
from sohoi.kit.indicators import Indicator, Kind, Measure, Records

# Between the values of a breakdown with several columns: never part of a value.
UNIT_SEPARATOR = "\x1f"


# What units declare, kept as sums like records are. No key of an indicator begins like this one;
# the indicator declared stands in the breakdown, after its period.
DECLARED = Indicator(
    key="@declared",
    title="",
    kind=Kind.FLOW,
    measure=Measure("", ""),
    source=Records(
        model=DeclaredValue, at="month", amount="value", breakdowns=("period", "indicator")
    ),
    section="",
)


@dataclass(frozen=True)
class Entry:
    """On the day in `column`, a record that satisfies `where` adds `sign` times its amount."""

    indicator: Indicator
    sign: int
    column: str
    where: Q


def is_additive(indicator: Indicator) -> bool:
    """Whether the engine keeps sums of it. Different people cannot be added up."""
    return isinstance(indicator.source, Records) and indicator.kind != Kind.DISTINCT


def entries_of(indicator: Indicator) -> list[Entry]:
    """A flow has one entry, on its day. A stock comes on one day and goes on another."""
    source: Records = indicator.source
    if indicator.kind != Kind.STOCK:
        return [Entry(indicator, 1, source.at, source.where & ~Q(**{source.at: None}))]
    comes = source.where & ~Q(**{source.since: None})
    if not source.until:
        return [Entry(indicator, 1, source.since, comes)]
    # A row that goes before it comes has never been there.
    lasts = Q(**{source.until: None}) | Q(**{f"{source.until}__gt": F(source.since)})
    goes = comes & Q(**{f"{source.until}__gt": F(source.since)})
    return [
        Entry(indicator, 1, source.since, comes & lasts),
        Entry(indicator, -1, source.until, goes),
    ]


def select(entry: Entry, *, days: tuple[date | None, date]) -> str:
    """SELECT indicator, unit_id, breakdown, net: a row for each record with the entry in the days.

    `days` are the first (None: ever) and the last. Literals are quoted by the driver.
    """
    first, last = days
    within = Q(**{f"{entry.column}__lte": last})
    if first:
        within &= Q(**{f"{entry.column}__gte": first})
    terms = _Terms.of(entry, 1)
    rows = _rows(entry, within)
    return f"SELECT {terms.key}, q.unit_id, {terms.breakdown}, {terms.net} FROM {rows}"  # noqa: S608


def monthly(entry: Entry, *, rows: str = "", sign: int = 1, grouped: bool = True) -> str:
    """SELECT indicator, unit_id, month, breakdown, net: a row for each unit, month and breakdown,
    or, not `grouped`, for each record.

    `rows` names a relation that stands in for the table (the rows of a trigger), `sign` turns what
    was taken away. Each entry is grouped by itself: one grouping of all takes twice as long.
    """
    terms = _Terms.of(entry, sign)
    net, by = terms.net, ""
    if grouped:
        columns = "2, 3, 4" if entry.indicator.source.breakdowns else "2, 3"
        net, by = f"sum({terms.net})", f" GROUP BY {columns}"
    return (
        f"SELECT {terms.key} AS indicator, q.unit_id, "  # noqa: S608 - literals were quoted
        "date_trunc('month', q.day::timestamp)::date AS month, "
        f"{terms.breakdown} AS breakdown, {net} AS net FROM {_rows(entry, Q(), rows)}{by}"
    )


def monthlies(indicators: Iterable[Indicator], **asked) -> str:
    """The entries of several indicators, one after the other."""
    return "\nUNION ALL ".join(
        monthly(entry, **asked) for indicator in indicators for entry in entries_of(indicator)
    )


class _Terms(NamedTuple):
    """The parts of a SELECT that an entry's declaration gives."""

    key: str
    breakdown: str
    net: str

    @classmethod
    def of(cls, entry: Entry, sign: int) -> "_Terms":
        source: Records = entry.indicator.source
        values = [f"COALESCE(q.b{number}::text, '')" for number in range(len(source.breakdowns))]
        amount = "COALESCE(q.amount, 0)::bigint" if source.amount else "1::bigint"
        return cls(
            connection.ops.compose_sql("%s::text", [entry.indicator.key]),
            " || chr(31) || ".join(values) or "''::text",
            amount if entry.sign * sign > 0 else f"-{amount}",
        )


def _rows(entry: Entry, within: Q, rows: str = "") -> str:
    """The records with the entry, as the relation q(unit_id, day, b0 …, amount)."""
    source: Records = entry.indicator.source
    columns = [source.unit, entry.column, *source.breakdowns]
    columns += [source.amount] if source.amount else []
    records = source.model._base_manager.filter(entry.where, within).order_by()
    query = records.values_list(*columns).query
    sql, params = query.sql_with_params()
    if sum(1 for uses in query.alias_refcount.values() if uses) != 1:
        raise ValueError(f"{entry.indicator.key}: counts by columns of its own table only")
    if rows:
        table = connection.ops.quote_name(source.model._meta.db_table)
        sql = sql.replace(f"FROM {table}", f"FROM {rows} AS {table}", 1)
    names = ["unit_id", "day", *(f"b{number}" for number in range(len(source.breakdowns)))]
    names += ["amount"] if source.amount else []
    return f"({connection.ops.compose_sql(sql, params)}) AS q({', '.join(names)})"
