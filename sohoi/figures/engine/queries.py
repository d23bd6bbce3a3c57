"""The sums behind figures, for many units and indicators in one query each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from sohoi.figures.engine.entries import DECLARED, UNIT_SEPARATOR, entries_of, is_additive, select
from sohoi.figures.engine.fold import MONTHS
from sohoi.figures.engine.windows import Cut, Window, behind, cut, span
from sohoi.kit.indicators import Indicator, Records

# The units asked about, by their position, as the lots in which they add up theirs on the tree day.
# The lots are looked up first: joined at once, the planner walks through all there are. `own`
# leaves out those in which other units count for them.
TOPS = """
        seats AS MATERIALIZED (
          SELECT l.id, t.position
            FROM (SELECT id, unit_id FROM org_lot
                   WHERE unit_id = ANY(%(tops)s::uuid[]) AND days @> %(tree)s::date
                     AND (own OR NOT %(own)s) OFFSET 0) AS l
            JOIN unnest(%(tops)s::uuid[]) WITH ORDINALITY AS t(unit_id, position)
           USING (unit_id))"""

# What the units add up to travels as one text for each figure: a row for each cell takes the driver
# longer than the database.
_TOTALS = """
        SELECT {by}, string_agg(position || ' ' || total, ' ')
          FROM (SELECT position, {by}, sum(value) AS total FROM parts GROUP BY 1, 2) AS t
         GROUP BY 1"""

_FOLDED = """
      SELECT s.position, f.indicator, f.breakdown, {months}
        FROM seats AS s JOIN figures_monthlysums AS f ON f.lot_id = s.id
       WHERE f.indicator = ANY({keys}) AND {years}"""

_UNFOLDED = """
      SELECT s.position, d.indicator, d.breakdown, d.net
        FROM figures_delta AS d
        JOIN org_lotmember AS m ON m.unit_id = d.unit_id JOIN seats AS s ON s.id = m.lot_id
       WHERE d.indicator = ANY({keys}) AND d.month < {end}
         AND ({first} IS NULL OR d.month >= {first})"""

_RECORDS = """
      SELECT s.position, e.indicator, e.breakdown, e.net
        FROM ({entries}) AS e(indicator, unit_id, breakdown, net)
        JOIN org_lotmember AS m ON m.unit_id = e.unit_id JOIN seats AS s ON s.id = m.lot_id"""


def _parts(indicators: Iterable[Indicator], window: Window) -> list[str]:
    """Whole months from the sums and from changes not yet folded; other days from the records."""
    by_cut: dict[Cut, list[str]] = {}
    entries = []
    for indicator in indicators:
        cut_days = cut(*span(indicator, window))
        by_cut.setdefault(cut_days, []).append(indicator.key)
        entries += [
            select(entry, days=days) for days in cut_days.rest for entry in entries_of(indicator)
        ]
    parts = []
    for cut_days, keys in by_cut.items():
        if not cut_days.is_empty:
            literals = {"keys": _literal((*keys,), "text[]"), "months": _months(cut_days)}
            literals |= {
                "first": _literal(cut_days.first, "date"),
                "end": _literal(cut_days.end, "date"),
            }
            parts += [
                _FOLDED.format(years=_years(cut_days), **literals),
                _UNFOLDED.format(**literals),
            ]
    if entries:
        parts.append(_RECORDS.format(entries=" UNION ALL ".join(entries)))
    return parts


def _literal(value: object, kind: str) -> str:
    return f"{_quoted(value)}::{kind}"


@lru_cache(maxsize=4096, typed=True)
def _quoted(value: object) -> str:
    """As the driver quotes it. A page names the same days, keys and units in one sum after the
    other, and to quote takes longer than to remember. True and 1 are quoted each its own way."""
    listed = [*value] if isinstance(value, tuple) else value
    return connection.ops.compose_sql("%s", [listed])


def _last(cut_days: Cut) -> date:
    return cut_days.end - timedelta(days=1)


def _years(cut_days: Cut) -> str:
    until = f"f.year <= {_last(cut_days).year}"
    return until if cut_days.first is None else f"{until} AND f.year >= {cut_days.first.year}"


def _months(cut_days: Cut) -> str:
    """The sum of a year's months that lie in the cut, as SQL."""
    last = _last(cut_days)
    first_year = cut_days.first.year if cut_days.first else None
    if first_year == last.year:
        return _added(cut_days.first.month, last.month)
    whens = f"WHEN {last.year} THEN {_added(1, last.month)}"
    if cut_days.first:
        whens += f" WHEN {first_year} THEN {_added(cut_days.first.month, 12)}"
    return f"CASE f.year {whens} ELSE {_added(1, 12)} END"


def _added(first: int, last: int) -> str:
    return " + ".join(f"f.{name}" for name in MONTHS[first - 1 : last])


def counted(
    indicators: Iterable[Indicator], tops: list[UUID], windows: list[Window], *, own: bool = False
) -> list[dict[str, list[int]]]:
    """For each window and counted indicator its values, in the order of the tops.

    One query, and one for each indicator of different people. `own` leaves those out, and what
    other units count for the top.
    """
    asked = [*indicators]
    answers = [{i.key: [0] * len(tops) for i in asked} for _window in windows]
    additive = [i for i in asked if is_additive(i)]
    for values, (key, totals) in _paired(answers, _ask(additive, tops, windows, own, "indicator")):
        _fill(values[key], totals)
    for indicator in asked:
        if not own and not is_additive(indicator):
            people = _distinct(indicator, tops, windows)
            for values, (top, value) in _paired(answers, people):
                values[indicator.key][tops.index(top)] = value
    return answers


def broken_down(
    indicator: Indicator, tops: list[UUID], window: Window
) -> dict[tuple[UUID, str], int]:
    """Value of one indicator for each top and value of its breakdown. One query."""
    (rows,) = _ask([indicator], tops, [window], False, "breakdown")
    return {
        (tops[position - 1], words): value
        for words, totals in rows
        for position, value in _totals(totals)
    }


def _ask(indicators, tops: list[UUID], windows: list[Window], own: bool, by: str) -> list[list]:
    def statement(window: Window) -> str:
        parts = _parts(indicators, window) if tops else []
        if not parts:
            return ""
        seats = filled(TOPS, window, tops=tops, own=own)
        held = f"parts(position, indicator, breakdown, value) AS ({' UNION ALL '.join(parts)})"
        return f"WITH {seats}, {held} {_TOTALS.format(by=by)}"

    return each(windows, statement)


def _totals(text: str) -> Iterator[tuple[int, int]]:
    """The positions with their totals, as `_TOTALS` sends them."""
    numbers = [*map(int, text.split())]
    return zip(numbers[::2], numbers[1::2], strict=True)


def _fill(values: list[int], text: str) -> None:
    for position, value in _totals(text):
        values[position - 1] = value


def _distinct(indicator: Indicator, tops: list[UUID], windows: list[Window]) -> list[list]:
    """Different people or households: counted from the records, since they cannot be added up."""
    source: Records = indicator.source

    def statement(window: Window) -> str:
        rows = behind(indicator, window).order_by().values_list(source.unit, source.who)
        sql, params = rows.query.sql_with_params()
        # Built from a declaration; its values travel as parameters. Unit by unit, so that it costs
        # what is below the tops and not what the whole table holds.
        people = f"""
            SELECT l.unit_id, count(DISTINCT r.who)
              FROM org_lot AS l JOIN org_lotmember AS m ON m.lot_id = l.id
             CROSS JOIN LATERAL (
               SELECT q.who FROM ({sql}) AS q(unit_id, who) WHERE q.unit_id = m.unit_id OFFSET 0
             ) AS r
             WHERE l.unit_id = ANY(%s::uuid[]) AND l.days @> %s::date GROUP BY 1"""  # noqa: S608
        return connection.ops.compose_sql(people, [*params, tops, window.tree])

    return each(windows, statement)


def each(windows: list[Window], statement: Callable[[Window], str]) -> list[list[tuple]]:
    """The rows of a statement for each window, all read at one moment: at most one query. A window
    in which nothing can be has no statement."""
    numbered = [(n, one) for n, one in enumerate(map(statement, windows)) if one]
    rows = [[] for _window in windows]
    if not numbered:
        return rows
    asked = " UNION ALL ".join(f"SELECT {n}, q.* FROM ({one}) AS q" for n, one in numbered)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for number, *row in cursor.fetchall():
            rows[number].append(row)
    return rows


def _paired(answers: list, by_window: list[list]) -> Iterator[tuple]:
    """Each row beside the answer of its window."""
    for answer, rows in zip(answers, by_window, strict=True):
        for row in rows:
            yield answer, row


_VALUES = f"""
        WITH {TOPS},
        held AS MATERIALIZED (
          SELECT d.unit_id, d.indicator, d.value, m.lot_id
            FROM figures_declaredvalue AS d
           CROSS JOIN LATERAL (
             SELECT lot_id FROM org_lotmember WHERE unit_id = d.unit_id OFFSET 0) AS m
           WHERE d.period = %(period)s AND d.indicator = ANY(%(keys)s))"""  # noqa: S608 - our own


_DECLARED = f"""
        WITH {TOPS},
        parts(position, breakdown, value) AS (
          SELECT s.position, f.breakdown, f.{{month}}
            FROM seats AS s JOIN figures_monthlysums AS f ON f.lot_id = s.id
           WHERE f.year = {{year}} AND f.indicator = %(sums)s AND f.breakdown = ANY(%(cells)s)
          UNION ALL
          SELECT s.position, d.breakdown, d.net
            FROM figures_delta AS d
            JOIN org_lotmember AS m ON m.unit_id = d.unit_id JOIN seats AS s ON s.id = m.lot_id
           WHERE d.indicator = %(sums)s AND d.breakdown = ANY(%(cells)s))
        {_TOTALS.format(by="breakdown")}"""  # noqa: S608 - our own


def declared(
    keys: Iterable[str], tops: list[UUID], windows: list[Window]
) -> list[dict[str, list[int]]]:
    """For each period and key the accepted declared values, added up under each top, in the order
    of the tops; zero also where there is none: `answers` knows. At most one query."""
    keys = [*keys]

    def statement(window: Window) -> str:
        if not keys:
            return ""
        start, period = window.period.start, window.period.key
        sql = _DECLARED.format(month=MONTHS[start.month - 1], year=start.year)
        cells = [f"{period}{UNIT_SEPARATOR}{key}" for key in keys]
        return filled(sql, window, tops=tops, sums=DECLARED.key, cells=cells)

    answers = [{key: [0] * len(tops) for key in keys} for _window in windows]
    for values, (cell, totals) in _paired(answers, each(windows, statement)):
        _fill(values[cell.split(UNIT_SEPARATOR)[1]], totals)
    return answers


class Stated(NamedTuple):
    """A value that a unit under the top declared; `stood` is the day of the tree in which the unit
    has its own records: the last that counts, or the nearest on which it was there."""

    top: UUID
    unit: UUID
    stood: date
    key: str
    value: int


def stated(keys: Iterable[str], tops: list[UUID], windows: list[Window]) -> list[list[Stated]]:
    """The accepted declared values themselves, for each period. At most one query."""
    keys = [*keys]
    if not keys:
        return [[] for _window in windows]
    sql = f"""{_VALUES},
        stood AS (
          SELECT v.unit_id, GREATEST(min(v.valid_from), LEAST(
                   %(day)s::date, max(COALESCE(v.valid_to, 'infinity')) - 1)) AS day
            FROM org_unitversion AS v WHERE v.unit_id IN (SELECT unit_id FROM held) GROUP BY 1)
        SELECT s.position, h.unit_id, t.day, h.indicator, h.value
          FROM held AS h JOIN seats AS s ON s.id = h.lot_id JOIN stood AS t ON t.unit_id = h.unit_id
         ORDER BY 1, 2, 4"""  # noqa: S608 - our own
    by_window = each(windows, lambda window: filled(sql, window, tops=tops, keys=keys))
    return [[Stated(tops[position - 1], *row) for position, *row in rows] for rows in by_window]


def units_with(
    asked: Mapping[str, tuple[str, str]], tops: list[UUID], windows: list[Window]
) -> list[dict[str, list[int]]]:
    """For each key asked how many units of its tier under each top, in the order of the tops,
    declared more than zero of its part; `asked` says (part, tier). At most one query."""
    answers = [{key: [0] * len(tops) for key in asked} for _window in windows]
    if not asked:
        return answers
    # Inside the tier's own units the tree is that of the period, also for units now gone.
    sql = f"""
        WITH {TOPS},
        asked(key, part, tier) AS (
          SELECT * FROM unnest(%(keys)s::text[], %(parts)s::text[], %(tiers)s::text[])),
        holders AS MATERIALIZED (
          SELECT DISTINCT a.key, v.unit_id
            FROM asked AS a
            JOIN figures_declaredvalue AS d
              ON d.period = %(period)s AND d.indicator = a.part AND d.value > 0
           CROSS JOIN LATERAL (
             SELECT lot_id FROM org_lotmember WHERE unit_id = d.unit_id OFFSET 0) AS m
            JOIN org_lot AS l ON l.id = m.lot_id AND l.days @> %(day)s::date
            JOIN org_unitversion AS v ON v.unit_id = l.unit_id AND v.valid_from <= %(day)s
             AND (v.valid_to IS NULL OR v.valid_to > %(day)s)
            JOIN org_unitkind AS k ON k.key = v.kind_id AND k.tier = a.tier)
        SELECT s.position, h.key, count(DISTINCT h.unit_id)
          FROM holders AS h
         CROSS JOIN LATERAL (
           SELECT lot_id FROM org_lotmember WHERE unit_id = h.unit_id OFFSET 0) AS m
          JOIN seats AS s ON s.id = m.lot_id
         GROUP BY 1, 2"""  # noqa: S608 - our own
    parts, tiers = zip(*asked.values(), strict=True)
    named = {"keys": [*asked], "parts": [*parts], "tiers": [*tiers]}
    by_window = each(windows, lambda window: filled(sql, window, tops=tops, **named))
    for values, (position, key, number) in _paired(answers, by_window):
        values[key][position - 1] = number
    return answers


def filled(sql: str, window: Window, **more: object) -> str:
    """The statement with its values quoted by the driver."""
    values = {"period": window.period.key, "day": window.day, "tree": window.tree, "own": False}
    values |= more
    return sql % {
        name: _quoted((*value,) if isinstance(value, list) else value)
        for name, value in values.items()
    }
