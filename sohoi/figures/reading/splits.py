"""What a split left undivided: figures of the units after it that cannot be compared.

A unit that was split keeps its own records and returns, and those of units that were closed below
it or had merged into it before. Nobody can say which of the units that
followed it they belong to, so they count in the lowest unit above all of these, and the figures in
between say “không so sánh được” instead of inventing a share (DESIGN §3).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.entries import is_additive
from sohoi.figures.engine.windows import Window
from sohoi.kit.indicators import Declared, Indicator, Records

# A split unit, with whatever ended in it before: what merged into it, and what was closed below it
# or below one of these. The units that add up one of its followers on the tree day, or one of
# theirs, but not the unit itself.
_LOST = """
    WITH RECURSIVE split(unit_id) AS (
      SELECT predecessor_id FROM org_succession WHERE "on" <= %(tree)s
       GROUP BY predecessor_id, "on" HAVING count(*) > 1),
    source(unit_id, split_id) AS (
      SELECT unit_id, unit_id FROM split
      UNION
      SELECT n.unit_id, b.split_id FROM source AS b CROSS JOIN LATERAL (
        SELECT s.predecessor_id FROM org_succession AS s
         WHERE s.successor_id = b.unit_id AND s."on" <= %(tree)s
        UNION ALL
        SELECT v.unit_id FROM org_unitversion AS v
         WHERE v.parent_id = b.unit_id AND v.valid_to <= %(tree)s
           AND NOT EXISTS (
             SELECT FROM org_unitversion AS w
              WHERE w.unit_id = v.unit_id AND w.valid_from > v.valid_from)
           AND NOT EXISTS (SELECT FROM org_succession AS s WHERE s.predecessor_id = v.unit_id)
      ) AS n(unit_id)
       WHERE n.unit_id NOT IN (SELECT unit_id FROM split)),
    after(split_id, unit_id) AS (
      SELECT s.predecessor_id, s.successor_id FROM org_succession AS s
        JOIN split ON split.unit_id = s.predecessor_id
      UNION
      SELECT a.split_id, s.successor_id
        FROM after AS a JOIN org_succession AS s ON s.predecessor_id = a.unit_id
       WHERE s."on" <= %(tree)s),
    above AS (
      SELECT DISTINCT a.split_id, l.unit_id
        FROM after AS a JOIN org_lotmember AS m ON m.unit_id = a.unit_id
        JOIN org_lot AS l ON l.id = m.lot_id
       WHERE l.unit_id = ANY(%(tops)s::uuid[]) AND l.days @> %(tree)s::date)
    SELECT DISTINCT above.unit_id, source.unit_id FROM above JOIN source USING (split_id)
     WHERE NOT EXISTS (
       SELECT 1 FROM org_lotmember AS m JOIN org_lot AS l ON l.id = m.lot_id
        WHERE m.unit_id = source.unit_id AND l.unit_id = above.unit_id
          AND l.days @> %(tree)s::date)"""


def lost(tops: list[UUID], tree: date) -> dict[UUID, list[UUID]]:
    """For each top the units whose own records it cannot have, since they were split. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LOST, {"tops": tops, "tree": tree})
        by_top = defaultdict(list)
        for top, source in cursor.fetchall():
            by_top[top].append(source)
    return dict(by_top)


def undivided(
    by_window: list[dict[str, Indicator]], tops: list[UUID], windows: list[Window]
) -> list[set[tuple[UUID, str]]]:
    """The cells (top, key) of each window that miss what a split unit itself counted or declared,
    as its indicators come about.

    The windows are of one tree. One query where nothing was split; two more where something was.
    Different people are taken as lost whenever a unit was split.
    """
    by_top = lost(tops, windows[0].tree)
    if not by_top:
        return [set() for _window in windows]
    sources = sorted({unit for units in by_top.values() for unit in units})
    every = [i for one in {id(one): one for one in by_window}.values() for i in one.values()]
    counted = {i.key: i for i in every if isinstance(i.source, Records)}
    declared = {i.key for i in every if isinstance(i.source, Declared)}
    held = (
        _held(sources, *of_window)
        for of_window in zip(
            by_window,
            sums.counted(counted.values(), sources, windows, own=True),
            sums.declared(sorted(declared), sources, windows),
            strict=True,
        )
    )
    return [
        {
            (top, key)
            for top, units in by_top.items()
            for unit in units
            for key in indicators
            if (unit, key) in cells
        }
        for indicators, cells in zip(by_window, held, strict=True)
    ]


def _held(
    sources: list[UUID], indicators: Mapping[str, Indicator], counts: dict, declared_sums: dict
) -> set[tuple[UUID, str]]:
    """What the split units themselves counted or declared."""
    people = {
        (unit, i.key)
        for unit in sources
        for i in indicators.values()
        if isinstance(i.source, Records) and not is_additive(i)
    }
    both = ((counts, Records), (declared_sums, Declared))
    return people | {
        (unit, key)
        for by_key, source in both
        for key, values in by_key.items()
        for unit, value in zip(sources, values, strict=True)
        if value and isinstance(indicators[key].source, source)
    }
