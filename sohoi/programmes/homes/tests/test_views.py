"""Who sees which page, what a page does, and what it keeps when it refuses."""

from datetime import date
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.urls import reverse

from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Contribution, Home

LIST, CREATE = "/mai-am/", "/mai-am/moi/"
READ, EDIT, DECIDE = ("detail",), ("edit",), ("step", "end", "contribution")


def _url(name: str, home: Home) -> str:
    return reverse(f"homes:{name}", args=[home.pk])


def _typed(home: Home, **changes) -> dict:
    """What the edit page sends back."""
    known = {
        "unit": home.unit_id,
        "household": home.household,
        "poverty_class": home.poverty_class,
        "work": home.work,
        "proposed_on": home.proposed_on.strftime("%d/%m/%Y"),
        "version": home.version,
    }
    return known | changes


@pytest.mark.parametrize("name", [*READ, *EDIT, *DECIDE])
def test_an_anonymous_reader_is_sent_to_sign_in(client, propose, name):
    response = client.get(_url(name, propose()))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "names", "status"),
    [
        ("hanh", READ + EDIT + DECIDE, 200),
        ("lan", READ + EDIT, 200),
        ("lan", DECIDE, 404),
        ("mai", READ, 200),
        ("mai", EDIT + DECIDE, 404),
        ("la", EDIT + DECIDE, 404),
        ("xuan", READ + EDIT + DECIDE, 404),
        ("quan", READ + EDIT + DECIDE, 404),
    ],
)
def test_pages_are_there_for_those_who_may(cast, sign_in, propose, who, names, status):
    home = propose()
    client = sign_in(getattr(cast, who))
    assert {name: client.get(_url(name, home)).status_code for name in names} == dict.fromkeys(
        names, status
    )


def test_a_branch_head_sees_her_own_hamlet_only(cast, sign_in, propose):
    own, other = propose(), propose(unit=cast.units.hamlet_2)
    client = sign_in(cast.lan)
    page = client.get(LIST).content.decode()
    assert own.code in page
    assert other.code not in page
    assert client.get(_url("detail", other)).status_code == 404


def test_a_branch_head_is_offered_no_decision(cast, sign_in, propose):
    home = propose()
    page = sign_in(cast.lan).get(_url("detail", home)).content.decode()
    assert _url("edit", home) in page
    assert not [name for name in DECIDE if _url(name, home) in page]


def test_a_finished_house_offers_no_step(cast, sign_in, propose, build):
    client = sign_in(cast.hanh)
    begun, done = propose(), build()
    assert _url("step", begun) in client.get(_url("detail", begun)).content.decode()
    page = client.get(_url("detail", done)).content.decode()
    assert _url("step", done) not in page
    assert _url("end", done) not in page


def test_a_house_is_proposed_from_the_page(cast, sign_in):
    client = sign_in(cast.lan)
    assert CREATE in client.get(LIST).content.decode()
    typed = {
        "unit": cast.units.hamlet.pk,
        "household": "Nguyễn Thị Mừng",
        "poverty_class": "poor",
        "work": "new",
        "proposed_on": "10/1/2023",
        "labour_days": "1.250",
    }
    response = client.post(CREATE, typed, follow=True)
    home = Home.objects.get()
    assert response.redirect_chain[0][0] == _url("detail", home)
    assert (home.unit_id, home.labour_days) == (cast.units.hamlet.pk, 1250)


def test_a_house_of_another_unit_cannot_be_written(cast, sign_in, propose):
    home = propose()
    client = sign_in(cast.lan)
    for url in (CREATE, _url("edit", home)):
        response = client.post(url, _typed(home, unit=cast.units.hamlet_2.pk))
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"unit"}
    assert Home.objects.get().unit_id == cast.units.hamlet.pk


def test_the_whole_life_from_the_pages(cast, sign_in, propose):
    home, client = propose(), sign_in(cast.hanh)
    client.post(_url("contribution", home), {"funder": "donor", "amount_vnd": "50.000.000"})
    for step, day in zip(
        list(State)[1:5], ("1/2/2023", "2/2/2023", "3/3/2023", "4/5/2023"), strict=True
    ):
        typed = {"step": step, "on": day, "minutes": "12/BB"}
        assert client.post(_url("step", home), typed).status_code == 302
    home.refresh_from_db()
    assert (home.state, home.handed_over_on, home.minutes) == (
        State.HANDED_OVER,
        date(2023, 5, 4),
        "12/BB",
    )
    assert client.get(_url("step", home)).status_code == 302


def test_money_is_added_and_removed_from_the_pages(cast, sign_in, propose):
    home, client = propose(), sign_in(cast.hanh)
    client.post(_url("contribution", home), {"funder": "donor", "amount_vnd": "50.000.000"})
    given = Contribution.objects.get()
    edit, remove = (
        reverse(f"homes:contribution_{name}", args=[given.pk]) for name in ("edit", "remove")
    )
    page = client.get(_url("detail", home)).content.decode()
    assert "50.000.000" in page
    assert edit in page
    assert remove in client.get(edit).content.decode()
    assert sign_in(cast.xuan).get(remove).status_code == 404
    assert sign_in(cast.hanh).get(remove).status_code == 200
    client.post(remove, {"reason": "Ghi nhầm"})
    assert Contribution.objects.count() == 0


def test_a_conflict_tells_and_keeps_what_was_typed(cast, sign_in, propose):
    home, client = propose(), sign_in(cast.hanh)
    typed = _typed(home, household="Trần Thị Út", note="Nhà dột nát")
    actions.edit_home(home, version=1, household="Lê Thị Tư", by=cast.lan)
    response = client.post(_url("edit", home), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "vừa được người khác sửa" in page
    assert "Trần Thị Út" in page
    assert "Nhà dột nát" in page
    home.refresh_from_db()
    assert home.household == "Lê Thị Tư"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("household", ""),
        ("household", "a\x00b"),
        ("household", "x" * 121),
        ("work", "palace"),
        ("unit", "drop table"),
        ("unit", "0190d5c0-0000-7000-8000-000000000000"),
        ("proposed_on", "31/2/2023"),
        ("proposed_on", "1/1/2999"),
        ("area_m2", "-5"),
        ("area_m2", "nhiều"),
        ("labour_days", "9" * 30),
        ("version", "abc"),
    ],
)
def test_bad_input_is_refused_beside_its_field(cast, sign_in, propose, field, value):
    home = propose()
    response = sign_in(cast.hanh).post(_url("edit", home), _typed(home, **{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    home.refresh_from_db()
    assert home.version == 1


def test_a_name_is_text_and_never_markup(cast, sign_in, propose):
    home = propose(household="<script>alert(1)</script>")
    client = sign_in(cast.hanh)
    for url in (LIST, _url("detail", home), _url("edit", home)):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%27%3B--", "sort=-nothing", "tinh-trang=x", "page=z"]
)
def test_a_strange_address_still_gives_a_list(cast, sign_in, propose, query):
    propose()
    assert sign_in(cast.hanh).get(f"{LIST}?{query}").status_code == 200


def test_the_list_searches_without_accents_and_filters(cast, sign_in, propose, build):
    waiting, done = propose(household="Trần Thị Út"), build(household="Lê Thị Tư")
    client = sign_in(cast.hanh)

    def searched(words: str) -> str:
        return urlsplit(client.post(LIST, {"q": words}).url).query

    def shown(query: str) -> set[str]:
        page = client.get(f"{LIST}?{query}").content.decode()
        return {home.code for home in (waiting, done) if home.code in page}

    assert shown(searched("tran thi")) == {waiting.code}
    assert shown("tinh-trang=handed_over") == {done.code}
    assert shown("") == {waiting.code, done.code}


def test_the_history_shows_before_and_after(cast, sign_in, propose):
    home = propose(household="Trần Thị Út")
    actions.edit_home(home, version=1, household="Trần Thị Út Em", by=cast.hanh)
    page = sign_in(cast.mai).get(_url("detail", home)).content.decode()
    history = page[page.index("Lịch sử") :]
    assert history.index("Trần Thị Út") < history.index("Trần Thị Út Em")
    assert cast.hanh.full_name in history


def test_money_that_was_removed_stays_in_the_history(cast, sign_in, propose):
    home = propose()
    given = {"home": home, "by": cast.hanh}
    actions.add_contribution(funder="donor", name="Hội đồng hương", amount_vnd=5, **given)
    wrong = actions.add_contribution(funder="union", amount_vnd=52_500_000, **given)
    actions.remove_contribution(wrong, reason="Ghi nhầm", by=cast.thu)
    page = sign_in(cast.mai).get(_url("detail", home)).content.decode()
    history = page[page.index("Lịch sử") :]
    assert "Thêm nguồn kinh phí" in history
    assert "Hội đồng hương" in history
    removed = history[history.index("Xoá nguồn kinh phí") :]
    assert "<del>52.500.000</del>" in removed
    assert cast.thu.full_name in history


def test_the_list_is_exported_as_it_is_seen(cast, sign_in, propose):
    home = propose(household="=1+1")
    propose(unit=cast.units.other_commune, household="Người tỉnh khác", by=cast.xuan)
    response = sign_in(cast.hanh).get(f"{LIST}?export=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="mai-am.xlsx"'
    book = ZipFile(BytesIO(response.content))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert home.code in texts
    assert "=1+1" in texts
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "Người tỉnh khác" not in texts


@pytest.mark.parametrize("page", ["list", "detail"])
def test_rows_cost_no_queries(cast, sign_in, propose, django_assert_max_num_queries, page):
    home, client = propose(), sign_in(cast.hanh)
    url = LIST if page == "list" else _url("detail", home)

    def cost() -> int:
        with django_assert_max_num_queries(20) as captured:
            client.get(url)
        return len(captured)

    actions.add_contribution(home, funder="union", amount_vnd=1, by=cast.hanh)
    client.get(url)
    one = cost()
    for _ in range(2):
        propose()
        actions.add_contribution(home, funder="union", amount_vnd=1, by=cast.hanh)
    assert cost() == one
