"""The review of July 2023: each of its figures comes out of the demo's records and returns."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from sohoi.accounts.models import User
from sohoi.kit.rooms import rooms
from sohoi.reports.documents import DEMO_NOTICE
from sohoi.reports.models import Round
from tests.conftest import opened, words_of_docx, words_of_pdf

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo")]

SEED = json.loads((Path(__file__).parent / "data" / "seed-figures.json").read_text("utf-8"))
ASKED = ("--unit", SEED["unit_code"], "--period", SEED["period"], "--on", "2023-06-30")
# Where the records of the rooms keep the names of people.
NAME_COLUMNS = ("household", "full_name")


@pytest.fixture
def as_person(client):
    """`as_person("mai")` signs in a person of the demo."""

    def enter(username: str):
        client.force_login(
            User.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0]
        )
        return client

    return enter


@pytest.fixture
def values(sohoi) -> dict[str, dict]:
    """What the command line says of the province, by indicator."""
    answer = sohoi("figures", *ASKED, "--json")
    assert answer.code == 0
    return {row["indicator"]: row for row in json.loads(answer.out)}


@pytest.fixture
def files(sohoi, tmp_path) -> dict[str, bytes]:
    """The files of review and article, by name."""
    for kind in ("review", "article"):
        assert sohoi("report", *ASKED, "--kind", kind, "--out", tmp_path).code == 0
    return {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def words(page) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_every_stated_figure_is_what_records_and_returns_add_up_to(values):
    stated = SEED["figures"]
    assert len(stated) == 24
    wrong = {}
    for figure in stated:
        found = values[figure["indicator"]]["value"]
        over = figure["qualifier"] == "over"
        if not (found > figure["value"] if over else found == figure["value"]):
            wrong[figure["indicator"]] = (found, figure["qualifier"], figure["value"])
    assert wrong == {}


def test_each_figure_is_of_the_stated_kind_and_fully_covered(values):
    stated = {figure["indicator"]: figure["kind"] for figure in SEED["figures"]}
    assert {key: values[key]["kind"] for key in stated} == stated
    covered = [values[key]["coverage"] for key in stated]
    assert [c for c in covered if c["reported"] != c["expected"] or not c["expected"]] == []


def test_figures_come_from_records_and_from_returns(values):
    counted = {key for key, row in values.items() if row["basis"] == "counted"}
    declared = {key for key, row in values.items() if row["basis"] == "declared"}
    stated = {figure["indicator"] for figure in SEED["figures"]}
    assert {"homes.built", "exemplars.publicised", "addresses.members"} <= counted & stated
    assert {"works.bridges", "savings.raised_vnd", "poverty.poor"} <= declared & stated
    assert values["homes_and_bridges.value_vnd"]["basis"] == "mixed"


def test_every_figure_has_its_evidence(sohoi, values):
    """Records and returns behind a sum add up to it, down to the last đồng."""
    for key in ("homes.built", "homes.value_vnd", "savings.raised_vnd", "savings.gold_chi"):
        answer = sohoi("evidence", *ASKED, "--indicator", key, "--json")
        found = json.loads(answer.out)
        assert sum(record["amount"] for record in found["records"]) == values[key]["value"]
        assert found["total"] == len(found["records"]) > 20


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
def test_review_and_article_word_every_figure_as_the_source_does(files, form):
    read = {"docx": words_of_docx, "pdf": words_of_pdf, "txt": bytes.decode}[form]
    texts = {name: read(content) for name, content in files.items() if name.endswith(form)}
    assert len(texts) == (2 if form == "docx" else 1)
    missing = {
        name: [figure["span"] for figure in SEED["figures"] if figure["span"] not in text]
        for name, text in texts.items()
    }
    assert missing == dict.fromkeys(texts, [])


def test_the_contradiction_of_the_source_is_told_and_not_corrected(files, as_person):
    (stated,) = SEED["arithmetic"]
    review = words_of_docx(files["review-96-2023-H1.docx"])
    board = words(opened(as_person("mai"), reverse("figures:board")))
    page = words(opened(as_person("mai"), reverse("reports:document", args=["review"])))
    for text in (review, board, page):
        assert f"tổng ghi {stated['stated']} nhưng các phần" in text
        assert f"234 + 271 + 177 = {stated['sum_of_parts']}, lệch 90 hộ" in text


def test_the_round_names_the_units_whose_returns_contradict_themselves(as_person):
    asked = Round.objects.named().get(unit_name="Tỉnh Cà Mau", period="2023-H1")
    page = words(as_person("thu").get(reverse("reports:round", args=[asked.pk])))
    pairs = re.findall(r"Các phần cộng lại là (\d+), tổng ghi (\d+)", page)
    assert sum(int(total) - int(parts) for parts, total in pairs) == 772 - 682
    assert page.count("Lý do:") >= len(pairs) > 20


def test_the_neighbours_round_was_closed_half_way(sohoi, as_person):
    asked = ("--unit", "95", "--period", "2023-H1", "--on", "2023-06-30")
    answer = sohoi("figures", *asked, "--indicator", "savings.raised_vnd", "--json")
    (row,) = json.loads(answer.out)
    assert row["coverage"] == {"reported": 52, "expected": 64}
    assert 0 < row["value"] < 41_500_000_000
    held = Round.objects.named().get(unit_name="Tỉnh Bạc Liêu", period="2023-H1")
    page = words(as_person("ngan").get(reverse("reports:round", args=[held.pk])))
    assert "52/64" in page


@pytest.mark.parametrize("who", ["la", "thu", "mai", "ngan"])
def test_whoever_works_at_the_province_opens_on_this_years_work(as_person, who):
    page = words(as_person(who).get("/"))
    assert f"Duyệt 12 báo cáo, năm {date.today().year}" in page
    assert "/2023" not in page
    assert "báo cáo 6 tháng đầu năm 2023" not in page


def test_the_commune_opens_on_its_own_return_and_its_neighbour_on_the_reason(as_person):
    assert f"Lập báo cáo năm {date.today().year}" in words(as_person("hanh").get("/"))
    page = words(as_person("xuan").get("/"))
    assert "Sửa báo cáo bị trả lại" in page
    assert "chưa khớp với sổ của các tổ" in page


def names_of_people() -> set[str]:
    """Every name the demo's records hold, wherever a room keeps them, and those of accounts."""
    found = {
        name
        for model in apps.get_models()
        # Those of the measurements have no table here.
        if model.__module__.startswith("sohoi.") and ".bench." not in model.__module__
        for field in model._meta.fields
        if field.name in NAME_COLUMNS
        for name in model.objects.values_list(field.name, flat=True)
    }
    exemplars = apps.get_model("exemplars", "Exemplar").objects.filter(kind="person")
    return {name for name in {*found, *exemplars.values_list("title", flat=True)} if name}


def test_the_article_names_nobody(files):
    names = names_of_people()
    assert len(names) > 1000
    for name, text in (
        ("article-96-2023-H1.txt", files["article-96-2023-H1.txt"].decode()),
        ("article-96-2023-H1.docx", words_of_docx(files["article-96-2023-H1.docx"])),
    ):
        assert {person for person in names if person in text} == set(), name


def test_every_page_says_that_it_is_a_demo(as_person, client):
    # The sign-in page too.
    pages = {"": client.get(reverse("account_login"))}
    client = as_person("thu")
    menu = [item for room in rooms() for item in room.menu]
    shown = [
        i for i in menu if not i.permission or User.objects.get(username="thu").may(i.permission)
    ]
    pages |= {item.url_name: opened(client, reverse(item.url_name)) for item in shown}
    assert len(pages) > 7
    silent = [
        n for n, page in pages.items() if "người, hộ và tên ấp, khóm là tưởng" not in words(page)
    ]
    assert silent == []


def test_every_document_says_that_it_is_a_demo(files):
    read = {"docx": words_of_docx, "pdf": words_of_pdf, "txt": bytes.decode}
    texts = {name: read[name.split(".")[-1]](content) for name, content in files.items()}
    assert len(texts) == 4
    assert [name for name, text in texts.items() if DEMO_NOTICE not in text] == []


def test_every_counted_figure_is_proved_by_a_recount(sohoi):
    answer = sohoi("recount", "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["differences"]) == (0, [])
    assert found["cells"] > 10_000


def test_an_installation_with_the_demo_is_healthy(sohoi):
    answer = sohoi("check", "--json")
    assert (answer.code, [row for row in json.loads(answer.out) if not row["ok"]]) == (0, [])


def test_a_second_load_keeps_what_is_there(sohoi, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    before = User.objects.get(username="mai").pk
    answer = sohoi("demo", "--no-serve")
    assert (answer.code, "giữ nguyên" in answer.err) == (0, True)
    assert User.objects.get(username="mai").pk == before
    assert {path.name for path in (tmp_path / "demo").iterdir()} >= {
        "review-96-2023-H1.docx",
        "review-96-2023-H1.pdf",
        "article-96-2023-H1.docx",
        "article-96-2023-H1.txt",
    }
