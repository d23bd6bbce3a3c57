"""A return is corrected, a record is added: every page and every document says the new figure."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from sohoi.figures.definitions.actions import load_definitions
from sohoi.figures.reading.documents import worded
from sohoi.figures.reading.queries import figures
from sohoi.kit import rooms
from sohoi.kit.indicators import Records
from sohoi.lib.periods import parse_period
from sohoi.reports import actions
from sohoi.reports.models import Return, Round
from sohoi.reports.queries import asked_of
from sohoi.reports.rules import Cell
from tests.conftest import words_of_docx, words_of_pdf
from tests.subject import ROOMS, Subject

KEY = "works.bridges"
QUERY = "don_vi=96&ky=2023-H1"
FORMS = {"review": ("docx", "pdf"), "article": ("docx", "txt")}
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
        declared = [i.key for i in asked_of(answer) if hasattr(i.source, "tier")]
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

    def read(*keys: str) -> dict[str, str]:
        client = sign_in(cast.mai)
        pages = {
            "board": reverse("figures:board"),
            **{key: reverse("figures:figure", args=[key]) for key in keys or [KEY]},
            **{kind: reverse("reports:document", args=[kind]) for kind in ("review", "article")},
            "annex": reverse("reports:document", args=["annex"]),
        }
        texts = {
            name: " ".join(re.sub("<[^>]+>", " ", page).split())
            for name, url in pages.items()
            for page in [unescape(client.get(f"{url}?{QUERY}").content.decode())]
        }
        for kind, forms in FORMS.items():
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


def sentences() -> dict[str, dict[str, list[str]]]:
    """What the rooms say in each document: the words around a figure, and the figures said so."""
    found: dict[str, dict[str, list[str]]] = {"review": {}, "article": {}}
    for sentence in (one for room in rooms.rooms() for one in room.sentences):
        for kind, text in (("review", sentence.review), ("article", sentence.article)):
            for before, key, after in re.findall(r"(\S*) ?\[([a-z_.]+)\] (\S+ [^\s,.]+)", text):
                around = rf"{re.escape(before)}\s?((?:hơn\s)?[\d.]+)\s{re.escape(after)}"
                found[kind].setdefault(around.replace(r"\ ", r"\s"), []).append(key)
    return found


@pytest.mark.slow
@pytest.mark.rooms
def test_one_record_more_of_each_room_is_followed_everywhere(cast, sign_in, told):
    keys = {key for kind in sentences().values() for said in kind.values() for key in said}
    counted = {key for key in keys if isinstance(rooms.indicators()[key].source, Records)}
    assert {key.split(".")[0] for key in counted} == {r.key for r in rooms.rooms() if r.sentences}
    period, province = parse_period("2023-H1"), cast.units.province.pk
    before: dict[str, str] = {}
    for _time in range(2):
        for room in ROOMS:
            Subject(room, cast, sign_in).variants()
        now = {f.key: f for f in figures(unit=province, period=period, keys=sorted(counted))}
        said = {key: worded(figure) for key, figure in now.items()}
        assert [key for key in counted if said[key] == before.get(key)] == []
        texts = told(*sorted(counted))
        for key in counted:
            assert re.search(rf"\b{re.escape(said[key])}\b", texts[key]), key
        for kind, around in sentences().items():
            for name in (kind, *(f"{kind}.{form}" for form in FORMS[kind])):
                for words, of in around.items():
                    wanted = [said[key] for key in of if key in counted]
                    assert re.findall(words, texts[name]) == wanted, (name, words)
        before = said
