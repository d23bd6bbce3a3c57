"""What was added on a page belongs to the unit of whoever added it; shipped indicators to nobody."""

from django.db import migrations

# Her province then, else one she had at any time; else that of the units that declared it; else the
# first there is. An end that was decided before this counts as decided the day before it.
FILL = """
UPDATE figures_indicatordefinition AS d
   SET closed_on = d.valid_to - 1,
       owner_id = COALESCE(
         (SELECT a.unit_id FROM accounts_appointment AS a
           WHERE a.user_id = d.added_by_id AND a.role IN ('province_officer', 'province_leader')
           ORDER BY a.valid_from <= d.added_at::date
                AND (a.valid_to IS NULL OR a.valid_to > d.added_at::date) DESC, a.valid_from DESC
           LIMIT 1),
         (SELECT l.unit_id
            FROM figures_declaredvalue AS t
            JOIN org_lotmember AS m ON m.unit_id = t.unit_id
            JOIN org_lot AS l ON l.id = m.lot_id AND l.days @> t.month
            JOIN org_unitversion AS v ON v.unit_id = l.unit_id
            JOIN org_unitkind AS k ON k.key = v.kind_id AND k.tier = 'province'
           WHERE t.indicator = d.key ORDER BY l.unit_id LIMIT 1),
         (SELECT v.unit_id
            FROM org_unitversion AS v
            JOIN org_unitkind AS k ON k.key = v.kind_id AND k.tier = 'province'
           ORDER BY v.valid_to DESC NULLS FIRST, v.valid_from, v.unit_id LIMIT 1))
 WHERE d.added_by_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0010_owners")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
