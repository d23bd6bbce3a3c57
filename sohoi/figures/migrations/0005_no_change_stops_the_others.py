"""Days outside the calendar are refused where they are written, a change that no sum can take is
set aside, and whatever moves sums waits for whoever writes them.

A unit without figures used to move without the lock: a first record that was folded before the move
was committed stayed in the sums of the old lots for ever.
"""

from datetime import date

from django.db import migrations, models
from django.db.models.functions import Now

MONTHS = [f"m{month:02}" for month in range(1, 13)]
COLUMNS = ", ".join(MONTHS)
TAKEN = ", ".join(f"sum(s.{month}) * sign" for month in MONTHS)
ADDED = ", ".join(f"{month} = t.{month} + excluded.{month}" for month in MONTHS)

# The lock comes first: each statement after it sees what was folded until then, which an older
# snapshot would not.
FOLLOW = f"""
CREATE OR REPLACE FUNCTION figures_follow_members() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  IF NOT EXISTS (SELECT FROM moved AS n JOIN org_lot AS l ON l.id = n.lot_id WHERE NOT l.own) THEN
    RETURN NULL;
  END IF;
  PERFORM figures_sees_what_is_committed();
  PERFORM pg_advisory_xact_lock(hashtext('figures.fold'));
  INSERT INTO figures_monthlysums AS t (lot_id, year, indicator, breakdown, {COLUMNS})
  SELECT n.lot_id, s.year, s.indicator, s.breakdown, {TAKEN}
    FROM moved AS n
    JOIN org_lot AS l ON l.unit_id = n.unit_id AND l.own AND l.id <> n.lot_id
    JOIN figures_monthlysums AS s ON s.lot_id = l.id
   GROUP BY 1, 2, 3, 4
  ON CONFLICT (lot_id, year, indicator, breakdown) DO UPDATE SET {ADDED};
  RETURN NULL;
END $$;
"""  # noqa: S608 - the names of twelve columns

# Such a month stopped every fold until now, so its row is still there. After the calendar no day is
# asked about; what began before it is held on every day, as from the first month.
CLEAN_UP = """
DELETE FROM figures_delta WHERE month > '2200-12-01';
UPDATE figures_delta SET month = '1900-01-01' WHERE month < '1900-01-01';
"""

SEES = """
CREATE FUNCTION figures_sees_what_is_committed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'sums of figures are moved in a transaction that is read committed only'
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0004_definitions"), ("org", "0008_found_by_words")]

    operations = [
        migrations.RemoveConstraint("indicatordefinition", "figures_definition_rounding"),
        migrations.AddConstraint(
            "indicatordefinition",
            models.CheckConstraint(
                condition=models.Q(
                    rounding_word__in=("hơn", "trên", "gần"),
                    rounding_mode__in=["exact", "words", "at_least"],
                    rounding_step=0,
                )
                | models.Q(
                    rounding_word__in=("hơn", "trên", "gần"),
                    rounding_mode__in=["thousands", "money"],
                )
                | models.Q(
                    rounding_word__in=("hơn", "trên", "gần"),
                    rounding_mode="over",
                    rounding_step__gt=0,
                ),
                name="figures_definition_rounding",
            ),
        ),
        migrations.RunSQL(CLEAN_UP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "delta",
            models.CheckConstraint(
                condition=models.Q(month__gte=date(1900, 1, 1), month__lte=date(2200, 12, 1)),
                name="figures_delta_month_in_calendar",
            ),
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=60)),
                ("unit_id", models.UUIDField()),
                ("month", models.DateField()),
                ("breakdown", models.CharField(default="", max_length=200)),
                ("net", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(db_default=Now())),
            ],
        ),
        migrations.RunSQL(SEES, "DROP FUNCTION figures_sees_what_is_committed()"),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
    ]
