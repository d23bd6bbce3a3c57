"""Who may open which page of the records app: the way back is a button, for whoever acted."""

from sohoi.kit.testing import Page
from sohoi.lib.ids import uuid7


def access(cast) -> dict[str, Page]:
    return {"records:undo": Page("*", {"kind": "homes.home", "pk": uuid7()})}
