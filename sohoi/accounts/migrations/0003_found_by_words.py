"""Accounts are found by words of their names and stand in the order of given names."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

from sohoi.ui.lists.keys import refresh


def _refresh(apps, _editor) -> None:
    refresh(
        apps.get_model("accounts", "User"),
        searched=("full_name", "username"),
        called="full_name",
        is_person=True,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache")]

    operations = [
        migrations.AddField("user", "search_key", SearchVectorField(default="", editable=False)),
        migrations.AddField(
            "user", "sort_key", models.CharField(default="", editable=False, max_length=255)
        ),
        migrations.AddIndex(
            "user", models.Index(fields=["sort_key", "id"], name="accounts_in_order")
        ),
        migrations.AddIndex("user", GinIndex(fields=["search_key"], name="accounts_words")),
        migrations.RunPython(_refresh, migrations.RunPython.noop, elidable=True),
    ]
