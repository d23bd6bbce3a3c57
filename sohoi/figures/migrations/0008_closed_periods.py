"""The figures of a closed period are kept as they were; nothing changes or takes them away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sohoi.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0007_who_answered"),
        ("org", "0009_successions_of_the_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Closing",
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
                ("period", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("words", models.JSONField()),
                ("closed_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
        ),
        migrations.CreateModel(
            name="FrozenUnit",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "closing_id",
                        "unit_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("unit_id", models.UUIDField()),
                ("parent_id", models.UUIDField(null=True)),
                ("position", models.IntegerField()),
                ("place", models.JSONField()),
                ("cells", models.JSONField()),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="figures.closing"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opened_at", None)),
                fields=("unit", "period"),
                name="figures_closing_holds_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="figures_opened_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="frozenunit",
            index=models.Index(fields=["unit_id"], name="figures_frozen_unit"),
        ),
        migrations.AddIndex(
            model_name="frozenunit",
            index=models.Index(fields=["closing", "parent_id"], name="figures_frozen_below"),
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION figures_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'what was closed is kept as it was'
                USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER figures_frozen BEFORE UPDATE OR DELETE ON figures_frozenunit
              FOR EACH ROW EXECUTE FUNCTION figures_stay_frozen();
            CREATE TRIGGER figures_frozen BEFORE DELETE OR UPDATE OF unit_id, period, day, words,
              closed_at, closed_by_id ON figures_closing
              FOR EACH ROW EXECUTE FUNCTION figures_stay_frozen();
            """,
            "DROP FUNCTION figures_stay_frozen() CASCADE",
        ),
    ]
