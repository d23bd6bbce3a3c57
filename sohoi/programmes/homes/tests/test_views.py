"""What the pages of the room ask and tell beside what those of every room do."""

from django.urls import reverse

from sohoi.programmes.homes.models import Home
from sohoi.programmes.homes.tests.acts import SPECIMEN


def _url(name: str, home: Home) -> str:
    return reverse(f"homes:{name}", args=[home.pk])


def test_minutes_are_asked_for_and_kept_at_the_hand_over_alone(cast, sign_in, propose):
    home, client = propose(), sign_in(cast.hanh)
    SPECIMEN.add(home)
    asked = []
    for step, day in (
        ("surveyed", "1/2/2023"),
        ("approved", "2/2/2023"),
        ("started", "3/3/2023"),
        ("handed_over", "4/5/2023"),
    ):
        asked.append("minutes" in client.get(_url("step", home)).context["form"].fields)
        typed = {"step": step, "on": day, "minutes": "12/BB"}
        assert client.post(_url("step", home), typed).status_code == 302
        home.refresh_from_db()
        assert (home.state, home.minutes) == (step, "12/BB" if asked[-1] else "")
    assert asked == [False, False, False, True]


def test_numbers_are_typed_as_officers_write_them(cast, sign_in):
    client = sign_in(cast.hanh)
    typed = {"household": "Lý Thị Út", "poverty_class": "poor", "work": "new"}
    typed |= {"unit": cast.units.hamlet.pk, "proposed_on": "10/1/2023", "labour_days": "1.250"}
    client.post(reverse("homes:create"), typed)
    home = Home.objects.get()
    client.post(_url("add_contribution", home), {"funder": "donor", "amount_vnd": "50.000.000"})
    home.refresh_from_db()
    assert (home.labour_days, home.value_vnd) == (1250, 50_000_000)
    assert "50.000.000" in client.get(_url("detail", home)).content.decode()


def test_whoever_proposed_a_house_and_may_not_decide_is_offered_to_recall_it(
    cast, sign_in, propose
):
    own, other = propose(by=cast.lan), propose(by=cast.hanh)
    for user, home, offered in (
        (cast.lan, own, True),
        (cast.lan, other, False),
        (cast.hanh, other, False),
    ):
        page = sign_in(user).get(_url("detail", home)).content.decode()
        assert (_url("recall", home) in page) == offered


def test_money_that_is_removed_is_told_with_its_sum_and_stays_in_the_history(
    cast, sign_in, propose
):
    home = propose()
    wrong = SPECIMEN.add(home, funder="union", amount_vnd=52_500_000)
    remove, client = reverse("homes:remove_contribution", args=[wrong.pk]), sign_in(cast.thu)
    assert "giảm 52.500.000" in client.get(remove).content.decode()
    client.post(remove, {"reason": "Ghi nhầm"})
    page = client.get(_url("detail", home)).content.decode()
    assert "<del>52.500.000</del>" in page[page.index("Xoá nguồn kinh phí") :]
