"""Writes of a life with no other consequence; a room whose own have more calls `changing`."""

from datetime import date
from typing import Any

from sohoi.records.actions import changing
from sohoi.records.models import Record


def take(record: Record, *, step: str, on: date, by: Any, verb: str) -> Any:
    """`step`, the next, happened on that day. Raises Refused when it is another's turn."""
    with changing(record, by=by, verb=verb) as current:
        current.life.take(current, step, on)
    return current


def correct(record: Record, *, step: str, on: date, reason: str, by: Any, verb: str) -> Any:
    """`step` happened on another day than was written. Raises Refused out of order."""
    with changing(record, by=by, verb=verb, reason=reason) as current:
        current.life.correct(current, step, on)
    return current


def take_back(record: Record, *, step: str, reason: str, by: Any, verb: str) -> Any:
    """The last step, or the end, was written by mistake. Raises Refused when it is not last."""
    with changing(record, by=by, verb=verb, reason=reason) as current:
        current.life.take_back(current, step)
    return current


def close(record: Record, *, on: date, reason: str, by: Any, verb: str) -> Any:
    """The life ends here; the reason stays. Raises Refused once it has ended."""
    with changing(record, by=by, verb=verb) as current:
        current.life.close(current, on, reason)
    return current
