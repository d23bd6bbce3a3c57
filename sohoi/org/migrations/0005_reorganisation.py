"""The plans that were applied."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0004_lots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sohoi.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("on", models.DateField(verbose_name="ngày hiệu lực")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                ("content", models.TextField()),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("applied_at", models.DateTimeField(auto_now_add=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-applied_at"],
            },
        ),
    ]
