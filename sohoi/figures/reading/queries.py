"""The figures of a unit: value, basis, coverage, as-at, and the contradictions among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from sohoi.figures.asking.queries import ask
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import UnknownIndicator, catalogue, inputs_first, inputs_of
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.answers import coverage
from sohoi.figures.engine.entries import UNIT_SEPARATOR
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading import frozen
from sohoi.figures.reading.coverage import Coverage
from sohoi.figures.reading.populations import same_units
from sohoi.figures.reading.sheets import Figure, Sheet
from sohoi.figures.reading.splits import undivided
from sohoi.kit.indicators import Declared, Indicator, Records, UnitsWith
from sohoi.lib.periods import Period
from sohoi.org.queries import Place, children


@dataclass(frozen=True)
class Contradiction:
    """A total that is not the sum of its parts, or a declared value beside a different count."""

    figure: Figure
    other: int
    parts: tuple[Figure, ...] = ()

    @property
    def difference(self) -> int:
        return (self.figure.value or 0) - self.other


def chosen(keys: Iterable[str] | None, day: date, *, with_parts: bool = False) -> list[Indicator]:
    """The indicators asked for, or all that are valid on the day. Raises UnknownIndicator.

    `with_parts` adds the figures that ought to add up to them.
    """
    known = catalogue()
    if keys is None:
        return [indicator for indicator in known.values() if indicator.valid_on(day)]
    wanted = list(keys)
    for key in wanted:
        if key not in known:
            near = ", ".join(get_close_matches(key, known, n=3, cutoff=0.4))
            hint = f" Có phải: {near}?" if near else ""
            raise UnknownIndicator(f"Không có chỉ tiêu “{key}”.{hint}")
    if with_parts:
        parts = [part for key in wanted for part in known[key].parts if part in known]
        wanted += [part for part in parts if part not in wanted]
    return [known[key] for key in wanted]


def figures(
    *,
    unit: UUID,
    period: Period,
    on: date | None = None,
    keys: Iterable[str] | None = None,
    by_children: bool = False,
    tree: str | None = None,
) -> list[Figure]:
    """As `answers`, to the question that `ask` makes of the unit, the period, the day and the
    tree. Raises WrongQuestion."""
    return answers(ask(unit, period, day=on, tree=tree), keys=keys, by_children=by_children)


def answers(
    question: Question,
    *,
    keys: Iterable[str] | None = None,
    with_parts: bool = False,
    by_children: bool = False,
) -> list[Figure]:
    """The figures of the unit, then (`by_children`) of each unit directly below it in the tree of
    the question. The number of queries does not depend on the number of units. Raises
    UnknownIndicator."""
    if held := frozen.closed(question, below=by_children):
        shown, indicators = [*held.places], _then(held, keys, question.day, with_parts)
    else:
        below = children(question.unit.id, on=question.tree) if by_children else []
        shown = [question.unit, *below]
        indicators = chosen(keys, question.day, with_parts=with_parts)
    (of_window,) = read(indicators, shown, [question.window])
    return of_window


def asked_in(question: Question) -> list[Indicator]:
    """The indicators that are shown where none are named: those valid on the last day or, of a
    closed period, those that were asked."""
    held = frozen.closed(question)
    return _then(held, None, question.day) if held else chosen(None, question.day)


def _then(
    held: frozen.Closed, keys: Iterable[str] | None, day: date, with_parts: bool = False
) -> list[Indicator]:
    """The indicators as they were called when the period was closed; one added since as it is."""
    words = {one["key"]: one for one in held.words}
    known = catalogue()
    asked = [*words] if keys is None else [*keys]
    if with_parts:
        parts = [part for key in asked if key in words for part in words[key]["parts"]]
        asked += [part for part in dict.fromkeys(parts) if part not in asked]
    later = {i.key: i for i in chosen([key for key in asked if key not in words], day)}
    return [frozen.worded(words[key], known) if key in words else later[key] for key in asked]


def read(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> list[list[Figure]]:
    """For each window, all of one tree, the figures of the units, unit by unit. The number of
    queries depends neither on the units nor on the windows."""
    sheets = _sheets(indicators, shown, windows)
    kept = frozen.kept([place.id for place in shown], windows)
    return [_as_kept(sheet.figures(indicators), kept) for sheet in sheets]


def _as_kept(figures: list[Figure], kept: frozen.Kept) -> list[Figure]:
    """Those of closed periods as they were then, each with what it would be now."""
    for figure in figures if kept else ():
        if figure.tree == figure.day:
            at = figure.place.id, figure.period.key, figure.day
            closed_at, values = kept.get(at, (None, {}))
            if cell := values.get(figure.key):
                figure.live, figure.frozen_at = figure.value, closed_at
                for name, value in cell.items():
                    setattr(figure, name, value)
    return figures


def read_with_history(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> tuple[list[Figure], list[list[int | None]]]:
    """The figures of the first window, and of each later one the values alone in the same order."""
    now, *earlier = _sheets(indicators, shown, windows)
    kept = frozen.kept([place.id for place in shown], windows[:1])
    return _as_kept(now.figures(indicators), kept), [sheet.values(indicators) for sheet in earlier]


def _sheets(indicators: list[Indicator], shown: list[Place], windows: list[Window]) -> list[Sheet]:
    known = _with_inputs(indicators)
    tops = [place.id for place in shown]
    counted = [i for i in known.values() if isinstance(i.source, Records)]
    declared = [key for key, i in known.items() if isinstance(i.source, Declared)]
    coverages = [Coverage(groups, tops) for groups in coverage(tops, windows)]
    units_with = {
        key: (i.source.part, i.source.tier)
        for key, i in known.items()
        if isinstance(i.source, UnitsWith)
    }
    answers = zip(
        windows,
        sums.counted(counted, tops, windows),
        undivided(known, tops, windows),
        sums.declared(declared, tops, windows),
        sums.units_with(units_with, tops, windows),
        coverages,
        same_units(known, tops, windows, coverages),
        strict=True,
    )
    return [Sheet(known, shown, *of_window) for of_window in answers]


def _with_inputs(indicators: list[Indicator]) -> dict[str, Indicator]:
    known = {i.key: i for i in indicators}
    missing = {key for i in indicators for key in inputs_of(i)} - known.keys()
    every = catalogue() if missing else {}
    while missing:
        known |= {key: every[key] for key in missing}
        missing = {key for i in known.values() for key in inputs_of(i)} - known.keys()
    return inputs_first(known)


def broken_down(figure: Figure) -> list[tuple[tuple[str, ...], int]]:
    """The values of a counted figure by its breakdowns, largest first; they add up to it.

    Empty where the declaration names no breakdown. One query.
    """
    source = figure.indicator.source
    if not (isinstance(source, Records) and source.breakdowns and figure.comparable):
        return []
    window = Window(figure.period, figure.day, figure.tree)
    values = sums.broken_down(figure.indicator, [figure.place.id], window)
    split = [(tuple(words.split(UNIT_SEPARATOR)), value) for (_top, words), value in values.items()]
    return sorted((one for one in split if one[1]), key=lambda one: -one[1])


def contradictions(figures: Iterable[Figure]) -> list[Contradiction]:
    """Totals that are not the sum of their parts, and counts beside another declared value; of the
    same units only.

    Nothing is corrected: the text that started this says 772 households and then 234 + 271 + 177.
    """
    by_cell = {(f.place.id, f.key): f for f in figures}
    result = []
    for figure in by_cell.values():
        parts = tuple(by_cell.get((figure.place.id, key)) for key in figure.indicator.parts)
        if figure.parts_alike and parts and all(p and p.value is not None for p in parts):
            total = sum(p.value for p in parts)
            if figure.value is not None and figure.value != total:
                result.append(Contradiction(figure, total, parts))
        if figure.declared is not None and figure.declared != figure.value:
            result.append(Contradiction(figure, figure.declared))
    return result
