"""The engine: changes not yet folded, monthly sums by lot, and sums that follow their members."""

from django.db import migrations, models

MONTHS = [f"m{month:02}" for month in range(1, 13)]
COLUMNS = ", ".join(MONTHS)
TAKEN = ", ".join(f"sum(s.{month}) * sign" for month in MONTHS)
ADDED = ", ".join(f"{month} = t.{month} + excluded.{month}" for month in MONTHS)

# A unit that joins a lot brings all it ever counted; one that leaves takes it along. Only the fold
# writes sums too, and it takes the same lock: a fold that does not know of the move would put
# changes into the wrong lot. Units without any figure, such as new ones, need no lock.
FOLLOW = f"""
CREATE FUNCTION figures_follow_members() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM moved AS n
                   JOIN org_lot AS l ON l.unit_id = n.unit_id AND l.own
                   JOIN figures_monthlysums AS s ON s.lot_id = l.id)
     AND NOT EXISTS (SELECT 1 FROM figures_delta AS d JOIN moved AS n USING (unit_id)) THEN
    RETURN NULL;
  END IF;
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
CREATE TRIGGER figures_follow_joined AFTER INSERT ON org_lotmember
  REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION figures_follow_members();
CREATE TRIGGER figures_follow_left AFTER DELETE ON org_lotmember
  REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION figures_follow_members();
"""  # noqa: S608 - the names of twelve columns

UNFOLLOW = """
DROP TRIGGER figures_follow_joined ON org_lotmember;
DROP TRIGGER figures_follow_left ON org_lotmember;
DROP FUNCTION figures_follow_members();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_initial"),
        ("org", "0004_lots"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delta",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=60)),
                ("unit_id", models.UUIDField()),
                ("month", models.DateField()),
                ("breakdown", models.CharField(default="", max_length=200)),
                ("net", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Derivation",
            fields=[
                ("indicator", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=63)),
                ("fingerprint", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="MonthlySums",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lot_id",
                        "year",
                        "indicator",
                        "breakdown",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("lot_id", models.BigIntegerField()),
                ("year", models.SmallIntegerField()),
                ("indicator", models.CharField(max_length=60)),
                ("breakdown", models.CharField(default="", max_length=200)),
                ("m01", models.BigIntegerField(default=0)),
                ("m02", models.BigIntegerField(default=0)),
                ("m03", models.BigIntegerField(default=0)),
                ("m04", models.BigIntegerField(default=0)),
                ("m05", models.BigIntegerField(default=0)),
                ("m06", models.BigIntegerField(default=0)),
                ("m07", models.BigIntegerField(default=0)),
                ("m08", models.BigIntegerField(default=0)),
                ("m09", models.BigIntegerField(default=0)),
                ("m10", models.BigIntegerField(default=0)),
                ("m11", models.BigIntegerField(default=0)),
                ("m12", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
