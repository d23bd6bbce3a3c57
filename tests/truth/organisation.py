"""Units through time, kept in lists: who stood where on a day, and where records count (DESIGN §3).

A unit is known by a name of the test's own, whatever code it has on a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

FAR = date.max
TIERS = {"centre": "centre", "province": "province", "district": "district", "branch": "branch"}
TIERS |= {"commune": "commune", "township": "commune"}


@dataclass(frozen=True)
class Stay:
    """From `first` until the day before `end` the unit was so."""

    first: date
    end: date
    parent: str | None
    kind: str
    code: str
    name: str


@dataclass
class Organisation:
    """`stays` of each unit, oldest first; `links` say that on a day a unit went into another."""

    stays: dict[str, list[Stay]] = field(default_factory=dict)
    links: list[tuple[str, str, date]] = field(default_factory=list)
    _lines: dict[tuple[str, date], tuple[str, ...]] = field(default_factory=dict)
    _missing: dict[tuple[str, date], set[str]] = field(default_factory=dict)

    def at(self, unit: str, day: date) -> Stay | None:
        """How the unit stood on the day; None where it did not."""
        return next((s for s in self.stays[unit] if s.first <= day < s.end), None)

    def standing(self, day: date, tier: str = "") -> list[str]:
        found = [(u, s) for u in self.stays if (s := self.at(u, day))]
        return [u for u, s in found if tier in ("", TIERS[s.kind])]

    def tier(self, unit: str) -> str:
        return TIERS[self.stays[unit][-1].kind]

    def first(self, unit: str) -> date:
        return self.stays[unit][0].first

    def end(self, unit: str) -> date:
        return self.stays[unit][-1].end

    def below(self, unit: str, day: date) -> list[str]:
        return [u for u in self.standing(day) if self.at(u, day).parent == unit]

    def followers(self, unit: str) -> list[str]:
        return [b for a, b, on in self.links if a == unit and on == self.end(unit)]

    def line(self, unit: str, day: date) -> tuple[str, ...]:
        """The units in which its records count in the tree of the day, the lowest first."""
        if (unit, day) not in self._lines:
            self._lines[unit, day] = self._line(unit, day)
        return self._lines[unit, day]

    def _line(self, unit: str, day: date) -> tuple[str, ...]:
        if stay := self.at(unit, day):
            return (unit, *self._above(stay.parent, day))
        if day < self.first(unit):
            before = [a for a, b, on in self.links if b == unit and on == self.first(unit)]
            return self._shared(before, self.stays[unit][0].parent, day)
        if day >= self.end(unit):
            return self._shared(self.followers(unit), self.stays[unit][-1].parent, day)
        raise AssertionError("No plan leaves a gap between the stays of a unit.")

    def _above(self, parent: str | None, day: date) -> tuple[str, ...]:
        return self.line(parent, day) if parent else ()

    def _shared(self, others: list[str], parent: str | None, day: date) -> tuple[str, ...]:
        """In the place of another; in what several have in common; else where it stood."""
        if not others:
            return self._above(parent, day)
        lines = [self.line(one, day) for one in others]
        return tuple(u for u in lines[0] if all(u in line for line in lines))

    def missing(self, unit: str, day: date) -> set[str]:
        """The units whose own records might belong here, but were left undivided by a split."""
        if (unit, day) not in self._missing:
            self._missing[unit, day] = {
                source
                for source in self.stays
                if (split := self._split_with(source, day))
                and any(unit in self.line(one, day) for one in self._heirs(split, day))
                and unit not in self.line(source, day)
            }
        return self._missing[unit, day]

    def _split_with(self, unit: str, day: date) -> str | None:
        """The unit that was split with the records of this one among its own."""
        while self.end(unit) <= day:
            followers = self.followers(unit)
            if len(followers) > 1:
                return unit
            unit = followers[0] if followers else self.stays[unit][-1].parent
        return None

    def _heirs(self, unit: str, day: date) -> Iterator[str]:
        """All that came out of it, and out of that."""
        for one, follower, on in self.links:
            if one == unit and on <= day:
                yield follower
                yield from self._heirs(follower, day)

    # What a plan does. Each act is (verb, unit, …) and holds from the day `on`.

    def apply(self, acts: list[tuple], on: date) -> None:
        merged = {act[1]: act[2] for act in acts if act[0] == "merge"}
        moved = {act[1] for act in acts if act[0] == "move"}
        for unit in self.standing(on):
            if (parent := self.at(unit, on).parent) in merged and unit not in moved:
                acts = [*acts, ("move", unit, merged[parent])]
        for verb, unit, *details in sorted(acts, key=lambda act: act[0] != "found"):
            if verb == "found":
                kind, parent, name = details
                self.stays[unit] = [Stay(on, FAR, parent, kind, unit, name)]
            elif verb in ("merge", "split", "close"):
                self._cut(unit, on)
                self.links += [(unit, into, on) for into in details]
            elif self.end(unit) > on:
                changed = {"parent": details[0]} if verb == "move" else {}
                changed |= dict(zip(("code", "name"), details, strict=True)) if not changed else {}
                self._change(unit, on, changed)
        self._lines.clear()
        self._missing.clear()

    def _cut(self, unit: str, on: date) -> None:
        *earlier, last = self.stays[unit]
        assert (last.first < on, last.end) == (True, FAR)
        self.stays[unit] = [*earlier, replace(last, end=on)]

    def _change(self, unit: str, on: date, changed: dict) -> None:
        last = self.stays[unit][-1]
        if last.first == on:  # two acts of one plan
            self.stays[unit][-1] = replace(last, **changed)
            return
        self._cut(unit, on)
        self.stays[unit].append(replace(last, first=on, **changed))
