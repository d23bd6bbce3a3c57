"""What looks wrong in the figures of a unit and of those directly below it.

Nothing is corrected: each finding says where to look. What a split left undivided is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from sohoi.figures.asking.rules import Question
from sohoi.figures.engine.windows import Window
from sohoi.figures.quality import rules
from sohoi.figures.reading.queries import (
    Contradiction,
    Figure,
    chosen,
    contradictions,
    read_with_history,
)
from sohoi.org.models import UnitName, UnitVersion
from sohoi.org.queries import children

# From the most serious to the least.
CONTRADICTION, FALL, JUMP, OUTLIER = "contradiction", rules.FALL, rules.JUMP, rules.OUTLIER
SORTS = (CONTRADICTION, FALL, JUMP, OUTLIER)
EARLIER = 5  # periods of the same kind before this one
_TIERS = ("province", "district", "commune")


@dataclass(frozen=True)
class Finding:
    """One figure to look at. `before` are its earlier values, newest first; None is unknown."""

    sort: str
    figure: Figure
    before: tuple[int | None, ...] = ()
    contradiction: Contradiction | None = None


def findings(question: Question) -> list[Finding]:
    """Of the unit and of those directly below it, the most serious sort first.

    The number of queries depends neither on the units nor on what is found.
    """
    shown = [question.unit, *children(question.unit.id, on=question.tree)]
    windows = [question.window]
    for _earlier in range(EARLIER):
        before = windows[-1].period.previous()
        windows.append(Window(before, before.end, question.tree))
    now, earlier = read_with_history(chosen(None, question.day), shown, windows)
    noticed = [Finding(CONTRADICTION, c.figure, contradiction=c) for c in contradictions(now)]
    for figure, *before in zip(now, *earlier, strict=True):
        noticed += _judged(figure, known(before))
    return sorted(noticed, key=lambda one: SORTS.index(one.sort))


def _judged(figure: Figure, before: tuple[int | None, ...]) -> Iterator[Finding]:
    if figure.value is None:
        return
    indicator = figure.indicator
    if odd := rules.unlike(indicator.kind, figure.value, before, scale=indicator.measure.scale):
        yield Finding(odd, figure, before)


def known(values: list[int | None]) -> tuple[int | None, ...]:
    """Newest first. The zeros before a unit's first number say only that nobody kept a book."""
    first = max((n for n, value in enumerate(values) if value), default=-1)
    return tuple(value if n <= first else None for n, value in enumerate(values))


_SILENT = """
    SELECT t.unit_id FROM org_subtree(%s::uuid[], %s) AS t
     WHERE EXISTS (SELECT 1 FROM figures_statement WHERE period = %s) AND NOT EXISTS (
       SELECT 1 FROM figures_statement AS s WHERE s.unit_id = t.unit_id AND s.period = %s)"""


def silent_units(question: Question) -> QuerySet[UnitVersion]:
    """Units that had to report in the period, at or below this one, and have no accepted return;
    each with the name of its parent. None where nobody at all has reported for the period."""
    period = question.period.key
    # Every value travels as a parameter.
    asked = ([question.unit.id], question.tree, period, period)
    silent = RawSQL(_SILENT, asked)  # noqa: S611
    return (
        UnitVersion.objects.on(question.day)
        .filter(unit_id__in=silent, kind__tier__in=_TIERS)
        .annotate(parent_name=UnitName("parent_id", Value(question.day)))
        .order_by("kind__order", "sort_key")
    )
