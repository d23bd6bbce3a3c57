"""Reading figures of the whole country, beside adding up the branches each time."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from uuid import UUID

from django.db import connection

from sohoi.config.bench import national
from sohoi.config.bench.rows import Row, limit, milliseconds, p95
from sohoi.config.bench.scratch import WOMEN, scratch
from sohoi.figures.engine.triggers import install
from sohoi.figures.models import Delta
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period

HALF_YEAR = parse_period("2025-H1")
ROUNDS = 60
MOST_MILLISECONDS, MOST_DISTINCT = 50, 100
WOMEN_HELPED, UNFOLDED = 20_000, 5_000


def scale() -> str:
    return (
        f"1 centre, {national.PROVINCES} provinces, {national.COMMUNES} communes, "
        f"{national.BRANCHES} branches, {len(national.INDICATORS)} indicators, "
        f"{12 * len(national.YEARS)} months"
    )


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """Build the country, then read it."""
    with scratch(*national.INDICATORS, WOMEN):
        units = national.build(progress)
        install()
        facts = national.facts()
        yield Row(
            case="facts: months of a branch and indicator that hold something",
            ours=facts,
            unit="facts",
            against="asked",
            theirs=20_000_000,
            least=1,
        )
        yield from _reads(units)
        yield from _growth(units)
        yield from _not_yet_folded(units)
        yield from _different_people(units)


def _page(units: list[UUID], keys: int = len(national.INDICATORS)) -> Callable[[], object]:
    """Reads one unit after the other, with all below it, as a page does."""
    names = [i.key for i in national.INDICATORS[:keys]]
    turn = cycle(units)
    return lambda: figures(unit=next(turn), period=HALF_YEAR, keys=names, by_children=True)


def _reads(units: dict[str, list]) -> Iterator[Row]:
    for name, tops in (
        ("province: 40 indicators × its communes", units["province"]),
        ("country: 40 indicators × its provinces", units["centre"]),
    ):
        ours = p95(milliseconds(_page(tops), ROUNDS))
        yield limit(f"{name} × half-year, p95", ours, "ms", MOST_MILLISECONDS)
        theirs = p95(milliseconds(lambda tops=tops: _by_branches(tops[0]), 5))
        yield Row(
            case=f"{name}, beside adding up the branches",
            ours=ours,
            unit="ms",
            against="sums of the branches' months at every read",
            theirs=theirs,
            most=1,
        )


def _by_branches(top: UUID) -> list:
    """The same sums without those of communes and provinces."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT v.unit_id, s.indicator, sum(m01 + m02 + m03 + m04 + m05 + m06)
                 FROM org_unitversion AS v
                CROSS JOIN LATERAL org_subtree(ARRAY[v.unit_id], %s) AS t
                 JOIN org_lot AS l ON l.unit_id = t.unit_id AND l.own
                 JOIN figures_monthlysums AS s ON s.lot_id = l.id AND s.year = 2025
                WHERE v.parent_id = %s GROUP BY 1, 2""",
            [HALF_YEAR.end, top],
        )
        return cursor.fetchall()


def _growth(units: dict[str, list]) -> Iterator[Row]:
    few = p95(milliseconds(_page(units["province"], 10), ROUNDS))
    many = p95(milliseconds(_page(units["province"], 40), ROUNDS))
    yield Row(
        case="four times the cells: 40 indicators beside 10, p95",
        ours=many,
        unit="ms",
        against="10 indicators",
        theirs=few,
        most=4,
    )


def _not_yet_folded(units: dict[str, list]) -> Iterator[Row]:
    branches, keys = cycle(units["branch"]), cycle(i.key for i in national.INDICATORS)
    Delta.objects.bulk_create(
        Delta(indicator=next(keys), unit_id=next(branches), month=date(2025, 3, 1), net=1)
        for _n in range(UNFOLDED)
    )
    ours = p95(milliseconds(_page(units["province"]), ROUNDS))
    yield limit(
        f"province with {UNFOLDED} changes not yet folded, p95", ours, "ms", MOST_MILLISECONDS
    )
    Delta.objects.all().delete()


def _different_people(units: dict[str, list]) -> Iterator[Row]:
    """Every province helps its women in its branches; one in five is helped twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO bench_visit (unit_id, woman, begun_on, amount_vnd)
               SELECT t.unit_id, md5(p.unit_id::text || n %% %s)::uuid,
                      date '2025-01-01' + (n %% 180)::int, 100000
                 FROM org_unitversion AS p
                CROSS JOIN LATERAL (
                  SELECT array_agg(s.unit_id) AS branches
                    FROM org_subtree(ARRAY[p.unit_id], %s) AS s
                    JOIN org_unitversion AS b ON b.unit_id = s.unit_id AND b.kind_id = 'branch'
                ) AS below
                CROSS JOIN generate_series(1, %s) AS n
                CROSS JOIN LATERAL (SELECT branches[1 + n %% cardinality(branches)] AS unit_id) AS t
                WHERE p.kind_id = 'province'""",
            [WOMEN_HELPED, HALF_YEAR.end, WOMEN_HELPED * 6 // 5],
        )
        cursor.execute("VACUUM ANALYZE bench_visit")
    turn = cycle(units["province"])
    ours = p95(
        milliseconds(lambda: figures(unit=next(turn), period=HALF_YEAR, keys=[WOMEN.key]), ROUNDS)
    )
    (found,) = figures(unit=units["province"][0], period=HALF_YEAR, keys=[WOMEN.key])
    yield limit(
        f"{found.value} different women helped in a province's half-year, p95",
        ours,
        "ms",
        MOST_DISTINCT,
    )
