"""What the pages of the room ask and keep beside what those of every room do."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.tests.acts import SPECIMEN

TYPED = {"channel": "zalo", "published_on": "2/3/2023"}


def _url(name: str, exemplar: Exemplar) -> str:
    return reverse(f"exemplars:{name}", args=[exemplar.pk])


def test_a_publication_leads_out_of_the_product_without_telling_where_from(
    cast, sign_in, introduce
):
    exemplar, client = introduce(), sign_in(cast.hanh)
    typed = TYPED | {"channel": "facebook", "link": "https://example.org/bai"}
    client.post(_url("publish", exemplar), typed)
    exemplar.refresh_from_db()
    assert exemplar.publicised_on == date(2023, 3, 2)
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
    response = sign_in(cast.hanh).post(_url("publish", introduce()), TYPED | {field: value})
    assert response.status_code == 422
    assert len(response.context["form"].errors[field]) == 1
    assert Publication.objects.count() == 0


def test_a_link_may_shout_its_scheme(cast, sign_in, introduce):
    typed = TYPED | {"link": "HTTPS://example.org/bai"}
    assert sign_in(cast.hanh).post(_url("publish", introduce()), typed).status_code == 302
    assert Publication.objects.count() == 1


def test_consent_is_asked_for_beside_its_field_and_kept(cast, sign_in, unasked):
    publish, client = _url("publish", unasked), sign_in(cast.hanh)
    typed = TYPED | {"title": "Hoa giữa đời"}
    response = client.post(publish, typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"consent_on"}
    assert "Hoa giữa đời" in response.content.decode()
    assert Publication.objects.count() == 0
    client.post(publish, typed | {"consent_on": "1/3/2023"})
    unasked.refresh_from_db()
    assert (unasked.consent_on, unasked.publicised_on) == (date(2023, 3, 1), date(2023, 3, 2))
    assert "consent_on" not in client.get(publish).content.decode()


@pytest.mark.parametrize("kind", ["model", "collective"])
def test_models_and_collectives_are_asked_no_consent(cast, sign_in, introduce, kind):
    exemplar = introduce(kind=kind, consent_on=None)
    page = sign_in(cast.hanh).get(_url("publish", exemplar)).content.decode()
    assert "consent_on" not in page


def test_whoever_removes_the_only_publication_is_told_what_follows(cast, sign_in, introduce):
    exemplar = introduce()
    first, client = SPECIMEN.add(exemplar), sign_in(cast.hanh)
    remove = reverse("exemplars:remove_publication", args=[first.pk])
    assert "lượt duy nhất" in client.get(remove).content.decode()
    second = SPECIMEN.add(exemplar)
    assert "lượt duy nhất" not in client.get(remove).content.decode()
    second.delete()
    client.post(remove, {"reason": "Ghi nhầm"})
    exemplar.refresh_from_db()
    assert exemplar.publicised_on is None


def test_a_publication_is_offered_once_there_is_an_introduction(cast, sign_in, find, introduce):
    def offered(user, exemplar) -> bool:
        page = sign_in(user).get(_url("detail", exemplar)).content.decode()
        return _url("publish", exemplar) in page

    found, introduced = find(), introduce()
    assert [offered(cast.hanh, found), offered(cast.hanh, introduced)] == [False, True]
    assert [offered(user, introduced) for user in (cast.lan, cast.mai)] == [False, False]


def test_the_next_step_of_the_life_is_marked(cast, sign_in, find, introduce):
    client = sign_in(cast.hanh)
    SPECIMEN.add(publicised := introduce())
    for exemplar, following in (
        (find(), "Đã giới thiệu"),
        (introduce(), "Đã tuyên truyền"),
        (publicised, "Đã nhân rộng"),
    ):
        steps = client.get(_url("detail", exemplar)).context["steps"]
        assert [step["title"] for step in steps if step["state"] == "current"] == [following]


def test_the_list_is_narrowed_by_channel_and_shows_each_once(cast, sign_in, introduce):
    waiting, done = introduce(), introduce(title="Tủ sách chi hội")
    for channel in ("zalo", "zalo", "facebook"):
        SPECIMEN.add(done, channel=channel)
    client = sign_in(cast.hanh)

    def shown(query: str) -> set[str]:
        page = client.get(reverse("exemplars:list") + query).content.decode()
        assert page.count(done.code) <= 1
        return {e.code for e in (waiting, done) if e.code in page}

    assert shown("?kenh=zalo") == shown("?kenh=facebook") == {done.code}
    assert shown("?kenh=newspaper") == set()
    assert shown("") == {waiting.code, done.code}
