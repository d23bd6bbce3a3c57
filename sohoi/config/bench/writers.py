"""Eight writers on one indicator with the engine on, beside the same writers with it off."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connection

from sohoi.config.bench.rows import Row, p95
from sohoi.config.bench.scratch import BEGUN_VISITS, lay_units, scratch
from sohoi.config.bench.writer import DAY, INSERT, write
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.triggers import install, switch
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period

WRITERS, SECONDS, ROUNDS = 8, 4.0, 3
HELD_SECONDS, WRITES = 10.0, 400
LEAST_RATE, MOST_TIMES = 0.75, 1.5

_PATIENCE = 60


def scale() -> str:
    return f"{WRITERS} writers, one record a transaction, {ROUNDS} × {SECONDS:g} s each way"


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """The writers take turns with and without the engine; then one transaction is held open."""
    with scratch(BEGUN_VISITS):
        units = lay_units(2, 20, 400)
        install()
        written: dict[bool, int] = {True: 0, False: 0}
        for turn in range(2 * ROUNDS):
            progress(turn, 2 * ROUNDS + 1)
            on = turn % 2 == 1
            switch("bench_visit", on=on)
            written[on] += _write(units["branch"], folding=on)
        switch("bench_visit", on=True)
        spent = ROUNDS * SECONDS
        yield Row(
            case=f"{WRITERS} writers on one indicator with the engine on",
            ours=written[True] / spent,
            unit="writes/s",
            against="the engine's triggers off",
            theirs=written[False] / spent,
            least=LEAST_RATE,
        )
        yield from _beside_a_held_transaction(units)


def _write(branches: list[UUID], *, folding: bool) -> int:
    """How many rows the writers committed together; with the fold at work, as in the product."""
    context = multiprocessing.get_context("spawn")
    go, counted = context.Event(), context.Queue()
    writers = [
        context.Process(target=write, args=(_address(), branches[n], SECONDS, go, counted))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for _writer_ready in writers:
        counted.get(timeout=_PATIENCE)
    go.set()
    end = time.monotonic() + SECONDS
    while folding and time.monotonic() < end:
        fold()
        time.sleep(1)
    return sum(counted.get(timeout=_PATIENCE) for _writer_done in writers)


def _address() -> str:
    info = connection.connection.info
    return f"{info.dsn} password={info.password}" if info.password else info.dsn


def _beside_a_held_transaction(units: dict[str, list]) -> Iterator[Row]:
    # Two units in which nothing was written while the engine was off.
    held, free = units["branch"][WRITERS : WRITERS + 2]
    alone = _latencies(free)
    with _held(held):
        start = time.monotonic()
        beside = _latencies(free)
        fold()
        (figure,) = figures(unit=free, period=parse_period("2025-M03"), keys=[BEGUN_VISITS.key])
        time.sleep(max(0.0, HELD_SECONDS - (time.monotonic() - start)))
    yield Row(
        case=f"a write in unit B while unit A holds a transaction for {HELD_SECONDS:g} s, p95",
        ours=p95(beside),
        unit="ms",
        against="nothing held",
        theirs=p95(alone),
        most=MOST_TIMES,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_visit WHERE unit_id = %s", [free])
        (expected,) = cursor.fetchone()
    yield Row(
        case="figure of unit B while unit A holds its transaction",
        ours=figure.value,
        unit="records",
        against="count(*) of the table",
        theirs=expected,
        least=1,
        most=1,
    )


@contextmanager
def _held(unit: UUID) -> Iterator[None]:
    with psycopg.connect(_address()) as database:
        database.execute(INSERT, [unit, UUID(int=0), DAY])
        yield


def _latencies(unit: UUID) -> list[float]:
    took = []
    with psycopg.connect(_address(), autocommit=True) as database:
        for n in range(WRITES):
            start = time.perf_counter()
            database.execute(INSERT, [unit, UUID(int=n), DAY])
            took.append(1000 * (time.perf_counter() - start))
    return took
