"""Reading indicators defined as data from a CSV file into the catalogue."""

import csv
from pathlib import Path
from typing import Any

from sohoi.audit.actions import writing
from sohoi.figures.models import IndicatorDefinition

STANDARD = Path(__file__).parent / "data" / "indicators.csv"
_LISTS = ("inputs", "parts")
_NUMBERS = ("scale", "rounding_step")


def load_definitions(*, by: Any, path: Path = STANDARD) -> int:
    """Add or update the definitions of the file; those it does not name stay. Returns how many."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            IndicatorDefinition(order=order, **_typed(row))
            for order, row in enumerate(csv.DictReader(file))
        ]
    fields = [f.name for f in IndicatorDefinition._meta.concrete_fields if not f.primary_key]
    with writing(by):
        IndicatorDefinition.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=fields
        )
    return len(rows)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = dict(row)
    typed |= {name: row[name].split() for name in _LISTS}
    typed |= {name: int(row[name]) for name in _NUMBERS}
    return typed
