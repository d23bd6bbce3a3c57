"""What every figure ought to be, added up record by record and return by return (DESIGN §2)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import NamedTuple

from tests.truth.organisation import Organisation
from tests.truth.questions import COUNTED_KEYS, Asked, Known

_DAY = timedelta(days=1)


class Record(NamedTuple):
    """`end` is the first day on which it no longer lasts; nobody is named where `user` is None."""

    unit: str
    user: str | None
    role: str
    first: date
    end: date | None


class Return(NamedTuple):
    """An accepted one: what it asked, and what was declared in it."""

    asked: frozenset[str]
    values: dict[str, int]

    @property
    def answered(self) -> frozenset[str]:
        """What is counted is vouched for by being asked; what is declared, by a value."""
        return self.asked & COUNTED_KEYS | {*self.values}


class Figure(NamedTuple):
    """All that is said of one; `value` in the smallest part of its measure."""

    value: int | None
    basis: str
    reported: int
    expected: int
    not_asked: int
    comparable: bool = True
    declared: int | None = None
    above: int | None = None
    below: int | None = None


class Told(NamedTuple):
    """A figure as it is shown; `now` is what it would be if no period were closed."""

    said: Figure
    now: int | None
    closed: bool = False


@dataclass
class Closed:
    """What was kept: of each unit its figures by key, and who stood directly below it. Of two that
    hold a unit, which a plan led to another province between them, the first is right."""

    number: int
    period: str
    day: date
    figures: dict[str, dict[str, Figure]]
    below: dict[str, list[str]]
    names: dict[str, tuple[str, str]]


@dataclass
class Ledger:
    """Facts and, worked out of them at each asking, figures."""

    org: Organisation
    known: dict[str, Known]
    records: list[Record] = field(default_factory=list)
    returns: dict[tuple[str, str], Return] = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    closings: int = 0

    # Who was asked, and who answered.

    def keys_behind(self, key: str) -> list[str]:
        one = self.known[key]
        return [leaf for part in one.made_of for leaf in self.keys_behind(part)] or [key]

    def covered(self, key: str, asked: Asked) -> tuple[int, int, int]:
        """Reported, expected, not asked. A rate speaks for those who declared their part of it."""
        keys = {*self.keys_behind(key)}
        if self.known[key].source == "rate":
            keys = {one for one in keys if one not in COUNTED_KEYS} or keys
        reported = expected = not_asked = 0
        for unit in self.org.standing(asked.day, "commune"):
            if asked.unit in self.org.line(unit, asked.tree):
                expected += 1
                wanted, given = self.answer(unit, asked)
                reported += keys <= given
                not_asked += wanted is not None and not keys <= wanted
        return reported, expected, not_asked

    def answer(self, unit: str, asked: Asked) -> tuple[set | None, set]:
        """What a unit that stands was asked and answered: by its own return or, where it began in
        the period out of others, by those of all that merged into it."""
        own = self.returns.get((unit, asked.period))
        answers = [own] if own else []
        if not own and self._is_made_of_others(unit, asked):
            merged = [one for one in self.org.stays if self._merged_into(one, unit, asked)]
            answers = [self.returns.get((one, asked.period)) for one in merged]
        if not answers or None in answers:
            return None, set()
        wanted = set.intersection(*({*one.asked, *one.values} for one in answers))
        return wanted, set.intersection(*({*one.answered} for one in answers))

    def _is_made_of_others(self, unit: str, asked: Asked) -> bool:
        """It began in the period, with whole units; nothing of it was there before."""
        first, links = self.org.first(unit), self.org.links
        before = [(one, on) for one, into, on in links if into == unit and on <= asked.day]
        whole = all(sum(a == one and on == at for a, _b, on in links) == 1 for one, at in before)
        return asked.first < first and whole and any(on == first for _one, on in before)

    def _merged_into(self, one: str, unit: str, asked: Asked) -> bool:
        ended = asked.first < self.org.end(one) <= asked.day
        same = self.org.tier(one) == self.org.tier(unit)
        return ended and same and unit in self.org.line(one, asked.day)

    # What records count.

    def behind(self, key: str, asked: Asked) -> list[Record]:
        """The records of all units that count in the days asked."""
        one = self.known[key]
        first, last = asked.days
        if one.since:
            first, last = one.since, asked.day
        found = [r for r in self.records if one.role in ("", r.role)]
        if one.kind == "stock":
            return [r for r in found if r.first <= asked.day and (not r.end or r.end > asked.day)]
        return [r for r in found if first <= r.first <= last]

    def count(self, key: str, asked: Asked) -> int:
        found = [
            r for r in self.behind(key, asked) if asked.unit in self.org.line(r.unit, asked.tree)
        ]
        if self.known[key].kind == "distinct":
            return len({r.user for r in found} - {None})
        return len(found)

    def own_count(self, key: str, unit: str, asked: Asked) -> int:
        """What a unit that declared counts itself: on the last day, or the nearest it was there."""
        stood = max(self.org.first(unit), min(asked.day, self.org.end(unit) - _DAY))
        return self.count(key, Asked(unit, asked.period, asked.day, stood))

    # What returns declare.

    def declaring(self, asked: Asked) -> dict[str, Return]:
        """The returns of the period that belong under the unit."""
        return {
            unit: one
            for (unit, period), one in self.returns.items()
            if period == asked.period and asked.unit in self.org.line(unit, asked.tree)
        }

    def units_with(self, part: str, asked: Asked) -> int:
        found = set()
        for (unit, period), one in self.returns.items():
            if period == asked.period and one.values.get(part, 0) > 0:
                line = self.org.line(unit, asked.day)
                found |= {u for u in line if self.org.tier(u) == "commune"}
        return sum(asked.unit in self.org.line(unit, asked.tree) for unit in found)

    # What a split left undivided.

    def lost(self, key: str, asked: Asked) -> bool:
        one = self.known[key]
        if one.made_of:
            return any(self.lost(part, asked) for part in one.made_of)
        return any(
            self._holds(key, unit, asked) for unit in self.org.missing(asked.unit, asked.tree)
        )

    def _holds(self, key: str, unit: str, asked: Asked) -> bool:
        if self.known[key].kind == "distinct":
            return True
        if key in COUNTED_KEYS:
            return any(r.unit == unit for r in self.behind(key, asked))
        own = self.returns.get((unit, asked.period))
        return bool(own and own.values.get(key))

    # Figures.

    def figure(self, key: str, asked: Asked) -> Figure:
        """As it is now, whatever was closed."""
        one = self.known[key]
        covered = self.covered(key, asked)
        basis = {"counted": "counted", "rate": "", "total": ""}.get(one.source, "declared")
        if not basis:
            bases = {self.figure(part, asked).basis for part in one.made_of}
            basis = bases.pop() if len(bases) == 1 else "mixed"
        if self.lost(key, asked):
            return Figure(None, basis, *covered, comparable=False)
        if one.source == "rate":
            return self._rate(key, asked, basis, covered)
        value = self._value(key, asked, covered[0])
        declared = self._beside(key, value, asked) if key in COUNTED_KEYS else None
        return Figure(value, basis, *covered, declared=declared)

    def _value(self, key: str, asked: Asked, reported: int) -> int | None:
        one = self.known[key]
        if one.source == "counted":
            return self.count(key, asked)
        if one.source == "total":
            values = [self.figure(part, asked).value for part in one.made_of]
            return None if None in values else sum(values)
        if one.source == "units_with":
            found = self.units_with(one.made_of[0], asked)
        else:
            found = sum(r.values.get(key, 0) for r in self.declaring(asked).values())
        # Nobody reported: unknown, which is not zero.
        return found or (0 if reported else None)

    def _beside(self, key: str, value: int, asked: Asked) -> int | None:
        """The count with what units declared in the place of their own counts."""
        typed = {u: r.values[key] for u, r in self.declaring(asked).items() if key in r.values}
        if not typed:
            return None
        if self.known[key].kind == "distinct":
            return typed.get(asked.unit)
        return value + sum(n - self.own_count(key, unit, asked) for unit, n in typed.items())

    def _rate(self, key: str, asked: Asked, basis: str, covered: tuple) -> Figure:
        """Above and below of the same units: of all, or of those that answered both."""
        one = self.known[key]
        declared = {leaf for leaf in self.keys_behind(key) if leaf not in COUNTED_KEYS}
        above, below = (self.figure(part, asked).value for part in one.made_of)
        if declared and covered[0] < covered[1]:
            both = {u for u, r in self.declaring(asked).items() if declared <= r.values.keys()}
            added_up = all(self.known[k].kind != "distinct" for k in self.keys_behind(key))
            above = below = None
            if both and covered[0] and added_up:
                above, below = (
                    sum(self._of_one(part, unit, asked) for unit in both) for part in one.made_of
                )
        return Figure(self._divided(one, above, below), basis, *covered, above=above, below=below)

    def _of_one(self, key: str, unit: str, asked: Asked) -> int:
        one, values = self.known[key], self.returns.get((unit, asked.period)).values
        if one.source == "counted":
            return self.own_count(key, unit, asked)
        if one.source == "units_with":
            return values[one.made_of[0]] > 0
        if one.source == "total":
            return sum(self._of_one(part, unit, asked) for part in one.made_of)
        return values[key]

    def _divided(self, one: Known, above: int | None, below: int | None) -> int | None:
        """A half is rounded up."""
        if above is None or not below:
            return None
        up, down = (self.known[part].scale for part in one.made_of)
        exact = Fraction(above, up) / Fraction(below, down) * (100 if one.percent else 1)
        return floor(exact * one.scale + Fraction(1, 2))

    # Closed periods.

    def close(self, unit: str, period: str, day: date) -> Closed:
        """Keep every figure of the unit and of what stands below it."""
        units = [u for u in self.org.standing(day) if unit in self.org.line(u, day)]
        keys = self.valid(day)
        self.closings += 1
        kept = Closed(
            self.closings,
            period,
            day,
            {u: {k: self.told(k, Asked(u, period, day, day)).said for k in keys} for u in units},
            {u: self.org.below(u, day) for u in units},
            {u: (self.org.at(u, day).code, self.org.at(u, day).name) for u in units},
        )
        self.closed.append(kept)
        return kept

    def valid(self, day: date) -> list[str]:
        return [k for k, one in self.known.items() if not one.valid_from or one.valid_from <= day]

    def kept(self, asked: Asked) -> Closed | None:
        """The closing that answers: of the period, with the last day and the tree of then."""
        wanted = asked.period, asked.day, asked.tree
        fits = [one for one in self.closed if (one.period, one.day, one.day) == wanted]
        fits = [one for one in fits if asked.unit in one.figures]
        return min(fits, key=lambda one: one.number, default=None)

    def told(self, key: str, asked: Asked) -> Told:
        now = self.figure(key, asked)
        kept = self.kept(asked)
        if kept and key in kept.figures[asked.unit]:
            return Told(kept.figures[asked.unit][key], now.value, True)
        return Told(now, now.value)
