"""The app of the product's own commands; loads the system checks of the house."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sohoi.config"
    label = "config"

    def ready(self) -> None:
        import_module("sohoi.kit.checks")
