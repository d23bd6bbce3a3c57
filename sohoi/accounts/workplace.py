"""The unit in which a person works, and what she looked at last.

What is recorded and what waits to be done follows the units of today. A question about figures
stands whole in its page's address (`sohoi.figures.asking`); the session only proposes one.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sohoi.accounts.roles import READERS
from sohoi.kit.refusals import Refused
from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org import queries
from sohoi.org.models import Installation, today

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[\w.-]{1,20}", re.ASCII)
UNIT_KEY, PERIOD_KEY = "place_unit", "place_period"
# What the chooser of a period sends: year and part.
CHOOSER = ("nam", "phan")


@dataclass
class Workplace:
    """Read from `don_vi` in the query, else from the session, else from her appointment."""

    request: HttpRequest

    @property
    def period(self) -> Period:
        """The one she looked at last: a proposal for a page that names none."""
        default = self.installation.default_period or last_half_year(today()).key
        with suppress(PeriodError):
            return parse_period(self.request.session.get(PERIOD_KEY, default))
        return parse_period(default)

    @property
    def last_unit(self) -> UUID | None:
        """The one she worked in or looked at last."""
        kept = self.request.session.get(UNIT_KEY, "")
        return UUID(kept) if _ID.fullmatch(kept) else None

    def keep(self, unit: UUID, period: Period | None = None) -> None:
        """What later pages propose."""
        self._keep(UNIT_KEY, str(unit))
        if period:
            self._keep(PERIOD_KEY, period.key)

    @cached_property
    def first_year(self) -> int:
        """From which year on there is anything to choose."""
        return queries.first_year()

    @cached_property
    def installation(self) -> Installation:
        return Installation.here()

    @cached_property
    def reads_records(self) -> bool:
        """An administrator looks after units and accounts, not records."""
        return any(a.role in READERS for a in self.request.user.appointments_today)

    @cached_property
    def unit(self) -> queries.Place | None:
        """The working unit, as it is or last was; None only for a person without any appointment.

        Raises Refused where the address names one that is not there or out of her reach.
        """
        if not self._roots:
            return None
        if asked := self.request.GET.get("don_vi"):
            found = self._within(asked)
            if found is None:
                said = _("Không có đơn vị này trong phạm vi xem của chị. Chọn đơn vị khác.")
                raise Refused(said, field="don_vi")
            self.keep(found.id)
            return found
        last = self._within(str(self.last_unit or ""))
        return last or queries.place_of(self.request.user.appointments_today[0].unit_id)

    @cached_property
    def working_units(self) -> list[queries.Place]:
        """The units of today in the place of the working unit: itself while it stands, else those
        of hers that followed it."""
        if self.unit is None:
            return []
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
    def _roots(self) -> list[UUID]:
        return list({a.unit_id for a in self.request.user.appointments_today})

    def _within(self, asked: str) -> queries.Place | None:
        """The unit with this id, as it is or last was, or with this code today, if it is hers."""
        if _CODE.fullmatch(asked):
            return queries.seen(asked, self._roots, on=today())
        if not _ID.fullmatch(asked):
            return None
        unit = UUID(asked)
        if found := queries.seen(unit, self._roots, on=today()):
            return found
        return queries.place_of(unit) if queries.is_under(unit, self._roots) else None

    def _keep(self, key: str, value: str) -> None:
        # A session that is touched is written; most pages change nothing in it.
        if self.request.session.get(key) != value:
            self.request.session[key] = value


def last_half_year(day: date) -> Period:
    """The half-year that ended last before the day."""
    return parse_period(f"{day.year}-H1" if day.month > 6 else f"{day.year - 1}-H2")
