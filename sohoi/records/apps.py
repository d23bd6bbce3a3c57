"""The records app."""

from sohoi.kit import rooms


class RecordsConfig(rooms.RoomConfig):
    name = "sohoi.records"
    label = "records"
