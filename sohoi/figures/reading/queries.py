"""The figures of a unit: value, basis, coverage, as-at, and the contradictions among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Literal
from uuid import UUID

from django.utils import timezone

from sohoi.figures.catalogue.queries import UnknownIndicator, catalogue, inputs_first, inputs_of
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.answers import coverage
from sohoi.figures.engine.entries import UNIT_SEPARATOR
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.coverage import Coverage, Covered, answerers, speaks_for
from sohoi.figures.reading.populations import SameUnits, same_units
from sohoi.figures.reading.splits import undivided
from sohoi.kit.indicators import Declared, Indicator, RateOf, Records, TotalOf, UnitsWith
from sohoi.lib.periods import Period
from sohoi.org.models import today
from sohoi.org.queries import Place, children, place_of, place_on

COUNTED, DECLARED, MIXED = "counted", "declared", "mixed"

Tree = Literal["then", "now"]
# Of one indicator for one unit: value, basis, as-at.
Value = tuple[int | None, str, datetime | None]


# Not frozen: a page makes thousands, and freezing each takes longer than reading it.
@dataclass(slots=True, kw_only=True)
class Figure:
    """One indicator for one unit and period. `value` is in the measure's smallest unit.

    None means that nobody has reported yet, which is not zero; or, when it is not `comparable`,
    that a unit was split whose own records belong to nobody below the units that followed it.
    A rate has its numerator and denominator, each in the smallest unit of its own measure, and
    their indicators in `inputs`. `declared` is a counted value with what units declared in the
    place of their own counts.
    `reported` of `expected` units answered this figure: declared it, or vouched for the records
    that are counted; `not_asked` have an accepted return that did not ask it. A rate is worked out
    over the units that answered what it is made of, and so are its two parts. `parts_alike` says
    that the figure and its parts are of the same units. `tree` is the day of the tree in which it
    was added up.
    """

    indicator: Indicator
    place: Place
    period: Period
    day: date
    value: int | None
    basis: str
    reported: int
    expected: int
    as_at: datetime | None
    not_asked: int = 0
    declared: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    inputs: tuple[Indicator, ...] = ()
    tree: date
    comparable: bool = True
    parts_alike: bool = True

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def is_known(self) -> bool:
        """Nothing found in the books of units of which none has reported says nothing."""
        return self.value is not None and bool(self.value or self.reported or not self.expected)


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
    with_parts: bool = False,
    by_children: bool = False,
    tree: Tree | None = None,
) -> list[Figure]:
    """The figures of a unit, then (`by_children`) of each unit directly below it.

    `on` is the cut-off: the stocks and the last day of the flows; by default the last day of the
    period. `tree` groups by the units of that day ("then") or by those of today ("now"); by default
    as they were then, or as they are now for a unit that did not exist then. The number of queries
    does not depend on the number of units.
    """
    own, window = seen_from(unit, period, on=on, tree=tree)
    shown = [own, *(children(unit, on=window.tree) if by_children else [])]
    indicators = chosen(keys, window.day, with_parts=with_parts)
    (of_window,) = read(indicators, shown, [window])
    return of_window


def read(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> list[list[Figure]]:
    """For each window, all of one tree, the figures of the units, unit by unit. The number of
    queries depends neither on the units nor on the windows."""
    return [sheet.figures(indicators) for sheet in _sheets(indicators, shown, windows)]


def read_with_history(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> tuple[list[Figure], list[list[int | None]]]:
    """The figures of the first window, and of each later one the values alone in the same order."""
    now, *earlier = _sheets(indicators, shown, windows)
    return now.figures(indicators), [sheet.values(indicators) for sheet in earlier]


def _sheets(
    indicators: list[Indicator], shown: list[Place], windows: list[Window]
) -> "list[_Sheet]":
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
    return [_Sheet(known, shown, *of_window) for of_window in answers]


def _with_inputs(indicators: list[Indicator]) -> dict[str, Indicator]:
    known = {i.key: i for i in indicators}
    missing = {key for i in indicators for key in inputs_of(i)} - known.keys()
    every = catalogue() if missing else {}
    while missing:
        known |= {key: every[key] for key in missing}
        missing = {key for i in known.values() for key in inputs_of(i)} - known.keys()
    return inputs_first(known)


def seen_from(
    unit: UUID, period: Period, *, on: date | None = None, tree: Tree | None = None
) -> tuple[Place, Window]:
    """The unit as it was or is, and the days and the tree that a question about it means."""
    day = on or period.end
    then = None if tree == "now" else place_on(unit, day)
    if then is None and tree != "then":
        return place_of(unit), Window(period, day, today())
    return then or place_of(unit), Window(period, day, day)


class _Sheet:
    """The sums of one window, worked out indicator by indicator."""

    def __init__(
        self,
        known: dict[str, Indicator],
        places: list[Place],
        window: Window,
        counted: dict[str, list[int]],
        undivided: set[tuple[UUID, str]],
        declared: dict[tuple[UUID, str], int],
        units_with: dict[tuple[UUID, str], int],
        coverage: Coverage,
        same_units: SameUnits,
    ):
        self.known, self.places, self.window = known, places, window
        self.tops = [p.id for p in places]
        self.counted, self.undivided, self.declared = counted, undivided, declared
        self.units_with, self.coverage, self.same_units = units_with, coverage, same_units
        self.now = timezone.now()
        # Inputs come first, so that each is worked out once, however many are made of it.
        self.covered: dict[str, list[Covered]] = {}
        self.worked_out: dict[str, list[Value]] = {}
        self.over: dict[str, list[tuple[int | None, int | None]]] = {}
        self.lost: dict[str, list[bool]] = {}
        for key, indicator in known.items():
            self.lost[key] = self._undivided(indicator)
            self.covered[key] = coverage.of_all(speaks_for(indicator, known))
            self.worked_out[key] = self._values(indicator)

    def figures(self, indicators: list[Indicator]) -> list[Figure]:
        """Unit by unit."""
        columns = [self._column(indicator) for indicator in indicators]
        return [figure for row in zip(*columns, strict=True) for figure in row]

    def values(self, indicators: list[Indicator]) -> list[int | None]:
        """Unit by unit."""
        columns = [[value for value, *_rest in self.worked_out[i.key]] for i in indicators]
        return [value for row in zip(*columns, strict=True) for value in row]

    def _column(self, indicator: Indicator) -> list[Figure]:
        """The figures of one indicator for all units."""
        key = indicator.key
        shared = {
            "indicator": indicator,
            "inputs": self._inputs(indicator),
            "period": self.window.period,
            "day": self.window.day,
            "tree": self.window.tree,
        }
        over, beside, alike = self.over.get(key), self._beside(indicator), self._alike(indicator)
        column = []
        for n, (value, basis, as_at) in enumerate(self.worked_out[key]):
            covered = self.covered[key][n]
            column.append(
                Figure(
                    place=self.places[n],
                    value=value,
                    basis=basis,
                    as_at=as_at,
                    reported=covered.reported,
                    expected=covered.expected,
                    not_asked=covered.not_asked,
                    declared=beside[n],
                    numerator=over[n][0] if over else None,
                    denominator=over[n][1] if over else None,
                    comparable=not self.lost[key][n],
                    parts_alike=alike[n],
                    **shared,
                )
            )
        return column

    def _inputs(self, indicator: Indicator) -> tuple[Indicator, ...]:
        rate = indicator.source
        if not isinstance(rate, RateOf):
            return ()
        return self.known[rate.numerator], self.known[rate.denominator]

    def _beside(self, indicator: Indicator) -> list[int | None]:
        """A counted value with what units declared in the place of their own counts."""
        if not isinstance(indicator.source, Records) or indicator.key not in self.same_units.keys:
            return [None] * len(self.tops)
        values = zip(self.tops, self.worked_out[indicator.key], strict=True)
        return [self.same_units.declared(indicator.key, top, one) for top, (one, *_rest) in values]

    def _alike(self, indicator: Indicator) -> list[bool]:
        """For each unit whether the figure and its parts are of the same units."""
        parts = [self.known[key] for key in indicator.parts if key in self.known]
        declared = answerers([indicator, *parts], self.known, declared=True)
        if not parts or not declared:
            return [True] * len(self.tops)
        whole = answerers([indicator, *parts], self.known) != declared
        return self.coverage.is_one(declared, whole=whole)

    def _undivided(self, indicator: Indicator) -> list[bool]:
        """For each unit whether it misses what a split left undivided."""
        if not self.undivided:
            return [False] * len(self.tops)
        if inputs := inputs_of(indicator):
            return [any(row) for row in zip(*(self.lost[key] for key in inputs), strict=True)]
        return [(unit, indicator.key) in self.undivided for unit in self.tops]

    def _values(self, indicator: Indicator) -> list[Value]:
        """Value, basis and as-at for each unit."""
        values = self._read(indicator)
        if self.undivided:
            values = [
                (None, basis, None) if is_lost else (value, basis, as_at)
                for is_lost, (value, basis, as_at) in zip(
                    self.lost[indicator.key], values, strict=True
                )
            ]
        return values

    def _read(self, indicator: Indicator) -> list[Value]:
        match indicator.source:
            case Records():
                return [(value, COUNTED, self.now) for value in self.counted[indicator.key]]
            case Declared():
                return self._answered(indicator, self.declared)
            case UnitsWith():
                return self._answered(indicator, self.units_with)
            case TotalOf(parts=parts):
                rows = zip(*(self.worked_out[key] for key in parts), strict=True)
                return [_total(row) for row in rows]
            case RateOf():
                return self._rates(indicator)

    def _answered(self, indicator: Indicator, values: dict[tuple[UUID, str], int]) -> list[Value]:
        """What was declared; unknown where nobody answered, which is not zero."""
        cells = [values.get((unit, indicator.key)) for unit in self.tops]
        return [
            (value or (0 if one.reported else None), DECLARED, one.latest)
            for value, one in zip(cells, self.covered[indicator.key], strict=True)
        ]

    def _rates(self, indicator: Indicator) -> list[Value]:
        """Numerator and denominator of the same units: of all, or of those that answered."""
        rate: RateOf = indicator.source
        rows = zip(self.worked_out[rate.numerator], self.worked_out[rate.denominator], strict=True)
        is_declared = bool(answerers([indicator], self.known, declared=True))
        over, values = [], []
        for n, (above, below) in enumerate(rows):
            if self.lost[indicator.key][n]:
                pair = None, None
            elif is_declared and not self.covered[indicator.key][n].is_whole:
                pair = self.same_units.rate(indicator, self.tops[n]) or (None, None)
            else:
                pair = above[0], below[0]
            _value, basis, as_at = _total([above, below])
            over.append(pair)
            values.append((rate.of(*pair, indicator.measure.scale), basis, as_at))
        self.over[indicator.key] = over
        return values


def _total(parts: Iterable[Value]) -> Value:
    values = [value for value, _basis, _as_at in parts]
    bases = {basis for _value, basis, _as_at in parts}
    times = [as_at for _value, _basis, as_at in parts if as_at]
    basis = bases.pop() if len(bases) == 1 else MIXED
    # A sum with a silent part would be read as the whole.
    value = None if None in values else sum(values)
    return value, basis, max(times, default=None)


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
