"""A bulk load of a million records with the engine on, beside the same load with it off."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from sohoi.config.bench.rows import Row
from sohoi.config.bench.scratch import (
    AMOUNT,
    BEGUN_VISITS,
    OPEN_VISITS,
    Visit,
    lay_units,
    scratch,
)
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.triggers import install, switch
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period

RECORDS, BRANCHES, ROUNDS = 1_000_000, 5_000, 3
MOST_TIMES = 2.5


def scale() -> str:
    return f"{RECORDS} records of one kind, {BRANCHES} branches, 3 indicators, {ROUNDS} loads each"


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """COPY the same rows in turn with and without the engine; the fastest load of each counts."""
    with scratch(BEGUN_VISITS, AMOUNT, OPEN_VISITS):
        units = lay_units(34, 500, BRANCHES)
        install()
        rows = _rows(units["branch"])
        took: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * ROUNDS):
            progress(turn, 2 * ROUNDS + 1)
            took[turn % 2 == 1].append(_load(rows, on=turn % 2 == 1))
        yield Row(
            case=f"COPY of {RECORDS} records with the engine on",
            ours=min(took[True]),
            unit="s",
            against="the engine's triggers off",
            theirs=min(took[False]),
            most=MOST_TIMES,
        )
        yield from _after(units, min(took[False]))


def _after(units: dict[str, list], off: float) -> Iterator[Row]:
    year = parse_period("2025")
    (before,) = figures(unit=units["centre"][0], period=year, keys=[BEGUN_VISITS.key])
    expected = Visit.objects.filter(begun_on__year=2025).count()
    yield Row(
        case="figure of the centre right after the load, not yet folded",
        ours=before.value,
        unit="records",
        against="count(*) of the table",
        theirs=expected,
        least=1,
        most=1,
    )
    start = time.perf_counter()
    fold()
    yield Row(
        case="fold of the load into the sums, in the background",
        ours=time.perf_counter() - start,
        unit="s",
        against="the load with the engine's triggers off",
        theirs=off,
    )


def _rows(branches: list[UUID]) -> bytes:
    """The lines of the load, made once: what is measured is the database."""
    random = Random(1)  # noqa: S311 - the same rows in every run
    lines = []
    for n in range(RECORDS):
        begun = date(2023, 1, 1) + timedelta(days=random.randrange(1095))
        ended = begun + timedelta(days=random.randrange(1, 400)) if n % 3 else None
        unit, woman = branches[random.randrange(len(branches))], UUID(int=random.getrandbits(128))
        lines.append(
            f"{unit}\t{woman}\t{begun}\t{ended or chr(92) + 'N'}\t{random.randrange(10**7)}"
        )
    return "\n".join(lines).encode()


def _load(rows: bytes, *, on: bool) -> float:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_visit, figures_delta, figures_monthlysums")
        switch("bench_visit", on=on)
        cursor.execute("CHECKPOINT")
        start = time.perf_counter()
        columns = "unit_id, woman, begun_on, ended_on, amount_vnd"
        with cursor.copy(f"COPY bench_visit ({columns}) FROM STDIN") as copy:
            copy.write(rows)
        return time.perf_counter() - start
