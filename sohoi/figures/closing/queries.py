"""Which periods are kept as they were, and which of them a change of units reaches back into."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from sohoi.figures.models import Closing

# Named of one period; the rest are counted.
MOST = 5


def is_kept(unit: UUID, period: str) -> bool:
    """Whether the period is closed for the unit and its figures are kept."""
    return Closing.objects.filter(unit_id=unit, period=period, opened_at=None).exists()


@dataclass(frozen=True)
class Reached:
    """A period closed for `unit`, with its last day; `number` of the asked units were below it,
    some of them by name. Names are those of then."""

    period: str
    day: date
    unit: str
    number: int
    names: list[str]


_REACHED = """
    SELECT c.period, c.day, own.place ->> 'name', count(*),
           (array_agg(f.place ->> 'name' ORDER BY f.position))[:%s]
      FROM figures_closing AS c
      JOIN figures_frozenunit AS own ON own.closing_id = c.id AND own.unit_id = c.unit_id
      JOIN figures_frozenunit AS f ON f.closing_id = c.id AND f.unit_id = ANY(%s)
     WHERE c.opened_at IS NULL AND c.day >= %s
     GROUP BY c.id, own.place
     ORDER BY c.day DESC, c.period, own.place ->> 'name'"""


def reached(units: Collection[UUID], on: date) -> list[Reached]:
    """The closed periods that a change of these units from the day on reaches back into, the latest
    first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [MOST, [*units], on])
        return [Reached(*row) for row in cursor]
