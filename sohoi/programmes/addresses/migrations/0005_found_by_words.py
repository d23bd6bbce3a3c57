"""Addresses are found by their words and stand in Vietnamese order."""

from django.db import migrations

from sohoi.kit.lists import list_indexes
from sohoi.ui.lists.keys import operations


class Migration(migrations.Migration):
    dependencies = [("addresses", "0004_records")]

    operations = operations(
        "addresses",
        "address",
        list_indexes("addresses", "state", "kind"),
        searched=("name", "code"),
        called="name",
    )
