"""The history of an address holds what the database itself does to its members."""

from datetime import date

from sohoi.audit.actions import writing
from sohoi.audit.models import Change


def test_members_who_follow_their_address_to_another_unit_have_it_in_their_history(
    cast, found, join
):
    address = found()
    members = [join(address), join(address, full_name="Trần Thị Út", joined_on=date(2022, 5, 1))]
    with writing(cast.thu):
        type(address).objects.filter(pk=address.pk).update(unit=cast.units.commune_2)
    moved = {"unit_id": str(cast.units.commune_2.pk)}
    changes = Change.objects.filter(parent_id=address.pk, after=moved)
    assert {c.object_id: c.actor_id for c in changes} == {m.pk: cast.thu.pk for m in members}
