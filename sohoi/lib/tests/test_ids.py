"""Ids are valid UUIDv7, unique and increasing, in threads and across forks."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from sohoi.lib import ids
from sohoi.lib.ids import uuid7


def test_carries_version_variant_and_the_time():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_each_id_is_greater_than_the_one_before():
    made = [uuid7() for _ in range(20_000)]
    assert all(earlier < later for earlier, later in zip(made, made[1:], strict=False))


def test_stays_increasing_when_the_clock_is_set_back(monkeypatch):
    first = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert uuid7() > first


def test_moves_to_the_next_millisecond_when_one_is_full(monkeypatch):
    monkeypatch.setattr(ids, "_last_ms", 1 << 47)
    monkeypatch.setattr(ids, "_last_random", (1 << 74) - 1)
    made = uuid7()
    assert (made.int >> 80, made.version, made.variant) == ((1 << 47) + 1, 7, RFC_4122)


def test_threads_never_share_an_id():
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [uuid7() for _ in range(2_000)], range(8)))
    assert len({made for batch in batches for made in batch}) == 16_000
    assert all(batch == sorted(batch) for batch in batches)


def test_a_forked_process_does_not_count_on_from_its_parent(monkeypatch):
    monkeypatch.setattr(ids, "_last_ms", 1 << 47)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(write, uuid7().bytes)
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    made = os.read(read, 16)
    os.close(read)
    assert len(made) == 16
    assert int.from_bytes(made, "big") >> 80 < 1 << 47
