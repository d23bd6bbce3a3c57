"""What was kept in a table beside each model moves into the one history; those tables go."""

from django.db import migrations

# Before this there were, for each of these tables, `<table>event` with the row as it stood after
# each change, a context with the actor, and row triggers. A room's page told its rows' changes too.
PARENTS = {
    "accounts_appointment": "user_id",
    "addresses_member": "address_id",
    "addresses_review": "address_id",
    "addresses_training": "address_id",
    "exemplars_publication": "exemplar_id",
    "figures_declaredvalue": "statement_id",
    "homes_contribution": "home_id",
    "org_unitversion": "unit_id",
    "reports_returnline": "filled_in_id",
}

OLD_TABLES = """
SELECT c.relname FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'pgh_obj_id'
 WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
   AND c.relname LIKE '%event'
 ORDER BY 1"""

EVENTS = """
SELECT pgh_created_at AS at, pgh_context_id AS context, pgh_obj_id::uuid AS object_id,
       {parent}::uuid AS parent_id, {parent_name}::text AS parent_name, {kind}::text AS kind,
       pgh_label AS what, pgh_id AS number,
       to_jsonb(e) - '{{id, version, pgh_id, pgh_created_at, pgh_label, pgh_obj_id,
                        pgh_context_id}}'::text[] AS said
  FROM {table} AS e"""

# In the order in which pages told them: by time, of one transaction the record before its rows.
COPY = """
INSERT INTO audit_change (at, actor_id, object_id, parent_id, kind, reason, before, after)
SELECT e.at, NULLIF(c.metadata->>'actor', '')::uuid, e.object_id, e.parent_id, e.kind,
       COALESCE(c.metadata->>'reason', ''),
       CASE e.what WHEN 'update' THEN changed.before WHEN 'delete' THEN filled.said END,
       CASE e.what WHEN 'update' THEN changed.after WHEN 'insert' THEN filled.said END
  FROM (SELECT *, lag(said) OVER (PARTITION BY kind, object_id ORDER BY at, number) AS earlier
          FROM ({events}) AS told) AS e
  LEFT JOIN pghistory_context AS c ON c.id = e.context
 CROSS JOIN LATERAL (
   SELECT COALESCE(jsonb_object_agg(key, value), '{{}}') AS said FROM jsonb_each(e.said)
    WHERE value NOT IN ('null', '""') AND key IS DISTINCT FROM e.parent_name) AS filled
 CROSS JOIN LATERAL (
   SELECT COALESCE(jsonb_object_agg(key, e.earlier->key), '{{}}') AS before,
          COALESCE(jsonb_object_agg(key, value), '{{}}') AS after
     FROM jsonb_each(e.said)
    WHERE value <> COALESCE(e.earlier->key, 'null')) AS changed
 ORDER BY e.at, e.parent_id IS NOT NULL, e.kind, e.number"""


def move(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(OLD_TABLES)
        events = [name for (name,) in cursor.fetchall()]
        if events:
            _copy(cursor, events)
        _drop(cursor, events)


def _copy(cursor, events):
    told = " UNION ALL ".join(_events_of(event.removesuffix("event"), event) for event in events)
    cursor.execute(COPY.format(events=told))


def _events_of(table, event):
    parent = PARENTS.get(table, "NULL")
    return EVENTS.format(
        parent=parent,
        parent_name=f"'{parent}'" if table in PARENTS else "NULL",
        kind=f"'{table.replace('_', '.', 1)}'",
        table=event,
    )


def _drop(cursor, events):
    """The triggers and functions that wrote the old tables, and the tables."""
    cursor.execute(
        """SELECT DISTINCT p.proname FROM pg_proc AS p
            WHERE p.pronamespace = current_schema()::regnamespace
              AND (starts_with(p.proname, 'pgtrigger_')
                   OR p.proname IN ('_pgtrigger_should_ignore', '_pgh_attach_context'))"""
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f'DROP FUNCTION "{function}" CASCADE')
    for event in events:
        cursor.execute(f'DROP TABLE "{event}"')
    cursor.execute("DROP TABLE IF EXISTS pghistory_context")
    cursor.execute("DELETE FROM django_migrations WHERE app IN ('pghistory', 'pgtrigger')")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_change_append_only")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
