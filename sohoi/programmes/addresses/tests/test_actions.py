"""What the actions do and refuse, beside what those of every room do."""

from datetime import date, timedelta

import pytest

from sohoi.audit.models import Entry
from sohoi.kit.refusals import Refused
from sohoi.org.models import today
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.choices import State
from sohoi.programmes.addresses.models import Member, Review, Training
from sohoi.programmes.addresses.tests.acts import JOINED, LATER, SPECIMEN

add, TOMORROW = SPECIMEN.add, today() + timedelta(days=1)
WHY = {"reason": "Ghi nhầm"}


def refused_beside(call) -> str | None:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.field


@pytest.mark.parametrize(
    ("column", "value"), [("place", "Số 1 đường Hoa Sen"), ("phone", "0290 383"), ("capacity", 4)]
)
def test_the_place_of_the_shelter_is_refused(found, column, value):
    assert refused_beside(lambda: found(kind="shelter_team", **{column: value})) == column


@pytest.mark.parametrize(
    ("kind", "other"), [("collective", "shelter_team"), ("shelter_team", "individual")]
)
def test_an_address_neither_becomes_nor_ceases_to_be_the_shelter(cast, found, kind, other):
    address = found(kind=kind)
    changed = {"version": 1, "kind": other, "by": cast.hanh}
    assert refused_beside(lambda: actions.edit_address(address, **changed)) == "kind"


def test_the_founding_stays_before_what_followed(cast, found):
    add(address := found())
    changed = {"version": 1, "founded_on": JOINED + timedelta(days=1), "by": cast.hanh}
    assert refused_beside(lambda: actions.edit_address(address, **changed)) == "founded_on"


def test_a_member_repeats_her_address_and_follows_it(cast, found):
    member = add(address := found(kind="shelter_team"))
    assert (member.unit_id, member.is_shelter) == (cast.units.commune.pk, True)
    actions.edit_address(address, version=1, unit=cast.units.commune_2, by=cast.thu)
    member.refresh_from_db()
    assert member.unit_id == cast.units.commune_2.pk


@pytest.mark.parametrize("day", [date(2022, 3, 7), TOMORROW])
def test_nobody_joins_before_the_founding_or_tomorrow(found, day):
    assert refused_beside(lambda: add(found(), joined_on=day)) == "joined_on"


def test_a_member_leaves_once(cast, found):
    member = add(found())
    early, left = JOINED - timedelta(days=1), date(2023, 1, 1)
    assert refused_beside(lambda: actions.end_member(member, on=early, by=cast.hanh)) == "on"
    assert actions.end_member(member, on=left, by=cast.hanh).left_on == left
    refused_beside(lambda: actions.end_member(member, on=LATER, by=cast.hanh))


def test_closing_ends_the_team_the_same_day_and_is_taken_back_with_it(cast, found):
    address = found()
    stays, gone = add(address), add(address)
    actions.end_member(gone, on=date(2022, 6, 1), by=cast.hanh)

    def left() -> list[date | None]:
        return [Member.objects.get(pk=member.pk).left_on for member in (stays, gone)]

    closed = actions.close_address(address, on=LATER, **WHY, by=cast.hanh)
    assert (closed.state, left()) == (State.CLOSED, [LATER, date(2022, 6, 1)])
    again = actions.take_back_step(closed, step="closed", **WHY, by=cast.hanh)
    assert (again.state, left()) == (State.ACTIVE, [None, date(2022, 6, 1)])


def test_an_address_is_not_closed_before_its_last_event(cast, found):
    add(address := found())
    closing = {**WHY, "by": cast.hanh}
    early = date(2022, 3, 20)
    assert refused_beside(lambda: actions.close_address(address, on=early, **closing)) == "on"
    assert actions.close_address(address, on=JOINED, **closing).closed_on == JOINED


@pytest.mark.parametrize("model", SPECIMEN.rows)
def test_an_address_on_which_something_hangs_is_not_removed(cast, found, model):
    add(address := found(), model)
    refused_beside(lambda: actions.remove_address(address, **WHY, by=cast.hanh))
    model.objects.all().delete()
    actions.remove_address(address, **WHY, by=cast.hanh)


def test_trainings_lie_within_the_life(found):
    early = date(2022, 1, 1)
    assert refused_beside(lambda: add(found(), Training, held_on=early)) == "held_on"


def test_a_second_review_of_the_year_corrects_the_first(cast, found):
    address = found()
    for result in ("active", "needs_support"):
        actions.record_review(address, year=2022, result=result, by=cast.hanh)
    assert Review.objects.get().result == "needs_support"
    assert Entry.objects.filter(verb="addresses.review").count() == 2


@pytest.mark.parametrize("year", [2021, today().year + 1])
def test_a_year_without_the_address_is_not_reviewed(found, year):
    assert refused_beside(lambda: add(found(), Review, year=year)) == "year"
