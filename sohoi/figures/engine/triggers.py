"""The triggers that keep counted figures current in the writer's own transaction.

They are derived from the declarations of the catalogue and laid anew, after every migration and
whenever the province changes an indicator, where a declaration has changed; only that indicator's
sums are built again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.engine.entries import DECLARED, is_additive, monthlies
from sohoi.figures.engine.fold import LOCK, fold
from sohoi.figures.models import Delta, Derivation, MonthlySums
from sohoi.kit.indicators import Indicator

_APPEND = """
    INSERT INTO figures_delta (indicator, unit_id, month, breakdown, net)
    SELECT e.indicator, e.unit_id, e.month, e.breakdown, e.net FROM ({changes}) AS e
     WHERE e.net <> 0"""
# Most writes are of one record, and to set up a grouping costs more than such a write's own change.
_ONE_OR_MANY = """
    IF EXISTS (SELECT FROM {rows} OFFSET 1) THEN {many};
    ELSE {one};
    END IF"""
# What an update leaves as it was cancels out.
_NET = """
    SELECT indicator, unit_id, month, breakdown, sum(net) AS net
      FROM ({removed}
 UNION ALL {added}) AS b GROUP BY 1, 2, 3, 4"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $figures$
BEGIN
  IF TG_OP = 'INSERT' THEN {inserted};
  ELSIF TG_OP = 'DELETE' THEN {deleted};
  ELSIF TG_OP = 'UPDATE' THEN {updated};
  ELSE
    PERFORM figures_sees_what_is_committed();
    PERFORM {lock};
    DELETE FROM figures_delta WHERE indicator = ANY({keys});
    DELETE FROM figures_monthlysums WHERE indicator = ANY({keys});
  END IF;
  RETURN NULL;
END $figures$"""

_TRIGGERS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows",
    "update": "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows",
    "truncate": "AFTER TRUNCATE ON {table}",
}


def install() -> list[str]:
    """Lay the triggers of every table of which a counted indicator has changed, begun or ended.

    Returns the keys of those indicators, whose sums have been built anew from the records. Writers
    of these tables wait until it is done. Idempotent.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # First: a plan that moves units holds it, and comes to the tables after.
        cursor.execute(f"SELECT {LOCK}")
        wanted = {i.key: i for i in _kept()}
        tables = {key: _table(i) for key, i in wanted.items()}
        marks = {key: fingerprint(i) for key, i in wanted.items()}
        known = {row.indicator: row for row in Derivation.objects.all()}
        stale = {key for key, mark in marks.items() if _differs(known.get(key), mark)}
        stale |= known.keys() - wanted.keys()
        if not stale:
            return []
        touched = {tables[key] for key in stale & tables.keys()}
        touched |= {known[key].table for key in stale & known.keys()}
        by_table = defaultdict(list)
        for key, table in tables.items():
            by_table[table].append(wanted[key])
        for table in sorted(touched & set(connection.introspection.table_names())):
            _lay(table, by_table[table])
        _build([wanted[key] for key in sorted(stale & wanted.keys())], stale)
        Derivation.objects.filter(indicator__in=stale).delete()
        Derivation.objects.bulk_create(
            Derivation(indicator=key, table=tables[key], fingerprint=marks[key])
            for key in sorted(stale & wanted.keys())
        )
    fold()
    return sorted(stale)


def fingerprint(indicator: Indicator) -> str:
    """Changes when the entries of the indicator do, or the triggers around them."""
    templates = (_APPEND, _ONE_OR_MANY, _NET, _FUNCTION, *_TRIGGERS.values())
    text = "".join([monthlies([indicator]), *templates])
    return hashlib.sha256(text.encode()).hexdigest()


def switch(table: str, *, on: bool) -> None:
    """Switch the engine's triggers of one table on or off, to measure what they cost.

    What is written while they are off is not counted: only benchmarks may do that.
    """
    verb = "ENABLE" if on else "DISABLE"
    with connection.cursor() as cursor:
        for event in _TRIGGERS:
            cursor.execute(f"ALTER TABLE {_quoted(table)} {verb} TRIGGER {_name(table, event)}")


def _kept() -> list[Indicator]:
    """What the engine keeps sums of."""
    return [*(i for i in catalogue().values() if is_additive(i)), DECLARED]


def _table(indicator: Indicator) -> str:
    return indicator.source.model._meta.db_table


def _differs(row: Derivation | None, mark: str) -> bool:
    return row is None or row.fingerprint != mark


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)


def _name(table: str, event: str) -> str:
    return connection.ops.quote_name(f"figures_{table[:40]}_{event}")


def _lay(table: str, indicators: list[Indicator]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {_quoted(table)} IN SHARE ROW EXCLUSIVE MODE")
        for event in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)} ON {_quoted(table)}")
        if not indicators:
            cursor.execute(f"DROP FUNCTION IF EXISTS {_name(table, 'follow')}()")
            return
        cursor.execute(_function(table, indicators))
        for event, clause in _TRIGGERS.items():
            cursor.execute(
                f"CREATE TRIGGER {_name(table, event)} {clause.format(table=_quoted(table))} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {_name(table, 'follow')}()"
            )


def _function(table: str, indicators: list[Indicator]) -> str:
    added = monthlies(indicators, rows="new_rows")
    removed = monthlies(indicators, rows="old_rows", sign=-1)
    net = _NET.format(added=added, removed=removed)
    keys = connection.ops.compose_sql("%s::text[]", [[i.key for i in indicators]])
    return _FUNCTION.format(
        name=_name(table, "follow"),
        inserted=_one_or_many(indicators, rows="new_rows"),
        deleted=_one_or_many(indicators, rows="old_rows", sign=-1),
        updated=_APPEND.format(changes=net),
        keys=keys,
        lock=LOCK,
    )


def _one_or_many(indicators: list[Indicator], **asked) -> str:
    many, one = (
        _APPEND.format(changes=monthlies(indicators, grouped=grouped, **asked))
        for grouped in (True, False)
    )
    return _ONE_OR_MANY.format(rows=asked["rows"], many=many, one=one)


def rebuild(keys: Iterable[str]) -> list[str]:
    """Count the records of these indicators again, all at once, while writers of them wait.

    Returns the keys of those that have sums at all.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOCK}")
        asked = {*keys}
        kept = [i for i in _kept() if i.key in asked]
        for table in sorted({_table(indicator) for indicator in kept}):
            cursor.execute(f"LOCK TABLE {_quoted(table)} IN SHARE ROW EXCLUSIVE MODE")
        _build(kept, {indicator.key for indicator in kept})
    fold()
    return sorted(indicator.key for indicator in kept)


def _build(indicators: Iterable[Indicator], stale: set[str]) -> None:
    """Forget the sums of the stale indicators and count their records again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOCK}")
        Delta.objects.filter(indicator__in=stale).delete()
        MonthlySums.objects.filter(indicator__in=stale).delete()
        for indicator in indicators:
            cursor.execute(_APPEND.format(changes=monthlies([indicator])))
