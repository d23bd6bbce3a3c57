"""The figures of a unit: value, basis, coverage, as-at, and the contradictions among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from sohoi.figures.asking.queries import ask
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import UnknownIndicator, catalogue, inputs_first, inputs_of
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.entries import UNIT_SEPARATOR
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.splits import undivided
from sohoi.kit.indicators import Declared, Indicator, RateOf, Records, TotalOf, UnitsWith
from sohoi.lib.periods import Period
from sohoi.org.choices import Tier
from sohoi.org.queries import Place, children

COUNTED, DECLARED, MIXED = "counted", "declared", "mixed"


# Not frozen: a page makes thousands, and freezing each takes longer than reading it.
@dataclass(slots=True, kw_only=True)
class Figure:
    """One indicator for one unit and period. `value` is in the measure's smallest unit.

    None means that nobody has reported yet, which is not zero; or, when it is not `comparable`,
    that a unit was split whose own records belong to nobody below the units that followed it.
    A rate has its numerator and denominator, each in the smallest unit of its own measure, and
    their indicators in `inputs`. `declared` is what units declared beside a counted value.
    `reported` of `expected` units have an accepted return. `tree` is the day of the tree in which
    it was added up.
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
    declared: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    inputs: tuple[Indicator, ...] = ()
    tree: date
    comparable: bool = True

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def question(self) -> Question:
        return Question(unit=self.place, period=self.period, day=self.day, tree=self.tree)


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
    below = children(question.unit.id, on=question.tree) if by_children else []
    indicators = chosen(keys, question.day, with_parts=with_parts)
    (of_window,) = read(indicators, [question.unit, *below], [question.window])
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
    answers = zip(
        sums.counted(counted, tops, windows),
        undivided(known, tops, windows),
        sums.declared(known, tops, windows),
        sums.coverage(tops, windows),
        _numbers_of_units(known, tops, windows),
        strict=True,
    )
    return [
        _Sheet(known, shown, window, *of_window)
        for window, of_window in zip(windows, answers, strict=True)
    ]


def _numbers_of_units(
    known: dict[str, Indicator], tops: list[UUID], windows: list[Window]
) -> list[dict[str, dict[UUID, int]]]:
    """For each window and indicator of this source how many units each top has."""
    answers = [{} for _window in windows]
    for key, indicator in known.items():
        if isinstance(indicator.source, UnitsWith):
            source = indicator.source
            numbers = sums.units_with(source.part, source.tier, tops, windows)
            for answer, of_window in zip(answers, numbers, strict=True):
                answer[key] = of_window
    return answers


def _with_inputs(indicators: list[Indicator]) -> dict[str, Indicator]:
    known = {i.key: i for i in indicators}
    missing = {key for i in indicators for key in inputs_of(i)} - known.keys()
    every = catalogue() if missing else {}
    while missing:
        known |= {key: every[key] for key in missing}
        missing = {key for i in known.values() for key in inputs_of(i)} - known.keys()
    return inputs_first(known)


class _Sheet:
    """The sums of one window, worked out indicator by indicator."""

    def __init__(
        self,
        known: dict[str, Indicator],
        places: list[Place],
        window: Window,
        counted: dict[str, list[int]],
        undivided: set[tuple[UUID, str]],
        declared: dict[tuple[UUID, str], sums.DeclaredSum],
        reported: dict[tuple[UUID, str], tuple[int, int]],
        units_with: dict[str, dict[UUID, int]],
    ):
        self.known, self.places, self.window = known, places, window
        self.tops = [p.id for p in places]
        self.counted, self.undivided, self.declared = counted, undivided, declared
        self.reported, self.units_with = reported, units_with
        self.declared_keys = {key for _unit, key in declared}
        self.by_tier: dict[str, list[tuple[int, int]]] = {}
        self.now = timezone.now()
        # Inputs come first, so that each is worked out once, however many are made of it.
        self.worked_out: dict[str, list[tuple[int | None, str, datetime | None]]] = {}
        self.lost: dict[str, list[bool]] = {}
        for key, indicator in known.items():
            self.lost[key] = self._undivided(indicator)
            self.worked_out[key] = self._values(indicator)

    @cached_property
    def covered(self) -> dict[str, list[tuple[int, int]]]:
        """(reported, expected) of each indicator for each unit; values alone seldom need it."""
        covered: dict[str, list[tuple[int, int]]] = {}
        for key, indicator in self.known.items():
            covered[key] = self._coverage(indicator, covered)
        return covered

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
        rate = indicator.source if isinstance(indicator.source, RateOf) else None
        inputs = (self.known[rate.numerator], self.known[rate.denominator]) if rate else ()
        above = [value for value, *_rest in self.worked_out[rate.numerator]] if rate else None
        below = [value for value, *_rest in self.worked_out[rate.denominator]] if rate else None
        beside = self._beside(indicator)
        lost = self.lost[indicator.key]
        shared = {
            "indicator": indicator,
            "inputs": inputs,
            "period": self.window.period,
            "day": self.window.day,
            "tree": self.window.tree,
        }
        column = []
        coverage = self.covered[indicator.key]
        for n, (value, basis, as_at) in enumerate(self.worked_out[indicator.key]):
            column.append(
                Figure(
                    place=self.places[n],
                    value=value,
                    basis=basis,
                    as_at=as_at,
                    reported=coverage[n][0],
                    expected=coverage[n][1],
                    declared=beside[n],
                    numerator=above[n] if above else None,
                    denominator=below[n] if below else None,
                    comparable=not lost[n],
                    **shared,
                )
            )
        return column

    def _beside(self, indicator: Indicator) -> list[int | None]:
        """What units declared beside a counted value."""
        if not isinstance(indicator.source, Records) or indicator.key not in self.declared_keys:
            return [None] * len(self.tops)
        declared = [self.declared.get((unit, indicator.key)) for unit in self.tops]
        return [one.value if one else None for one in declared]

    def _undivided(self, indicator: Indicator) -> list[bool]:
        """For each unit whether it misses what a split left undivided."""
        if not self.undivided:
            return [False] * len(self.tops)
        if inputs := inputs_of(indicator):
            return [any(row) for row in zip(*(self.lost[key] for key in inputs), strict=True)]
        return [(unit, indicator.key) in self.undivided for unit in self.tops]

    def _values(self, indicator: Indicator) -> list[tuple[int | None, str, datetime | None]]:
        """Value, basis and as-at for each unit."""
        values = self._read(indicator)
        if self.undivided and not inputs_of(indicator):
            values = [
                (None, basis, None) if is_lost else (value, basis, as_at)
                for is_lost, (value, basis, as_at) in zip(
                    self.lost[indicator.key], values, strict=True
                )
            ]
        return values

    def _read(self, indicator: Indicator) -> list[tuple[int | None, str, datetime | None]]:
        match indicator.source:
            case Records():
                return [(value, COUNTED, self.now) for value in self.counted[indicator.key]]
            case Declared():
                declared = [self.declared.get((unit, indicator.key)) for unit in self.tops]
                return [
                    (one.value, DECLARED, one.accepted_at) if one else (None, DECLARED, None)
                    for one in declared
                ]
            case UnitsWith(part=part):
                return self._units_above_zero(indicator, part)
            case TotalOf(parts=parts):
                rows = zip(*(self.worked_out[key] for key in parts), strict=True)
                return [_total(row) for row in rows]
            case RateOf(numerator=numerator, denominator=denominator):
                pairs = zip(self.worked_out[numerator], self.worked_out[denominator], strict=True)
                return [_rate(indicator, above, below) for above, below in pairs]

    def _units_above_zero(
        self, indicator: Indicator, part: str
    ) -> list[tuple[int | None, str, datetime | None]]:
        units = self.units_with[indicator.key]
        coverage = self.covered[indicator.key]
        return [
            (units.get(unit, 0) if coverage[n][0] else None, basis, as_at)
            for n, (unit, (_value, basis, as_at)) in enumerate(
                zip(self.tops, self.worked_out[part], strict=True)
            )
        ]

    def _coverage(self, indicator: Indicator, covered: dict) -> list[tuple[int, int]]:
        """(reported, expected) units for each unit: of the indicator's tier, or the worst part."""
        match indicator.source:
            case Declared(tier=tier):
                return self._coverage_of(tier)
            case Records():
                return self._coverage_of(Tier.COMMUNE)
        parts = [covered[key] for key in sorted(inputs_of(indicator))]
        return [min(row, key=_share) for row in zip(*parts, strict=True)]

    def _coverage_of(self, tier: str) -> list[tuple[int, int]]:
        if tier not in self.by_tier:
            self.by_tier[tier] = [self.reported.get((unit, tier), (0, 0)) for unit in self.tops]
        return self.by_tier[tier]


def _share(coverage: tuple[int, int]) -> float:
    reported, expected = coverage
    return reported / expected if expected else 1


def _rate(indicator: Indicator, above: tuple, below: tuple) -> tuple:
    _value, basis, as_at = _total([above, below])
    return indicator.source.of(above[0], below[0], indicator.measure.scale), basis, as_at


def _total(parts: list[tuple]) -> tuple[int | None, str, datetime | None]:
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
    """Totals that are not the sum of their parts, and counts beside another declared value.

    Nothing is corrected: the text that started this says 772 households and then 234 + 271 + 177.
    """
    by_cell = {(f.place.id, f.key): f for f in figures}
    result = []
    for figure in by_cell.values():
        parts = tuple(by_cell.get((figure.place.id, key)) for key in figure.indicator.parts)
        if parts and all(p is not None and p.value is not None for p in parts):
            total = sum(p.value for p in parts)
            if figure.value is not None and figure.value != total:
                result.append(Contradiction(figure, total, parts))
        if figure.declared is not None and figure.declared != figure.value:
            result.append(Contradiction(figure, figure.declared))
    return result
