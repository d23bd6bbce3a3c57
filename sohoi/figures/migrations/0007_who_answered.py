"""Statements know which indicators were asked and answered; values stand beside unit and period."""

from hashlib import sha256
from uuid import UUID

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from sohoi.kit import rooms
from sohoi.kit.indicators import Records
from sohoi.lib.periods import parse_period

# A value cannot stand beside another unit or period than its statement.
WHOLE = """
ALTER TABLE figures_statement ADD CONSTRAINT figures_statement_whole UNIQUE (id, unit_id, period);
ALTER TABLE figures_declaredvalue ADD CONSTRAINT figures_declared_of_statement
  FOREIGN KEY (statement_id, unit_id, period) REFERENCES figures_statement (id, unit_id, period)
  DEFERRABLE INITIALLY DEFERRED;
"""
PARTED = """
ALTER TABLE figures_declaredvalue DROP CONSTRAINT figures_declared_of_statement;
ALTER TABLE figures_statement DROP CONSTRAINT figures_statement_whole;
"""


def fill(apps, schema_editor) -> None:
    """What a return asked was not kept until now: what it declares, and all that is counted."""
    tables = {n: apps.get_model("figures", n) for n in ("Statement", "DeclaredValue", "AnswerSet")}
    definitions = apps.get_model("figures", "IndicatorDefinition")
    counted = {key for key, one in rooms.indicators().items() if isinstance(one.source, Records)}
    counted |= {*definitions.objects.filter(source="count").values_list("key", flat=True)}
    values = tables["DeclaredValue"].objects
    for statement in tables["Statement"].objects.iterator():
        own = values.filter(statement=statement)
        keys = sorted({*own.values_list("indicator", flat=True)} | counted)
        mark = sha256(f"{' '.join(keys)}\n{' '.join(keys)}".encode()).digest()
        answers, _new = tables["AnswerSet"].objects.get_or_create(
            pk=UUID(bytes=mark[:16]), defaults={"asked": keys, "answered": keys}
        )
        statement.answers = answers
        statement.save(update_fields=["answers"])
        own.update(
            unit=statement.unit_id,
            period=statement.period,
            month=parse_period(statement.period).start,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0006_sums_cannot_overflow"),
        ("org", "0009_successions_of_the_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerSet",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                (
                    "answered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__contains", models.F("answered"))),
                        name="figures_answered_what_was_asked",
                    )
                ]
            },
        ),
        migrations.AddField(
            "statement",
            "answers",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="figures.answerset",
            ),
        ),
        migrations.AddField(
            "declaredvalue",
            "unit",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="org.unit",
            ),
        ),
        migrations.AddField("declaredvalue", "period", models.CharField(max_length=20, null=True)),
        migrations.AddField("declaredvalue", "month", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # The references written above are looked at before the columns change.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "statement",
            "answers",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="figures.answerset"),
        ),
        migrations.AlterField(
            "declaredvalue",
            "unit",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="org.unit"
            ),
        ),
        migrations.AlterField("declaredvalue", "period", models.CharField(max_length=20)),
        migrations.AlterField("declaredvalue", "month", models.DateField()),
        migrations.AddIndex(
            "declaredvalue",
            models.Index(fields=["period", "indicator", "unit"], name="figures_declared_period"),
        ),
        migrations.RunSQL(WHOLE, PARTED),
    ]
