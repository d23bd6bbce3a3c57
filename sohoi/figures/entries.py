"""What one record adds to a figure: the entries that the declaration of an indicator stands for.

From these entries alone come the triggers, the rebuilding of a changed declaration and the days of
a month that a cut-off takes in part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Q

from sohoi.kit.indicators import Indicator, Kind, Records

# Between the values of a breakdown with several columns: never part of a value.
UNIT_SEPARATOR = "\x1f"


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


def select(
    entry: Entry, *, rows: str = "", sign: int = 1, days: tuple[date | None, date] | None = None
) -> str:
    """SELECT indicator, unit_id, day, breakdown, net: one row for each record that has the entry.

    `rows` names a relation that stands in for the table (the rows of a trigger), `sign` turns what
    was taken away, `days` are the first (None: ever) and last day. Literals are quoted by the
    driver, since a trigger has no parameters.
    """
    source: Records = entry.indicator.source
    records = source.model._base_manager.filter(entry.where).order_by()
    if days:
        first, last = days
        records = records.filter(**{f"{entry.column}__lte": last})
        if first:
            records = records.filter(**{f"{entry.column}__gte": first})
    columns = [source.unit, entry.column, *source.breakdowns]
    columns += [source.amount] if source.amount else []
    query = records.values_list(*columns).query
    sql, params = query.sql_with_params()
    if sum(1 for uses in query.alias_refcount.values() if uses) != 1:
        raise ValueError(f"{entry.indicator.key}: counts by columns of its own table only")
    table = connection.ops.quote_name(source.model._meta.db_table)
    if rows:
        sql = sql.replace(f"FROM {table}", f"FROM {rows} AS {table}", 1)
    return (
        _outer(source, entry, sign)
        + f"({connection.ops.compose_sql(sql, params)}) AS q"
        + (f"({', '.join(_names(source))})")
    )


def _names(source: Records) -> list[str]:
    values = [f"b{place}" for place in range(len(source.breakdowns))]
    return ["unit_id", "day", *values, *(["amount"] if source.amount else [])]


def _outer(source: Records, entry: Entry, sign: int) -> str:
    values = [f"COALESCE(q.b{place}::text, '')" for place in range(len(source.breakdowns))]
    breakdown = " || chr(31) || ".join(values) or "''"
    amount = "COALESCE(q.amount, 0)::bigint" if source.amount else "1::bigint"
    net = amount if entry.sign * sign > 0 else f"-{amount}"
    key = connection.ops.compose_sql("%s", [entry.indicator.key])
    return (
        f"SELECT {key}::text AS indicator, q.unit_id, q.day, "  # noqa: S608 - literals were quoted
        f"{breakdown} AS breakdown, {net} AS net FROM "
    )


def selects(indicators: Iterable[Indicator], **asked) -> str:
    """The entries of several indicators, one after the other."""
    return "\nUNION ALL ".join(
        select(entry, **asked) for indicator in indicators for entry in entries_of(indicator)
    )
