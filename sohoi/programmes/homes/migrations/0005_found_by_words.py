"""Houses are found by their words and stand in the order of given names."""

from django.db import migrations

from sohoi.kit.lists import list_indexes
from sohoi.ui.lists.keys import operations


class Migration(migrations.Migration):
    dependencies = [("homes", "0004_records")]

    operations = operations(
        "homes",
        "home",
        list_indexes("homes", "state", "work"),
        searched=("household", "code"),
        called="household",
        is_person=True,
    )
