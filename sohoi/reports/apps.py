"""The reports app."""

from django.db import connections
from django.db.models.signals import post_migrate

from sohoi.kit import rooms


class ReportsConfig(rooms.RoomConfig):
    name = "sohoi.reports"
    label = "reports"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_keep_what_is_closed, sender=self)


def _keep_what_is_closed(using: str, **_signal) -> None:
    """Rounds that were closed before figures were kept: they are kept as they are now."""
    from sohoi.figures.closing.actions import close_period
    from sohoi.figures.closing.queries import is_kept
    from sohoi.reports.models import Round

    if "figures_closing" not in connections[using].introspection.table_names():
        return
    for asked in Round.objects.exclude(closed_on=None):
        if not is_kept(asked.unit_id, asked.period):
            close_period(question=asked.question, by=None)
