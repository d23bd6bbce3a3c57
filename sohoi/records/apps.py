"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "sohoi.records"
    label = "records"
