"""A return is opened again and corrected: every page and every document says the new figure."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from sohoi.figures.definitions.actions import load_definitions
from sohoi.reports import actions
from sohoi.reports.models import Return, Round
from sohoi.reports.queries import asked_of
from sohoi.reports.rules import Cell
from tests.conftest import words_of_docx, words_of_pdf

KEY = "works.bridges"
QUERY = "don_vi=96&ky=2023-H1"
READ = {"docx": words_of_docx, "pdf": words_of_pdf, "txt": bytes.decode}


@pytest.fixture
def asked(cast) -> Round:
    load_definitions(by=None)
    return actions.open_round(
        unit=cast.units.province,
        period="2023-H1",
        cut_off=date(2023, 6, 30),
        due=date(2023, 7, 5),
        by=cast.thu,
    )


@pytest.fixture
def send(cast, asked):
    """`send(24)`: hanh's commune declares 24 bridges and nothing else, and sends it."""

    def fill(bridges: int) -> Return:
        answer = asked.returns.get(unit=cast.units.commune)
        declared = [
            i.key for i in asked_of(answer.tier, asked.cut_off) if hasattr(i.source, "tier")
        ]
        cells = dict.fromkeys(declared, Cell(0)) | {KEY: Cell(bridges)}
        saved = actions.save_return(
            answer=answer, version=answer.version, cells=cells, by=cast.hanh
        )
        return actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)

    return fill


@pytest.fixture
def accept(cast, send):
    """`accept(24)` sends the return and brings it to its end."""

    def bring(bridges: int) -> Return:
        checked = actions.check_return(answer=send(bridges), by=cast.la)
        return actions.accept_return(answer=checked, by=cast.thu)

    return bring


@pytest.fixture
def told(cast, sign_in):
    """What the leader reads, by where she reads it."""

    def read() -> dict[str, str]:
        client = sign_in(cast.mai)
        pages = {
            "board": reverse("figures:board"),
            "figure": reverse("figures:figure", args=[KEY]),
            **{kind: reverse("reports:document", args=[kind]) for kind in ("review", "article")},
            "annex": reverse("reports:document", args=["annex"]),
        }
        texts = {
            name: " ".join(re.sub("<[^>]+>", " ", page).split())
            for name, url in pages.items()
            for page in [unescape(client.get(f"{url}?{QUERY}").content.decode())]
        }
        for kind, forms in {"review": ("docx", "pdf"), "article": ("docx", "txt")}.items():
            for form in forms:
                url = reverse("reports:file", args=[kind, form])
                texts[f"{kind}.{form}"] = READ[form](client.get(f"{url}?{QUERY}").content)
        return texts

    return read


def saying(texts: dict[str, str], number: str) -> set[str]:
    """Where the number of bridges stands in the words of the page or document."""
    words = (
        rf"\b{number} cây cầu",
        rf"đã xây dựng {number} cây cầu",
        rf"Cầu giao thông nông thôn đã xây dựng \(?cây cầu\)? {number}\b",
    )
    return {name for name, text in texts.items() if any(re.search(w, text) for w in words)}


def test_a_corrected_return_is_followed_everywhere(cast, accept, told):
    accepted = accept(24)
    before = told()
    assert len(before) == 9
    assert saying(before, "24") == set(before)

    actions.reopen_return(answer=accepted, reason="Một cây cầu của xã khác.", by=cast.thu)
    withdrawn = told()
    assert saying(withdrawn, "24") == set()
    accept(1323)
    after = told()
    assert saying(after, "1.323") == set(after)
    assert saying(after, "24") == set()


def test_what_is_only_sent_is_no_figure_yet(send, told):
    send(24)
    assert saying(told(), "24") == set()
