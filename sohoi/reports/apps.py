"""The reports app."""

from sohoi.kit import rooms


class ReportsConfig(rooms.RoomConfig):
    name = "sohoi.reports"
    label = "reports"
