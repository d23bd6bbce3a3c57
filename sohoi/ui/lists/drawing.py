"""The page object of a list, and its rows as markup, written in one pass."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sohoi.kit.lists import Column, Filter, as_text
from sohoi.ui.lists.asking import PAGE, Asked
from sohoi.ui.lists.walking import Walk
from sohoi.ui.templatetags.ui import TONES

PER_PAGE = 50
# A cell shorter than this is never broken into lines.
SHORT = 15


class Rows:
    """Rows of a list, read when they are first looked at."""

    def __init__(self, records: list, columns: tuple[Column, ...], url: Callable[[Any], str]):
        self.records, self._columns, self._url = records, columns, url

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def markup(self) -> SafeString:
        return body(self.records, self._columns, self._url)


def body(
    records: Iterable[Any], columns: Iterable[Column], url: Callable[[Any], str] | None = None
) -> SafeString:
    """`<tr>…</tr>` of every record; `url` is where the first cell of a row leads."""
    cells = [_drawer(column) for column in columns]
    first, others = cells[0], cells[1:]
    parts = []
    for record in records:
        parts.append("<tr>")
        parts.append(first(record, url(record) if url else ""))
        parts += [cell(record, "") for cell in others]
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 - every value is escaped in `_drawer`


def _drawer(column: Column) -> Callable[[Any, str], str]:
    """How a cell of the column is written; what all its cells share is made ready once."""
    kind, value, tone, lang = column.kind, column.value, column.tone, get_language() or "vi"
    label = f'<td data-label="{escape(str(column.title))}"'
    number, short, plain = (f'{label} class="number">', f'{label} class="short">', f"{label}>")

    def draw(record: Any, url: str) -> str:
        text = as_text(value(record), kind, lang=lang)
        start = number if column.is_numeric else short if len(text) < SHORT else plain
        shown = escape(text)
        if url:
            shown = f'<a href="{escape(url)}">{shown}</a>'
        elif kind == "chip":
            said = tone(record) if tone else "plain"
            shown = f'<span class="chip chip-{said if said in TONES else "plain"}">{shown}</span>'
        return f"{start}{shown}</td>"

    return draw


def build(asked: Asked, rows: Any) -> dict:
    """The page object that `ui/list.html` draws."""
    listing = asked.listing
    number = asked.request.GET.get(PAGE)
    walk = Walk(rows, asked, ahead=PER_PAGE if number is None else 0)
    page = Paginator(walk, PER_PAGE).get_page(number)
    shown = Rows(list(page), asked.columns, listing.record_url)
    return {
        "title": listing.title,
        "columns": [_head(asked, column) for column in asked.columns],
        "rows": shown,
        "total": page.paginator.count,
        "total_text": as_text(page.paginator.count, "number"),
        "search": asked.words,
        "searches": bool(listing.search),
        "is_forgotten": asked.is_forgotten,
        "filters": [_filter(asked, chosen) for chosen in listing.filters],
        "is_filtered": asked.is_narrowed,
        "ask_url": asked.url(page=None),
        "clear_url": asked.request.path,
        **_ways_out(asked),
        "create_url": listing.create_url,
        "create_title": listing.create_title,
        "empty_title": listing.empty_title,
        "empty_text": listing.empty_text,
        "facts": listing.facts,
        "pages": _pager(asked, page),
    }


def _ways_out(asked: Asked) -> dict:
    """Files, paper, and the columns to choose from."""
    chosen = {column.key for column in asked.columns}
    return {
        "export_url": asked.url(export="xlsx", page=None),
        "full_url": asked.url(export="full", page=None),
        "print_url": asked.url(export="print", page=None),
        "choices": [
            {"key": column.key, "title": column.title, "chosen": column.key in chosen}
            for column in asked.allowed[1:]
        ],
    }


def _pager(asked: Asked, page: Any) -> dict:
    last = page.paginator.num_pages
    return {
        "number": page.number,
        "count": last,
        "first_item": page.start_index(),
        "last_item": page.end_index(),
        "first_url": asked.url(page=None) if page.number > 2 else "",
        "last_url": asked.url(page=last) if page.number < last - 1 else "",
        "previous_url": asked.url(page=page.number - 1) if page.has_previous() else "",
        "next_url": asked.url(page=page.number + 1) if page.has_next() else "",
    }


def _head(asked: Asked, column: Column) -> dict:
    sorted_by, descending = asked.sort
    is_sorted = sorted_by is column
    towards = column.key if not is_sorted or descending else f"-{column.key}"
    return {
        "key": column.key,
        "title": column.title,
        "numeric": column.is_numeric,
        "sort_url": asked.url(sort=towards, page=None) if column.sort else "",
        "sort_dir": ("descending" if descending else "ascending") if is_sorted else "",
    }


def _filter(asked: Asked, chosen: Filter) -> dict:
    value = asked.filters.get(chosen.key, "")
    return {
        "key": chosen.key,
        "title": chosen.title,
        "value": value,
        "choices": [
            {"key": str(key), "title": title, "selected": str(key) == value}
            for key, title in chosen.choices()
        ],
    }
