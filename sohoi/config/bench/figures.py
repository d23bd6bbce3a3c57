"""Reading figures of the whole country: half of them counted, half declared in full returns; beside
adding up the branches each time, and beside DuckDB and chDB on the same facts."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from statistics import median
from uuid import UUID

from django.core.management import CommandError
from django.db import connection
from django.urls import reverse

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment, User
from sohoi.config.bench import national
from sohoi.config.bench.bare import session
from sohoi.config.bench.engines import peers
from sohoi.config.bench.rows import Row, limit, milliseconds, p95
from sohoi.config.bench.scratch import BEGUN, WOMEN, scratch
from sohoi.config.bench.site import site
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.triggers import install
from sohoi.figures.engine.windows import Window
from sohoi.figures.models import Delta
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.org.queries import children

HALF_YEAR = parse_period("2025-H1")
ROUNDS = 60
MOST_MILLISECONDS, MOST_OVER_HTTP, MOST_DISTINCT = 50, 100, 100
# Times as fast as another engine over the sums of a page.
TIMES_COUNTRY, TIMES_PROVINCE = 5, 1
WOMEN_HELPED, UNFOLDED = 20_000, 5_000
COUNTED = tuple(i.key for i in national.INDICATORS)
# Half counted, half declared.
MIXED = (*COUNTED[::2], *national.DECLARED)


def scale() -> str:
    values = len(national.RETURNS) * national.COMMUNES * len(national.DECLARED)
    return (
        f"1 centre, {national.PROVINCES} provinces, {national.COMMUNES} communes, "
        f"{national.BRANCHES} branches, {len(national.INDICATORS)} indicators counted in "
        f"{12 * len(national.YEARS)} months, {len(national.DECLARED)} declared in "
        f"{len(national.RETURNS)} half-years: {values} values"
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
        national.make_returns(units)
        yield from _reads(units)
        yield from _over_http(units)
        yield from _beside_engines(units)
        yield from _growth(units)
        yield from _not_yet_folded(units)
        yield from _different_people(units)


def _page(units: list[UUID], keys: tuple[str, ...] = MIXED) -> Callable[[], object]:
    """Reads one unit after the other, with all below it, as a page does."""
    turn = cycle(units)
    return lambda: figures(unit=next(turn), period=HALF_YEAR, keys=keys, by_children=True)


def _reads(units: dict[str, list]) -> Iterator[Row]:
    for name, tops in (
        ("province: 40 indicators × its communes", units["province"]),
        ("country: 40 indicators × its provinces", units["centre"]),
    ):
        for words, keys in (("half counted, half declared", MIXED), ("all counted", COUNTED)):
            ours = p95(milliseconds(_page(tops, keys), ROUNDS))
            yield limit(f"{name} × half-year, {words}, p95", ours, "ms", MOST_MILLISECONDS)
        theirs = p95(milliseconds(lambda tops=tops: _by_branches(tops[0]), 5))
        yield Row(
            case=f"{name}, all counted, beside adding up the branches",
            ours=ours,
            unit="ms",
            against="sums of the branches' months at every read",
            theirs=theirs,
            most=1,
        )


def _over_http(units: dict[str, list]) -> Iterator[Row]:
    """Whole pages, with rendering, from the product's server to a reader who is signed in."""
    counted, told = COUNTED[0], national.DECLARED[0]
    pages = {
        "board": reverse("figures:board") + "?",
        "a counted figure by unit": reverse("figures:figure", args=[counted]) + "?",
        "a declared figure by unit": reverse("figures:figure", args=[told]) + "?",
    }
    explorer = reverse("figures:explorer") + "?xem=below&so=year"
    with site(_signed_in(units["centre"][0])) as get:
        for name, tops, most in (
            ("province", units["province"], 5),
            ("country", units["centre"], 17),
        ):
            # As many as the page shows at once, each beside the year before.
            wide = "".join(f"&chi_tieu={key}" for key in _halves(most))
            explored = {f"explorer, {most} indicators by unit": f"{explorer}{wide}&"}
            for page, url in (pages | explored).items():
                turn = cycle(tops)
                asked = f"{url}ky={HALF_YEAR.key}&don_vi="
                ours = p95(milliseconds(lambda turn=turn, a=asked: get(f"{a}{next(turn)}"), ROUNDS))
                yield limit(f"{name}, {page}, over HTTP, p95", ours, "ms", MOST_OVER_HTTP)


def _halves(most: int) -> list[str]:
    """That many indicators, half of them counted, half declared."""
    both = zip(COUNTED[::2], national.DECLARED, strict=True)
    return [key for pair in both for key in pair][:most]


def _signed_in(centre: UUID) -> str:
    """The cookie of a reader of the whole country."""
    user = User.objects.create(username="do", full_name="Người đo")
    Appointment.objects.create(
        user=user, role=roles.PROVINCE_LEADER, unit_id=centre, valid_from=BEGUN
    )
    return f"sessionid={session(user.username)}"


def _beside_engines(units: dict[str, list]) -> Iterator[Row]:
    """The sums of a page alone: what another engine would be asked for."""
    window = Window(HALF_YEAR, HALF_YEAR.end, HALF_YEAR.end)
    shown = {
        "province": [[p.id for p in children(unit)] for unit in units["province"]],
        "country": [units["province"]],
    }
    least = {"province": TIMES_PROVINCE, "country": TIMES_COUNTRY}
    (counted,) = sums.counted(national.INDICATORS, units["province"], [window])
    total = sum(map(sum, counted.values()))
    first = 12 * (HALF_YEAR.start.year - national.YEARS[0]) + HALF_YEAR.start.month
    for peer in peers(first, first + 5, ROUNDS):
        if not peer.missing and peer.total != total:
            raise CommandError(f"{peer.name}: {peer.total} ≠ {total}")
        for page, tops in shown.items():
            case = f"sums of a page of the {page}, in the middle of {ROUNDS}"
            if peer.missing:
                yield Row(
                    case=case, ours=0, unit="ms", against=f"{peer.name}: {peer.missing}", theirs=0
                )
                continue
            turn = cycle(tops)
            ours = milliseconds(
                lambda turn=turn: sums.counted(national.INDICATORS, next(turn), [window]), ROUNDS
            )
            yield Row(
                case=case,
                ours=median(ours),
                unit="ms",
                against=peer.name,
                theirs=median(getattr(peer, page)),
                most=1 / least[page],
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
    few = p95(milliseconds(_page(units["province"], MIXED[::4]), ROUNDS))
    many = p95(milliseconds(_page(units["province"]), ROUNDS))
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
