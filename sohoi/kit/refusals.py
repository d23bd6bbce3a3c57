"""What an action raises when a rule of the Union, not a bug, stops a write."""

from django.http import Http404


class Refused(Exception):
    """The message says what to do next; `field` names the form field it stands beside."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class OutOfReach(Http404):
    """Somebody may not write there. Not allowed and not there look the same at every door."""
