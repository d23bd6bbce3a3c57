"""The sums behind figures: leaf facts of records and declared values, added up the tree in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from sohoi.kit.indicators import Indicator, Kind, Records
from sohoi.lib.periods import Period


@dataclass(frozen=True)
class Window:
    """What is asked: the period, its key, and the last day that counts (`day`)."""

    period: Period
    day: date


def behind(indicator: Indicator, window: Window) -> QuerySet:
    """The records that a counted figure counts in the window, for all units."""
    source: Records = indicator.source
    rows = source.model._base_manager.filter(source.where)
    if indicator.kind == Kind.STOCK:
        rows = rows.filter(**{f"{source.since}__lte": window.day})
        if source.until:
            rows = rows.filter(Q(**{source.until: None}) | Q(**{f"{source.until}__gt": window.day}))
        return rows
    start = source.started_on if indicator.kind == Kind.SINCE else window.period.start
    if start:
        rows = rows.filter(**{f"{source.at}__gte": start})
    return rows.filter(**{f"{source.at}__lte": min(window.period.end, window.day)})


def _leaf_sql(indicator: Indicator, window: Window) -> tuple[str, list]:
    """SELECT indicator, unit, value, who: one row for each unit (for each person, if distinct)."""
    source: Records = indicator.source
    rows = behind(indicator, window).order_by()
    if indicator.kind == Kind.DISTINCT:
        leaf = rows.values_list(source.unit, source.who).distinct()
        shape = "SELECT %s::text, q.unit, NULL::bigint, q.who::text FROM ({}) AS q(unit, who)"
    else:
        total = Sum(source.amount) if source.amount else Count("pk")
        leaf = rows.values(source.unit).annotate(total=total).values_list(source.unit, "total")
        shape = "SELECT %s::text, q.unit, q.value::bigint, NULL::text FROM ({}) AS q(unit, value)"
    sql, params = leaf.query.sql_with_params()
    return shape.format(sql), [indicator.key, *params]


def counted(
    indicators: Iterable[Indicator], tops: list[UUID], window: Window
) -> dict[tuple[UUID, str], int]:
    """Value of each counted indicator for each top, over its subtree on the day. One query."""
    leaves = [_leaf_sql(indicator, window) for indicator in indicators]
    if not leaves or not tops:
        return {}
    union = " UNION ALL ".join(sql for sql, _params in leaves)
    sql = f"""
        WITH facts(indicator, unit_id, value, who) AS MATERIALIZED ({union})
        SELECT t.top_id, f.indicator, COALESCE(sum(f.value)::bigint, 0) + count(DISTINCT f.who)
          FROM org_subtree(%s::uuid[], %s) AS t JOIN facts AS f USING (unit_id)
         GROUP BY 1, 2"""  # noqa: S608 - built from declarations in code; values travel as parameters
    params = [value for _sql, values in leaves for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, tops, window.day])
        return {(top, key): value for top, key, value in cursor.fetchall()}


@dataclass(frozen=True)
class DeclaredSum:
    """Sum of accepted declared values, and the latest acceptance among them."""

    value: int
    units: int
    accepted_at: datetime


def declared(
    keys: Iterable[str], tops: list[UUID], window: Window
) -> dict[tuple[UUID, str], DeclaredSum]:
    """Accepted declared values for the period, added up under each top. One query."""
    sql = """
        SELECT t.top_id, d.indicator, sum(d.value)::bigint,
               count(*) FILTER (WHERE d.value > 0), max(s.accepted_at)
          FROM org_subtree(%s::uuid[], %s) AS t
          JOIN figures_statement AS s ON s.unit_id = t.unit_id AND s.period = %s
          JOIN figures_declaredvalue AS d ON d.statement_id = s.id AND d.indicator = ANY(%s)
         GROUP BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [tops, window.day, window.period.key, [*keys]])
        return {(top, key): DeclaredSum(*rest) for top, key, *rest in cursor.fetchall()}


def coverage(tops: list[UUID], window: Window) -> dict[tuple[UUID, str], tuple[int, int]]:
    """(reported, expected) units of each tier under each top for the period. One query."""
    sql = """
        SELECT t.top_id, k.tier, count(s.id), count(*)
          FROM org_subtree(%s::uuid[], %s) AS t
          JOIN org_unitversion AS v ON v.unit_id = t.unit_id AND v.valid_from <= %s
           AND (v.valid_to IS NULL OR v.valid_to > %s)
          JOIN org_unitkind AS k ON k.key = v.kind_id
           AND k.tier IN ('province', 'district', 'commune')
          LEFT JOIN figures_statement AS s ON s.unit_id = t.unit_id AND s.period = %s
         GROUP BY 1, 2"""
    day = window.day
    with connection.cursor() as cursor:
        cursor.execute(sql, [tops, day, day, day, window.period.key])
        return {
            (top, tier): (reported, expected) for top, tier, reported, expected in cursor.fetchall()
        }


def units_with(key: str, tier: str, tops: list[UUID], window: Window) -> dict[UUID, int]:
    """How many units of the tier under each top declared more than zero. One query."""
    sql = """
        SELECT t.top_id, count(DISTINCT u.top_id)
          FROM org_subtree(%s::uuid[], %s) AS t
          JOIN org_unitversion AS v ON v.unit_id = t.unit_id AND v.valid_from <= %s
           AND (v.valid_to IS NULL OR v.valid_to > %s)
          JOIN org_unitkind AS k ON k.key = v.kind_id AND k.tier = %s
          CROSS JOIN LATERAL org_subtree(ARRAY[v.unit_id], %s) AS u
          JOIN figures_statement AS s ON s.unit_id = u.unit_id AND s.period = %s
          JOIN figures_declaredvalue AS d
            ON d.statement_id = s.id AND d.indicator = %s AND d.value > 0
         GROUP BY 1"""
    day = window.day
    with connection.cursor() as cursor:
        cursor.execute(sql, [tops, day, day, day, tier, day, window.period.key, key])
        return dict(cursor.fetchall())
