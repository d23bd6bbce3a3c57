"""The registry of rooms, and the groups of the menu."""

import pytest

from sohoi.kit import rooms
from sohoi.kit.menu import GROUP_TITLES, Group
from sohoi.kit.rooms import Room


def test_a_room_brings_its_permissions_and_leaves_with_them(bring):
    before = set(rooms.permissions())
    bring()
    assert set(rooms.permissions()) - before == {"probe.view"}
    rooms.unregister("probe")
    assert set(rooms.permissions()) == before


def test_a_key_belongs_to_one_room(bring):
    bring()
    with pytest.raises(ValueError, match="probe"):
        rooms.register(Room(key="probe", title="Phòng khác", path="khac"))
    assert rooms._rooms["probe"].path == "thu"


def test_the_same_room_may_be_registered_again(bring):
    room = bring()
    rooms.register(room)
    assert rooms.rooms().count(room) == 1


def test_rooms_come_in_the_order_of_their_keys(bring):
    bring()
    keys = [room.key for room in rooms.rooms()]
    assert keys == sorted(keys)
    assert len(keys) >= 5


def test_the_rail_has_seven_groups_with_a_title_each():
    assert list(GROUP_TITLES) == list(Group)
    assert len({str(title) for title in GROUP_TITLES.values()}) == 7
