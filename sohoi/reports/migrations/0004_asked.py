"""A return keeps what it asks from the first time it is sent."""

import django.contrib.postgres.fields
from django.db import migrations, models

# What a return that is there asked was not kept: what it declares, and what is asked of it today.
SENT = """
UPDATE reports_return AS r SET asked = s.asked
  FROM reports_round AS a
  JOIN figures_statement AS t ON t.period = a.period
  JOIN figures_answerset AS s ON s.id = t.answers_id
 WHERE a.id = r.round_id AND t.unit_id = r.unit_id AND r.state = 'accepted';
UPDATE reports_return AS r SET asked = ARRAY(
  SELECT indicator FROM reports_returnline WHERE filled_in_id = r.id
  UNION
  SELECT key FROM figures_indicatordefinition
   WHERE source = 'count' AND r.tier = 'commune' OR source = 'declared' AND tier = r.tier
  UNION
  SELECT unnest(s.asked) FROM figures_answerset AS s WHERE r.tier = 'commune')
 WHERE r.state <> 'draft' AND r.asked IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0007_who_answered"),
        ("reports", "0003_fill_steps_and_checkers"),
    ]

    operations = [
        migrations.AddField(
            "return",
            "asked",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), null=True, size=None
            ),
        ),
        migrations.RunSQL(SENT, ""),
        migrations.AddConstraint(
            "return",
            models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"), models.Q(("asked", None), _negated=True), _connector="OR"
                ),
                name="reports_sent_asks_known",
            ),
        ),
    ]
