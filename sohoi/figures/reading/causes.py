"""What moved a figure since its period was closed: records, returns, plans, definitions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sohoi.audit.models import Change
from sohoi.figures.catalogue.queries import catalogue, inputs_of, leaves_of
from sohoi.figures.catalogue.rules import in_period
from sohoi.figures.models import IndicatorDefinition, Statement
from sohoi.figures.reading.changed import changed
from sohoi.figures.reading.choices import ACCEPTED, DEFINED, GONE, REORGANISED, WITHDRAWN
from sohoi.figures.reading.evidence import permission_behind
from sohoi.figures.reading.queries import Figure, read
from sohoi.kit.indicators import Declared, Indicator, Kind, Records
from sohoi.kit.rooms import statement_page
from sohoi.org.queries import at_tier, places_by_id, plans_since, within

# Named on a page; the rest are counted.
MOST = 20
# The columns of a definition that make its value; the others are its words and its days.
_MEANING = {
    *("kind", "scale", "source", "tier", "inputs", "record_kind", "conditions", "started_on"),
    *("date_column", "since_column", "until_column", "who_column", "amount_column"),
}


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One thing that moved a figure. `leaf` is what it moved, of which the figure is made; `by` is
    how much, in the smallest unit of the leaf's measure, None where that cannot be said."""

    what: str
    at: datetime | None = None
    label: str = ""
    unit: str = ""
    leaf: Indicator | None = None
    by: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Unnamed:
    """Records or returns that moved a leaf and are only counted: out of reach, or too many."""

    leaf: Indicator
    number: int
    by: int | None


@dataclass
class Causes:
    """The named ones, the newest first, and those that are only counted."""

    named: list[Cause] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)


# The units below which a person holds a permission.
Reach = Callable[[str], list[UUID]]


def causes(figure: Figure, reach: Reach) -> Causes:
    """Of a figure that has drifted. A record or return is named to whoever may see it where it is
    today. The number of queries depends on the leaves, not on the records."""
    found, known = Causes(), catalogue()
    if figure.key not in known:
        return found
    begins = figure.period.start
    known = {key: in_period(one, begins) for key, one in known.items()}
    leaves = [known[key] for key in leaves_of(known[figure.key], known)]
    moved = {leaf.key: [*_moved(leaf, figure)] for leaf in leaves}
    for leaf in leaves:
        _tell(found, moved[leaf.key], leaf, figure, reach)
    # Where records alone make the difference, no plan does.
    alone = sum(one.by or 0 for _unit, one in moved.get(figure.key, ()))
    if moved.keys() != {figure.key} or alone != (figure.live or 0) - (figure.value or 0):
        found.named += _plans(figure)
    found.named += _definitions(_made_of(known[figure.key], known), figure.frozen_at)
    found.named.sort(key=lambda one: one.at or figure.frozen_at, reverse=True)
    return found


def _tell(
    found: Causes, moved: list[tuple[UUID, Cause]], leaf: Indicator, figure: Figure, reach: Reach
) -> None:
    """Those the reader may see by name, as many as a page holds; the others by number and sum."""
    seen = within({unit for unit, _one in moved}, reach(permission_behind(leaf)))
    shown = [(unit, one) for unit, one in moved if unit in seen][:MOST]
    names = places_by_id({unit for unit, _one in shown}, on=figure.day)
    found.named += [replace(one, unit=names[unit].name) for unit, one in shown]
    if rest := len(moved) - len(shown):
        sums = [sum(one.by or 0 for _unit, one in those) for those in (moved, shown)]
        by = sums[0] - sums[1] if leaf.kind != Kind.DISTINCT else None
        found.unnamed.append(Unnamed(leaf, rest, by))


def _moved(leaf: Indicator, figure: Figure) -> Iterator[tuple[UUID, Cause]]:
    """What moved the leaf with the unit it is of, the newest first."""
    match leaf.source:
        case Records(page=page):
            for one in changed(leaf, figure):
                url = reverse(page, args=[one.id]) if page and one.how != GONE else ""
                yield (
                    one.unit_id,
                    Cause(what=one.how, at=one.at, label=one.label, leaf=leaf, by=one.by, url=url),
                )
        case Declared():
            yield from _returns(leaf, figure)


def _returns(leaf: Indicator, figure: Figure) -> Iterator[tuple[UUID, Cause]]:
    """Of the units that declare it, those whose return was accepted or taken back since, and which
    declare another value by it."""
    own = at_tier([figure.place.id], leaf.source.tier, on=figure.tree)
    (told,) = read([leaf], own, [figure.question.window])
    moved = {one.place.id: one for one in told if one.has_drifted}
    statements = Statement.objects.filter(unit_id__in=moved, period=figure.period.key)
    accepted = {row.unit_id: row for row in statements}
    page = statement_page()
    for unit, one in moved.items():
        by, statement = (one.live or 0) - (one.value or 0), accepted.get(unit)
        if statement is None and one.reported:
            yield unit, Cause(what=WITHDRAWN, leaf=leaf, by=by)
        elif statement and statement.accepted_at > figure.frozen_at:
            url = reverse(page, args=[statement.pk]) if page else ""
            cause = Cause(what=ACCEPTED, at=statement.accepted_at, leaf=leaf, by=by, url=url)
            yield unit, cause


def _plans(figure: Figure) -> Iterator[Cause]:
    for plan in plans_since(figure.frozen_at, below=figure.place.id, until=figure.day):
        yield Cause(what=REORGANISED, at=plan.applied_at, label=plan.title)


def _definitions(keys: set[str], since: datetime) -> Iterator[Cause]:
    rows = {row.pk: row for row in IndicatorDefinition.objects.filter(key__in=keys)}
    kind = IndicatorDefinition._meta.label_lower
    for change in Change.objects.filter(kind=kind, object_id__in=rows, at__gt=since):
        if _MEANING & (change.before or change.after).keys():
            row = rows[change.object_id]
            url = reverse("figures:definition", args=[row.key])
            yield Cause(what=DEFINED, at=change.at, label=str(row), url=url)


def _made_of(indicator: Indicator, known: dict[str, Indicator]) -> set[str]:
    """The figure's own key and all that it is made of, however deep."""
    keys, todo = set(), [indicator.key]
    while todo:
        keys.add(key := todo.pop())
        todo += inputs_of(known[key]) - keys
    return keys
