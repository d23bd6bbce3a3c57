"""What somebody asks of a list: words, filters, order, columns, page; and what is kept of it.

The columns she chose are kept by `request.columns`, which the accounts give each request.

Words may be a person's name, so they never stand in an address: they are kept in the session, and
the address has a short mark that leads to them (docs/decisions/0020-search-words.md).
"""

import secrets
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from sohoi.kit.lists import Column, Listing
from sohoi.lib.text import normalise

MARK, SORT, PAGE = "tim", "sort", "page"
# So many searches of one list can be gone back to; names are not kept longer than they are used.
KEPT = 40
LONGEST = 200


class Asked:
    """Read from the address and the session. Values that are not offered are not asked."""

    def __init__(self, request: HttpRequest, listing: Listing, key: str) -> None:
        self.request, self.listing, self.key = request, listing, key
        self._memory = Memory(request, key)

    @cached_property
    def words(self) -> str:
        return self._memory.words(self.mark) or ""

    @cached_property
    def mark(self) -> str:
        return self.request.GET.get(MARK, "")

    @property
    def is_forgotten(self) -> bool:
        """The address leads to words that are no longer kept: another session, or long ago."""
        return bool(self.mark) and self._memory.words(self.mark) is None

    @cached_property
    def filters(self) -> dict[str, str]:
        return offered(self.listing, self.request.GET)

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column the list is put in order by, and whether from its end."""
        asked = self.request.GET.get(SORT, "")
        by_key = {column.key: column for column in self.allowed if column.sort}
        return by_key.get(asked.removeprefix("-")), asked.startswith("-")

    @cached_property
    def allowed(self) -> tuple[Column, ...]:
        return permitted(self.request, self.listing.columns)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Those she chose for this list, else the usual ones; the first always leads to a record"""
        chosen = self.request.columns.of(self.key)
        first, *others = self.allowed
        shown = (c for c in others if (c.shown if chosen is None else c.key in chosen))
        return (first, *shown)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.filters)

    def url(self, **changes: Any) -> str:
        """The same question but for the changes; None leaves something out."""
        kept = [(key, value) for key, value in self._given if key not in changes]
        changed = [(key, value) for key, value in changes.items() if value is not None]
        return f"{self.request.path}?{urlencode([*kept, *changed])}"

    @cached_property
    def _given(self) -> list[tuple[str, str]]:
        """What the address asks. Nobody leaves a name in one that we hand on."""
        named = (item for item in self.request.GET.lists() if item[0] != "q")
        return [(key, value) for key, values in named for value in values]


def offered(listing: Listing, data: QueryDict) -> dict[str, str]:
    """The filters that are set to a value they offer."""
    found = {}
    for chosen in listing.filters:
        value = data.get(chosen.key, "")
        if value and value in {str(key) for key, _title in chosen.choices()}:
            found[chosen.key] = value
    return found


def permitted(request: HttpRequest, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(c for c in columns if not c.permission or request.user.may(c.permission))


class Memory:
    """What the session keeps of one list: the last searches by their marks."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self._session, self._key = request.session, f"list-{key}"

    def _kept(self) -> dict:
        return self._session.get(self._key, {})

    def words(self, mark: str) -> str | None:
        return dict(self._kept().get("words", [])).get(mark)

    def keep_words(self, words: str) -> str:
        """Returns their mark; the same words keep the one they have."""
        before = [pair for pair in self._kept().get("words", []) if pair[1] != words]
        same = [pair for pair in self._kept().get("words", []) if pair[1] == words]
        pair = same[0] if same else [secrets.token_urlsafe(6), words]
        self._session[self._key] = {"words": [*before, pair][-KEPT:]}
        return pair[0]


def keep(request: HttpRequest, listing: Listing, key: str) -> str:
    """Keep what was sent from the page of the list; the address that shows the list so."""
    if "columns" in request.POST:
        asked, chosen = Asked(request, listing, key), set(request.POST.getlist("column"))
        usual = request.POST["columns"] == "usual"
        keys = [c.key for c in asked.allowed[1:] if c.key in chosen]
        request.columns.keep(key, None if usual else keys)
        return asked.url()
    query = QueryDict(mutable=True)
    # PostgreSQL's text holds no NUL, which only a hostile form carries.
    words = normalise(request.POST.get("q", "").replace("\0", ""))[:LONGEST]
    if words:
        query[MARK] = Memory(request, key).keep_words(words)
    query.update(offered(listing, request.POST))
    if sort := request.GET.get(SORT):
        query[SORT] = sort
    return f"{request.path}?{query.urlencode()}"
