"""What looks wrong in the figures of a unit and of those directly below it.

Nothing is corrected: each finding says where to look. What a split left undivided is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, Q, QuerySet, Value

from sohoi.figures.asking.rules import Question
from sohoi.figures.engine.windows import Window
from sohoi.figures.models import Statement
from sohoi.figures.quality import rules
from sohoi.figures.reading.queries import (
    Contradiction,
    Figure,
    asked_in,
    contradictions,
    read_with_history,
)
from sohoi.kit import rooms
from sohoi.org.models import UnitName, UnitVersion, subtree, today
from sohoi.org.queries import children

# From the most serious to the least.
CONTRADICTION, FALL, JUMP, OUTLIER = "contradiction", rules.FALL, rules.JUMP, rules.OUTLIER
SORTS = (CONTRADICTION, FALL, JUMP, OUTLIER)
EARLIER = 5  # periods of the same kind before this one
_NOBODY = Q(pk__in=[])
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
    now, earlier = read_with_history(asked_in(question), shown, windows)
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


def silent_units(question: Question) -> QuerySet[UnitVersion]:
    """Units at or below this one that have no accepted return for the period: those that a round
    asks; where none asks here, all that report at all, once anybody has reported or the period is
    over. Each with the name of its parent, and whether anybody at or below this one has."""
    units, period = [question.unit.id], question.period
    standing = UnitVersion.objects.on(question.day).filter(kind__tier__in=_TIERS)
    here = standing.filter(unit_id__in=subtree(units, on=question.tree))
    said = Statement.objects.filter(period=period.key)
    asked = reduce(
        or_, (Q(unit_id__in=one.asked_units(period.key)) for one in rooms.rounds()), _NOBODY
    )
    due = Q() if period.end < today() else Q(Exists(said))
    return (
        here.filter(asked | Q(~Exists(here.filter(asked))) & due)
        .exclude(unit_id__in=said.values("unit_id"))
        .annotate(
            parent_name=UnitName("parent_id", Value(question.day)),
            somebody_reported=Exists(said.under(units, on=question.tree)),
        )
        .order_by("kind__order", "sort_key")
    )
