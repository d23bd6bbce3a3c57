"""What the actions do, and what they refuse."""

from datetime import date, timedelta

import pytest

from sohoi.audit.models import Entry
from sohoi.kit.refusals import Refused
from sohoi.lib.text import search_key
from sohoi.org.models import today
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.choices import State
from sohoi.programmes.addresses.models import Address, Review

TOMORROW = today() + timedelta(days=1)


def test_an_address_is_stored_tidied_and_searchable(cast, found):
    address = found(name="  Địa chỉ  tin cậy ấp 10 ")
    assert address.name == "Địa chỉ tin cậy ấp 10"
    assert address.search_key == search_key("Địa chỉ tin cậy ấp 10", address.code)
    assert address.code.startswith("DC-")
    assert (address.state, address.is_shelter) == (State.ACTIVE, False)
    assert Entry.objects.get(object_id=address.pk).verb == "addresses.found"


def test_a_founding_of_tomorrow_is_refused(found):
    with pytest.raises(Refused) as refusal:
        found(founded_on=TOMORROW)
    assert refusal.value.field == "founded_on"
    assert Address.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "value"), [("place", "Số 1 đường Hoa Sen"), ("phone", "0290 383"), ("capacity", 4)]
)
def test_the_place_of_the_shelter_is_refused(found, column, value):
    with pytest.raises(Refused) as refusal:
        found(kind="shelter_team", **{column: value})
    assert refusal.value.field == column


@pytest.mark.parametrize(
    ("kind", "other"), [("collective", "shelter_team"), ("shelter_team", "individual")]
)
def test_an_address_neither_becomes_nor_ceases_to_be_the_shelter(cast, found, kind, other):
    address = found(kind=kind)
    with pytest.raises(Refused) as refusal:
        actions.edit_address(address, version=1, kind=other, by=cast.hanh)
    assert refusal.value.field == "kind"


def test_edit_refuses_an_older_version(cast, found):
    address = found()
    actions.edit_address(address, version=1, name="Nhà bà Tư", by=cast.hanh)
    with pytest.raises(Refused):
        actions.edit_address(address, version=1, name="Nhà bà Năm", by=cast.thu)
    address.refresh_from_db()
    assert (address.name, address.version) == ("Nhà bà Tư", 2)


def test_the_founding_stays_before_what_followed(cast, found, join):
    address = found()
    join(address, joined_on=date(2022, 4, 1))
    with pytest.raises(Refused) as refusal:
        actions.edit_address(address, version=1, founded_on=date(2022, 5, 1), by=cast.hanh)
    assert refusal.value.field == "founded_on"


def test_a_member_repeats_her_address_and_follows_it(cast, found, join):
    address = found(kind="shelter_team")
    member = join(address)
    assert (member.unit_id, member.is_shelter) == (cast.units.commune.pk, True)
    actions.edit_address(address, version=1, unit=cast.units.commune_2, by=cast.thu)
    member.refresh_from_db()
    assert member.unit_id == cast.units.commune_2.pk


@pytest.mark.parametrize("day", [date(2022, 3, 7), TOMORROW])
def test_nobody_joins_before_the_founding_or_tomorrow(found, join, day):
    with pytest.raises(Refused) as refusal:
        join(found(), joined_on=day)
    assert refusal.value.field == "joined_on"


def test_a_member_leaves_once(cast, found, join):
    member = join(found())
    with pytest.raises(Refused) as refusal:
        actions.end_member(member, on=date(2022, 3, 31), by=cast.hanh)
    assert refusal.value.field == "on"
    left = actions.end_member(member, on=date(2023, 1, 1), by=cast.hanh)
    assert left.left_on == date(2023, 1, 1)
    with pytest.raises(Refused):
        actions.end_member(member, on=date(2023, 2, 1), by=cast.hanh)


def test_closing_ends_the_team_the_same_day(cast, found, join):
    address = found()
    stays, gone = join(address), join(address)
    actions.end_member(gone, on=date(2022, 6, 1), by=cast.hanh)
    closed = actions.close_address(
        address, on=date(2023, 2, 1), reason=" Sáp nhập ấp ", by=cast.hanh
    )
    assert (closed.state, closed.closed_reason) == (State.CLOSED, "Sáp nhập ấp")
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert (stays.left_on, gone.left_on) == (date(2023, 2, 1), date(2022, 6, 1))


def test_an_address_is_not_closed_before_its_last_event_nor_twice(cast, found, join):
    address = found()
    join(address, joined_on=date(2022, 4, 1))
    with pytest.raises(Refused) as refusal:
        actions.close_address(address, on=date(2022, 3, 20), reason="Nhầm", by=cast.hanh)
    assert refusal.value.field == "on"
    actions.close_address(address, on=date(2022, 4, 1), reason="Nhầm", by=cast.hanh)
    with pytest.raises(Refused):
        actions.close_address(address, on=date(2022, 4, 2), reason="Nhầm", by=cast.hanh)


def test_nothing_is_added_to_a_closed_address(cast, found, join):
    address = found()
    actions.close_address(address, on=date(2023, 2, 1), reason="Nhầm", by=cast.hanh)
    with pytest.raises(Refused):
        join(address)
    with pytest.raises(Refused):
        actions.record_training(
            address, held_on=date(2022, 5, 1), topic="Tư vấn", people=4, by=cast.hanh
        )


def test_trainings_lie_within_the_life(cast, found):
    address = found()
    training = actions.record_training(
        address, held_on=date(2022, 5, 1), topic=" Kỹ năng  tư vấn ", people=4, by=cast.hanh
    )
    assert training.topic == "Kỹ năng tư vấn"
    with pytest.raises(Refused) as refusal:
        actions.record_training(
            address, held_on=date(2022, 1, 1), topic="Tư vấn", people=4, by=cast.hanh
        )
    assert refusal.value.field == "held_on"


def test_a_second_review_of_the_year_corrects_the_first(cast, found):
    address = found()
    for result in ("active", "needs_support"):
        actions.record_review(address, year=2022, result=result, by=cast.hanh)
    assert Review.objects.get().result == "needs_support"
    assert Entry.objects.filter(verb="addresses.review").count() == 2


@pytest.mark.parametrize("year", [2021, today().year + 1])
def test_a_year_without_the_address_is_not_reviewed(cast, found, year):
    with pytest.raises(Refused) as refusal:
        actions.record_review(found(), year=year, result="active", by=cast.hanh)
    assert refusal.value.field == "year"
