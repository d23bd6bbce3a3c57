"""Exemplars are found by their words and stand in Vietnamese order."""

from django.db import migrations

from sohoi.kit.lists import list_indexes
from sohoi.ui.lists.keys import operations


class Migration(migrations.Migration):
    dependencies = [("exemplars", "0004_records")]

    operations = operations(
        "exemplars",
        "exemplar",
        list_indexes("exemplars", "state", "kind", "field"),
        searched=("title", "code"),
        called="title",
    )
