"""The figures app."""

from sohoi.kit import rooms


class FiguresConfig(rooms.RoomConfig):
    name = "sohoi.figures"
    label = "figures"
