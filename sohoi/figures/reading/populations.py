"""Above and below a rate, and in a count beside what was declared, stand the same units.

Where all answered, the sums of the whole are used. Where only some did, their own values are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sohoi.figures.catalogue.queries import leaves_of
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.entries import is_additive
from sohoi.figures.engine.windows import Window
from sohoi.figures.reading.coverage import Coverage, answerers
from sohoi.kit.indicators import Declared, Indicator, RateOf, Records, TotalOf, UnitsWith


@dataclass(frozen=True)
class UnitValues:
    """What one unit declared and what is counted from its records, by key."""

    stated: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SameUnits:
    """The units of one window that declared something, under each top; `keys` is what."""

    known: Mapping[str, Indicator]
    by_top: Mapping[UUID, Mapping[UUID, UnitValues]]
    keys: frozenset[str]

    def rate(self, indicator: Indicator, top: UUID) -> tuple[int, int] | None:
        """Numerator and denominator over the units that answered all that the rate needs; None
        where nobody did, or where the two cannot be added up unit by unit."""
        (keys, *others) = answerers([indicator], self.known, declared=True).values()
        if others or not is_added_up(indicator, self.known):
            return None
        units = [one for one in self.by_top.get(top, {}).values() if keys <= one.stated.keys()]
        if not units:
            return None
        source: RateOf = indicator.source
        return self._sum(source.numerator, units), self._sum(source.denominator, units)

    def _sum(self, key: str, units: Iterable[UnitValues]) -> int:
        match self.known[key].source:
            case Declared():
                return sum(one.stated[key] for one in units)
            case Records():
                return sum(one.counted[key] for one in units)
            case UnitsWith(part=part):
                return sum(one.stated[part] > 0 for one in units)
            case TotalOf(parts=parts):
                return sum(self._sum(part, units) for part in parts)
        raise ValueError(key)

    def declared(self, key: str, top: UUID, counted: int | None) -> int | None:
        """The count with what units declared in the place of their own; None where none did, and
        where it cannot be added up."""
        units = self.by_top.get(top, {})
        typed = [one for one in units.values() if key in one.stated]
        if not typed or counted is None:
            return None
        if is_additive(self.known[key]):
            return counted + sum(one.stated[key] - one.counted[key] for one in typed)
        return units[top].stated[key] if top in units and key in units[top].stated else None


def is_added_up(indicator: Indicator, known: Mapping[str, Indicator]) -> bool:
    """Whether numerator and denominator are sums of what each unit has: no different people, no
    rate of a rate, no units of another tier than the one that declares."""
    source: RateOf = indicator.source
    return all(_is_sum(known[key], known) for key in (source.numerator, source.denominator))


def _is_sum(indicator: Indicator, known: Mapping[str, Indicator]) -> bool:
    match indicator.source:
        case Records():
            return is_additive(indicator)
        case UnitsWith(part=part, tier=tier):
            return known[part].source == Declared(tier)
        case TotalOf(parts=parts):
            return all(_is_sum(known[part], known) for part in parts)
    return isinstance(indicator.source, Declared)


def same_units(
    by_window: list[dict[str, Indicator]],
    tops: list[UUID],
    windows: list[Window],
    coverages: list[Coverage],
) -> list[SameUnits]:
    """For each window, with its indicators as they come about in it, what the units declared, as
    far as a rate or a comparison must know. At most two queries; one where nothing is compared."""
    groups: dict[int, tuple[dict[str, Indicator], list[Coverage]]] = {}
    for known, coverage in zip(by_window, coverages, strict=True):
        groups.setdefault(id(known), (known, []))[1].append(coverage)
    every = [one for known, _coverages in groups.values() for one in known.values()]
    counted = {one.key: one for one in every if isinstance(one.source, Records)}
    needed = set().union(*(_of_partial_rates(*group) for group in groups.values()))
    rows = sums.stated(sorted(counted.keys() | needed), tops, windows)
    beside = {one.key for of_window in rows for one in of_window} & counted.keys()
    beside = {key for key in beside | needed & counted.keys() if is_additive(counted[key])}
    counts = _counts([counted[key] for key in sorted(beside)], windows, rows)
    answers = []
    for n, of_window in enumerate(rows):
        by_top = defaultdict(dict)
        for top, unit, stood, key, value in of_window:
            if unit not in by_top[top]:
                by_top[top][unit] = UnitValues(counted=counts.get((n, stood, unit), {}))
            by_top[top][unit].stated[key] = value
        answers.append(SameUnits(by_window[n], by_top, frozenset(one.key for one in of_window)))
    return answers


def _of_partial_rates(known: Mapping[str, Indicator], coverages: list[Coverage]) -> set[str]:
    """What the rates are made of that only some units answered somewhere."""
    needed: set[str] = set()
    for indicator in known.values():
        if not isinstance(indicator.source, RateOf):
            continue
        by_tier = answerers([indicator], known, declared=True)
        if by_tier and any(
            0 < one.reported < one.expected
            for coverage in coverages
            for tier, keys in by_tier.items()
            for key in keys
            for one in coverage.of(tier, frozenset([key]))
        ):
            needed |= {*leaves_of(indicator, known)}
    return needed


def _counts(
    indicators: list[Indicator], windows: list[Window], rows: list[list[sums.Stated]]
) -> dict[tuple, dict[str, int]]:
    """By window, tree day and unit the counts of these indicators. At most one query."""
    asked = sorted({(n, one.stood) for n, of_window in enumerate(rows) for one in of_window})
    units = sorted({one.unit for of_window in rows for one in of_window})
    if not indicators or not units:
        return {}
    trees = [Window(windows[n].period, windows[n].day, stood) for n, stood in asked]
    answers = sums.counted(indicators, units, trees)
    return {
        (*at, unit): {key: values[position] for key, values in by_key.items()}
        for at, by_key in zip(asked, answers, strict=True)
        for position, unit in enumerate(units)
    }
