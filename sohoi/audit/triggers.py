"""The triggers that write the history, derived from what models declare.

Inserts and deletes are written once a statement, so a bulk load stays one. Updates are written row
by row: there old and new stand side by side, while a statement would have to join them, and a plan
kept from one row joins ten thousand badly (docs/decisions/0019-one-history.md has the figures).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations import operations

from sohoi.audit.history import Kept, kept_models

_PREFIX = "audit_keep_"
_TRIGGERS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
    "update": "AFTER UPDATE ON {table} FOR EACH ROW",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT",
}

# A row that is written for the first time, or goes, leaves all it says; what is empty says nothing.
_ROWS = """
    INSERT INTO audit_change (at, actor_id, reason, kind, object_id, parent_id, {side})
    SELECT now(), acting, why, {kind}, r.{key}, {parent}, jsonb_strip_nulls(to_jsonb(v))
      FROM {rows} AS r CROSS JOIN LATERAL (SELECT {values}) AS v"""
_COMPARED = """
    IF OLD.{column} IS DISTINCT FROM NEW.{column} THEN
      old_values := old_values || jsonb_build_object({name}, OLD.{column});
      new_values := new_values || jsonb_build_object({name}, NEW.{column});
    END IF;"""
_BODY = """
DECLARE
  acting uuid := NULLIF(current_setting('sohoi.actor', true), '')::uuid;
  why text := COALESCE(current_setting('sohoi.reason', true), '');
  old_values jsonb := '{{}}';
  new_values jsonb := '{{}}';
BEGIN
  IF TG_OP = 'INSERT' THEN{inserted};
  ELSIF TG_OP = 'DELETE' THEN{deleted};
  ELSE{compared}
    IF new_values <> '{{}}' THEN
      INSERT INTO audit_change
        (at, actor_id, reason, kind, object_id, parent_id, before, after)
      VALUES (now(), acting, why, {kind}, NEW.{key}, {parent}, old_values, new_values);
    END IF;
  END IF;
  RETURN NULL;
END"""
# With the owner's rights, so that whoever runs the product need not be able to write the history.
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp AS {body}"""

_FOUND = """
SELECT c.relname, p.proname, p.prosrc, p.prosecdef,
       count(t.oid) FILTER (WHERE t.tgenabled IN ('O', 'A'))
  FROM pg_proc AS p
  LEFT JOIN pg_trigger AS t ON t.tgfoid = p.oid
  LEFT JOIN pg_class AS c ON c.oid = t.tgrelid
 WHERE p.pronamespace = current_schema()::regnamespace AND starts_with(p.proname, %s)
 GROUP BY 1, 2, 3, 4"""


def install() -> list[str]:
    """Lay the triggers of every model whose history is not, or no longer rightly, kept; take away
    those of tables that declare none any more. Returns the kinds laid anew. Idempotent."""
    with transaction.atomic(), connection.cursor() as cursor:
        lost = _not_kept()
        for kept in lost:
            _lay(cursor, kept)
        names = {_name(kept) for kept in kept_models()}
        for _table, name, *_rest in _found(cursor):
            if name not in names:
                cursor.execute(f"DROP FUNCTION {_quoted(name)}() CASCADE")
    return [kept.kind for kept in lost]


def missing() -> list[str]:
    """The kinds whose rows can be written at this moment without a line in the history."""
    return [kept.kind for kept in _not_kept()]


def set_aside(migrations: Iterable[Any]) -> None:
    """Take away the triggers of tables that lose or change a column in these migrations.

    They name their columns, so a data step behind such a change would fail in them.
    """
    changing = {
        (migration.app_label, getattr(operation, "model_name", "").lower())
        for migration in migrations
        for operation in migration.operations
        if isinstance(
            operation, operations.RemoveField | operations.RenameField | operations.AlterField
        )
    }
    with connection.cursor() as cursor:
        for kept in kept_models():
            if tuple(kept.kind.split(".")) in changing:
                cursor.execute(f"DROP FUNCTION IF EXISTS {_quoted(_name(kept))}() CASCADE")


def _not_kept() -> list[Kept]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        laid = {
            (table, body)
            for table, _name, body, definer, number in _found(cursor)
            if definer and number == len(_TRIGGERS)
        }
    return [k for k in kept_models() if k.table in tables and (k.table, _body(k)) not in laid]


def _found(cursor: Any) -> list[tuple]:
    cursor.execute(_FOUND, [_PREFIX])
    return cursor.fetchall()


def _lay(cursor: Any, kept: Kept) -> None:
    name, table = _quoted(_name(kept)), _quoted(kept.table)
    cursor.execute("SELECT current_schema()")
    (schema,) = cursor.fetchone()
    body = _literal(_body(kept))
    cursor.execute(_FUNCTION.format(name=name, schema=_quoted(schema), body=body))
    cursor.execute(f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC")
    for event, clause in _TRIGGERS.items():
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {_quoted(_PREFIX + event)} "
            f"{clause.format(table=table)} EXECUTE FUNCTION {name}()"
        )


def _body(kept: Kept) -> str:
    kind, key = _literal(kept.kind), _quoted(kept.model._meta.pk.column)
    told = [f for f in kept.fields if f.column != kept.parent_column]
    said = {"kind": kind, "key": key, "parent": _parent(kept, "r"), "values": _values(told)}
    return _BODY.format(
        inserted=_ROWS.format(rows="new_rows", side="after", **said),
        deleted=_ROWS.format(rows="old_rows", side="before", **said),
        compared="".join(
            _COMPARED.format(column=_quoted(f.column), name=_literal(f.column)) for f in kept.fields
        ),
        kind=kind,
        key=key,
        parent=_parent(kept, "NEW"),
    )


def _values(fields: list[models.Field]) -> str:
    return ", ".join(
        f"NULLIF(r.{_quoted(f.column)}, '') AS {_quoted(f.column)}"
        if isinstance(f, models.CharField | models.TextField)
        else f"r.{_quoted(f.column)}"
        for f in fields
    )


def _parent(kept: Kept, row: str) -> str:
    return f"{row}.{_quoted(kept.parent_column)}" if kept.parent else "NULL::uuid"


def _name(kept: Kept) -> str:
    return _PREFIX + kept.table[:40]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _literal(text: str) -> str:
    return connection.ops.compose_sql("%s", [text])
