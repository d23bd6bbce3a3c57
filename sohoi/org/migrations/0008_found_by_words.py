"""Units are found by their words, in every spelling."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from sohoi.ui.lists.keys import operations


class Migration(migrations.Migration):
    dependencies = [("org", "0007_kinds_of")]

    operations = operations(
        "org",
        "unitversion",
        [GinIndex(fields=["search_key"], name="org_version_words")],
        searched=("name", "code"),
        called="name",
    )
