"""Model fields as they are shown and asked: columns, facts, filters, tables and form fields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from functools import cache
from operator import attrgetter
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.kit.lists import Column, Filter, as_text
from sohoi.records.models import Record, Row
from sohoi.ui.fields import DateField, MoneyField, TextField, WholeNumberField

UNIT = Column(key="unit", title=_("Đơn vị"), value=lambda record: record.unit_name)


def column(attribute: Any, **said: Any) -> Column:
    """`column(Home.work)`: title, value, kind and order follow from the model field, the tone of a
    state from the life."""
    name, shown = attribute.field.name, _shown(attribute)
    if name == "state" and (life := getattr(attribute.field.model, "life", None)):
        said = {"tone": life.tone_of} | said
    known = {
        "key": name,
        "title": _title(shown),
        "value": _value(name, shown),
        "kind": _kind(name, shown, said),
        "sort": _sort(attribute.field, name),
    }
    return Column(**(known | said))


def columns(*shown: Any) -> tuple[Column, ...]:
    """Model fields as columns, in their order; a column made by hand stays as it is."""
    return tuple(one if isinstance(one, Column) else column(one) for one in shown)


def choices(key: str, attribute: Any) -> Filter:
    """A list's filter by the words of one column."""
    field = _shown(attribute)
    return Filter(
        key=key,
        title=_title(field),
        choices=lambda: field.flatchoices,
        lookup=attribute.field.name,
    )


def facts(record: Any, columns: Iterable[Column]) -> list[dict]:
    """Names and values for the definition list; empty ones are left out."""
    shown = [(c.title, as_text(c.value(record), c.kind)) for c in columns]
    return [{"title": title, "text": text} for title, text in shown if text]


def url_of(verb: str, thing: models.Model) -> str:
    """Where the verb is done to the thing: the page has the verb's name."""
    return reverse(verb.replace(".", ":"), args=[thing.pk])


@dataclass(frozen=True)
class Act:
    """What may be done to one row: the words, the verb, and to which rows."""

    title: str
    verb: str
    when: Callable[[Any], bool] = lambda _row: True


MEND = _("Sửa")


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows that belong to a record, as `records/_rows.html` draws them: all in `order`, or put so
    by `rows`.

    `verb` adds one; who may not is offered neither that nor the acts. `add` is what its button says
    and `empty` what stands where there is none, else both are made of what the model calls a row.
    `wait` says what must happen before. `links` leads from a column, by its key, to other hosts.
    """

    model: type[Row]
    title: str
    columns: tuple[Column, ...]
    verb: str
    add: str = ""
    empty: str = ""
    order: tuple[str, ...] = ("pk",)
    rows: Callable[[Iterable[Any]], Iterable[Any]] = iter
    wait: Callable[[Any], str] = lambda _record: ""
    acts: tuple[Act, ...] = ()
    links: Mapping[str, Callable[[Any], str]] = field_of(default_factory=dict)

    def of(self, record: Record, *, may: Callable[[str], bool]) -> dict:
        """`may` says whether the reader may do a verb to the record."""
        mine, row = may(self.verb), {"row": self.model._meta.verbose_name}
        wait = self.wait(record) if mine else ""
        found = self.model.objects.filter(**{self.model.within: record}).order_by(*self.order)
        return {
            "table": self,
            "wait": wait,
            "empty": self.empty or _("Chưa ghi %(row)s nào.") % row,
            "add": self.add or _("Thêm %(row)s") % row,
            "rows": [
                {
                    "anchor": getattr(row, "code", ""),
                    "cells": [c.cell(row, url=self._link(c, row)) for c in self.columns],
                    "acts": [
                        {"title": act.title, "url": url_of(act.verb, row)}
                        for act in self.acts
                        if mine and act.when(row)
                    ],
                }
                for row in self.rows(found)
            ],
            "may": mine,
            "add_url": url_of(self.verb, record) if mine and not wait else "",
        }

    def _link(self, shown: Column, row: Any) -> str:
        return self.links[shown.key](row) if shown.key in self.links else ""


def field(attribute: Any, **said: Any) -> forms.Field:
    """`field(Home.household)`: the form field of a model field; label and length follow."""
    of = attribute.field
    known = {
        "label": _title(of),
        "required": not (of.blank or of.null) and not of.has_default(),
    }
    if of.choices:
        return _choice(of, known, said)
    if isinstance(of, models.IntegerField) and of.name.endswith("_vnd"):
        return MoneyField(**(known | said))
    for kind, made in _FIELDS.items():
        if isinstance(of, kind):
            return made(**(known | said))
    if isinstance(of, models.TextField):
        known["widget"] = forms.Textarea(attrs={"rows": 3})
    return TextField(**(known | {"max_length": of.max_length} | said))


_FIELDS = {models.DateField: DateField, models.IntegerField: WholeNumberField}


def _choice(of: models.Field, known: dict, said: dict) -> forms.ChoiceField:
    first = (
        []
        if said.get("widget") is forms.RadioSelect
        else [("", format_lazy(_("Chọn {what}"), what=of.verbose_name))]
    )
    return forms.ChoiceField(**(known | {"choices": [*first, *of.choices]} | said))


def _shown(attribute: Any) -> models.Field:
    return getattr(attribute.field, "output_field", attribute.field)


def _value(name: str, field: models.Field) -> Callable[[Any], Any]:
    value = attrgetter(name)
    if field.choices:
        return lambda record: _words(field, get_language()).get(value(record), value(record))
    if isinstance(field, models.IntegerField):
        return lambda record: value(record) or None
    return value


@cache
def _title_in(field: models.Field, lang: str) -> str:
    return capfirst(str(field.verbose_name))


_title = lazy(lambda field: _title_in(field, get_language()), str)


@cache
def _words(field: models.Field, lang: str) -> dict[Any, str]:
    """The declared words in one language: a page reads a hundred of them, few of which differ."""
    return {key: str(word) for key, word in field.flatchoices}


def _kind(name: str, field: models.Field, said: dict) -> str:
    if "tone" in said:
        return "chip"
    if isinstance(field, models.DateField):
        return "date"
    if isinstance(field, models.IntegerField):
        return "money" if name.endswith("_vnd") else "number"
    return "text"


def _sort(field: models.Field, name: str) -> str:
    return "sort_key" if getattr(field.model, "called", "") == name else name
