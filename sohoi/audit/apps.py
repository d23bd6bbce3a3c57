"""The audit app."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "sohoi.audit"
    label = "audit"

    def ready(self) -> None:
        pre_migrate.connect(_set_triggers_aside, sender=self)
        post_migrate.connect(_lay_triggers, sender=self)


def _set_triggers_aside(plan: list, **_said) -> None:
    from sohoi.audit.triggers import set_aside

    set_aside(migration for migration, _backwards in plan)


def _lay_triggers(using: str, **_said) -> None:
    """After the last migration, whatever app it was in: models may have changed."""
    from sohoi.audit.triggers import install

    if "audit_change" in connections[using].introspection.table_names():
        install()
