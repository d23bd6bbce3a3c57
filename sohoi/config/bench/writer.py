"""One of the writers: a process of its own that knows the database and nothing else."""

import multiprocessing
import time
from datetime import date
from multiprocessing.synchronize import Event
from uuid import UUID

import psycopg

INSERT = """INSERT INTO bench_visit (unit_id, woman, begun_on, amount_vnd)
            VALUES (%s, %s, %s, 100000)"""
DAY = date(2025, 3, 8)


def write(
    address: str, unit: UUID, seconds: float, go: Event, counted: multiprocessing.Queue
) -> None:
    """Say that it is ready (0), wait for the start, then how many rows it committed one by one."""
    with psycopg.connect(address, autocommit=True) as database:
        counted.put(0)
        go.wait()
        done, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            database.execute(INSERT, [unit, UUID(int=done), DAY])
            done += 1
    counted.put(done)
