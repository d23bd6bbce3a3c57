"""What an action raises when a rule of the Union, not a bug, stops a write or asks back first."""

from django.http import Http404

from sohoi.lib.doubts import Doubt, unbelieved


class Refused(Exception):
    """The message says what to do next; `field` names the form field it stands beside."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class OutOfReach(Http404):
    """Somebody may not write there. Not allowed and not there look the same at every door."""


class Doubtful(Refused):
    """Asks back: a page shows the doubts and a box to confirm them; other doors just refuse."""

    def __init__(self, *doubts: Doubt) -> None:
        super().__init__(" ".join(str(d.text) for d in doubts), field=doubts[0].field)
        self.doubts = doubts


def ask_back(*doubts: Doubt | None) -> None:
    """Called by an action before it writes. Raises Doubtful for those nobody confirmed."""
    if asked := unbelieved(doubts):
        raise Doubtful(*asked)
