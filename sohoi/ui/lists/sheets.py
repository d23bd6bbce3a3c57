"""A list as a workbook and on paper: what was asked, by whom and when, and every row of it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.kit.lists import Column, as_text
from sohoi.lib import dates, numbers
from sohoi.ui import export
from sohoi.ui.lists.asking import Asked, permitted
from sohoi.ui.lists.drawing import body

# A browser lays out no more on paper within a few seconds.
MOST_PRINTED = 5_000
_CHUNK = 2_000


def question(asked: Asked, total: int | None = None) -> dict[str, str]:
    """What was asked, in the words of the page; who asked, and when."""
    found = {str(name): str(value) for name, value in asked.listing.facts.items()}
    for chosen in asked.listing.filters:
        if (value := asked.filters.get(chosen.key)) is not None:
            words = {str(key): str(title) for key, title in chosen.choices()}
            found[str(chosen.title)] = words[value]
    if asked.words:
        found[_("Tìm")] = asked.words
    column, descending = asked.sort
    if column:
        towards = _("%(column)s, từ cuối lên") if descending else "%(column)s"
        found[_("Xếp theo")] = towards % {"column": column.title}
    if total is not None:
        found[_("Số dòng")] = numbers.group(total, lang=get_language() or "vi")
    now = timezone.localtime()
    day = dates.short(now.date(), lang=get_language() or "vi")
    found[_("Số liệu đến")] = f"{now:%H:%M} {day}"
    if name := getattr(asked.request.user, "full_name", ""):
        found[_("Người lập")] = name
    return found


def workbook(asked: Asked, rows: Any, key: str, *, full: bool) -> HttpResponse:
    """The columns that are shown, or all of the record; the rows are those of the list."""
    columns = whole_record(asked, rows) if full else asked.columns
    content = export.workbook(
        str(asked.listing.title),
        [_headed(column) for column in columns],
        ([_value(column, row) for column in columns] for row in _every(rows)),
        facts=question(asked),
        totals=[n for n, c in enumerate(columns) if c.is_numeric and c.total],
    )
    return export.attachment(content, f"{key}{'-day-du' if full else ''}.xlsx")


def on_paper(asked: Asked, rows: Any) -> HttpResponse:
    """The whole list as one page to print."""
    records = list(islice(_every(rows), MOST_PRINTED + 1))
    shown, columns = records[:MOST_PRINTED], asked.columns
    context = {
        "title": asked.listing.title,
        "columns": columns,
        "question": question(asked, len(shown)),
        "body": body(shown, columns),
        "totals": _totals(columns, shown),
        "back_url": asked.url(export=None),
        "cut": _cut() if len(records) > MOST_PRINTED else "",
    }
    return render(asked.request, "ui/list_print.html", context)


def whole_record(asked: Asked, rows: Any) -> tuple[Column, ...]:
    """All columns the list declares or offers; else those shown, and all others of the model."""
    if asked.listing.full or not isinstance(rows, QuerySet):
        return permitted(asked.request, asked.listing.full or asked.listing.columns)
    known = {name for column in asked.listing.columns for name in (column.key, column.sort)}
    others = [
        _column_of(field)
        for field in rows.model._meta.concrete_fields
        if field.name not in known and not field.is_relation and _is_named(field)
    ]
    return (*asked.allowed, *others)


def _is_named(field: models.Field) -> bool:
    """Somebody gave it a name to be read by; ids, keys, versions and what only repeats another
    column for the database have none."""
    name = getattr(field, "output_field", field).verbose_name
    return name not in (None, field.name.replace("_", " "))


def _column_of(field: models.Field) -> Column:
    shown = getattr(field, "output_field", field)
    kind = "text"
    if isinstance(shown, models.IntegerField) and not shown.choices:
        kind = "money" if field.name.endswith("_vnd") else "number"
    elif isinstance(shown, models.DateField):
        kind = "date"
    return Column(
        key=field.name, title=capfirst(shown.verbose_name), value=_reader(field), kind=kind
    )


def _reader(field: models.Field) -> Callable[[Any], Any]:
    shown = getattr(field, "output_field", field)
    words = dict(shown.flatchoices) if shown.choices else {}

    def read(record: Any) -> Any:
        value = getattr(record, field.attname)
        if isinstance(value, bool):
            return _("có") if value else ""
        return words.get(value, value) if words else value

    return read


def _value(column: Column, row: Any) -> Any:
    """Numbers and days stay what they are; all else becomes words."""
    value = column.value(row)
    if isinstance(value, datetime):
        return timezone.localtime(value)
    return value if value is None or isinstance(value, int | float | Decimal | date) else str(value)


def _headed(column: Column) -> str:
    if column.kind == "money":
        return _("%(column)s (đồng)") % {"column": column.title}
    return str(column.title)


def _totals(columns: tuple[Column, ...], records: list[Any]) -> list[dict]:
    """A cell for each column; nothing where nothing can be added up."""
    sums = [
        sum(column.value(record) or 0 for record in records)
        if column.is_numeric and column.total
        else None
        for column in columns
    ]
    if not records or all(total is None for total in sums):
        return []
    return [
        {"text": as_text(total, column.kind), "numeric": column.is_numeric}
        for column, total in zip(columns, sums, strict=True)
    ]


def _cut() -> str:
    most = numbers.group(MOST_PRINTED, lang=get_language() or "vi")
    return _(
        "Danh sách dài hơn; chỉ in %(most)s dòng đầu. Lọc bớt, hoặc tải Excel để có tất cả."
    ) % {"most": most}


def _every(rows: Any) -> Any:
    return rows.iterator(chunk_size=_CHUNK) if isinstance(rows, QuerySet) else iter(rows)


def answer(asked: Asked, rows: Any, key: str) -> HttpResponse | None:
    """The file or the paper that `export` asks for; None for the page itself."""
    wanted = asked.request.GET.get("export", "")
    if wanted == "print":
        return on_paper(asked, rows)
    if wanted in ("xlsx", "full"):
        return workbook(asked, rows, key, full=wanted == "full")
    return None
