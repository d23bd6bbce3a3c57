"""Writers, folds, plans and definitions at once, killed at random; after each round every figure is
counted again."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from django.db import connection, transaction

from sohoi.config.bench.racer import DONE, Gift, race, room_of_races
from sohoi.config.bench.rows import Row
from sohoi.config.bench.scratch import lay_tables, lay_units, scratch
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import Difference, recount, repair
from sohoi.figures.engine.triggers import install
from sohoi.org import lots

ROUNDS, SECONDS = 200, 0.8
RACERS = ("visits", "visits", "gifts", "gifts", "fold", "plan", "plan", "define")
LEAST_PLANS = 0.5
_PATIENCE = 60


@dataclass
class Score:
    """What came of the rounds; `done` are the acts committed, by part."""

    rounds: int = 0
    clean: int = 0
    kills: int = 0
    cells: int = 0
    stale: int = 0
    done: Counter = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def scale() -> str:
    return f"{ROUNDS} rounds of {SECONDS:g} s, {len(RACERS)} processes, some of them killed"


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """The rounds in an empty database, and what they came to."""
    with scratch():
        lay_field()
        score = Score()
        for done in range(ROUNDS):
            progress(done, ROUNDS)
            play(score, done, SECONDS)
    yield from _rows(score)


def lay_field() -> None:
    """The units, tables and triggers that the racers race on, in the database at hand."""
    lay_tables(Gift)
    lay_units(2, 6, 12)
    with room_of_races():
        install()


def play(score: Score, seed: int, seconds: float) -> None:
    """One round: all race, some are killed, and what the database holds then is judged."""
    draw = random.Random(seed)  # noqa: S311 - the same acts in every run, at other moments
    with room_of_races():
        told = _race(draw, seconds, score)
        for part, said in told:
            score.done[part] += said.count(DONE)
            score.faults += [f"{part}: {text.decode()}" for text in said if text != DONE]
        _judge(score, folded=draw.random() < 0.5)
    score.rounds += 1


def _race(draw: random.Random, seconds: float, score: Score) -> list[tuple[str, list[bytes]]]:
    """Each part with what it said. The connection is closed before: nobody inherits it."""
    context = multiprocessing.get_context("forkserver")
    # Loaded once and forked from then on: to start a racer takes no time.
    context.set_forkserver_preload(["sohoi.config.wsgi", "sohoi.config.bench.racer"])
    database = connection.settings_dict["NAME"]
    connection.close()
    racers: list[tuple[str, ForkServerProcess, Connection]] = []
    for part in RACERS:
        ours, theirs = context.Pipe(duplex=False)
        asked = (database, part, draw.getrandbits(32), seconds, theirs)
        racer = context.Process(target=race, args=asked, daemon=True)
        racer.start()
        theirs.close()
        racers.append((part, racer, ours))
    victims = draw.sample([racer for _part, racer, _ours in racers], draw.randrange(1, len(RACERS)))
    moments = sorted(draw.uniform(0.1, seconds) for _victim in victims)
    begun = time.monotonic()
    for moment, victim in zip(moments, victims, strict=True):
        time.sleep(max(0, begun + moment - time.monotonic()))
        victim.kill()
    for part, racer, _ours in racers:
        racer.join(_PATIENCE)
        if racer.exitcode not in (0, -signal.SIGKILL):
            score.faults.append(f"{part}: ended with {racer.exitcode}")
    score.kills += len(victims)
    return [(part, [*_heard(ours)]) for part, _racer, ours in racers]


def _heard(ours: Connection) -> Iterator[bytes]:
    try:
        while True:
            yield ours.recv_bytes()
    except EOFError:
        ours.close()


def _judge(score: Score, *, folded: bool) -> None:
    """Count again, and lay the lots again: neither may differ. What does is put right, so that
    each round is judged by itself."""
    _wait_for_the_killed()
    if folded:
        fold()
    cells, differences = recount()
    with transaction.atomic():
        lots.lock()
        stale = lots.refresh()
    score.cells += cells
    score.stale += stale
    score.differences += differences
    score.clean += not (differences or stale)
    if differences:
        repair(differences)


def _wait_for_the_killed() -> None:
    """What a killed process asked for goes on in the database until it is found out."""
    end = time.monotonic() + _PATIENCE
    others = """SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()
                   AND backend_type = 'client backend'"""
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise TimeoutError("a killed process still holds the database")


def _rows(score: Score) -> Iterator[Row]:
    told = f": {score.differences[0]}" if score.differences else ""
    told += f"; {score.faults[0]}" if score.faults else ""
    yield _row(
        f"rounds after which recount was clean and no lot was stale{told}",
        score.clean - len(score.faults),
        "rounds",
        score.rounds,
        least=1,
    )
    yield _row("processes killed", score.kills, "kills", score.rounds, least=1)
    yield _row("plans done", score.done["plan"], "plans", score.rounds, least=LEAST_PLANS)
    yield _row("indicators defined", score.done["define"], "acts", score.rounds, least=LEAST_PLANS)
    changes = score.done["visits"] + score.done["gifts"]
    yield _row("changes of records committed", changes, "changes", score.rounds, least=1)
    yield _row("folds", score.done["fold"], "folds", score.rounds, least=1)
    yield _row("cells counted again", score.cells, "cells", score.rounds, least=1)
    yield _row("differences", len(score.differences), "cells", score.rounds, most=0)
    yield _row("memberships of lots that were stale", score.stale, "rows", score.rounds, most=0)


def _row(case: str, ours: int, unit: str, rounds: int, **bar: float) -> Row:
    return Row(case=case, ours=ours, unit=unit, against="rounds", theirs=rounds, **bar)
