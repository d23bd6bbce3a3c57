"""The unit and the period that stay with a person from page to page."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org import queries
from sohoi.org.models import Installation, UnitVersion, today

_CODE = re.compile(r"[\w.-]{1,20}", re.ASCII)
UNIT_KEY, PERIOD_KEY = "place_unit", "place_period"


@dataclass
class WorkingPlace:
    """Read from the query (`don_vi`, `ky`), else from the session, else from her appointment."""

    request: HttpRequest

    @cached_property
    def period(self) -> Period:
        session = self.request.session
        if asked := self.request.GET.get("ky"):
            with suppress(PeriodError):
                self._keep(PERIOD_KEY, parse_period(asked).key)
        default = self.installation.default_period or last_half_year(today()).key
        return parse_period(session.get(PERIOD_KEY, default))

    @cached_property
    def installation(self) -> Installation:
        return Installation.here()

    @cached_property
    def on(self) -> date:
        """The tree of a period is the one on its last day, or today's while it still runs."""
        return min(self.period.end, today())

    @cached_property
    def unit(self) -> queries.Place | None:
        """None only for a person without any appointment."""
        roots = {a.unit_id for a in self.request.user.appointments_today}
        if not roots:
            return None
        asked = self.request.GET.get("don_vi") or self.request.session.get(UNIT_KEY, "")
        if _CODE.fullmatch(asked):
            known = UnitVersion.objects.on(self.on).under(roots, on=self.on).filter(code=asked)
            if found := queries.places(known):
                self._keep(UNIT_KEY, asked)
                return found[0]
        return queries.place(self.request.user.appointments_today[0].unit_id, on=self.on)

    def _keep(self, key: str, value: str) -> None:
        # A session that is touched is written; most pages change nothing in it.
        if self.request.session.get(key) != value:
            self.request.session[key] = value


def last_half_year(day: date) -> Period:
    """The half-year that ended last before the day."""
    return parse_period(f"{day.year}-H1" if day.month > 6 else f"{day.year - 1}-H2")
