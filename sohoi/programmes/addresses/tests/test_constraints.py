"""What the database itself holds between an address and its team, whoever writes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from sohoi.audit.actions import writing
from sohoi.audit.models import Change
from sohoi.programmes.addresses.models import Address, Member
from sohoi.programmes.addresses.tests.acts import JOINED, LATER, PERSON, SPECIMEN

join, A_DAY = SPECIMEN.add, timedelta(days=1)


def _update_is_refused(thing: models.Model, constraint: str, **changes: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(thing).objects.filter(pk=thing.pk).update(**changes)


@pytest.mark.parametrize(
    "place", [{"place": "Số 1 đường Hoa Sen"}, {"phone": "0290 383"}, {"capacity": 4}]
)
def test_the_shelter_has_no_place(found, place):
    _update_is_refused(found(kind="shelter_team"), "addresses_shelter_has_no_place", **place)
    _update_is_refused(found(**place), "addresses_shelter_stays_apart", kind="shelter_team")


def test_a_member_repeats_her_address_and_lies_within_its_life(cast, found):
    member = join(found())
    _update_is_refused(member, "addresses_member_repeats_address", is_shelter=True)
    foreign = {"unit": cast.units.other_commune}
    _update_is_refused(member, "addresses_member_repeats_address", **foreign)
    _update_is_refused(member, "addresses_member_within_life", joined_on=date(2022, 3, 7))


def test_an_address_does_not_close_over_a_member_who_stays(found):
    member = join(address := found())
    closing = {"closed_on": LATER, "closed_reason": "Sáp nhập"}
    _update_is_refused(address, "addresses_life_holds_members", **closing)
    Member.objects.filter(pk=member.pk).update(left_on=LATER)
    assert Address.objects.filter(pk=address.pk).update(**closing) == 1
    _update_is_refused(member, "addresses_member_within_life", left_on=None)
    _update_is_refused(member, "addresses_member_within_life", left_on=LATER + A_DAY)


def test_an_address_is_not_founded_after_its_members(found):
    join(address := found())
    _update_is_refused(address, "addresses_life_holds_members", founded_on=JOINED + A_DAY)


def test_members_loaded_in_bulk_are_held_too(found):
    address = found()
    stranger = Member(
        code="TV-1", address=address, unit_id=address.unit_id, is_shelter=True, **PERSON
    )
    with pytest.raises(IntegrityError, match="repeats_address"), transaction.atomic():
        Member.objects.bulk_create([stranger])


def test_members_who_follow_their_address_to_another_unit_have_it_in_their_history(cast, found):
    address = found()
    members = [join(address), join(address, full_name="Trần Thị Út")]
    with writing(cast.thu):
        Address.objects.filter(pk=address.pk).update(unit=cast.units.commune_2)
    moved = {"unit_id": str(cast.units.commune_2.pk)}
    changes = Change.objects.filter(parent_id=address.pk, after=moved)
    assert {c.object_id: c.actor_id for c in changes} == {m.pk: cast.thu.pk for m in members}
