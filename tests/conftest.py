"""What whole-product tests share: commands without a new process, rooms, and words of files."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connections
from lxml import etree
from pypdf import PdfReader

from sohoi.config import launcher
from sohoi.figures.engine.triggers import install
from sohoi.figures.tests.conftest import ROOM
from sohoi.kit import rooms
from tests.subject import Subject


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str


@pytest.fixture
def sohoi(capsys, monkeypatch) -> Callable[..., Answer]:
    """`sohoi("figures", "--unit", "96", …)` runs the command in this process, on the test data."""
    # A command closes the connection when it ends, and the test's transaction would go with it.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        try:
            code = launcher.main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            # So ends --help, and an argument that the parser does not know.
            code = leaving.code
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def subject(room, cast, sign_in) -> Subject:
    """The room that a test is about, for tests that are there for each."""
    return Subject(room, cast, sign_in)


@pytest.fixture
def probe(cast):
    """The cast, with the room of the tests in the house and its triggers laid."""
    rooms.register(ROOM)
    install()
    yield cast
    rooms.unregister(ROOM.key)


def words_of_docx(content: bytes) -> str:
    """Everything a Word file says, notes and page heads included; one line a paragraph."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with ZipFile(BytesIO(content)) as archive:
        parts = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
        trees = [etree.fromstring(archive.read(name)) for name in sorted(parts)]
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(f"{w}t"))
        for tree in trees
        for paragraph in tree.iter(f"{w}p")
    )


def words_of_pdf(content: bytes) -> str:
    """Everything a PDF says, on one line: where it breaks its lines means nothing."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def opened(client, url: str):
    """The page itself: an address that leaves a part of its question out leads to the whole one."""
    answer = client.get(url)
    whole = answer.headers.get("Location", "")
    return client.get(whole) if whole.partition("?")[0] == url.partition("?")[0] else answer
