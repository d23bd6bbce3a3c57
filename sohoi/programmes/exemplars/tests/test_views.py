"""Who sees which page of the room, and what a page keeps when it refuses."""

from datetime import date
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.urls import reverse

from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.models import Exemplar, Publication

LIST, CREATE = "/guong-dien-hinh/", "/guong-dien-hinh/moi/"
READ, EDIT, PUBLICISE = ("detail",), ("edit",), ("step", "publish")


def _url(name: str, exemplar: Exemplar) -> str:
    return reverse(f"exemplars:{name}", args=[exemplar.pk])


def _typed(exemplar: Exemplar, **changes) -> dict:
    known = {
        "unit": exemplar.unit_id,
        "kind": exemplar.kind,
        "title": exemplar.title,
        "field": exemplar.field,
        "found_on": exemplar.found_on.strftime("%d/%m/%Y"),
        "version": exemplar.version,
    }
    return known | changes


@pytest.mark.parametrize("name", [*READ, *EDIT, *PUBLICISE])
def test_an_anonymous_reader_is_sent_to_sign_in(client, find, name):
    response = client.get(_url(name, find()))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "names", "status"),
    [
        ("hanh", READ + EDIT + PUBLICISE, 200),
        ("lan", READ + EDIT, 200),
        ("lan", PUBLICISE, 404),
        ("mai", READ, 200),
        ("mai", EDIT + PUBLICISE, 404),
        ("la", READ, 200),
        ("la", EDIT + PUBLICISE, 404),
        ("xuan", READ + EDIT + PUBLICISE, 404),
        ("quan", READ + EDIT + PUBLICISE, 404),
    ],
)
def test_pages_are_there_for_those_who_may(cast, sign_in, find, who, names, status):
    exemplar, client = find(), sign_in(getattr(cast, who))
    found = {name: client.get(_url(name, exemplar)).status_code for name in names}
    assert found == dict.fromkeys(names, status)


def test_a_model_is_written_introduced_and_published_from_the_pages(cast, sign_in):
    client = sign_in(cast.hanh)
    typed = {
        "unit": cast.units.hamlet.pk,
        "kind": "model",
        "title": "Hũ gạo tình thương",
        "field": "charity",
        "found_on": "10/1/2023",
    }
    client.post(CREATE, typed)
    exemplar = Exemplar.objects.get()
    client.post(_url("step", exemplar), {"step": "introduced", "on": "1/2/2023"})
    client.post(
        _url("publish", exemplar),
        {
            "channel": "facebook",
            "published_on": "2/2/2023",
            "link": "https://example.org/bai",
        },
    )
    exemplar.refresh_from_db()
    assert (exemplar.introduced_on, exemplar.publicised_on) == (date(2023, 2, 1), date(2023, 2, 2))
    page = client.get(_url("detail", exemplar)).content.decode()
    assert "Facebook" in page
    assert 'rel="noopener noreferrer"' in page
    assert "&lt;" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("link", "javascript:alert(1)"),
        ("link", "ftp://example.org/bai"),
        ("link", "không có"),
        ("link", "https://example.org/" + "x" * 500),
        ("channel", ""),
        ("channel", "pigeon"),
        ("title", "a\x00b"),
        ("outlet", "x" * 121),
        ("published_on", "1/1/2999"),
        ("published_on", "31/1/2023"),
        ("published_on", "x"),
    ],
)
def test_a_bad_publication_is_refused_beside_its_field(cast, sign_in, introduce, field, value):
    typed = {"channel": "zalo", "published_on": "2/3/2023", "link": ""} | {field: value}
    response = sign_in(cast.hanh).post(_url("publish", introduce()), typed)
    assert response.status_code == 422
    assert len(response.context["form"].errors[field]) == 1
    assert Publication.objects.count() == 0


def test_a_link_may_shout_its_scheme(cast, sign_in, introduce):
    typed = {"channel": "zalo", "published_on": "2/3/2023", "link": "HTTPS://example.org/bai"}
    assert sign_in(cast.hanh).post(_url("publish", introduce()), typed).status_code == 302
    assert Publication.objects.count() == 1


def test_consent_is_asked_for_beside_its_field_and_kept(cast, sign_in, introduce):
    person, client = introduce(kind="person", title="Trần Thị Út"), sign_in(cast.hanh)
    typed = {"channel": "newspaper", "title": "Hoa giữa đời", "published_on": "2/3/2023"}
    response = client.post(_url("publish", person), typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"consent_on"}
    assert "Hoa giữa đời" in response.content.decode()
    assert Publication.objects.count() == 0
    client.post(_url("publish", person), typed | {"consent_on": "1/3/2023"})
    person.refresh_from_db()
    assert (person.consent_on, person.publicised_on) == (date(2023, 3, 1), date(2023, 3, 2))
    assert "consent_on" not in client.get(_url("publish", person)).content.decode()


def test_models_and_collectives_are_asked_no_consent(cast, sign_in, introduce):
    client = sign_in(cast.hanh)
    for kind in ("model", "collective"):
        page = client.get(_url("publish", introduce(kind=kind))).content.decode()
        assert "consent_on" not in page


def test_a_publication_written_by_mistake_is_removed_after_asking(
    cast, sign_in, introduce, publish
):
    publication = publish(exemplar := introduce())
    remove = reverse("exemplars:publication_remove", args=[publication.pk])
    client = sign_in(cast.hanh)
    edit = reverse("exemplars:publication_edit", args=[publication.pk])
    assert edit in client.get(_url("detail", exemplar)).content.decode()
    assert remove in client.get(edit).content.decode()
    assert sign_in(cast.lan).post(remove).status_code == 404
    client = sign_in(cast.hanh)
    assert "lượt duy nhất" in client.get(remove).content.decode()
    assert Publication.objects.count() == 1
    assert client.post(remove, {"reason": "Ghi nhầm"}).status_code == 302
    exemplar.refresh_from_db()
    assert (Publication.objects.count(), exemplar.publicised_on) == (0, None)


def test_a_page_offers_only_what_may_be_done_now(cast, sign_in, find, introduce):
    found, introduced = find(), introduce()

    def offered(user, exemplar) -> set[str]:
        page = sign_in(user).get(_url("detail", exemplar)).content.decode()
        return {name for name in EDIT + PUBLICISE if _url(name, exemplar) in page}

    assert offered(cast.hanh, found) == {"edit", "step"}
    assert offered(cast.hanh, introduced) == {"edit", "step", "publish"}
    assert offered(cast.lan, introduced) == {"edit"}
    assert offered(cast.mai, introduced) == set()


def test_the_next_step_of_the_life_is_marked(cast, sign_in, find, introduce, publish):
    client = sign_in(cast.hanh)
    publicised = introduce()
    publish(publicised)
    for exemplar, following in (
        (find(), "Đã giới thiệu"),
        (introduce(), "Đã tuyên truyền"),
        (publicised, "Đã nhân rộng"),
    ):
        steps = client.get(_url("detail", exemplar)).context["steps"]
        assert [step["title"] for step in steps if step["state"] == "current"] == [following]


def test_a_record_of_another_unit_cannot_be_written(cast, sign_in, find):
    exemplar, client = find(), sign_in(cast.lan)
    for url in (CREATE, _url("edit", exemplar)):
        response = client.post(url, _typed(exemplar, unit=cast.units.hamlet_2.pk))
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"unit"}
    assert Exemplar.objects.get().unit_id == cast.units.hamlet.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a\x00b"),
        ("title", "x" * 201),
        ("kind", "ghost"),
        ("field", "magic"),
        ("unit", "drop table"),
        ("found_on", "31/2/2023"),
        ("found_on", "1/1/2999"),
        ("consent_on", "1/1/2999"),
        ("consent_note", "x" * 301),
        ("version", "abc"),
    ],
)
def test_bad_input_is_refused_beside_its_field(cast, sign_in, find, field, value):
    exemplar = find()
    response = sign_in(cast.hanh).post(_url("edit", exemplar), _typed(exemplar, **{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    exemplar.refresh_from_db()
    assert exemplar.version == 1


def test_a_name_is_text_and_never_markup(cast, sign_in, introduce, publish):
    exemplar = introduce(title="<script>alert(1)</script>")
    publish(exemplar, title="<b>Bài", outlet="<i>Báo", link="https://example.org/?a=1&b=2")
    client = sign_in(cast.hanh)
    for url in (LIST, _url("detail", exemplar), _url("edit", exemplar)):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert "<b>Bài" not in page
        assert "<i>Báo" not in page


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%27%3B--", "sort=-nothing", "tinh-trang=x", "kenh=%25", "cho-tuyen-truyen=x"],
)
def test_a_strange_address_still_gives_a_list(cast, sign_in, find, query):
    exemplar = find()
    response = sign_in(cast.hanh).get(f"{LIST}?{query}")
    assert response.status_code == 200
    if "q=" not in query:
        assert exemplar.code in response.content.decode()


def test_the_history_shows_before_and_after(cast, sign_in, find):
    exemplar = find(title="Trần Thị Út", kind="person")
    actions.edit_exemplar(exemplar, version=1, title="Trần Thị Út Em", by=cast.hanh)
    page = sign_in(cast.mai).get(_url("detail", exemplar)).content.decode()
    history = page[page.index("Lịch sử") :]
    assert history.index("Trần Thị Út") < history.index("Trần Thị Út Em")
    assert cast.hanh.full_name in history


def test_the_list_is_exported_as_it_is_seen(cast, sign_in, find):
    exemplar = find(title="=1+1")
    find(unit=cast.units.other_commune, title="Mô hình tỉnh khác", by=cast.xuan)
    response = sign_in(cast.hanh).get(f"{LIST}?export=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="guong-dien-hinh.xlsx"'
    book = ZipFile(BytesIO(response.content))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert exemplar.code in texts
    assert "=1+1" in texts
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "Mô hình tỉnh khác" not in texts


def test_a_conflict_tells_and_keeps_what_was_typed(cast, sign_in, find):
    exemplar, client = find(), sign_in(cast.hanh)
    typed = _typed(exemplar, title="Bếp ăn nghĩa tình")
    actions.edit_exemplar(exemplar, version=1, title="Heo đất", by=cast.lan)
    page = client.post(_url("edit", exemplar), typed).content.decode()
    assert "vừa được người khác sửa" in page
    assert "Bếp ăn nghĩa tình" in page


def test_the_list_searches_without_accents_and_filters(cast, sign_in, find, introduce, publish):
    waiting, done = find(title="Tủ sách chi hội"), introduce(title="Hũ gạo", field="economy")
    for channel in ("zalo", "zalo", "facebook"):
        publish(done, channel=channel)
    client = sign_in(cast.hanh)

    def searched(words: str) -> str:
        return urlsplit(client.post(LIST, {"q": words}).url).query

    def shown(query: str) -> set[str]:
        page = client.get(f"{LIST}?{query}").content.decode()
        assert page.count(done.code) <= 1
        return {e.code for e in (waiting, done) if e.code in page}

    assert shown(searched("tu sach")) == {waiting.code}
    assert shown("tinh-trang=publicised") == {done.code}
    assert shown("kenh=zalo") == shown("kenh=facebook") == {done.code}
    assert shown("kenh=newspaper") == set()
    assert shown("loai=person") == set()
    assert shown("linh-vuc=economy") == {done.code}
    assert shown("") == {waiting.code, done.code}


@pytest.mark.parametrize("page", ["list", "detail"])
def test_rows_cost_no_queries(
    cast, sign_in, introduce, publish, django_assert_max_num_queries, page
):
    exemplar, client = introduce(), sign_in(cast.hanh)
    url = LIST if page == "list" else _url("detail", exemplar)

    def cost() -> int:
        with django_assert_max_num_queries(20) as captured:
            client.get(url)
        return len(captured)

    publish(exemplar)
    client.get(url)
    one = cost()
    for _ in range(2):
        introduce()
        publish(exemplar, channel="zalo")
    assert cost() == one
