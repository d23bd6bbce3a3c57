"""The homes room."""

from sohoi.kit import rooms


class HomesConfig(rooms.RoomConfig):
    name = "sohoi.programmes.homes"
