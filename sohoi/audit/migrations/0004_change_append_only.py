"""The history can only be added to; only a value may be blanked, when the law asks."""

from django.db import migrations

ADD = """
-- What was said, with those of its columns blanked that are blank in `told`.
CREATE FUNCTION audit_blanked(said jsonb, told jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT said || COALESCE((SELECT jsonb_object_agg(key, NULL) FROM jsonb_each(told)
                            WHERE value = 'null' AND said ? key), '{}')
$$;

CREATE FUNCTION audit_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.at, NEW.actor_id, NEW.object_id, NEW.parent_id, NEW.kind)
         IS NOT DISTINCT FROM
       (OLD.id, OLD.at, OLD.actor_id, OLD.object_id, OLD.parent_id, OLD.kind)
       AND NEW.reason IN (OLD.reason, '')
       AND NEW.before IS NOT DISTINCT FROM audit_blanked(OLD.before, NEW.before)
       AND NEW.after IS NOT DISTINCT FROM audit_blanked(OLD.after, NEW.after) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_change is append-only: % refused', TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_change
  FOR EACH ROW EXECUTE FUNCTION audit_change_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_change
  FOR EACH STATEMENT EXECUTE FUNCTION audit_change_refuse();

-- With the owner's rights: whoever is granted it can blank, and change nothing else.
CREATE FUNCTION audit_erase(of_kind text, of_object uuid, columns text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  blank jsonb := COALESCE((SELECT jsonb_object_agg(name, NULL) FROM unnest(columns) AS name), '{}');
  number bigint;
BEGIN
  UPDATE audit_change
     SET reason = '', before = audit_blanked(before, blank), after = audit_blanked(after, blank)
   WHERE object_id = of_object AND kind = of_kind
     AND (reason <> '' OR before ?| columns OR after ?| columns);
  GET DIAGNOSTICS number = ROW_COUNT;
  RETURN number;
END
$$;
DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION audit_erase(text, uuid, text[]) SET search_path = %I, pg_temp',
                 current_schema());
END $$;
REVOKE EXECUTE ON FUNCTION audit_erase(text, uuid, text[]) FROM PUBLIC;
"""

DROP = """
DROP FUNCTION audit_erase(text, uuid, text[]);
DROP TRIGGER audit_append_only ON audit_change;
DROP TRIGGER audit_no_truncate ON audit_change;
DROP FUNCTION audit_change_refuse();
DROP FUNCTION audit_blanked(jsonb, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_change")]

    operations = [migrations.RunSQL(ADD, DROP)]
