"""Folding: changes that the triggers appended become part of the monthly sums of every lot.

No figure waits for it, since reads add what is not yet folded; it keeps reads short. One fold runs
at a time, and no writer ever waits for one.
"""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection, transaction
from django.db.utils import DatabaseError

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


def fold(progress: Callable[[int], None] = lambda folded: None) -> int:
    """Fold every committed change, in batches. Returns how many; 0 when another fold is at work."""
    folded = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {LOCK.replace('pg_', 'pg_try_', 1)}")
            if not cursor.fetchone()[0]:
                return folded
            cursor.execute(_FOLD, [BATCH])
            (done,) = cursor.fetchone()
        folded += done
        progress(folded)
        if done < BATCH:
            return folded


def fold_for_ever(stop: threading.Event) -> None:
    """The background worker of `sohoi serve`: fold every second until told to stop."""
    while not stop.wait(_PAUSE_SECONDS):
        try:
            fold()
        except DatabaseError:
            # The database restarts or is down: figures stay right, the fold comes later.
            logging.getLogger(__name__).warning("fold postponed", exc_info=True)
        close_old_connections()
