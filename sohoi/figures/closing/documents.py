"""What is said of closed periods before units change within them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sohoi.figures.closing.queries import Reached, reached
from sohoi.figures.reading.documents import language, period_title
from sohoi.lib import dates, numbers
from sohoi.lib.periods import parse_period


def kept_texts(units: Collection[UUID], on: date) -> list[str]:
    """Of each closed period that a change of these units from the day on reaches back into."""
    return [_kept_text(one) for one in reached(units, on)]


def _kept_text(one: Reached) -> str:
    text = _(
        "%(period)s của %(unit)s đã khoá, số đến ngày %(day)s, có %(names)s: số đã chốt giữ "
        "nguyên; số tính lại mà khác thì hiện bên cạnh, kèm tên phương án này."
    )
    return text % {
        "period": period_title(parse_period(one.period)),
        "unit": one.unit,
        "day": dates.short(one.day, lang=language()),
        "names": _names_text(one),
    }


def _names_text(one: Reached) -> str:
    names = ", ".join(one.names)
    if not (more := one.number - len(one.names)):
        return names
    facts = {"names": names, "number": numbers.group(more, lang=language())}
    return _("%(names)s và %(number)s đơn vị khác") % facts
