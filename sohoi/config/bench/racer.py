"""One of the racers: a process of its own that writes, folds, plans or defines until it is killed
or its time is up."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing.connection import Connection
from traceback import format_exc
from uuid import UUID

from django.db import OperationalError, connection, models, transaction
from django.db.models import F, Max

from sohoi.config.bench.scratch import VISIT, Visit, switch_to
from sohoi.figures.definitions.actions import add_indicator, edit_indicator
from sohoi.figures.engine.fold import fold
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit import rooms
from sohoi.kit.indicators import VND, Indicator, Kind, Measure, RecordKind, Records
from sohoi.kit.refusals import Refused
from sohoi.org.actions import end_unit, found_unit
from sohoi.org.models import Unit, UnitVersion
from sohoi.org.plan import HEADER
from sohoi.org.reorganising import PlanRefused, reorganise

# What a racer says of itself: one more is committed, or a fault that nobody foresaw.
DONE = b"."
_MOST_ROWS, _FEWEST_BRANCHES, _DEFINITIONS = 150, 8, 4
_TRUNCATED, _ALONE = 0.3, 0.3
_FIRST_DAY, _DAYS = date(2023, 1, 1), 730
_HELD_SECONDS = 0.1
_WORDS = ("rice", "cloth", "bike")
_MOVING = ("province", "commune", "branch")


class Gift(models.Model):
    """A second kind of record, with a breakdown."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False)
    given_on = models.DateField(null=True)
    what = models.CharField(max_length=10)
    worth_vnd = models.BigIntegerField()

    class Meta:
        app_label = "config"
        db_table = "bench_gift"

    def __str__(self) -> str:
        return str(self.pk)


def _indicator(key: str, model: type[models.Model], measure: Measure = VISIT, **columns):
    source = Records(model=model, label="id", **columns)
    kind = Kind.STOCK if "since" in columns else Kind.FLOW
    kind = Kind.DISTINCT if "who" in columns else kind
    return Indicator(
        key=f"races.{key}", title=key, kind=kind, measure=measure, source=source, section="movement"
    )


ROOM = rooms.Room(
    key="races",
    title="Chạy đua",
    path="dua",
    indicators=(
        _indicator("begun", Visit, at="begun_on"),
        _indicator("amount", Visit, VND, at="begun_on", amount="amount_vnd"),
        _indicator("open", Visit, since="begun_on", until="ended_on"),
        _indicator("women", Visit, at="begun_on", who="woman"),
        _indicator("gifts", Gift, at="given_on", breakdowns=("what",)),
        _indicator("worth", Gift, VND, at="given_on", amount="worth_vnd"),
    ),
    record_kinds=(
        RecordKind(
            key="races.gift",
            title="Quà",
            measure=VISIT,
            model=Gift,
            page="",
            label="id",
            days=("given_on",),
            columns=("what",),
            amounts={"worth_vnd": VND},
        ),
    ),
)


@contextmanager
def room_of_races() -> Iterator[None]:
    rooms.register(ROOM)
    try:
        yield
    finally:
        rooms.unregister(ROOM.key)


def race(database: str, part: str, seed: int, seconds: float, told: Connection) -> None:
    """Do the part over and over, and say DONE of each act that was committed."""
    switch_to(database)
    draw = random.Random(seed)  # noqa: S311 - the seed tells which acts they are
    act, end = PARTS[part], time.monotonic() + seconds
    with room_of_races():
        while time.monotonic() < end:
            try:
                act(draw)
                told.send_bytes(DONE)
            except (Refused, PlanRefused):
                continue
            except Exception as error:
                # Of two that wait for each other the database ends one, as it may.
                if isinstance(error, OperationalError) and "deadlock" in str(error):
                    continue
                told.send_bytes(format_exc().encode())
                break
    connection.close()


@contextmanager
def _held(draw: random.Random) -> Iterator[None]:
    """A transaction that stays open for a while, so that others come in between."""
    with transaction.atomic():
        yield
        time.sleep(max(0, draw.uniform(-_HELD_SECONDS, _HELD_SECONDS)))


def _fold(_draw: random.Random) -> None:
    fold()


def _visits(draw: random.Random) -> None:
    def new() -> Visit:
        begun = _day(draw)
        ended = begun + timedelta(days=draw.randrange(-5, 300))
        return Visit(
            unit_id=_unit(draw),
            woman=UUID(int=draw.randrange(40)),
            begun_on=begun,
            ended_on=draw.choice([None, ended]),
            amount_vnd=draw.randrange(10**15),
        )

    _write(draw, new, {"begun_on": _day(draw), "amount_vnd": F("amount_vnd") + 1})


def _gifts(draw: random.Random) -> None:
    def new() -> Gift:
        return Gift(
            unit_id=_unit(draw),
            given_on=draw.choice([None, _day(draw), _day(draw)]),
            what=draw.choice(_WORDS),
            worth_vnd=draw.randrange(10**15),
        )

    _write(draw, new, {"worth_vnd": F("worth_vnd") + 1, "what": draw.choice(_WORDS)})


def _write(draw: random.Random, new: Callable[[], models.Model], bulk: dict) -> None:
    """One record or many, added, changed or removed; more are removed where there are many."""
    first = new()
    rows = type(first).objects
    some = rows.filter(pk__in=rows.order_by("?").values("pk")[: draw.randrange(1, 20)])
    with _held(draw):
        match draw.randrange(8):
            case 0 if rows.count() > _MOST_ROWS:
                some.delete()
            case 0 if draw.random() < _TRUNCATED:
                with connection.cursor() as cursor:
                    cursor.execute(f"TRUNCATE {type(first)._meta.db_table}")
            case 0 | 1 | 2:
                first.save()
            case 3:
                rows.bulk_create(new() for _n in range(draw.randrange(2, 20)))
            case 4:
                some.update(unit_id=_unit(draw))
            case 5:
                some.update(**bulk)
            case 6:
                first.pk = rows.order_by("?").values_list("pk", flat=True).first()
                first.save()
            case 7:
                some.delete()


def _day(draw: random.Random) -> date:
    return _FIRST_DAY + timedelta(days=draw.randrange(_DAYS))


def _unit(draw: random.Random) -> UUID:
    """Any unit that ever was; often one of the newest, which has no records yet."""
    units = Unit.objects.order_by("-pk").values_list("pk", flat=True)
    return draw.choice([*units[: draw.choice([2, 4, 1000])]])


def _plan(draw: random.Random) -> None:
    """A reorganisation, or a unit founded or ended by itself, on a day after all others."""
    lasting = UnitVersion.objects.filter(valid_to=None).order_by("unit_id")
    codes: dict[str, list[str]] = {kind: [] for kind in _MOVING}
    units = {}
    for kind, code, unit in lasting.values_list("kind_id", "code", "unit_id"):
        codes.setdefault(kind, []).append(code)
        units[code] = Unit(pk=unit)
    days = UnitVersion.objects.aggregate(first=Max("valid_from"), last=Max("valid_to"))
    on = max(day for day in days.values() if day) + timedelta(days=1)
    few = len(codes["branch"]) < _FEWEST_BRANCHES
    with _held(draw):
        if few or draw.random() < _ALONE:
            name = _new(draw)
            found_unit(
                name=name,
                kind="branch",
                code=name,
                parent=units[_one_of(draw, codes["commune"])],
                valid_from=on,
                by=None,
                invented=True,
            )
        elif draw.random() < _ALONE:
            end_unit(unit=units[_one_of(draw, codes["branch"])], on=on, by=None)
        else:
            content = "\n".join([",".join(HEADER), *_lines(draw, codes)]).encode()
            reorganise(content=content, on=on, title="Đua", by=None)


def _one_of(draw: random.Random, codes: list[str]) -> str:
    """Often the newest: a unit that moves before its first record is committed."""
    return draw.choice([draw.choice(codes), codes[-1]])


def _new(draw: random.Random) -> str:
    return f"N{draw.randrange(10**8)}"


def _lines(draw: random.Random, codes: dict[str, list[str]]) -> list[str]:
    """A plan of one change; whatever is not possible that day is refused."""
    province, commune, branch = (_one_of(draw, codes[kind]) for kind in _MOVING)
    new = [_new(draw), _new(draw)]
    return draw.choice(
        [
            [f"move,{branch},,,,{commune}"],
            [f"move,{commune},,,,{province}"],
            [f"merge,{branch},{draw.choice(codes['branch'])}"],
            [f"found,,{new[0]},Mới,commune,{province}", f"merge,{commune},{new[0]}"],
            _split(commune, new, province),
            [f"close,{branch}"],
            [f"rename,{branch},{new[0]},Tên mới"],
        ]
    )


def _split(commune: str, new: list[str], province: str) -> list[str]:
    """A commune becomes two, and its branches go with the first of them."""
    on = UnitVersion.objects.filter(valid_to=None)
    unit = on.get(code=commune).unit_id
    branches = on.filter(parent_id=unit).values_list("code", flat=True)
    return [
        *(f"found,,{code},Mới,commune,{province}" for code in new),
        *(f"split,{commune},{code}" for code in new),
        *(f"move,{branch},,,,{new[0]}" for branch in branches),
    ]


def _define(draw: random.Random) -> None:
    """An indicator is added, or another condition or column counted from now on."""
    key = f"tinh.race_{draw.randrange(_DEFINITIONS)}"
    asked = {"column": "what", "operator": "=", "value": draw.choice(_WORDS)}
    said = {
        "conditions": draw.choice([[], [asked]]),
        "amount_column": draw.choice(["", "worth_vnd"]),
    }
    with _held(draw):
        known = IndicatorDefinition.objects.filter(key=key).first()
        if known:
            edit_indicator(definition=known, by=None, **said)
        else:
            add_indicator(
                key=key,
                title_vi=f"Quà {key}",
                title_en=key,
                source="count",
                kind="flow",
                record_kind="races.gift",
                date_column="given_on",
                section="movement",
                by=None,
                **said,
            )


PARTS: dict[str, Callable[[random.Random], None]] = {
    "visits": _visits,
    "gifts": _gifts,
    "fold": _fold,
    "plan": _plan,
    "define": _define,
}
