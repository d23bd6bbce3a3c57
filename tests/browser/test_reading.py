"""Mai reads the report and follows a number down; xuan meets closed doors; the page in English."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.conftest import words_of_docx, words_of_pdf


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_mai_follows_a_number_of_the_report_to_the_record(cast, house, records, visit):
    built, _proposed = records
    page = visit(cast.mai)
    page.goto("/bao-cao/van-ban/")
    sentence = page.get_by_role("article").locator("p", has_text="Mái ấm tình thương")
    expect(sentence).to_contain_text("xây dựng 1 căn nhà")
    sentence.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nhà Mái ấm tình thương")
    expect(page.locator(".big-figure")).to_have_text("1 căn nhà")
    page.get_by_role("link", name=built.code).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(built.household)
    expect(page.get_by_role("main")).to_contain_text(built.code)
    expect(page.get_by_role("main")).to_contain_text("55.000.000")


def test_mai_takes_the_documents_home(cast, house, records, visit):
    page = visit(cast.mai)
    page.goto("/bao-cao/van-ban/")
    name, content = downloaded(page, "Word")
    assert name == "review-96-2023-H1.docx"
    assert "xây dựng 1 căn nhà" in words_of_docx(content)
    assert ZipFile(BytesIO(content)).testzip() is None
    name, content = downloaded(page, "PDF")
    assert name == "review-96-2023-H1.pdf"
    assert "xây dựng 1 căn nhà" in words_of_pdf(content)
    page.get_by_role("link", name="Tin bài").click()
    expect(page.get_by_role("article")).to_contain_text("xây dựng 1 căn nhà")
    name, content = downloaded(page, "Văn bản thuần")
    assert name == "article-96-2023-H1.txt"
    assert "xây dựng 1 căn nhà" in content.decode()
    assert records[0].household not in content.decode()


@pytest.mark.parametrize("what", ["record", "return"])
def test_what_is_not_hers_looks_as_if_it_were_not_there(
    cast, house, own_return, records, visit, watch, what
):
    watch.expected.add(404)
    missing = {"record": ("homes:detail", records[0]), "return": ("reports:return", own_return)}
    name, thing = missing[what]
    page = visit(cast.xuan)
    texts = []
    for key in (thing.pk, cast.xuan.pk):
        assert page.goto(reverse(name, args=[key])).status == 404
        texts.append(page.get_by_role("main").inner_text())
    assert texts[0] == texts[1]
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


def test_the_page_speaks_english_and_vietnamese_again(cast, house, visit):
    page = visit(cast.thu)
    page.goto("/so-lieu/")
    language = page.locator("html")
    expect(language).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(language).to_have_attribute("lang", "en")
    # The question is still the same.
    assert page.url.endswith("/so-lieu/?don_vi=96&ky=2023-H1&ngay=2023-06-30")
    expect(page.get_by_role("link", name="Savings raised")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Bảng số liệu")
    page.goto("/don-vi/")
    expect(language).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(language).to_have_attribute("lang", "vi")
    page.goto("/so-lieu/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng số liệu")
