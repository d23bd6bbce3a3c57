"""Who sees which page, what a page does, and what it keeps when it refuses."""

from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse

from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import Contribution, Home

LIST, CREATE = "/mai-am/", "/mai-am/moi/"
DECIDE = ("step", "end", "contribution")


def _url(name: str, home: Home) -> str:
    return reverse(f"homes:{name}", args=[home.pk])


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
