"""The stored keys of a list, written anew by a migration: its column of words, and its order."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

from sohoi.lib.text import person_sort_key, search_key, sort_key

_AT_ONCE = 1_000


def refresh(
    model: type[models.Model], *, searched: Iterable[str], called: str, is_person: bool = False
) -> None:
    """Both keys of every row from the columns in `searched`, and from the one it is called by."""
    order = person_sort_key if is_person else sort_key
    ids = list(model._base_manager.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        rows = model._base_manager.in_bulk(ids[start : start + _AT_ONCE]).values()
        for row in rows:
            row.search_key = search_key(*(getattr(row, name) for name in searched))
            row.sort_key = order(getattr(row, called))
        model._base_manager.bulk_update(rows, ["search_key", "sort_key"])


def operations(
    app: str, model: str, indexes: Iterable[models.Index], **columns: Any
) -> list[migrations.operations.base.Operation]:
    """For a model whose words were one text: a column of words, its indexes, and all keys anew."""
    words = SearchVectorField(default="", editable=False)
    table = f"{app}_{model}"
    return [
        migrations.RunSQL(
            f"ALTER TABLE {table} ALTER COLUMN search_key TYPE tsvector USING ''::tsvector",
            f"ALTER TABLE {table} ALTER COLUMN search_key TYPE varchar(400) USING ''",
            state_operations=[migrations.AlterField(model, "search_key", words)],
        ),
        *(migrations.AddIndex(model, index) for index in indexes),
        migrations.RunPython(
            partial(_refreshed, app, model, columns), migrations.RunPython.noop, elidable=True
        ),
    ]


def _refreshed(app: str, model: str, columns: dict[str, Any], state: Any, _editor: Any) -> None:
    refresh(state.get_model(app, model), **columns)
