"""What the actions do, and what they refuse."""

from datetime import date, timedelta

import pytest

from sohoi.audit.models import Entry
from sohoi.kit.refusals import Doubtful, Refused
from sohoi.lib.doubts import believing
from sohoi.lib.text import search_key
from sohoi.org.models import today
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import LIFE, Home
from sohoi.programmes.homes.tests.acts import SPECIMEN


def test_a_proposal_is_stored_tidied_and_searchable(propose):
    home = propose(household="  Nguyễn   Thị Mừng ")
    assert home.household == "Nguyễn Thị Mừng"
    assert home.search_key == search_key("Nguyễn Thị Mừng", home.code)
    assert home.code.startswith("MA-")
    assert home.state == State.PROPOSED


def test_each_act_leaves_its_entry(cast, build):
    home = build()
    verbs = Entry.objects.filter(object_id=home.pk).order_by("pk").values_list("verb", "actor_id")
    assert list(verbs) == [
        ("homes.propose", cast.lan.pk),
        ("homes.step", cast.hanh.pk),
        ("homes.step", cast.hanh.pk),
        ("homes.step", cast.hanh.pk),
        ("homes.step", cast.hanh.pk),
    ]


def test_a_proposal_of_tomorrow_is_refused(propose):
    with pytest.raises(Refused) as refusal:
        propose(proposed_on=today() + timedelta(days=1))
    assert refusal.value.field == "proposed_on"
    assert Home.objects.count() == 0


def test_hand_over_ends_the_life_and_keeps_the_minutes(cast, propose):
    home = propose()
    actions.add_contribution(home, funder="donor", amount_vnd=50_000_000, by=cast.hanh)
    for day in (20, 21, 22):
        home = actions.take_step(
            home, step=LIFE.next(home).state, on=date(2023, 1, day), by=cast.hanh
        )
    home = actions.take_step(
        home,
        step=State.HANDED_OVER,
        on=date(2023, 5, 15),
        minutes=" 12/BB-HPN ",
        by=cast.hanh,
    )
    assert (home.state, home.minutes) == (State.HANDED_OVER, "12/BB-HPN")
    assert LIFE.next(home) is None


def test_the_same_step_sent_twice_is_taken_once(cast, propose):
    home = propose()
    actions.take_step(home, step=State.SURVEYED, on=date(2023, 2, 1), by=cast.hanh)
    with pytest.raises(Refused):
        actions.take_step(home, step=State.SURVEYED, on=date(2023, 2, 1), by=cast.hanh)
    home.refresh_from_db()
    assert home.state == State.SURVEYED


def test_a_step_is_not_skipped(cast, propose):
    with pytest.raises(Refused):
        actions.take_step(propose(), step=State.HANDED_OVER, on=date(2023, 2, 1), by=cast.hanh)


@pytest.mark.parametrize("on", [date(2023, 1, 9), today() + timedelta(days=1)])
def test_a_step_before_the_last_or_in_the_future_is_refused(cast, propose, on):
    with pytest.raises(Refused) as refusal:
        actions.take_step(propose(), step=State.SURVEYED, on=on, by=cast.hanh)
    assert refusal.value.field == "on"


def test_edit_refuses_an_older_version(cast, propose):
    home = propose()
    actions.edit_home(home, version=1, household="Trần Thị Út", by=cast.hanh)
    with pytest.raises(Refused):
        actions.edit_home(home, version=1, household="Lê Thị Tư", by=cast.lan)
    home.refresh_from_db()
    assert (home.household, home.version) == ("Trần Thị Út", 2)
    assert Home.objects.filter(search_key__begun="'tran' & 'ut'").get() == home


def test_edit_keeps_the_steps_in_order(cast, build):
    home = build()
    with pytest.raises(Refused) as refusal:
        actions.edit_home(home, version=home.version, proposed_on=date(2023, 2, 1), by=cast.hanh)
    assert refusal.value.field == "proposed_on"


def test_withdrawal_keeps_the_reason_and_ends_the_life(cast, propose):
    home = actions.withdraw_home(
        propose(), on=date(2023, 3, 1), reason="Hộ đã chuyển đi nơi khác", by=cast.hanh
    )
    assert (home.state, LIFE.next(home)) == (State.WITHDRAWN, None)
    assert home.withdrawn_reason == "Hộ đã chuyển đi nơi khác"


def test_a_house_handed_over_is_not_withdrawn(cast, build):
    with pytest.raises(Refused):
        actions.withdraw_home(build(), on=date(2023, 6, 1), reason="Nhầm", by=cast.hanh)


def test_contributions_are_added_and_removed(cast, propose):
    home = propose()
    kept = actions.add_contribution(
        home, funder="donor", name=" Công ty  Hoa Sen ", amount_vnd=40_000_000, by=cast.hanh
    )
    gone = actions.add_contribution(home, funder="union", amount_vnd=5, by=cast.hanh)
    gone_id = gone.pk
    actions.remove_contribution(gone, reason="Ghi nhầm", by=cast.hanh)
    home.refresh_from_db()
    assert kept.name == "Công ty Hoa Sen"
    assert home.value_vnd == 40_000_000
    entry = Entry.objects.get(object_id=gone_id, verb="homes.remove_contribution")
    assert entry.unit_id == home.unit_id


def test_a_household_in_another_spelling_is_asked_about_once(cast):
    def again(name: str, unit=cast.units.hamlet) -> Home:
        return actions.propose_home(
            **(SPECIMEN.columns | {"household": name, "unit": unit}), by=cast.hanh
        )

    again("Nguyễn Thị Mừng")
    for spelling in ("NGUYỄN THỊ MỪNG", "Nguyen thi  Mung", "Nguyễn Thị Mưng"):
        with pytest.raises(Doubtful) as asked:
            again(spelling)
        assert (asked.value.field, "MA-" in asked.value.message) == ("household", True)
        with believing([doubt.key for doubt in asked.value.doubts]):
            again(spelling)
    assert again("Nguyễn Thị Mừng", cast.units.hamlet_2).pk
    assert Home.objects.count() == 5


def test_a_hand_over_without_money_or_within_days_asks_before_it_is_done(cast, propose):
    home = propose()
    for day in (20, 21, 22):
        home = actions.take_step(
            home, step=LIFE.next(home).state, on=date(2023, 1, day), by=cast.hanh
        )
    handing_over = {"step": "handed_over", "on": date(2023, 1, 23), "by": cast.hanh}
    with pytest.raises(Doubtful) as days:
        actions.take_step(home, **handing_over)
    with believing([d.key for d in days.value.doubts]), pytest.raises(Doubtful) as money:
        actions.take_step(home, **handing_over)
    assert "1 ngày" in days.value.message
    assert "0 đồng" in money.value.message
    with believing([d.key for d in (*days.value.doubts, *money.value.doubts)]):
        assert actions.take_step(home, **handing_over).state == State.HANDED_OVER
