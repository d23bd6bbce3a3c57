"""Lots anew: only the successions of a unit's first and last day say what it followed and what
followed it."""

from django.db import migrations

from sohoi.org import lots


class Migration(migrations.Migration):
    dependencies = [("org", "0008_found_by_words")]

    operations = [
        migrations.RunPython(lambda _apps, _schema: lots.refresh(), migrations.RunPython.noop)
    ]
