"""A list as data: its columns, filters and order. `sohoi.ui.lists` makes pages and files of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import get_language

from sohoi.lib import dates, money, numbers


@dataclass(frozen=True, kw_only=True)
class Column:
    """`value` reads a record; `kind` is text, number, money, date or chip; `sort` a column of the
    model, in whose declared words, else whose values, the list is put in order.

    A column with `shown=False` is offered, not shown until somebody chooses it. One with a
    `permission` is there only for who holds it. `total=False` where a sum says nothing.
    """

    key: str
    title: str
    value: Callable[[Any], Any]
    kind: str = "text"
    sort: str = ""
    tone: Callable[[Any], str] | None = None
    shown: bool = True
    permission: str = ""
    total: bool = True

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("number", "money")

    def cell(self, record: Any, *, url: str = "") -> dict:
        value = self.value(record)
        return {
            "text": as_text(value, self.kind),
            "kind": self.kind,
            "tone": self.tone(record) if self.tone else "plain",
            "url": url,
            "column_title": self.title,
        }


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice among values; `lookup` is the queryset keyword it becomes, on what `prepare` makes
    of the rows where they do not have it: nobody else pays for that."""

    key: str
    title: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    lookup: str
    prepare: Callable[[Any], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Everything a list needs beside its rows. The first column links to the record.

    `full` are the columns of the whole record, for the file that holds all of it; without them
    they follow from the model. `search` is the column that holds the words of a record.
    """

    title: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    record_url: Callable[[Any], str]
    filters: tuple[Filter, ...] = ()
    search: str = "search_key"
    full: tuple[Column, ...] = ()
    create_url: str = ""
    create_title: str = ""
    empty_title: str = ""
    empty_text: str = ""
    facts: dict = field(default_factory=dict)


_WORDS = {"number": numbers.group, "money": money.vnd, "date": dates.short}


def as_text(value: Any, kind: str, *, lang: str = "") -> str:
    """`lang` spares whoever words many values that each asks for the language of the page."""
    if value is None:
        return ""
    if kind not in _WORDS or isinstance(value, str):
        return str(value)
    return _WORDS[kind](value, lang=lang or get_language() or "vi")


def list_indexes(prefix: str, *choices: str) -> list[models.Index]:
    """What lets a list of a hundred thousand records answer at once: its order with the unit it is
    narrowed by, also within the words of each of the choices; and its words. For the Meta of a
    model with `sort_key`, `search_key` and `unit`."""
    ordered = {"include": ["unit"]}
    return [
        models.Index(fields=["sort_key", "id"], name=f"{prefix}_in_order", **ordered),
        *(
            models.Index(fields=[choice, "sort_key", "id"], name=f"{prefix}_{choice}", **ordered)
            for choice in choices
        ),
        GinIndex(fields=["search_key"], name=f"{prefix}_words"),
    ]
