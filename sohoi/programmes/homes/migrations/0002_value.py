"""The value of a house is the sum of its contributions, whoever writes them."""

from django.db import migrations

ADD = """
CREATE FUNCTION homes_sum_contributions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid[] := ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.home_id END,
                          CASE WHEN TG_OP <> 'DELETE' THEN NEW.home_id END];
BEGIN
  -- Locked first, in a statement of its own: the sum below then sees what a rival has committed.
  PERFORM 1 FROM homes_home WHERE id = ANY(touched) ORDER BY id FOR UPDATE;
  UPDATE homes_home AS h
     SET value_vnd = COALESCE(
       (SELECT sum(c.amount_vnd) FROM homes_contribution AS c WHERE c.home_id = h.id), 0)
   WHERE h.id = ANY(touched);
  RETURN NULL;
END
$$;
CREATE TRIGGER homes_sum_contributions AFTER INSERT OR UPDATE OR DELETE ON homes_contribution
  FOR EACH ROW EXECUTE FUNCTION homes_sum_contributions();
"""

DROP = """
DROP TRIGGER homes_sum_contributions ON homes_contribution;
DROP FUNCTION homes_sum_contributions();
"""


class Migration(migrations.Migration):
    dependencies = [("homes", "0001_initial")]

    operations = [migrations.RunSQL(ADD, DROP)]
