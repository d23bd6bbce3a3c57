"""What the database refuses, told as a refusal beside its field; its own words name values."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DataError, IntegrityError, models
from django.db.models import BaseConstraint, F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sohoi.kit.refusals import Refused


@contextmanager
def refusing(model: type[models.Model]) -> Iterator[None]:
    """Turns what the database refuses into a refusal, so that no value reaches a log."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        told = getattr(error.__cause__, "diag", None)
        name, column = (told.constraint_name, told.column_name) if told else (None, None)
    else:
        return
    raise _refusal(model, name or "", column or "")


def _refusal(model: type[models.Model], name: str, column: str) -> Refused:
    constraint = _constraint(model, name)
    if (
        constraint
        and constraint.violation_error_message != constraint.default_violation_error_message
    ):
        return Refused(str(constraint.violation_error_message), field=_first_column(constraint))
    field = _first_column(constraint) if constraint else column
    named = {f.column: f for f in model._meta.concrete_fields} | {
        f.name: f for f in model._meta.concrete_fields
    }
    if field not in named:
        return Refused(_("Có ô chứa giá trị không ghi được. Kiểm tra lại rồi lưu."))
    return Refused(
        _("Ô “%(field)s” không hợp với phần còn lại của hồ sơ. Kiểm tra lại.")
        % {"field": capfirst(named[field].verbose_name)},
        field=named[field].name,
    )


def _constraint(model: type[models.Model], name: str) -> BaseConstraint | None:
    related = [m for m in apps.get_models() if m._meta.app_label == model._meta.app_label]
    every = (c for m in (model, *related) for c in m._meta.constraints)
    return next((c for c in every if c.name == name), None)


def _first_column(constraint: BaseConstraint) -> str:
    if fields := getattr(constraint, "fields", ()):
        return fields[-1]
    return _first(getattr(constraint, "condition", None) or Q())


def _first(condition: Q) -> str:
    for child in condition.children:
        if isinstance(child, Q):
            if name := _first(child):
                return name
        elif isinstance(child, tuple):
            return child[0].split("__")[0]
        elif isinstance(child, F):
            return child.name
    return ""
