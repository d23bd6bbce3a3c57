"""What a page weighs on its way to a phone: requests, bytes as they are sent, and what is kept."""

import re
from dataclasses import dataclass
from gzip import decompress
from importlib import import_module

import pytest
from django.urls import reverse

from sohoi.kit.testing import THERE, Page
from tests.conftest import opened
from tests.test_access import apps_with_pages

# Bytes of bodies as sent to a browser that takes no more than gzip.
FIRST, AGAIN, FIELD, MOST_REQUESTS, MOST_HTML = 120_000, 20_000, 60_000, 8, 65_000
FOR_EVER = "max-age=315360000, public, immutable"


@dataclass(frozen=True)
class Visit:
    """A page with all that it names, fetched for the first time."""

    html: str
    page: int
    files: dict[str, int]
    kept: set[str]

    @property
    def first(self) -> int:
        return self.page + sum(self.files.values())


def sent(client, url: str):
    response = client.get(url, headers={"Accept-Encoding": "gzip"})
    return response, response.getvalue()


def visit(client, url: str) -> Visit | None:
    """None where the address gives something else than a whole page."""
    response, body = sent(client, url)
    if response.status_code != 200 or "text/html" not in response["Content-Type"]:
        return None
    assert "no-store" in response["Cache-Control"]
    packed = response.headers.get("Content-Encoding") == "gzip"
    html = (decompress(body) if packed else body).decode()
    if "<html" not in html:
        return None
    assert packed
    names = dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    answers = {name: sent(client, name) for name in names}
    assert {answer.status_code for answer, _body in answers.values()} == {200}
    return Visit(
        html,
        len(body),
        {name: len(body) for name, (_answer, body) in answers.items()},
        {answer["Cache-Control"] for answer, _body in answers.values()},
    )


@pytest.fixture
def table(cast) -> dict[str, Page]:
    """Every page of the product, with the records it needs."""
    tables = (import_module(f"{app}.tests.access").access(cast) for app in apps_with_pages())
    return {name: page for table in tables for name, page in table.items()}


@pytest.fixture
def visits(cast, table, sign_in, request) -> dict[str, Visit]:
    """All pages that the person of the test may open."""
    client, who = sign_in(getattr(cast, request.param)), request.param
    mine = {name: page for name, page in table.items() if page.expected(who) == THERE}
    whole = {name: opened(client, page.url(name)).wsgi_request for name, page in mine.items()}
    made = {name: visit(client, asked.get_full_path()) for name, asked in whole.items()}
    return {name: one for name, one in made.items() if one}


@pytest.mark.parametrize("visits", ["lan", "thu"], indirect=True)
def test_a_page_is_light_at_first_and_lighter_again(visits):
    heavy = {
        name: (one.first, one.page, len(one.files), len(one.html))
        for name, one in visits.items()
        if one.first > FIRST
        or one.page > AGAIN
        or len(one.files) >= MOST_REQUESTS
        or len(one.html) > MOST_HTML
    }
    assert heavy == {}
    assert {kept for one in visits.values() for kept in one.kept} == {FOR_EVER}
    # The script of part-pages comes only where a part is asked for.
    asking = {name for name, one in visits.items() if re.search(r"\shx-", one.html)}
    loading = {name for name, one in visits.items() if "/htmx." in " ".join(one.files)}
    assert loading == asking
    assert 3 <= len(asking) < len(visits)


@pytest.mark.parametrize("visits", ["lan"], indirect=True)
def test_what_a_branch_head_opens_in_the_field_is_lightest(visits):
    """Her tasks, a record's page, its forms; not lists, and not what only shows components."""
    listing = {name for name, one in visits.items() if re.search(r"\shx-", one.html)}
    field = {name: one.first for name, one in visits.items() if name not in listing}
    field = {name: size for name, size in field.items() if not name.startswith("ui:")}
    assert {name: size for name, size in field.items() if size > FIELD} == {}
    assert "accounts:tasks" in field
    assert len(field) >= 5


def test_the_token_that_a_compressed_page_repeats_is_another_each_time(cast, sign_in):
    client = sign_in(cast.hanh)
    pages = [visit(client, reverse("accounts:tasks")).html for _time in range(2)]
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', page)) for page in pages]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
