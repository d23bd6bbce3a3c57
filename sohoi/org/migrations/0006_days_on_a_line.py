"""The two rules of time on an index that stays fast for a hundred thousand units."""

from django.db import migrations

# Every unit (and every code) has its own stretch of 2^20 days on one line of numbers, placed by a
# hash of 63 bits; a version is a piece of its stretch, and pieces may not overlap. One range in one
# SP-GiST index loads in linear time; the pair of ranges in GiST took minutes for a country.
LINE = """numrange(
      ({hash} >> 1)::numeric * 1048576 + (valid_from - date '1900-01-01'),
      ({hash} >> 1)::numeric * 1048576 + COALESCE(valid_to - date '1900-01-01', 1048575))"""

FORWARDS = f"""
ALTER TABLE org_unitversion
  DROP CONSTRAINT org_version_no_overlap, DROP CONSTRAINT org_version_code_once;
DROP TYPE org_uuidrange;
DROP TYPE org_textrange;
ALTER TABLE org_unitversion
  ADD CONSTRAINT org_version_no_overlap EXCLUDE USING spgist (
    {LINE.format(hash="uuid_hash_extended(unit_id, 0)")} WITH &&),
  ADD CONSTRAINT org_version_code_once EXCLUDE USING spgist (
    {LINE.format(hash="hashtextextended(code, 0)")} WITH &&);
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0005_reorganisation")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
