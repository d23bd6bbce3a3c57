"""Folding: changes that the triggers appended become part of the monthly sums of every lot.

No figure waits for it, since reads add what is not yet folded; it keeps reads short. One fold runs
at a time, and no writer ever waits for one.
"""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection, transaction
from django.db.utils import DatabaseError, DataError

MONTHS = tuple(f"m{month:02}" for month in range(1, 13))
# Held by whoever writes sums: a fold, or a unit that moves from one lot to another.
LOCK = "pg_advisory_xact_lock(hashtext('figures.fold'))"
BATCH = 50_000
_PAUSE_SECONDS = 1.0

_COLUMNS = ", ".join(MONTHS)
_FOLD = """
    WITH gone AS (
      DELETE FROM figures_delta WHERE id IN (
        SELECT id FROM figures_delta ORDER BY id LIMIT %s)
      RETURNING unit_id, indicator, breakdown, month, net),
    changes AS (
      SELECT unit_id, indicator, breakdown, extract(year FROM month)::smallint AS year, {nets}
        FROM gone GROUP BY 1, 2, 3, 4),
    folded AS (
      INSERT INTO figures_monthlysums AS t (lot_id, year, indicator, breakdown, {columns})
      SELECT m.lot_id, c.year, c.indicator, c.breakdown, {sums}
        FROM changes AS c JOIN org_lotmember AS m USING (unit_id)
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (lot_id, year, indicator, breakdown) DO UPDATE SET {added})
    SELECT count(*) FROM gone""".format(  # noqa: S608 - the names of twelve columns
    columns=_COLUMNS,
    nets=", ".join(
        f"COALESCE(sum(net) FILTER (WHERE extract(month FROM month) = {number}), 0) AS {name}"
        for number, name in enumerate(MONTHS, start=1)
    ),
    sums=", ".join(f"sum(c.{name})" for name in MONTHS),
    added=", ".join(f"{name} = t.{name} + excluded.{name}" for name in MONTHS),
)


_SET_ASIDE = """
    WITH gone AS (
      DELETE FROM figures_delta WHERE id = (SELECT min(id) FROM figures_delta) RETURNING *)
    INSERT INTO figures_setaside (id, indicator, unit_id, month, breakdown, net, reason)
    SELECT id, indicator, unit_id, month, breakdown, net, %s FROM gone"""


def fold(progress: Callable[[int], None] = lambda folded: None) -> int:
    """Fold every committed change, in batches. Returns how many; 0 when another fold is at work.

    A change that no sum can take is set aside, so that it does not stop the others.
    """
    folded, size = 0, BATCH
    while True:
        try:
            done = _fold_batch(size)
        except DataError as error:
            if size == 1:
                _set_aside(str(error).partition("\n")[0])
            size = max(1, size // 2)
            continue
        if done is None:
            return folded
        folded += done
        progress(folded)
        if done < size:
            return folded
        size = min(BATCH, 2 * size)


def _fold_batch(size: int) -> int | None:
    """How many were folded; None when another fold is at work. Raises DataError."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOCK.replace('pg_', 'pg_try_', 1)}")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_FOLD, [size])
        return cursor.fetchone()[0]


def _set_aside(reason: str) -> None:
    """The oldest change, which was refused by itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOCK}")
        cursor.execute(_SET_ASIDE, [reason])


def fold_for_ever(stop: threading.Event) -> None:
    """The background worker of `sohoi serve`: fold every second until told to stop."""
    while not stop.wait(_PAUSE_SECONDS):
        try:
            fold()
        except DatabaseError:
            # The database restarts or is down: figures stay right, the fold comes later.
            logging.getLogger(__name__).warning("fold postponed", exc_info=True)
        close_old_connections()
