"""The figures of a unit: value, basis, coverage, as-at, and the contradictions among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from sohoi.figures.asking.queries import ask
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import (
    UnknownIndicator,
    catalogue,
    inputs_first,
    inputs_of,
    used_by,
)
from sohoi.figures.catalogue.rules import Passing, in_period
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.answers import coverage
from sohoi.figures.engine.entries import UNIT_SEPARATOR
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading import frozen
from sohoi.figures.reading.coverage import Coverage, speaks_for
from sohoi.figures.reading.populations import same_units
from sohoi.figures.reading.sheets import Figure, Sheet
from sohoi.figures.reading.splits import undivided
from sohoi.kit.indicators import Declared, Indicator, Records, UnitsWith
from sohoi.lib.periods import Period
from sohoi.org.queries import Place, children, line_of, within

# In the place of a unit that is there no more: it has nothing.
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Contradiction:
    """A total that is not the sum of its parts, or a declared value beside a different count."""

    figure: Figure
    other: int
    parts: tuple[Figure, ...] = ()

    @property
    def difference(self) -> int:
        return (self.figure.value or 0) - self.other


def chosen(
    keys: Iterable[str] | None, question: Question, *, with_parts: bool = False
) -> list[Indicator]:
    """The indicators asked for, or all that are valid on the last day, as they come about in the
    period; of those that the unit uses. Raises UnknownIndicator.

    `with_parts` adds the figures that ought to add up to them.
    """
    known = used_by(question.unit.id, question.tree, question.period.start)
    if keys is None:
        return [indicator for indicator in known.values() if indicator.valid_on(question.day)]
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
    indicators, places, held = shown_by(question, keys, with_parts, by_children)
    kept = _kept(question, places, held)
    (sheet,) = _sheets(indicators, places, [question.window], kept)
    return _as_kept(sheet, indicators, kept)


def answers_with_history(
    question: Question, earlier: Iterable[Window]
) -> tuple[list[Figure], list[list[int | None]]]:
    """The figures of the unit and of those directly below it, and of each earlier window, all of
    the tree of the question, the values alone in the same order."""
    indicators, places, held = shown_by(question, below=True)
    kept = _kept(question, places, held)
    now, *before = _sheets(indicators, places, [question.window, *earlier], kept)
    return _as_kept(now, indicators, kept), [sheet.values(indicators) for sheet in before]


def line_to(question: Question, roots: Iterable[UUID]) -> list[Place]:
    """From the topmost unit below the roots down to that of the question, in the tree of the
    question; of a closed period as they stood then."""
    roots = [*roots]
    if not (kept := frozen.line(question)):
        return line_of(question.unit.id, on=question.tree, within=roots)
    above = line_of(kept[0].id, on=question.tree, within=roots)
    seen = within([unit.id for unit in kept], roots)
    return [*above[:-1], *(unit for unit in kept if unit.id in seen)]


def shown_by(
    question: Question,
    keys: Iterable[str] | None = None,
    with_parts: bool = False,
    below: bool = False,
) -> tuple[list[Indicator], list[Place], frozen.Closed | None]:
    """What is shown of which units: of a closed period as it was asked, and as they stood then."""
    if held := frozen.closed(question, below=below):
        return _then(held, keys, question, with_parts), [*held.places], held
    under = children(question.unit.id, on=question.tree) if below else []
    return chosen(keys, question, with_parts=with_parts), [question.unit, *under], None


def offered(question: Question) -> list[Indicator]:
    """What may be asked for: of a closed period what was asked then, and what was added since."""
    asked, _places, held = shown_by(question)
    if not held:
        return asked
    return [*asked, *(one for one in chosen(None, question) if one.key not in held.words)]


def _kept(question: Question, places: list[Place], held: frozen.Closed | None) -> frozen.KeptUnits:
    """Of what is shown; where the unit itself is not closed, those below it may be."""
    if held:
        return held.kept
    return frozen.kept([place.id for place in places[1:]], [question.window])


def _then(
    held: frozen.Closed, keys: Iterable[str] | None, question: Question, with_parts: bool
) -> list[Indicator]:
    """The indicators as they were called when the period was closed; one added since as it is."""
    words, known = held.words, catalogue()
    asked = [*words] if keys is None else [*keys]
    if with_parts:
        parts = [part for key in asked if key in words for part in words[key].parts]
        asked += [part for part in dict.fromkeys(parts) if part not in asked]
    added = [key for key in asked if key not in words]
    later = {i.key: i for i in chosen(added, question)} if added else {}
    return [later.get(key) or frozen.worded(words[key], known) for key in asked]


def read(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> list[list[Figure]]:
    """For each window, all of one tree, the figures of the units, unit by unit. The number of
    queries depends neither on the units nor on the windows."""
    if not shown:
        return [[] for _window in windows]
    kept = frozen.kept([place.id for place in shown], windows)
    sheets = _sheets(indicators, shown, windows, kept)
    return [_as_kept(sheet, indicators, kept) for sheet in sheets]


def _as_kept(sheet: Sheet, indicators: list[Indicator], kept: frozen.KeptUnits) -> list[Figure]:
    """The figures; those of closed periods as they were then, each with what it would be now."""
    figures, asked = sheet.figures(indicators), sheet.window
    if asked.tree != asked.day:
        return figures
    for n, place in enumerate(sheet.places if kept else ()):
        if one := kept.get((place.id, asked.period.key, asked.day)):
            for figure in figures[n * len(indicators) : (n + 1) * len(indicators)]:
                if cell := one.cells.get(figure.key):
                    figure.keep(cell, one.closed_at)
    return figures


def _sheets(
    indicators: list[Indicator],
    shown: list[Place],
    windows: list[Window],
    kept: frozen.KeptUnits,
) -> list[Sheet]:
    known = _with_inputs(indicators)
    # What a unit had that a plan dated back has ended since counts in the one that follows.
    gone = {unit for (unit, *_when), one in kept.items() if not one.stands}
    tops = [NOBODY if place.id in gone else place.id for place in shown]
    by_window = _by_window(known, windows)
    every = [i for one in {id(one): one for one in by_window}.values() for i in one.values()]
    counted = {i.key: i for i in every if isinstance(i.source, Records)}
    declared = {i.key for i in every if isinstance(i.source, Declared)}
    coverages = [Coverage(groups) for groups in coverage(tops, windows)]
    units_with = {
        key: (i.source.part, i.source.tier)
        for key, i in known.items()
        if isinstance(i.source, UnitsWith)
    }
    answers = zip(
        by_window,
        _covering(by_window),
        sums.counted(counted.values(), tops, windows),
        undivided(by_window, tops, windows),
        sums.declared(sorted(declared), tops, windows),
        sums.units_with(units_with, tops, windows),
        coverages,
        same_units(by_window, tops, windows, coverages),
        strict=True,
    )
    return [
        Sheet(known, covering, shown, window, *of_window)
        for window, (known, covering, *of_window) in zip(windows, answers, strict=True)
    ]


def _by_window(known: dict[str, Indicator], windows: list[Window]) -> list[dict[str, Indicator]]:
    """The indicators as they come about in the period of each window; the same where none passed
    from what units declare to what a room counts."""
    passed = [i for i in known.values() if isinstance(i, Passing)]
    if not passed:
        return [known] * len(windows)
    starts = [window.period.start for window in windows]
    return [known | {i.key: in_period(i, start) for i in passed} for start in starts]


def _covering(by_window: list[dict[str, Indicator]]) -> list[dict[str, dict[str, frozenset[str]]]]:
    """For each window whose answers each figure stands on; worked out once where they are alike."""
    alike = {id(known): known for known in by_window}
    spoken = {
        at: {key: speaks_for(i, known) for key, i in known.items()} for at, known in alike.items()
    }
    return [spoken[id(known)] for known in by_window]


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
    figures = [*figures]
    adding = {key for figure in figures for key in figure.indicator.parts}
    by_cell = {(f.place.id, f.key): f for f in figures if f.key in adding}
    result = []
    for figure in figures:
        keys = figure.indicator.parts if figure.parts_alike else ()
        parts = tuple(by_cell.get((figure.place.id, key)) for key in keys)
        if parts and all(p and p.value is not None for p in parts):
            total = sum(p.value for p in parts)
            if figure.value is not None and figure.value != total:
                result.append(Contradiction(figure, total, parts))
        if figure.declared is not None and figure.declared != figure.value:
            result.append(Contradiction(figure, figure.declared))
    return result
