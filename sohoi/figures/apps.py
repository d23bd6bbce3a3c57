"""The figures app."""

from django.db import connections
from django.db.models.signals import post_migrate

from sohoi.kit import rooms


class FiguresConfig(rooms.RoomConfig):
    name = "sohoi.figures"
    label = "figures"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_lay_triggers, sender=self)


def _lay_triggers(using: str, **_signal) -> None:
    """After the last migration, whatever room it was in: declarations may have changed, and a room
    may count what units declared."""
    from sohoi.figures.definitions.actions import pass_to_rooms
    from sohoi.figures.engine.triggers import install

    if "figures_derivation" in connections[using].introspection.table_names():
        pass_to_rooms(by=None)
        install()
