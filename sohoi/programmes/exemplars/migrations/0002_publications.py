"""First publication and unit of publications are kept right by the database."""

from django.db import migrations

ADD = """
ALTER TABLE exemplars_exemplar ADD CONSTRAINT exemplars_id_unit UNIQUE (id, unit_id);
ALTER TABLE exemplars_publication ADD CONSTRAINT exemplars_publication_unit
  FOREIGN KEY (exemplar_id, unit_id) REFERENCES exemplars_exemplar (id, unit_id)
  ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION exemplars_first_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid[] := ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.exemplar_id END,
                          CASE WHEN TG_OP <> 'DELETE' THEN NEW.exemplar_id END];
BEGIN
  -- Locked first, in a statement of its own: two publications at once see each other.
  PERFORM 1 FROM exemplars_exemplar WHERE id = ANY(touched) ORDER BY id FOR UPDATE;
  UPDATE exemplars_exemplar AS e
     SET publicised_on =
       (SELECT min(p.published_on) FROM exemplars_publication AS p WHERE p.exemplar_id = e.id)
   WHERE e.id = ANY(touched);
  RETURN NULL;
END
$$;
CREATE TRIGGER exemplars_first_publication AFTER INSERT OR UPDATE OR DELETE
  ON exemplars_publication FOR EACH ROW EXECUTE FUNCTION exemplars_first_publication();
"""

DROP = """
DROP TRIGGER exemplars_first_publication ON exemplars_publication;
DROP FUNCTION exemplars_first_publication();
ALTER TABLE exemplars_publication DROP CONSTRAINT exemplars_publication_unit;
ALTER TABLE exemplars_exemplar DROP CONSTRAINT exemplars_id_unit;
"""


class Migration(migrations.Migration):
    dependencies = [("exemplars", "0001_initial")]

    operations = [migrations.RunSQL(ADD, DROP)]
