"""Who sees which page of the room, and what a page keeps when it refuses."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from sohoi.programmes.exemplars.models import Exemplar, Publication

LIST, CREATE = "/guong-dien-hinh/", "/guong-dien-hinh/moi/"
EDIT, PUBLICISE = ("edit",), ("step", "publish")


def _url(name: str, exemplar: Exemplar) -> str:
    return reverse(f"exemplars:{name}", args=[exemplar.pk])


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
        ("link", "https://example.org/" + "x" * 500),
        ("published_on", "1/1/2999"),
        ("published_on", "31/1/2023"),
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
