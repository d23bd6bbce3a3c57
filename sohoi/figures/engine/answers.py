"""Who was asked for a figure and who answered: the units that stand, by their returns."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sohoi.figures.engine.queries import TOPS, each, filled
from sohoi.figures.engine.windows import Window

# What holds each unit is read first: joined at once, every unit would walk through all tops. A
# return of a unit that does not stand has no kind here.
_GROUPS = f"""
        WITH {TOPS},
        held AS MATERIALIZED (
          SELECT v.kind_id, s.answers_id, s.accepted_at, m.lot_id
            FROM (SELECT unit_id, kind_id FROM org_unitversion
                   WHERE kind_id = ANY(org_kinds_of(ARRAY['province', 'district', 'commune']))
                     AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)) AS v
            FULL JOIN (SELECT unit_id, answers_id, accepted_at FROM figures_statement
                        WHERE period = %(period)s) AS s ON s.unit_id = v.unit_id
           CROSS JOIN LATERAL (
             SELECT lot_id FROM org_lotmember
              WHERE unit_id = COALESCE(v.unit_id, s.unit_id) OFFSET 0) AS m),
        alike AS MATERIALIZED (
          SELECT l.position, h.kind_id, h.answers_id, count(*) AS units,
                 max(h.accepted_at) AS latest
            FROM held AS h JOIN seats AS l ON l.id = h.lot_id GROUP BY 1, 2, 3)
        SELECT a.position, k.tier, a.units, a.latest, a.answers_id::text, NULL, NULL
          FROM alike AS a LEFT JOIN org_unitkind AS k ON k.key = a.kind_id
         UNION ALL
        SELECT NULL, NULL, NULL, NULL, id::text,
               array_to_string(asked, ' '), array_to_string(answered, ' ')
          FROM figures_answerset WHERE id IN (SELECT answers_id FROM alike)"""  # noqa: S608 - our own

_STANDING = """
        standing AS MATERIALIZED (
          SELECT v.unit_id, k.tier
            FROM org_unitversion AS v JOIN org_unitkind AS k ON k.key = v.kind_id
           WHERE v.kind_id = ANY(org_kinds_of(ARRAY['province', 'district', 'commune']))
             AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to > %(day)s))"""

# The units of a tier that merged, within the period, into one of the same tier that stands and has
# no return of its own: what they answered, all of them, is what it answered. Not so where it stood
# before them, or holds a part of a unit that was split: of that nobody answered.
_MERGED = f"""
        WITH {TOPS}, {_STANDING},
        ended AS (
          SELECT v.unit_id, k.tier
            FROM org_unitversion AS v JOIN org_unitkind AS k ON k.key = v.kind_id
           WHERE v.kind_id = ANY(org_kinds_of(ARRAY['province', 'district', 'commune']))
             AND v.valid_to > %(start)s AND v.valid_to <= %(day)s
             AND NOT EXISTS (SELECT FROM standing AS t WHERE t.unit_id = v.unit_id)
             AND NOT EXISTS (SELECT FROM org_unitversion AS w
                              WHERE w.unit_id = v.unit_id AND w.valid_from >= v.valid_to)),
        into_one AS (
          SELECT e.unit_id, t.tier, t.unit_id AS heir_id
            FROM ended AS e JOIN org_lotmember AS m ON m.unit_id = e.unit_id
            JOIN org_lot AS l ON l.id = m.lot_id AND l.days @> %(day)s::date
            JOIN standing AS t ON t.unit_id = l.unit_id AND t.tier = e.tier
           WHERE NOT EXISTS (SELECT FROM figures_statement AS s
                               WHERE s.unit_id = t.unit_id AND s.period = %(period)s)
             AND EXISTS (SELECT FROM org_succession AS s
                          WHERE s.successor_id = t.unit_id AND s."on" > %(start)s
                            AND NOT EXISTS (SELECT FROM org_unitversion AS w
                                             WHERE w.unit_id = t.unit_id AND w.valid_from < s."on"))
             AND NOT EXISTS (SELECT FROM org_succession AS s
                               JOIN org_succession AS o USING (predecessor_id, "on")
                              WHERE s.successor_id = t.unit_id AND s."on" <= %(day)s
                                AND o.successor_id <> t.unit_id))
        SELECT seats.position, i.tier, i.heir_id, s.accepted_at,
               array_to_string(r.asked, ' '), array_to_string(r.answered, ' ')
          FROM into_one AS i
          JOIN org_lotmember AS m ON m.unit_id = i.heir_id JOIN seats ON seats.id = m.lot_id
          LEFT JOIN figures_statement AS s ON s.unit_id = i.unit_id AND s.period = %(period)s
          LEFT JOIN figures_answerset AS r ON r.id = s.answers_id"""  # noqa: S608 - made of our own sentences


@dataclass(frozen=True)
class Answers:
    """The keys that returns asked, and those of them that they answered."""

    asked: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True)
class Group:
    """Units of a tier under a top whose returns asked and answered the same; without a return
    `answers` is None. `latest` is the last acceptance among them."""

    tier: str
    units: int
    answers: Answers | None = None
    latest: datetime | None = None


def coverage(tops: list[UUID], windows: list[Window]) -> list[list[list[Group]]]:
    """For each period and top, in the order of the tops, its units that stand on the last day that
    counts, under whatever they count now, by what they answered. One query; one more where a return
    is of a unit that does not stand."""
    by_window = each(windows, lambda window: filled(_GROUPS, window, tops=tops))
    answers, unsettled = [], []
    for window, rows in zip(windows, by_window, strict=True):
        groups, sets = [[] for _top in tops], _sets(rows)
        for position, tier, units, latest, answers_id, *_keys in rows:
            if tier:
                groups[position - 1].append(Group(tier, units, sets[answers_id], latest))
            elif position and window not in unsettled:
                unsettled.append(window)
        answers.append(groups)
    if unsettled:
        _settle(tops, windows, answers, unsettled)
    return answers


def _sets(rows: list[list]) -> dict[str | None, Answers | None]:
    """The sets of answers by their id; a unit without a return has none."""
    named = {row[4]: _answers(*row[5:]) for row in rows if row[0] is None}
    return {None: None, **named}


def _settle(
    tops: list[UUID],
    windows: list[Window],
    answers: list[list[list[Group]]],
    unsettled: list[Window],
) -> None:
    """Whoever merged answered for the unit that followed."""

    def statement(window: Window) -> str:
        if window not in unsettled:
            return ""
        return filled(_MERGED, window, tops=tops, start=window.period.start)

    for groups, rows in zip(answers, each(windows, statement), strict=True):
        merged = defaultdict(list)
        for position, tier, heir, *told in rows:
            merged[position - 1, tier, heir].append(told)
        for (top, tier, _heir), parts in merged.items():
            if all(at for at, *_keys in parts):
                shared = _shared([_answers(*keys) for _at, *keys in parts])
                latest = max(at for at, *_keys in parts)
                groups[top] = [
                    replace(one, units=one.units - 1)
                    if (one.tier, one.answers) == (tier, None)
                    else one
                    for one in groups[top]
                ] + [Group(tier, 1, shared, latest)]


def _shared(answers: list[Answers]) -> Answers:
    return Answers(
        frozenset.intersection(*(one.asked for one in answers)),
        frozenset.intersection(*(one.answered for one in answers)),
    )


@lru_cache(maxsize=1024)
def _answers(asked: str | None, answered: str | None) -> Answers | None:
    """Many units answer alike: each set is made once."""
    if asked is None:
        return None
    return Answers(frozenset(asked.split()), frozenset((answered or "").split()))
