"""Reading a page of a long list, and counting it, without reading the list."""

from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from sohoi.ui.lists.asking import Asked
from sohoi.ui.lists.choosing import field_of

# Beyond this many rows only the keys are walked over; the rows of the page are read by them.
WALKED = 500
# So few rows with the words are all looked up. Asked for the first fifty of a rare word, the
# planner would walk through the whole list in its order until it has met them.
FEW = 1_000


class Walk:
    """The rows of a question for a `Paginator`. A first page that is not full has told how many
    there are; words of a choice are walked word by word, each in the order of an index."""

    def __init__(self, rows: Any, asked: Asked, *, ahead: int = 0) -> None:
        """`ahead` rows are read at once, where the page asked for is known to be the first."""
        self._rows, self._asked = rows, asked
        begins = ahead and self._choice is None and not asked.words
        self._first = _read(rows, 0, ahead) if begins else None
        self._is_all = self._first is not None and len(self._first) < ahead

    def count(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        if self._is_all:
            return len(self._first)
        if self._choice is not None:
            return sum(number for _words, number in self._groups)
        return self._rows.count() if isinstance(self._rows, QuerySet) else len(self._rows)

    def __getitem__(self, part: slice) -> list[Any]:
        first, last = part.start or 0, part.stop
        if first == 0 and self._first is not None:
            return self._first[:last]
        groups = [(self._rows, self._count)] if self._choice is None else self._groups
        found: list[Any] = []
        for rows, number in groups:
            if first < number and last > 0:
                rare = bool(self._asked.words) and number <= FEW
                found += _read(rows, max(first, 0), min(last, number), rare=rare)
            first, last = first - number, last - number
        return found

    @cached_property
    def _choice(self) -> Any:
        """The field with declared words that the list is put in order by; None for any other."""
        column, _descending = self._asked.sort
        if column is None or not isinstance(self._rows, QuerySet):
            return None
        field = field_of(self._rows.model, column.sort)
        return field if field is not None and field.choices else None

    @cached_property
    def _groups(self) -> list[tuple[QuerySet, int]]:
        """The rows of each word that occurs, in the order of the words, and how many they are."""
        column, descending = self._asked.sort
        words = [key for key, _title in self._choice.flatchoices]
        words = words[::-1] if descending else words
        counted = self._rows.order_by().values_list(column.sort).annotate(Count("pk"))
        counts = dict(counted.values_list(column.sort, "pk__count"))
        blank_last = [*words, *(value for value in counts if value not in words)]
        rest = self._rows.query.order_by[1:]
        return [
            (self._rows.filter(**_is(column.sort, value)).order_by(*rest), counts[value])
            for value in blank_last
            if value in counts
        ]


def _is(name: str, value: Any) -> dict[str, Any]:
    return {f"{name}__isnull": True} if value is None else {name: value}


def _read(rows: Any, first: int, last: int, *, rare: bool = False) -> list[Any]:
    """Rows from `first` to before `last`. Far down, an index alone leads there."""
    if not isinstance(rows, QuerySet) or not (rare or first >= WALKED):
        return list(rows[first:last])
    keys = rows.values_list("pk", flat=True)
    ids = list(keys)[first:last] if rare else list(keys[first:last])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]
