"""What looks wrong in the figures of a unit and of those directly below it.

Nothing is corrected: each finding says where to look. What a split left undivided is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from sohoi.figures.engine.windows import Window
from sohoi.figures.quality import rules
from sohoi.figures.reading.queries import (
    Contradiction,
    Figure,
    chosen,
    contradictions,
    read_with_history,
    seen_from,
)
from sohoi.lib.periods import Period
from sohoi.org.models import UnitName, UnitVersion
from sohoi.org.queries import Place, children

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


def findings(place: Place, period: Period) -> list[Finding]:
    """Of the unit and of those directly below it, the most serious sort first.

    The number of queries depends neither on the units nor on what is found.
    """
    own, window = seen_from(place.id, period)
    shown = [own, *children(own.id, on=window.tree)]
    windows = [window]
    for _earlier in range(EARLIER):
        before = windows[-1].period.previous()
        windows.append(Window(before, before.end, window.tree))
    now, earlier = read_with_history(chosen(None, window.day), shown, windows)
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


def silent_units(place: Place, period: Period) -> QuerySet[UnitVersion]:
    """Units that had to report in the period, at or below this one, and have no accepted return;
    each with the name of its parent. None where nobody at all has reported for the period."""
    _own, window = seen_from(place.id, period)
    # Every value travels as a parameter.
    asked = ([place.id], window.tree, period.key, period.key)
    silent = RawSQL(_SILENT, asked)  # noqa: S611
    return (
        UnitVersion.objects.on(window.day)
        .filter(unit_id__in=silent, kind__tier__in=_TIERS)
        .annotate(parent_name=UnitName("parent_id", Value(window.day)))
        .order_by("kind__order", "sort_key")
    )
