"""Who may open which page, said by each app in its tests as a table: URL name → Page.

An app with pages has `tests/access.py` with `access(cast) -> dict[str, Page]`, which makes the
records its pages need. `tests/test_access.py` opens every page as everyone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

# The cast of `conftest.py`, and a visitor who has not signed in.
PEOPLE = ("hanh", "lan", "la", "thu", "mai", "quan", "xuan")
ANONYMOUS = "anonymous"

SIGN_IN, THERE, NOT_THERE = "sign in", "there", "not there"
# 405: the page is there, for POST only.
_ANSWERS = {200: THERE, 302: THERE, 405: THERE, 422: THERE, 404: NOT_THERE}


@dataclass(frozen=True)
class Page:
    """`allowed` names people of the cast, separated by spaces; `*` is everyone who is signed in,
    `open` also those who are not."""

    allowed: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    def url(self, name: str) -> str:
        return reverse(name, kwargs=self.kwargs) + (f"?{self.query}" if self.query else "")

    def expected(self, visitor: str) -> str:
        """What this visitor should meet: one of PEOPLE, ANONYMOUS, or somebody never named."""
        if self.allowed == "open":
            return THERE
        if visitor == ANONYMOUS:
            return SIGN_IN
        return THERE if self.allowed == "*" or visitor in self.allowed.split() else NOT_THERE


def met(response: HttpResponse) -> str:
    """What a visitor met; any answer that a page should not give is named by its status."""
    if response.status_code == 302 and response.url.startswith(f"{reverse('account_login')}?next="):
        return SIGN_IN
    return _ANSWERS.get(response.status_code, f"status {response.status_code}")


@dataclass(frozen=True)
class Act:
    """How a verb is called without any page: `make(unit)` gives what it is done to (the unit
    itself where it begins a record), `call(made, by)` does it.

    `allowed` names who may in the hamlet of hanh's commune; xuan, when named, in her own province.
    `begins` says that the call begins a record, which no unit that has ended takes. `close(made)`
    ends the record's life, after which the verb is `refused_when_closed` or done.
    """

    allowed: str
    make: Callable[[Any], Any]
    call: Callable[[Any, Any], Any]
    begins: bool = False
    close: Callable[[Any], Any] | None = None
    refused_when_closed: bool = True
