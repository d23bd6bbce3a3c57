"""A verb: one way to write, as data; page, sheet, phone and interface are doors to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import Form


@dataclass(frozen=True)
class Verb:
    """`form` says what the write looks like, `action` what it does, `permission` who may do it on
    the unit of the record. `on` is the model it is done to; without one it begins a record, and
    the form asks for the unit. The columns of `form` are all that the write may change.
    """

    key: str
    permission: str
    form: type[Form]
    action: Callable[..., Any]
    on: type[Model] | None = None

    @property
    def room(self) -> str:
        return self.key.split(".", 1)[0]
