"""The whole country in the sums: 34 provinces, 3,321 communes, 100,000 branches, 40 indicators that
are counted, and the returns of every commune for five half-years."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sohoi.config.bench.scratch import indicator, lay_units
from sohoi.figures.engine.actions import answer_set
from sohoi.figures.engine.fold import MONTHS, fold
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit.indicators import Indicator, Kind
from sohoi.lib.periods import Period, parse_period

PROVINCES, COMMUNES, BRANCHES = 34, 3_321, 100_000
YEARS = (2023, 2024, 2025)
FLOWS, STOCKS = 24, 16
# Of all figures half are declared: as many as half of those that are counted.
HALVES = ("2023-H1", "2023-H2", "2024-H1", "2024-H2", "2025-H1")
RETURNS = tuple(parse_period(key) for key in HALVES)
DECLARED = tuple(f"bench.told{n:02}" for n in range((FLOWS + STOCKS) // 2))
# Of a branch's months, the share in which an indicator changed.
DENSITY = 0.16
_CHUNK = 2_000

INDICATORS: tuple[Indicator, ...] = (
    *(indicator(f"flow{n:02}", Kind.FLOW, at="begun_on") for n in range(FLOWS)),
    *(
        indicator(f"stock{n:02}", Kind.STOCK, since="begun_on", until="ended_on")
        for n in range(STOCKS)
    ),
)

_COLUMNS = ", ".join(MONTHS)
_DRAWN = ", ".join(
    f"CASE WHEN random() < {DENSITY} THEN 1 + floor(random() * 20) ELSE 0 END" for _m in MONTHS
)
_SUMMED = ", ".join(f"sum(s.{month})" for month in MONTHS)
_FACTS = " + ".join(f"({month} <> 0)::int" for month in MONTHS)

_OWN = f"""
    INSERT INTO figures_monthlysums (lot_id, year, indicator, breakdown, {_COLUMNS})
    SELECT l.id, y, k, '', {_DRAWN}
      FROM org_lot AS l CROSS JOIN unnest(%s::smallint[]) AS y CROSS JOIN unnest(%s::text[]) AS k
     WHERE l.own AND l.unit_id = ANY(%s)
     ORDER BY 1, 2, 3"""  # noqa: S608 - the names of twelve columns
_ABOVE = f"""
    INSERT INTO figures_monthlysums (lot_id, year, indicator, breakdown, {_COLUMNS})
    SELECT m.lot_id, s.year, s.indicator, '', {_SUMMED}
      FROM org_lot AS o
      JOIN org_lotmember AS m ON m.unit_id = o.unit_id
      JOIN org_lot AS a ON a.id = m.lot_id AND NOT a.own AND a.unit_id = ANY(%s)
      JOIN figures_monthlysums AS s ON s.lot_id = o.id
     WHERE o.own
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""  # noqa: S608 - the names of twelve columns


def build(progress: Callable[[int, int], None]) -> dict[str, list]:
    """Lay the units and fill the sums. Returns the ids of the units by kind."""
    total = BRANCHES // _CHUNK + PROVINCES + 3
    progress(0, total)
    units = lay_units(PROVINCES, COMMUNES, BRANCHES)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for done, step in enumerate(_steps(units), start=1):
            cursor.execute(*step)
            progress(done, total)
        cursor.execute("VACUUM ANALYZE")
    return units


def _steps(units: dict[str, list]) -> Iterator[tuple[str, list]]:
    keys = [i.key for i in INDICATORS]
    branches = units["branch"]
    for start in range(0, len(branches), _CHUNK):
        yield _OWN, [[*YEARS], keys, branches[start : start + _CHUNK]]
    communes = units["commune"]
    for start in range(0, len(communes), 100):
        yield _ABOVE, [communes[start : start + 100]]
    for province in units["province"]:
        yield _ABOVE, [[province]]
    yield _ABOVE, [units["centre"]]


_STATEMENTS = """
    INSERT INTO figures_statement (id, unit_id, period, accepted_at, answers_id)
    SELECT gen_random_uuid(), unit_id, %s, %s, %s FROM unnest(%s::uuid[]) AS unit_id"""
_VALUES = """
    INSERT INTO figures_declaredvalue
      (id, statement_id, unit_id, period, month, indicator, value, reason, declared_at)
    SELECT gen_random_uuid(), s.id, s.unit_id, s.period, %s, k, floor(random() * 100), '',
           s.accepted_at
      FROM figures_statement AS s CROSS JOIN unnest(%s::text[]) AS k WHERE s.period = %s"""


def make_returns(units: dict[str, list]) -> int:
    """Every commune has declared every indicator in every period and vouched for what is counted.
    Returns how many values."""
    IndicatorDefinition.objects.bulk_create(
        IndicatorDefinition(
            key=key,
            title_vi=key,
            title_en=key,
            kind=Kind.FLOW,
            measure="hộ",
            measure_en="households",
            source="declared",
            tier="commune",
            section="movement",
        )
        for key in DECLARED
    )
    keys = [*DECLARED, *(i.key for i in INDICATORS)]
    answers = answer_set(keys, keys)
    answers.save(force_insert=True)
    for period in RETURNS:
        _declare(period, answers.pk, units["commune"])
    fold()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        # What was built is written out first: reading is measured, not building.
        cursor.execute("CHECKPOINT")
    return len(RETURNS) * len(units["commune"]) * len(DECLARED)


def _declare(period: Period, answers: UUID, communes: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS, [period.key, timezone.now(), answers, communes])
        cursor.execute(_VALUES, [period.start, [*DECLARED], period.key])


def facts() -> int:
    """How many months of a branch and indicator hold something."""
    sql = f"""SELECT sum({_FACTS}) FROM figures_monthlysums
               WHERE lot_id IN (SELECT id FROM org_lot WHERE own)"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
