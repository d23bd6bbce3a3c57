"""Gives returns that are there the district that checks them, and rounds their first steps."""

from django.db import migrations

CHECKERS = """
UPDATE reports_return AS r SET checker_id = (
  SELECT l.unit_id
    FROM org_line(r.unit_id, a.cut_off) AS l
    JOIN org_unitversion AS v ON v.unit_id = l.unit_id AND v.valid_from <= a.cut_off
     AND (v.valid_to IS NULL OR v.valid_to > a.cut_off)
    JOIN org_unitkind AS k ON k.key = v.kind_id AND k.tier = 'district'
   ORDER BY l.height LIMIT 1)
  FROM reports_round AS a WHERE a.id = r.round_id AND r.tier = 'commune';
"""
# No district had checked these: the software took the step for it.
UNCHECKED = """
UPDATE reports_return SET state = 'submitted' WHERE state = 'checked' AND checker_id IS NULL;
"""
STEPS = """
INSERT INTO reports_roundstep (id, moved_id, change, at, reason, cut_off, due)
SELECT gen_random_uuid(), id, 'opened', opened_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '',
       cut_off, due FROM reports_round
UNION ALL
SELECT gen_random_uuid(), id, 'closed', closed_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', '',
       cut_off, due FROM reports_round WHERE closed_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0007_kinds_of"),
        ("reports", "0002_steps_and_checkers"),
    ]

    operations = [migrations.RunSQL(sql, "") for sql in (CHECKERS, UNCHECKED, STEPS)]
