"""A task: something a person must do, by when, and where she does it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of "Việc của tôi". `due` None means no date is set."""

    title: str
    url: str
    unit: str
    due: date | None = None
    detail: str = ""
