"""The engines a user would pick instead, in an environment of the benchmark's own, never ours."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from sohoi.config.bench import columns, national
from sohoi.figures.engine.fold import MONTHS

NAMES = {"duckdb": "DuckDB", "chdb": "chDB"}
INSTALL_SECONDS, RUN_SECONDS = 900, 1800

_BRANCHES = """
    CREATE TEMPORARY TABLE bench_branch AS
    SELECT o.id AS lot_id, p.n AS province, c.n AS commune
      FROM org_unitversion AS b
      JOIN org_lot AS o ON o.unit_id = b.unit_id AND o.own
      JOIN (SELECT unit_id, parent_id, row_number() OVER (ORDER BY code) AS n
              FROM org_unitversion WHERE kind_id = 'commune') AS c ON c.unit_id = b.parent_id
      JOIN (SELECT unit_id, row_number() OVER (ORDER BY code) AS n
              FROM org_unitversion WHERE kind_id = 'province') AS p ON p.unit_id = c.parent_id
     WHERE b.kind_id = 'branch'"""
_MONTHS = ", ".join(f"({number}, s.{name})" for number, name in enumerate(MONTHS, start=1))
_FACTS = f"""
    COPY (SELECT b.province, b.commune, array_position(%s::text[], s.indicator::text),
                 12 * (s.year - %s) + m.month, m.value
            FROM bench_branch AS b JOIN figures_monthlysums AS s ON s.lot_id = b.lot_id
           CROSS JOIN LATERAL (VALUES {_MONTHS}) AS m(month, value)
           WHERE b.province = %s AND m.value <> 0 AND s.indicator = ANY(%s)) TO STDOUT"""  # noqa: S608


@dataclass(frozen=True)
class Peer:
    """Milliseconds that an engine took over each question; `missing` says why it took none."""

    name: str
    province: tuple[float, ...] = ()
    country: tuple[float, ...] = ()
    total: int = 0
    missing: str = ""


def peers(first: int, last: int, rounds: int) -> Iterator[Peer]:
    """Each engine over the facts of the bench country; months count from the first year's first."""
    why = _missing()
    if why:
        yield from (Peer(name, missing=why) for name in NAMES.values())
        return
    with _facts() as facts:
        for engine, name in NAMES.items():
            with TemporaryDirectory(dir=_folder()) as folder:
                asked = [national.PROVINCES, first, last, national.FLOWS + 1, rounds]
                yield _measured(engine, name, [facts, folder, *asked])


def _measured(engine: str, name: str, asked: list) -> Peer:
    done = subprocess.run(
        [_python(), columns.__file__, engine, *map(str, asked)],
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
    )
    if done.returncode:
        raise CommandError(f"{name}: {done.stderr.strip()[-300:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Peer(name, tuple(found["province"]), tuple(found["country"]), found["sum"])


@contextmanager
def _facts() -> Iterator[Path]:
    """Every month of a branch and indicator that holds something, province after province."""
    keys = [i.key for i in national.INDICATORS]
    with TemporaryDirectory(dir=_folder()) as folder, connection.cursor() as cursor:
        file = Path(folder) / "facts.tsv"
        cursor.execute(_BRANCHES)
        cursor.execute("CREATE INDEX ON bench_branch (province)")
        with file.open("wb") as written:
            for province in range(1, national.PROVINCES + 1):
                values = [keys, national.YEARS[0], province, keys]
                with cursor.copy(connection.ops.compose_sql(_FACTS, values)) as rows:
                    written.writelines(rows)
        cursor.execute("DROP TABLE bench_branch")
        yield file


def _folder() -> Path:
    folder = settings.VAR_DIR / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _python() -> str:
    return str(_folder() / "engines" / "bin" / "python")


def _missing() -> str:
    """Make the environment where it is not there yet; why it cannot be, or nothing."""
    steps = [
        [_python(), "-c", f"import {', '.join(NAMES)}"],
        [sys.executable, "-m", "venv", "--clear", str(_folder() / "engines")],
        [_python(), "-m", "pip", "install", "--quiet", *NAMES],
    ]
    if Path(_python()).exists() and not subprocess.run(steps[0], capture_output=True).returncode:
        return ""
    for step in (*steps[1:], steps[0]):
        try:
            done = subprocess.run(step, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode:
            return done.stderr.strip()[-200:]
    return ""
