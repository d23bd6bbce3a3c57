"""The same facts in another engine, DuckDB or chDB, and how long it takes over the same questions.

Run as a program of its own, by an interpreter that has the engine and knows nothing of the product:
`columns.py ENGINE FACTS FOLDER PROVINCES FIRST LAST STOCKS ROUNDS`, where FACTS is a file of
tab-separated province, commune, indicator, month and value, sorted by province. Writes one JSON
object.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module

Ask = Callable[[str], list[tuple[int, ...]]]

# A page of a province, its communes side by side, and one of the country, its provinces. Flows are
# those of the half-year; a stock, which begins with indicator {stocks}, is all there ever was.
PROVINCE = """SELECT commune, indicator, sum(value) FROM facts
               WHERE province = {province} AND month <= {last}
                 AND (month >= {first} OR indicator >= {stocks}) GROUP BY commune, indicator"""
COUNTRY = """SELECT province, indicator, sum(value) FROM facts
              WHERE month <= {last} AND (month >= {first} OR indicator >= {stocks})
              GROUP BY province, indicator"""


def in_duckdb(facts: str, folder: str) -> Ask:
    database = import_module("duckdb").connect(f"{folder}/facts.duckdb")
    database.execute("SET preserve_insertion_order = true")
    columns = (
        "{'province': 'SMALLINT', 'commune': 'INTEGER', 'indicator': 'SMALLINT', "
        "'month': 'SMALLINT', 'value': 'BIGINT'}"
    )
    database.execute(
        f"CREATE TABLE facts AS SELECT * FROM "  # noqa: S608 - our own file
        f"read_csv('{facts}', delim='\t', header=false, columns={columns})"
    )
    return lambda sql: database.execute(sql).fetchall()


def in_chdb(facts: str, folder: str) -> Ask:
    session = import_module("chdb.session").Session(folder)
    columns = "province Int16, commune Int32, indicator Int16, month Int16, value Int64"
    session.query("CREATE DATABASE bench ENGINE = Atomic")
    session.query("USE bench")
    session.query(f"CREATE TABLE facts ({columns}) ENGINE = MergeTree ORDER BY province")
    session.query(
        f"INSERT INTO facts SELECT * FROM file('{facts}', 'TSV', '{columns}')"  # noqa: S608
    )
    session.query("OPTIMIZE TABLE facts FINAL")

    def ask(sql: str) -> list[tuple[int, ...]]:
        lines = str(session.query(sql, "TSV")).splitlines()
        return [tuple(map(int, line.split("\t"))) for line in lines]

    return ask


def took(ask: Ask, questions: list[str], rounds: int) -> list[float]:
    """Milliseconds of each question, after one round that warms up."""
    for sql in questions:
        ask(sql)
    gc.collect()
    gc.freeze()
    found = []
    for n in range(rounds):
        start = time.perf_counter()
        ask(questions[n % len(questions)])
        found.append(1000 * (time.perf_counter() - start))
    return found


def main(engine: str, facts: str, folder: str, *numbers: str) -> None:
    provinces, first, last, stocks, rounds = map(int, numbers)
    ask = {"duckdb": in_duckdb, "chdb": in_chdb}[engine](facts, folder)
    span = {"first": first, "last": last, "stocks": stocks}
    by_province = [PROVINCE.format(province=n, **span) for n in range(1, provinces + 1)]
    country = COUNTRY.format(**span)
    answer = {
        "province": took(ask, by_province, rounds),
        "country": took(ask, [country], rounds),
        "sum": sum(row[-1] for row in ask(country)),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
