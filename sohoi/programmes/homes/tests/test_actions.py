"""What the actions of the room do beside what those of every room do."""

from datetime import date

import pytest

from sohoi.kit.refusals import Doubtful, Refused
from sohoi.lib.doubts import believing
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.tests.acts import SPECIMEN


def test_hand_over_keeps_the_minutes_until_it_is_taken_back(cast, propose):
    home = propose(until="started")
    SPECIMEN.add(home)
    told = {"step": "handed_over", "by": cast.hanh}
    home = actions.take_step(home, on=date(2023, 5, 15), minutes=" 12/BB-HPN ", **told)
    assert (home.state, home.minutes) == (State.HANDED_OVER, "12/BB-HPN")
    home = actions.take_back_step(home, reason="Ghi nhầm", **told)
    assert (home.state, home.minutes) == (State.STARTED, "")


def test_contributions_make_the_value(cast, propose):
    home = propose()
    for funder, amount in (("donor", 40_000_000), ("union", 5)):
        given = SPECIMEN.add(home, funder=funder, amount_vnd=amount)
    actions.remove_contribution(given, reason="Ghi nhầm", by=cast.hanh)
    home.refresh_from_db()
    assert home.value_vnd == 40_000_000


def test_a_hand_over_without_money_or_within_days_asks_before_it_is_done(cast, propose):
    home = propose(started_on=date(2023, 1, 22))
    handing_over = {"step": "handed_over", "on": date(2023, 1, 23), "by": cast.hanh}
    with pytest.raises(Doubtful) as days:
        actions.take_step(home, **handing_over)
    with believing([d.key for d in days.value.doubts]), pytest.raises(Doubtful) as money:
        actions.take_step(home, **handing_over)
    assert "1 ngày" in days.value.message
    assert "0 đồng" in money.value.message
    with believing([d.key for d in (*days.value.doubts, *money.value.doubts)]):
        assert actions.take_step(home, **handing_over).state == State.HANDED_OVER


def test_a_proposal_is_recalled_by_whoever_made_it_until_it_was_surveyed(cast, propose):
    own, surveyed, of_another = (
        propose(by=cast.lan),
        actions.take_step(propose(by=cast.lan), step="surveyed", on=date(2023, 2, 1), by=cast.hanh),
        propose(by=cast.hanh),
    )
    for home in (surveyed, of_another):
        with pytest.raises(Refused):
            actions.recall_proposal(home, reason="Hộ chuyển đi", by=cast.lan)
    home = actions.recall_proposal(own, reason="Hộ chuyển đi", by=cast.lan)
    assert (home.state, home.withdrawn_reason) == (State.WITHDRAWN, "Hộ chuyển đi")
