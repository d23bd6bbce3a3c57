"""Which models have their history kept: declared at the model, followed by triggers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

# They follow from other columns, or only count the writes.
_ALWAYS_LEFT_OUT = {"search_key", "sort_key", "version"}


@dataclass(frozen=True)
class Kept:
    """One model of which before and after of every row are kept; `parent` is the foreign key to
    the record on whose page its rows are told."""

    model: type[models.Model]
    without: tuple[str, ...] = ()
    parent: str = ""

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def parent_column(self) -> str:
        return self.model._meta.get_field(self.parent).column if self.parent else ""

    @property
    def fields(self) -> list[models.Field]:
        """The columns whose changes are kept, the parent's among them."""
        left_out = _ALWAYS_LEFT_OUT.union(self.without)
        return [
            field
            for field in self.model._meta.concrete_fields
            if not (field.primary_key or field.generated or field.name in left_out)
        ]


_kept: dict[str, Kept] = {}


def keeps_history(
    *, without: tuple[str, ...] = (), parent: str = ""
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Above a model: keep before and after of each of its rows.

    Search and sort keys, the version and generated columns are left out; `without` names others
    that only repeat what stands elsewhere. The rows' key is a UUID; `parent` is by default the
    foreign key that a row of a record names as `within`.
    """

    def keep(model: type[models.Model]) -> type[models.Model]:
        to = parent or getattr(model, "within", "")
        names = {field.name for field in model._meta.local_fields}
        if lost := {*without, to} - {*names, ""}:
            raise TypeError(f"{model._meta.label} has no column {', '.join(sorted(lost))}")
        if not isinstance(model._meta.pk, models.UUIDField):
            raise TypeError(f"the history of {model._meta.label} needs a UUID as its key")
        kept = Kept(model, tuple(without), to)
        _kept[kept.kind] = kept
        return model

    return keep


def kept_models() -> list[Kept]:
    """Every model with a history, by its kind."""
    return [_kept[kind] for kind in sorted(_kept)]


def kept_of(model: type[models.Model]) -> Kept:
    """The declaration of one model; KeyError when its history is not kept."""
    return _kept[model._meta.label_lower]
