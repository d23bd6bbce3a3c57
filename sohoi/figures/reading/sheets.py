"""The sums of one window, worked out indicator by indicator into figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from operator import not_
from uuid import UUID

from django.utils import timezone

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import inputs_of
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.choices import COUNTED, DECLARED, MIXED
from sohoi.figures.reading.coverage import Coverage, Covered, answerers
from sohoi.figures.reading.populations import SameUnits
from sohoi.kit.indicators import Declared, Indicator, RateOf, Records, TotalOf, UnitsWith
from sohoi.lib.periods import Period
from sohoi.org.queries import Place

# Of one indicator for one unit: value, basis, as-at.
Value = tuple[int | None, str, datetime | None]


# Not frozen, and made from values in their order: a page makes thousands, and to freeze each, or to
# name its values, takes longer than to read it.
@dataclass(slots=True)
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
    was added up. Of a closed period the figure is as it was at `frozen_at`; `live` is what its
    records and returns add up to now.
    """

    indicator: Indicator
    place: Place
    period: Period
    day: date
    tree: date
    value: int | None
    basis: str
    as_at: datetime | None
    reported: int
    expected: int
    not_asked: int
    declared: int | None
    numerator: int | None
    denominator: int | None
    inputs: tuple[Indicator, ...]
    comparable: bool
    parts_alike: bool
    frozen_at: datetime | None = None
    live: int | None = None

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def question(self) -> Question:
        return Question(unit=self.place, period=self.period, day=self.day, tree=self.tree)

    @property
    def has_drifted(self) -> bool:
        """Whether something changed since the period was closed."""
        return self.frozen_at is not None and self.live != self.value

    def keep(self, cell: tuple, closed_at: datetime) -> None:
        """As it was when the period was closed; `cell` is in the order of CELL."""
        self.live, self.frozen_at = self.value, closed_at
        (
            self.value,
            self.basis,
            self.reported,
            self.expected,
            self.not_asked,
            self.declared,
            self.numerator,
            self.denominator,
            self.comparable,
            self.parts_alike,
            self.as_at,
        ) = cell

    @property
    def is_known(self) -> bool:
        """Nothing found in the books of units of which none has reported says nothing."""
        return self.value is not None and bool(self.value or self.reported or not self.expected)


class Sheet:
    """The sums of one window, worked out indicator by indicator. `covering` says by key whose
    answers a figure stands on."""

    def __init__(
        self,
        known: dict[str, Indicator],
        covering: dict[str, dict[str, frozenset[str]]],
        places: list[Place],
        window: Window,
        counted: dict[str, list[int]],
        undivided: set[tuple[UUID, str]],
        declared: dict[str, list[int]],
        units_with: dict[str, list[int]],
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
            self.covered[key] = coverage.of_all(covering[key])
            self.worked_out[key] = self._values(indicator)

    def figures(self, indicators: list[Indicator]) -> list[Figure]:
        """Unit by unit."""
        columns = [self._column(self.known[indicator.key]) for indicator in indicators]
        return [figure for row in zip(*columns, strict=True) for figure in row]

    def values(self, indicators: list[Indicator]) -> list[int | None]:
        """Unit by unit."""
        columns = [[value for value, *_rest in self.worked_out[i.key]] for i in indicators]
        return [value for row in zip(*columns, strict=True) for value in row]

    def _column(self, indicator: Indicator) -> list[Figure]:
        """The figures of one indicator for all units."""
        key, window = indicator.key, self.window
        reported, expected, not_asked, _latest = zip(*self.covered[key], strict=True)
        above, below = zip(*self.over.get(key, [(None, None)] * len(self.tops)), strict=True)
        columns = (
            repeat(indicator),
            self.places,
            repeat(window.period),
            repeat(window.day),
            repeat(window.tree),
            *zip(*self.worked_out[key], strict=True),
            reported,
            expected,
            not_asked,
            self._beside(indicator),
            above,
            below,
            repeat(self._inputs(indicator)),
            map(not_, self.lost[key]),
            self._alike(indicator),
        )
        return [*map(Figure, *columns)]

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
            case UnitsWith(part=part) if isinstance(self.known[part].source, Records):
                # Who has any is known of what units declare alone.
                return [(None, COUNTED, None)] * len(self.tops)
            case UnitsWith():
                return self._answered(indicator, self.units_with)
            case TotalOf(parts=parts):
                rows = zip(*(self.worked_out[key] for key in parts), strict=True)
                return [_total(row) for row in rows]
            case RateOf():
                return self._rates(indicator)

    def _answered(self, indicator: Indicator, values: dict[str, list[int]]) -> list[Value]:
        """What was declared; unknown where nobody answered, which is not zero."""
        key = indicator.key
        return [
            (value or (0 if one.reported else None), DECLARED, one.latest)
            for value, one in zip(values[key], self.covered[key], strict=True)
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
            elif is_declared and not (covered := self.covered[indicator.key][n]).is_whole:
                # Of units that answered and are no more, nobody who stands speaks for the rest.
                same = covered.reported and self.same_units.rate(indicator, self.tops[n])
                pair = same or (None, None)
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
