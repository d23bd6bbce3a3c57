"""The exemplars room."""

from sohoi.kit import rooms


class ExemplarsConfig(rooms.RoomConfig):
    name = "sohoi.programmes.exemplars"
