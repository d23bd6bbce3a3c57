"""What each door ought to show of a question, held against what it shows, cell by cell."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.test import Client

from sohoi.org.models import today
from tests.truth import readers
from tests.truth.ledger import Figure, Ledger, Told
from tests.truth.questions import Asked
from tests.truth.readers import DASH, LOST, Address

_CHANGE = re.compile(r"\+?(-?[0-9.,]+)( điểm %)?(?: \(\+?(-?[0-9.,]+) %\))?")
# So many units stand side by side in an annex.
WIDE = 12


def same(found: dict, wanted: dict, where: Any) -> None:
    """Whole sets of cells; what differs is named."""
    differs = {
        cell: (found.get(cell, "not there"), wanted.get(cell, "not there"))
        for cell in found.keys() | wanted.keys()
        if found.get(cell, "not there") != wanted.get(cell, "not there")
    }
    assert not differs, f"{where}: (found, wanted) {differs}"


@dataclass
class Doors:
    """The question as it is asked, and the ledger that knows the answer."""

    ledger: Ledger
    client: Client
    asked: Asked
    address: Address

    def hold(self, key: str, *, by_command: bool) -> None:
        """Every door for the question; the workbook of the one figure `key`."""
        self._command()
        self._board()
        self._explorer()
        self._comma_separated()
        self._workbook(key)
        self._annex(by_command=by_command)

    # What is shown of a question.

    def _shown(self) -> dict[str, tuple[str, str]]:
        """The units of the answer, each with its code and name: of a closed period as it was."""
        asked = self.asked
        if kept := self.ledger.kept(asked):
            return {u: kept.names[u] for u in (asked.unit, *kept.below[asked.unit])}
        org = self.ledger.org
        stays = {u: org.at(u, asked.tree) for u in (asked.unit, *org.below(asked.unit, asked.tree))}
        return {u: (stay.code, stay.name) for u, stay in stays.items()}

    def _valid(self) -> list[str]:
        kept = self.ledger.kept(self.asked)
        return [*kept.figures[self.asked.unit]] if kept else self.ledger.valid(self.asked.day)

    def _told(self, key: str, unit: str) -> Told:
        return self.ledger.told(key, self.asked.of(unit))

    def _natural(self, key: str, value: int | None) -> Fraction | None:
        return None if value is None else Fraction(value, self.ledger.known[key].scale)

    def _value(self, key: str, figure: Figure) -> Fraction | str | None:
        return self._natural(key, figure.value) if figure.comparable else LOST

    # The doors.

    def _command(self) -> None:
        keys = [*self.ledger.known]
        rows = readers.command(self.address, keys)
        found = {cell: self._row(row) for cell, row in rows.items()}
        wanted = {
            (code, key): self._said(key, self._told(key, unit))
            for unit, (code, _name) in self._shown().items()
            for key in keys
        }
        same(found, wanted, ("command", self.asked))

    def _row(self, row: dict) -> tuple:
        told = row["coverage"]
        names = ("value", "now", "declared", "numerator", "denominator")
        numbers = {name: readers.exact(row.get(name)) for name in names}
        if not row.get("comparable", True):
            numbers["value"] = LOST
        coverage = told["reported"], told["expected"], told.get("not_asked", 0)
        return numbers, row["basis"], coverage, "frozen_at" in row

    def _said(self, key: str, told: Told) -> tuple:
        said, made_of = told.said, self.ledger.known[key].made_of
        above, below = made_of if self.ledger.known[key].source == "rate" else (key, key)
        numbers = {
            "value": self._value(key, said),
            "now": self._natural(key, told.now) if told.closed else None,
            "declared": self._natural(key, said.declared),
            "numerator": self._natural(above, said.above),
            "denominator": self._natural(below, said.below),
        }
        return numbers, said.basis, tuple(said[2:5]), told.closed

    def _board(self) -> None:
        cells = readers.board(self.client, self.address)
        found = {key: cell for (_code, key), cell in cells.items() if key.startswith("probe.")}
        wanted = {}
        for key in self._valid():
            told = self._told(key, self.asked.unit)
            said = told.said
            has_drifted = told.closed and told.now != said.value
            wanted[key] = {
                "value": self._value(key, said),
                "coverage": tuple(said[2:5]),
                "basis": said.basis,
                "drift": (self._natural(key, said.value), self._natural(key, told.now))
                if has_drifted
                else None,
            }
            if found.get(key, {}).get("drift") is None and self._is_warned_of_else(key, said):
                wanted[key]["drift"] = None
        same(found, wanted, ("board", self.asked))

    def _is_warned_of_else(self, key: str, said: Figure) -> bool:
        """A tile has one warning: that the count is not what was declared comes first."""
        return said.declared is not None and said.declared != said.value

    def _explorer(self) -> None:
        keys = self.ledger.valid(self.asked.day)
        for reader in (readers.explorer, readers.explorer_workbook):
            cells = reader(self.client, self.address, keys)
            is_page = reader == readers.explorer
            found = {
                (name, title.split(" (")[0], column): self._read(text, column, is_page=is_page)
                for (name, title, column), text in cells.items()
            }
            same(found, self._tables(keys), (reader.__name__, self.asked))

    def _read(self, text: str, column: int, *, is_page: bool) -> Any:
        if column < 2:
            return readers.amount(text) if is_page or text in (DASH, LOST) else readers.exact(text)
        if text == DASH:
            return None
        by, points, share = _CHANGE.fullmatch(text).groups()
        return readers.amount(by), bool(points), share and readers.amount(share)

    def _tables(self, keys: list[str]) -> dict:
        wanted, before = {}, self.asked.before(1)
        for unit, (_code, name) in self._shown().items():
            for key in keys:
                now, then = self._told(key, unit).said, self.ledger.figure(key, before.of(unit))
                wanted[name, _title(key), 0] = self._value(key, now)
                wanted[name, _title(key), 1] = self._value(key, then)
                wanted[name, _title(key), 2] = self._change(key, now, then)
        return wanted

    def _change(self, key: str, now: Figure, then: Figure) -> tuple | None:
        """Nothing is said where one is not known: no value, or nothing found and nobody asked."""
        for one in (now, then):
            if one.value is None or not (one.value or one.reported or not one.expected):
                return None
        by, known = now.value - then.value, self.ledger.known[key]
        points = known.percent and known.scale == 100
        share = None
        if by and then.value > 0 and not points:
            tenths = Fraction(1000 * by, then.value)
            whole = int(abs(tenths) + Fraction(1, 2))
            share = Fraction(whole if by > 0 else -whole, 10)
        return self._natural(key, by), points, share

    def _comma_separated(self) -> None:
        """With the same days of four years before."""
        keys = self.ledger.valid(self.asked.day)
        found = readers.comma_separated(self.client, self.address, keys)
        wanted = {}
        for unit, (code, _name) in self._shown().items():
            for key in keys:
                for years in range(5):
                    asked = self.asked.of(unit).before(years)
                    wanted[code, key, asked.period] = self._line(
                        key, asked, self.ledger.told(key, asked).said
                    )
        same(found, wanted, ("csv", self.asked))

    def _line(self, key: str, asked: Asked, said: Figure) -> dict:
        return {
            "value": self._value(key, said),
            "day": f"{asked.day}",
            "tree": f"{asked.tree}",
            "basis": said.basis,
            "coverage": tuple(said[2:5]),
        }

    def _workbook(self, key: str) -> None:
        found = readers.workbook(self.client, self.address, key)
        (_own, *below), wanted = self._shown().items(), {}
        for unit, (code, _name) in below:
            said = self._told(key, unit).said
            wanted[code] = self._natural(key, said.value), tuple(said[2:5])
        same(found, wanted, ("workbook", key, self.asked))

    def _annex(self, *, by_command: bool) -> None:
        (own, *below), names = (shown := self._shown()), {}
        if not 0 < len(below) <= WIDE:
            return
        names = {own: "Tổng số"} | {u: _short(shown[u][1]) for u in below}
        cells = (
            readers.written_annex(self.address)
            if by_command
            else readers.annex(self.client, self.address)
        )
        found = {
            (head, title): readers.amount(text)
            for (head, title), text in cells.items()
            if f"probe.{title}" in self.ledger.known
        }
        wanted = {
            (name, _title(key)): self._value(key, self._told(key, unit).said)
            for unit, name in names.items()
            for key in self._valid()
        }
        same(found, wanted, ("annex", by_command, self.asked))


def _title(key: str) -> str:
    """What the indicators of the test are called."""
    return key.removeprefix("probe.")


def _short(name: str) -> str:
    """As the head of a column."""
    return name.removeprefix("Huyện ").removeprefix("Xã ")


def addressed(ledger: Ledger, asked: Asked, *, is_named: bool) -> Address:
    """The question in the words of an address; the day by its name, or left to what is usual."""
    day, tree = asked.day.isoformat(), asked.tree.isoformat()
    if asked.tree == asked.day:
        tree = ""
    elif asked.tree == today():
        tree = "now"
    code = ledger.org.at(asked.unit, asked.tree).code
    return Address(code, asked.period, day if is_named else "", tree)
