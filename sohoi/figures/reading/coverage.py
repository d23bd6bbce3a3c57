"""How many of the units that stand were asked for a figure, and how many answered it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sohoi.figures.catalogue.queries import leaves_of
from sohoi.figures.engine.answers import Answers, Group
from sohoi.kit.indicators import Declared, Indicator, RateOf
from sohoi.org.choices import Tier


class Covered(NamedTuple):
    """`reported` of the `expected` units answered the figure, the last accepted at `latest`;
    `not_asked` of them have an accepted return that did not ask it."""

    reported: int
    expected: int
    not_asked: int
    latest: datetime | None

    @property
    def is_whole(self) -> bool:
        return self.reported == self.expected

    @property
    def share(self) -> float:
        return self.reported / self.expected if self.expected else 1


class Coverage:
    """The answers of one window, for its units one after the other."""

    def __init__(self, groups: list[list[Group]]):
        self._groups = groups
        self._sets = frozenset(one.answers for of_top in groups for one in of_top if one.answers)
        self._covered: dict[tuple, list[Covered]] = {}
        self._of: dict[tuple[str, frozenset[str]], list[Covered]] = {}

    def of(self, tier: str, keys: frozenset[str]) -> list[Covered]:
        """Who answered all of these keys, of the units of a tier."""
        if (tier, keys) not in self._of:
            self._of[tier, keys] = self._by_answers(tier, keys)
        return self._of[tier, keys]

    def _by_answers(self, tier: str, keys: frozenset[str]) -> list[Covered]:
        # Most figures stand on the same returns: they share one answer.
        known = tier, *_asking_and_answering(self._sets, keys)
        if known not in self._covered:
            self._covered[known] = [_covered(of_top, *known) for of_top in self._groups]
        return self._covered[known]

    def of_all(self, by_tier: Mapping[str, frozenset[str]]) -> list[Covered]:
        """The worst of the tiers, unit by unit."""
        columns = [self.of(tier, keys) for tier, keys in by_tier.items()]
        if len(columns) == 1:
            return columns[0]
        return [min(row, key=lambda one: one.share) for row in zip(*columns, strict=True)]

    def is_one(self, by_tier: Mapping[str, frozenset[str]], *, whole: bool) -> list[bool]:
        """Whether the same units answered each of these keys; `whole`: all that are expected."""
        result = [True] * len(self._groups)
        for tier, keys in by_tier.items():
            shared = self.of(tier, keys)
            for alone in (self.of(tier, frozenset([key])) for key in keys):
                for n, (one, all_of_them) in enumerate(zip(alone, shared, strict=True)):
                    result[n] &= one.reported == all_of_them.reported
            if whole or len(by_tier) > 1:
                result = [ok and one.is_whole for ok, one in zip(result, shared, strict=True)]
        return result


@lru_cache(maxsize=4096)
def _asking_and_answering(
    sets: frozenset[Answers], keys: frozenset[str]
) -> tuple[frozenset[Answers], frozenset[Answers]]:
    """The sets that asked all of the keys, and those of them that answered all."""
    asking = frozenset(one for one in sets if keys <= one.asked)
    return asking, frozenset(one for one in asking if keys <= one.answered)


def _covered(groups: list[Group], tier: str, asking: frozenset, answering: frozenset) -> Covered:
    reported = expected = not_asked = 0
    latest = None
    for one in groups:
        if one.tier != tier:
            continue
        expected += one.units
        if one.answers in answering:
            reported += one.units
            latest = max(latest or one.latest, one.latest)
        elif one.answers and one.answers not in asking:
            not_asked += one.units
    return Covered(reported, expected, not_asked, latest)


def answerers(
    indicators: Iterable[Indicator], known: Mapping[str, Indicator], *, declared: bool = False
) -> dict[str, frozenset[str]]:
    """Which keys a unit must have answered to be in these figures, by the tier that answers them.

    `declared` leaves out what is counted: everybody's records are there.
    """
    by_tier: dict[str, set[str]] = {}
    for indicator in indicators:
        for key in leaves_of(indicator, known):
            source = known[key].source
            if isinstance(source, Declared):
                by_tier.setdefault(source.tier, set()).add(key)
            elif not declared:
                by_tier.setdefault(Tier.COMMUNE, set()).add(key)
    return {tier: frozenset(keys) for tier, keys in by_tier.items()}


def speaks_for(indicator: Indicator, known: Mapping[str, Indicator]) -> dict[str, frozenset[str]]:
    """The keys whose answerers the figure covers: of a rate those that were declared, if any, since
    it is worked out over the units that have both."""
    if isinstance(indicator.source, RateOf) and (
        by_tier := answerers([indicator], known, declared=True)
    ):
        return by_tier
    return answerers([indicator], known)
