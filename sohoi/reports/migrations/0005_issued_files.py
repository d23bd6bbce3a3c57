"""Files of a closed period are kept byte for byte as they were issued."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0008_closed_periods"),
        ("org", "0009_successions_of_the_day"),
        ("reports", "0004_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedFile",
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
                ("kind", models.CharField(max_length=10)),
                ("form", models.CharField(max_length=4)),
                ("header", models.CharField(blank=True, max_length=5)),
                ("name", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                (
                    "sha256",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func("content", function="sha256"),
                            models.Value("hex"),
                            function="encode",
                        ),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="figures.closing",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("closing", "unit", "kind", "form", "header"),
                        name="reports_issued_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("header__in", ["", "union", "state"])),
                        name="reports_issued_known_header",
                    ),
                ],
            },
        ),
    ]
