"""The unit and the period that stay with a person from page to page."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from sohoi.accounts.roles import READERS
from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org import queries
from sohoi.org.models import Installation, today

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[\w.-]{1,20}", re.ASCII)
UNIT_KEY, PERIOD_KEY = "place_unit", "place_period"


@dataclass
class Workplace:
    """Read from the query (`don_vi`; `ky`, or `nam` and `phan` as the chooser sends them), else
    from the session, else from her appointment."""

    request: HttpRequest

    @cached_property
    def period(self) -> Period:
        session = self.request.session
        if asked := self._asked_period():
            with suppress(PeriodError):
                self._keep(PERIOD_KEY, parse_period(asked).key)
        default = self.installation.default_period or last_half_year(today()).key
        return parse_period(session.get(PERIOD_KEY, default))

    def _asked_period(self) -> str:
        """Year and part are two small lists; a term of office stands among the years."""
        query = self.request.GET
        year, part = query.get("nam", ""), query.get("phan", "")
        chosen = f"{year}-{part}" if year and part and ":" not in year else year
        return query.get("ky") or chosen

    @cached_property
    def first_year(self) -> int:
        """From which year on there is anything to choose."""
        return queries.first_year()

    @cached_property
    def installation(self) -> Installation:
        return Installation.here()

    @cached_property
    def on(self) -> date:
        """The tree of a period is the one on its last day, or today's while it still runs, and for
        whoever has no period to look at."""
        return min(self.period.end, today()) if self.reads_records else today()

    @cached_property
    def reads_records(self) -> bool:
        """An administrator looks after units and accounts, which are those of today."""
        return any(a.role in READERS for a in self.request.user.appointments_today)

    @property
    def unit(self) -> queries.Place | None:
        """None only for a person without any appointment."""
        return self._unit_and_tree[0]

    @property
    def tree(self) -> date:
        """The day of the tree that the unit stands in: that of the period, or today."""
        return self._unit_and_tree[1]

    @property
    def is_regrouped(self) -> bool:
        """Whether figures of the period are shown by the units of today."""
        return self.tree != self.on

    @cached_property
    def working_units(self) -> list[queries.Place]:
        """The units of today in the place of the working unit: itself while it stands, else those
        of hers that followed it. What she records and does follows these, whatever the period."""
        if self.unit is None or self.tree >= today():
            return [self.unit] if self.unit else []
        found = queries.heirs(self.unit.id, on=today())
        if {p.id for p in found} <= {self.unit.id, *self._roots}:
            return found
        hers = queries.within([p.id for p in found], self._roots)
        return [p for p in found if p.id in hers]

    @property
    def unit_today(self) -> queries.Place | None:
        """The one unit of today in the place of the working unit; None when it became several."""
        return self.working_units[0] if len(self.working_units) == 1 else None

    @cached_property
    def other_trees(self) -> list[queries.Place]:
        """Where a reorganisation lies between the period and today: the unit in the other tree."""
        related = queries.forerunners if self.is_regrouped else queries.followers
        return related(self.unit.id)

    @cached_property
    def _roots(self) -> list[UUID]:
        return list({a.unit_id for a in self.request.user.appointments_today})

    @cached_property
    def _unit_and_tree(self) -> tuple[queries.Place | None, date]:
        if not self._roots:
            return None, today()
        asked = self.request.GET.get("don_vi") or self.request.session.get(UNIT_KEY, "")
        if found := self._within(asked):
            self._keep(UNIT_KEY, asked)
            return found
        own = self.request.user.appointments_today[0].unit_id
        return self._own_then(own) or self._within(str(own)) or (queries.place_of(own), today())

    def _own_then(self, own: UUID) -> tuple[queries.Place, date] | None:
        """Her unit on the last day of the period; where it did not stand yet, the one that was hers
        then: an officer of a province that was merged opens on her own province of that time."""
        if self.on == today():
            return None
        if place := queries.seen(own, self._roots, on=self.on):
            return place, self.on
        held = self.request.user.appointments_on(self.on)
        then = (self._within(str(one.unit_id)) for one in held)
        return next(filter(None, then), None) or self._within(queries.place_of(own).code)

    def _within(self, asked: str) -> tuple[queries.Place, date] | None:
        """The unit with this id, or this code: as it was in the period, else as it is today.

        After a reorganisation a code may be that of another unit; whoever asks for the past by
        code means the unit of the past. What she may see is judged on today's tree.
        """
        if not _CODE.fullmatch(asked) and not _ID.fullmatch(asked):
            return None
        wanted = UUID(asked) if _ID.fullmatch(asked) else asked
        for day in dict.fromkeys((self.on, today())):
            if found := queries.seen(wanted, self._roots, on=day):
                return found, day
        return None

    def _keep(self, key: str, value: str) -> None:
        # A session that is touched is written; most pages change nothing in it.
        if self.request.session.get(key) != value:
            self.request.session[key] = value


def last_half_year(day: date) -> Period:
    """The half-year that ended last before the day."""
    return parse_period(f"{day.year}-H1" if day.month > 6 else f"{day.year - 1}-H2")
