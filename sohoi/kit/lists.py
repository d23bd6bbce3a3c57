"""A list as data: columns, filters, search and order, and the one way to turn it into a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from sohoi.lib import dates, money, numbers
from sohoi.lib.text import fold

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Column:
    """`value` reads a record; `kind` is text, number, money, date or chip; `sort` a column."""

    key: str
    title: str
    value: Callable[[Any], Any]
    kind: str = "text"
    sort: str = ""
    tone: Callable[[Any], str] | None = None

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
    """A choice among values; `lookup` is the queryset keyword it becomes."""

    key: str
    title: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    lookup: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Everything a list page needs beside its rows. The first column links to the record."""

    title: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    record_url: Callable[[Any], str]
    filters: tuple[Filter, ...] = ()
    search: str = "search_key"
    create_url: str = ""
    create_title: str = ""
    empty_title: str = ""
    empty_text: str = ""
    facts: dict = field(default_factory=dict)


def as_text(value: Any, kind: str) -> str:
    if value is None or value == "":
        return ""
    if kind == "number":
        return numbers.group(value, lang=get_language() or "vi")
    if kind == "money":
        return money.vnd(value, lang=get_language() or "vi")
    if kind == "date" and isinstance(value, date):
        return dates.short(value, lang=get_language() or "vi")
    return str(value)


def select(request: HttpRequest, queryset: QuerySet, listing: Listing) -> QuerySet:
    """The rows that search, filters and order choose. Unknown values change nothing."""
    # PostgreSQL's text holds no NUL, which only a hostile address carries.
    if (wanted := fold(request.GET.get("q", "").replace("\0", ""))) and listing.search:
        queryset = queryset.filter(**{f"{listing.search}__contains": wanted})
    for chosen in listing.filters:
        value = request.GET.get(chosen.key, "")
        if value in {str(key) for key, _title in chosen.choices()}:
            queryset = queryset.filter(**{chosen.lookup: value})
    column, descending = _sorting(request, listing)
    order = listing.order
    if column:
        order = (("-" if descending else "") + column.sort, *order)
    return queryset.order_by(*order, "pk")


def build(request: HttpRequest, rows: QuerySet, listing: Listing) -> dict:
    """The page object that `ui/list.html` draws."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "title": listing.title,
        "columns": [_head(request, listing, column) for column in listing.columns],
        "rows": [_row(record, listing) for record in page],
        "total": page.paginator.count,
        "search": request.GET.get("q", ""),
        "filters": [_filter(request, chosen) for chosen in listing.filters],
        "is_filtered": any(request.GET.get(k) for k in ("q", *(f.key for f in listing.filters))),
        "clear_url": request.path,
        "export_url": _url(request, export="xlsx", page=None),
        "create_url": listing.create_url,
        "create_title": listing.create_title,
        "empty_title": listing.empty_title,
        "empty_text": listing.empty_text,
        "facts": listing.facts,
        "pages": {
            "number": page.number,
            "count": page.paginator.num_pages,
            "first_item": page.start_index(),
            "last_item": page.end_index(),
            "previous_url": _url(request, page=page.number - 1) if page.has_previous() else "",
            "next_url": _url(request, page=page.number + 1) if page.has_next() else "",
        },
    }


def _sorting(request: HttpRequest, listing: Listing) -> tuple[Column | None, bool]:
    asked = request.GET.get("sort", "")
    by_key = {column.key: column for column in listing.columns if column.sort}
    return by_key.get(asked.removeprefix("-")), asked.startswith("-")


def _url(request: HttpRequest, **changes: Any) -> str:
    query: QueryDict = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"{request.path}?{query.urlencode()}"


def _head(request: HttpRequest, listing: Listing, column: Column) -> dict:
    sorted_by, descending = _sorting(request, listing)
    is_sorted = sorted_by is column
    towards = column.key if not is_sorted or descending else f"-{column.key}"
    return {
        "key": column.key,
        "title": column.title,
        "numeric": column.kind in ("number", "money"),
        "sort_url": _url(request, sort=towards, page=None) if column.sort else "",
        "sort_dir": ("descending" if descending else "ascending") if is_sorted else "",
    }


def _row(record: Any, listing: Listing) -> dict:
    url = listing.record_url(record)
    first, *others = listing.columns
    cells = [first.cell(record, url=url), *(column.cell(record) for column in others)]
    return {"url": url, "cells": cells}


def _filter(request: HttpRequest, chosen: Filter) -> dict:
    value = request.GET.get(chosen.key, "")
    return {
        "key": chosen.key,
        "title": chosen.title,
        "value": value,
        "choices": [
            {"value": str(key), "title": title, "selected": str(key) == value}
            for key, title in chosen.choices()
        ],
    }
