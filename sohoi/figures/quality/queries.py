"""What looks wrong in the figures of a unit and of those directly below it.

Nothing is corrected: each finding says where to look. What a split left undivided is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import catalogue, leaves_of
from sohoi.figures.catalogue.rules import Passing
from sohoi.figures.engine.windows import Window
from sohoi.figures.quality import rules
from sohoi.figures.reading.queries import (
    Contradiction,
    Figure,
    answers_with_history,
    contradictions,
)
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator
from sohoi.org.models import today

# From the most serious to the least.
CONTRADICTION, FALL, JUMP, OUTLIER = "contradiction", rules.FALL, rules.JUMP, rules.OUTLIER
SORTS = (CONTRADICTION, FALL, JUMP, OUTLIER)
SILENT = "silent"
EARLIER = 5  # periods of the same kind before this one


@dataclass(frozen=True)
class Finding:
    """One figure to look at. `before` are its earlier values, newest first; None is unknown. Some
    of them were declared and this one is counted where it `passed` to a room."""

    sort: str
    figure: Figure
    before: tuple[int | None, ...] = ()
    contradiction: Contradiction | None = None
    passed: Indicator | None = None


def findings(question: Question) -> list[Finding]:
    """Of the unit and of those directly below it, the most serious sort first.

    The number of queries depends neither on the units nor on what is found.
    """
    windows, period = [], question.period
    for _earlier in range(EARLIER):
        period = period.previous()
        windows.append(Window(period, period.end, question.tree))
    now, earlier = answers_with_history(question, windows)
    passed = _passed(now, [question.window, *windows])
    noticed = [Finding(CONTRADICTION, c.figure, contradiction=c) for c in contradictions(now)]
    for figure, *before in zip(now, *earlier, strict=True):
        if figure.value is not None and any(before):
            noticed += _judged(figure, known(before), passed.get(figure.key))
    return sorted(noticed, key=lambda one: SORTS.index(one.sort))


def _passed(shown: Iterable[Figure], windows: list[Window]) -> dict[str, Indicator]:
    """By key what it is made of that passed to a room between the periods. One query where anything
    ever passed."""
    asked = {figure.key: figure.indicator for figure in shown}
    if not any(isinstance(one, Passing) for one in asked.values()):
        return {}
    known, first, last = catalogue(), windows[-1].period.start, windows[0].period.start
    leaves = {key: [known[leaf] for leaf in leaves_of(one, known)] for key, one in asked.items()}
    return {
        key: leaf
        for key, made_of in leaves.items()
        for leaf in made_of
        if isinstance(leaf, Passing) and first < leaf.counted_from <= last
    }


def _judged(
    figure: Figure, before: tuple[int | None, ...], passed: Indicator | None
) -> Iterator[Finding]:
    indicator = figure.indicator
    if odd := rules.unlike(indicator.kind, figure.value, before, scale=indicator.measure.scale):
        yield Finding(odd, figure, before, passed=passed)


def known(values: list[int | None]) -> tuple[int | None, ...]:
    """Newest first. The zeros before a unit's first number say only that nobody kept a book."""
    known = len(values)
    while known and not values[known - 1]:
        known -= 1
    return *values[:known], *[None] * (len(values) - known)


class SilentUnit(NamedTuple):
    """A unit that should have reported; whether anybody at or below the unit asked about has."""

    unit_id: UUID
    code: str
    name: str
    tier: str
    parent_name: str
    somebody_reported: bool


_SILENT = """
    WITH here AS MATERIALIZED (
      SELECT v.unit_id, v.code, v.name, k.tier, v.parent_id, k."order", v.sort_key,
             {asked} AS is_asked
        FROM org_subtree(ARRAY[%(unit)s::uuid], %(tree)s)
        JOIN org_unitversion AS v USING (unit_id) JOIN org_unitkind AS k ON k.key = v.kind_id
       WHERE k.tier IN ('province', 'district', 'commune')
         AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to > %(day)s)),
    said AS MATERIALIZED (SELECT unit_id FROM figures_statement WHERE period = %(period)s)
    SELECT h.unit_id, h.code, h.name, h.tier,
           (SELECT p.name FROM org_unitversion AS p
             WHERE p.unit_id = h.parent_id AND p.valid_from <= %(day)s
             ORDER BY p.valid_from DESC LIMIT 1),
           EXISTS (SELECT FROM said WHERE unit_id IN (
             SELECT unit_id FROM org_subtree(ARRAY[%(unit)s::uuid], %(tree)s)))
      FROM here AS h
     WHERE (h.is_asked OR NOT EXISTS (SELECT FROM here WHERE is_asked)
            AND (%(is_over)s OR EXISTS (SELECT FROM said)))
       AND h.unit_id NOT IN (SELECT unit_id FROM said)
     ORDER BY h."order", h.sort_key"""


def silent_units(question: Question) -> list[SilentUnit]:
    """Units at or below this one that have no accepted return for the period: those that a round
    asks; where none asks here, all that report at all, once anybody has reported or the period is
    over. One query."""
    period = question.period
    values = {"unit": question.unit.id, "tree": question.tree, "day": question.day}
    values |= {"period": period.key, "is_over": period.end < today()}
    queries = [one.asked_units(period.key).replace("%", "%%") for one in rooms.rounds()]
    asking = [f"v.unit_id IN ({query})" for query in queries]
    with connection.cursor() as cursor:
        cursor.execute(_SILENT.format(asked=" OR ".join(asking) or "false"), values)
        return [SilentUnit(*row) for row in cursor.fetchall()]
