"""What holds a unit together through time: no overlaps, one code on a date, and the tree functions."""

from django.db import migrations

# A range over a single value lets GiST compare it for equality without the btree_gist extension,
# which the embedded server does not have.
CONSTRAINTS = """
CREATE TYPE org_uuidrange AS RANGE (subtype = uuid);
CREATE TYPE org_textrange AS RANGE (subtype = text, collation = "C");

ALTER TABLE org_unitversion
  ADD CONSTRAINT org_version_no_overlap EXCLUDE USING gist (
    org_uuidrange(unit_id, unit_id, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&),
  ADD CONSTRAINT org_version_code_once EXCLUDE USING gist (
    org_textrange(code, code, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&);
"""

DROP_CONSTRAINTS = """
ALTER TABLE org_unitversion
  DROP CONSTRAINT org_version_no_overlap, DROP CONSTRAINT org_version_code_once;
DROP TYPE org_uuidrange;
DROP TYPE org_textrange;
"""

FUNCTIONS = """
-- The roots and every unit below them on a date; top_id is the root it was reached from.
CREATE FUNCTION org_subtree(roots uuid[], on_date date)
RETURNS TABLE (unit_id uuid, top_id uuid) LANGUAGE sql STABLE ROWS 1000 AS $$
  WITH RECURSIVE tree(unit_id, top_id) AS (
    SELECT DISTINCT root, root FROM unnest(roots) AS root
    UNION
    SELECT v.unit_id, t.top_id
      FROM tree t
      JOIN org_unitversion v ON v.parent_id = t.unit_id
       AND v.valid_from <= on_date AND (v.valid_to IS NULL OR v.valid_to > on_date)
  )
  SELECT tree.unit_id, tree.top_id FROM tree
$$;

-- The unit and the units above it on a date, height 0 for the unit itself.
CREATE FUNCTION org_line(leaf uuid, on_date date)
RETURNS TABLE (unit_id uuid, height int) LANGUAGE sql STABLE ROWS 6 AS $$
  WITH RECURSIVE line(unit_id, height) AS (
    SELECT leaf, 0
    UNION
    SELECT v.parent_id, l.height + 1
      FROM line l
      JOIN org_unitversion v ON v.unit_id = l.unit_id AND v.parent_id IS NOT NULL
       AND v.valid_from <= on_date AND (v.valid_to IS NULL OR v.valid_to > on_date)
     WHERE l.height < 20
  )
  SELECT line.unit_id, line.height FROM line
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION org_subtree(uuid[], date);
DROP FUNCTION org_line(uuid, date);
"""

KINDS = [
    ("centre", "Trung ương", "National centre", "centre"),
    ("province", "Tỉnh", "Province", "province"),
    ("city", "Thành phố thuộc tỉnh", "Provincial city", "district"),
    ("town", "Thị xã", "Town", "district"),
    ("district", "Huyện", "District", "district"),
    ("ward", "Phường", "Ward", "commune"),
    ("township", "Thị trấn", "Township", "commune"),
    ("commune", "Xã", "Commune", "commune"),
    ("attached", "Đơn vị trực thuộc", "Attached unit", "attached"),
    ("branch", "Chi hội", "Branch", "branch"),
    ("group", "Tổ phụ nữ", "Women's group", "group"),
]


def add_kinds(apps, schema_editor):
    kind = apps.get_model("org", "UnitKind")
    kind.objects.bulk_create(
        kind(key=key, title=title, title_en=title_en, tier=tier, order=order)
        for order, (key, title, title_en, tier) in enumerate(KINDS)
    )


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.RunSQL(CONSTRAINTS, DROP_CONSTRAINTS),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
    ]
