"""The organisation app."""

from sohoi.kit import rooms


class OrgConfig(rooms.RoomConfig):
    name = "sohoi.org"
    label = "org"
