"""What an action raises when a rule of the Union, not a bug, stops a write."""


class Refused(Exception):
    """The message says what to do next; `field` names the form field it stands beside."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
