"""The kinds of a tier as one array, which the planner can look into."""

from django.db import migrations

# A query that joins the kinds, or asks for those of a subquery, is planned as if nearly every unit
# were of one of them, and reads all units. A stable function is worked out while planning: the few
# provinces and communes among a hundred thousand branches are then found by the index.
FORWARDS = """
CREATE FUNCTION org_kinds_of(tiers text[]) RETURNS text[] LANGUAGE sql STABLE STRICT AS $$
  SELECT COALESCE(array_agg(key::text), '{}') FROM org_unitkind WHERE tier = ANY(tiers)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0006_days_on_a_line")]

    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION org_kinds_of(text[])")]
