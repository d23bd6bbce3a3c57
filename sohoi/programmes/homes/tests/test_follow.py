"""One more house is handed over: page, report and article say so at once."""

import re
from html import unescape
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

QUERY = "don_vi=96&ky=2023-H1"


def words_of_docx(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def words_of_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


READ = {"docx": words_of_docx, "pdf": words_of_pdf, "txt": bytes.decode}


@pytest.fixture
def told(cast, sign_in):
    """What the leader reads, by where she reads it."""

    def read() -> dict[str, str]:
        client = sign_in(cast.mai)
        pages = {
            "figure": reverse("figures:figure", args=["homes.built"]),
            "review": reverse("reports:document", args=["review"]),
            "article": reverse("reports:document", args=["article"]),
        }
        texts = {
            name: " ".join(
                unescape(re.sub("<[^>]+>", " ", client.get(url).content.decode())).split()
            )
            for name, url in ((name, f"{url}?{QUERY}") for name, url in pages.items())
        }
        for kind, form in (("review", "docx"), ("review", "pdf"), ("article", "txt")):
            url = reverse("reports:file", args=[kind, form])
            texts[f"{kind}.{form}"] = READ[form](client.get(f"{url}?{QUERY}").content)
        return texts

    return read


def saying(texts: dict[str, str], number: int) -> set[str]:
    found = re.compile(rf"(?<!\d){number}\s+căn\s+nhà")
    return {name for name, text in texts.items() if found.search(text)}


def test_a_house_more_is_followed_everywhere(build, told):
    build(household="Lý Thị Đượm")
    before = told()
    assert len(before) == 6
    assert saying(before, 1) == set(before)
    build(household="Trần Thị Bưởi")
    after = told()
    assert saying(after, 2) == set(after)
    assert saying(after, 1) == set()


def test_a_repaired_house_changes_nothing(build, told):
    build()
    build(work="repair")
    assert len(saying(told(), 1)) == 6
