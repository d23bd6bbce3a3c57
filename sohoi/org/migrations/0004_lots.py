"""The lots: whose records count where, on every tree day."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

SQL = """
-- Every unit adds up its own records, from the moment it is there.
CREATE FUNCTION org_own_lots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH lots AS (
    INSERT INTO org_lot (unit_id, own, days)
    SELECT id, true, daterange(NULL, NULL) FROM new_rows RETURNING id, unit_id)
  INSERT INTO org_lotmember (lot_id, unit_id) SELECT id, unit_id FROM lots;
  RETURN NULL;
END $$;
CREATE TRIGGER org_own_lots AFTER INSERT ON org_unit
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION org_own_lots();

WITH lots AS (
  INSERT INTO org_lot (unit_id, own, days)
  SELECT id, true, daterange(NULL, NULL) FROM org_unit RETURNING id, unit_id)
INSERT INTO org_lotmember (lot_id, unit_id) SELECT id, unit_id FROM lots;

-- The roots and every unit whose records count below them on a date; top_id is the root.
-- STRICT keeps its plan its own: drawn into a larger query it is misjudged after a bulk load.
CREATE OR REPLACE FUNCTION org_subtree(roots uuid[], on_date date)
RETURNS TABLE (unit_id uuid, top_id uuid) LANGUAGE sql STABLE STRICT ROWS 1000 AS $$
  SELECT m.unit_id, l.unit_id
    FROM org_lot AS l JOIN org_lotmember AS m ON m.lot_id = l.id
   WHERE l.unit_id = ANY(roots) AND l.days @> on_date
$$;
"""

DROP = """
DROP TRIGGER org_own_lots ON org_unit;
DROP FUNCTION org_own_lots();
"""


def lay_out(apps, schema_editor):
    from sohoi.org import lots

    lots.refresh()


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0002_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("own", models.BooleanField(default=False)),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="org.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LotMember",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit_id",
                        "lot_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="org.lot",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="org.unit"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("unit", "own", "days"), name="org_lot_once"),
        ),
        migrations.RunSQL(SQL, DROP),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
