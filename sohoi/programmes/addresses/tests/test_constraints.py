"""What the database itself refuses, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.models import Address, Member, Review, Training

DAY = date(2023, 2, 1)


def _update_is_refused(thing: models.Model, constraint: str, **changes: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(thing).objects.filter(pk=thing.pk).update(**changes)


@pytest.mark.parametrize(
    "place", [{"place": "Số 1 đường Hoa Sen"}, {"phone": "0290 383"}, {"capacity": 4}]
)
def test_the_shelter_has_no_place(found, place):
    _update_is_refused(found(kind="shelter_team"), "addresses_shelter_has_no_place", **place)
    _update_is_refused(found(**place), "addresses_shelter_stays_apart", kind="shelter_team")


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("addresses_closed_with_reason", {"closed_on": DAY}),
        ("addresses_closed_with_reason", {"closed_reason": "Sáp nhập"}),
        ("addresses_closed_last", {"closed_on": date(2022, 3, 7), "closed_reason": "Nhầm"}),
        ("addresses_known_kind", {"kind": "palace"}),
        ("addresses_named", {"name": ""}),
    ],
)
def test_a_false_address_is_refused(found, constraint, changes):
    _update_is_refused(found(), constraint, **changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("addresses_member_repeats_address", {"is_shelter": True}),
        ("addresses_member_left_after_joining", {"left_on": date(2022, 3, 31)}),
        ("addresses_member_within_life", {"joined_on": date(2022, 3, 7)}),
        ("addresses_member_known_words", {"body": "pirate"}),
        ("addresses_member_known_words", {"role": "captain"}),
        ("addresses_member_known_words", {"gender": "x"}),
        ("addresses_member_named", {"full_name": ""}),
    ],
)
def test_a_false_member_is_refused(found, join, constraint, changes):
    _update_is_refused(join(found()), constraint, **changes)


def test_a_member_of_another_unit_is_refused(cast, found, join):
    _update_is_refused(
        join(found()), "addresses_member_repeats_address", unit=cast.units.other_commune
    )


def test_an_address_does_not_close_over_a_member_who_stays(found, join):
    address = found()
    member = join(address)
    closing = {"closed_on": DAY, "closed_reason": "Sáp nhập"}
    _update_is_refused(address, "addresses_life_holds_members", **closing)
    Member.objects.filter(pk=member.pk).update(left_on=DAY)
    assert Address.objects.filter(pk=address.pk).update(**closing) == 1
    _update_is_refused(member, "addresses_member_within_life", left_on=None)
    _update_is_refused(member, "addresses_member_within_life", left_on=date(2023, 2, 2))


def test_an_address_is_not_founded_after_its_members(found, join):
    address = found()
    join(address, joined_on=date(2022, 4, 1))
    _update_is_refused(address, "addresses_life_holds_members", founded_on=date(2022, 4, 2))


def test_members_loaded_in_bulk_are_held_too(found):
    address = found()
    stranger = Member(
        code="TV-1",
        address=address,
        unit_id=address.unit_id,
        is_shelter=True,
        full_name="Trần Thị Út",
        body="union",
        role="member",
        joined_on=DAY,
    )
    with pytest.raises(IntegrityError, match="repeats_address"), transaction.atomic():
        Member.objects.bulk_create([stranger])


def test_trainings_and_reviews_are_held(cast, found):
    address = found()
    with pytest.raises(IntegrityError, match="training_attended"), transaction.atomic():
        Training.objects.create(address=address, held_on=DAY, topic="Tư vấn", people=0)
    actions.record_review(address, year=2022, result="active", by=cast.hanh)
    with pytest.raises(IntegrityError, match="one_review_a_year"), transaction.atomic():
        Review.objects.create(address=address, year=2022, result="active")
    _update_is_refused(Review.objects.get(), "review_known_result", result="splendid")
