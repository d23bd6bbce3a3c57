"""The conditions of a filtered count as form fields, one for each column that may be asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import BooleanField, Field
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import RecordKind
from sohoi.ui.fields import WholeNumberField


def fields_of(of: RecordKind) -> Iterator[tuple[str, forms.Field]]:
    """One field for each column that may be asked about; empty means every record."""
    for name in of.columns:
        column, title = of.model._meta.get_field(name), of.title_of(name)
        label = gettext("Chỉ tính: %(column)s") % {"column": title}
        if column.choices:
            yield (
                f"where_{name}",
                forms.MultipleChoiceField(
                    label=label,
                    choices=[(v, t) for v, t in column.flatchoices if v != ""],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                ),
            )
        elif isinstance(column, BooleanField):
            yield (
                f"where_{name}",
                forms.ChoiceField(
                    label=label,
                    choices=[("", _("Không xét")), ("yes", _("Có")), ("no", _("Không"))],
                    required=False,
                ),
            )
        else:
            yield (
                f"where_{name}_from",
                WholeNumberField(
                    label=gettext("Chỉ tính: %(column)s từ") % {"column": title}, required=False
                ),
            )
            yield (
                f"where_{name}_to",
                WholeNumberField(
                    label=gettext("Chỉ tính: %(column)s đến") % {"column": title}, required=False
                ),
            )


def initial_of(of: RecordKind, conditions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What those fields hold for conditions that are stored."""
    suffix = {">=": "_from", "<=": "_to"}
    return {
        f"where_{asked['column']}{suffix.get(asked['operator'], '')}": _initial_value(of, asked)
        for asked in conditions
    }


def _initial_value(of: RecordKind, asked: Mapping[str, Any]) -> Any:
    column: Field = of.model._meta.get_field(asked["column"])
    value = asked["value"]
    if isinstance(column, BooleanField):
        return "yes" if value else "no"
    return [value] if column.choices and not isinstance(value, list) else value


def asked_of(of: RecordKind, typed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in of.columns:
        column = of.model._meta.get_field(name)
        value = typed.get(f"where_{name}")
        if column.choices and value:
            one = len(value) == 1
            yield {
                "column": name,
                "operator": "=" if one else "in",
                "value": value[0] if one else value,
            }
        elif isinstance(column, BooleanField) and value:
            yield {"column": name, "operator": "=", "value": value == "yes"}
        for suffix, operator in (("_from", ">="), ("_to", "<=")):
            limit = typed.get(f"where_{name}{suffix}")
            if limit is not None:
                yield {"column": name, "operator": operator, "value": limit}
