"""Whatever happens to records and units, figures are what the records add up to, in the tree of
then and of now, and no reorganisation changes a figure of the past."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.models import Delta
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.org.models import UnitVersion
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_by_code
from sohoi.org.reorganising import reorganise

KEYS = ("probe.begun", "probe.held", "probe.since")
H1, YEAR = parse_period("2023-H1"), parse_period("2023")
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
PICK = st.integers(0, 999)


class Life(RuleBasedStateMachine):
    """Records come, move and go; communes merge, split, are renamed and move, on later and later
    days. `cast` is set by the test."""

    cast = None

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.day = date(2024, 1, 1)
        self.number = 0
        self.known = {}

    def teardown(self):
        try:
            assert recount()[1] == []
            fold()
            assert not Delta.objects.exists()
            assert recount()[1] == []
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def units(self, tier: str, day: date) -> list[UnitVersion]:
        versions = UnitVersion.objects.on(day).filter(kind__tier=tier)
        return list(versions.exclude(parent=None).order_by("code"))

    def writable(self, pick: int):
        below = [*self.units("commune", self.day), *self.units("branch", self.day)]
        return below[pick % len(below)].unit_id

    def records(self):
        return Appointment.objects.filter(valid_from__gte=date(2023, 1, 1)).order_by("pk")

    def record(self, pick: int, day: date, lasting: int) -> Appointment:
        return Appointment(
            user=self.cast.hanh,
            role=roles.BRANCH_HEAD,
            unit_id=self.writable(pick),
            valid_from=day,
            valid_to=day + timedelta(days=lasting) if lasting else None,
        )

    @rule(pick=PICK, day=DAYS, lasting=st.integers(0, 300))
    def create(self, pick, day, lasting):
        self.record(pick, day, lasting).save()
        self.known = {}

    @rule(picks=st.lists(PICK, min_size=2, max_size=6), day=DAYS)
    def load_many(self, picks, day):
        Appointment.objects.bulk_create(self.record(pick, day, pick % 90) for pick in picks)
        self.known = {}

    @rule(pick=PICK, to=PICK, day=DAYS)
    def edit(self, pick, to, day):
        records = list(self.records())
        if records:
            one = records[pick % len(records)]
            self.records().filter(pk=one.pk).update(
                unit_id=self.writable(to), valid_from=day, valid_to=None
            )
            self.known = {}

    @rule()
    def undo_the_last(self):
        if last := self.records().last():
            last.delete()
            self.known = {}

    @rule()
    def fold_changes(self):
        fold()

    def apply(self, *lines: str) -> None:
        """A reorganisation; what was known of the past is compared before and after it."""
        self.number += 1
        before = self.past()
        content = "\n".join([",".join(HEADER), *lines]).encode()
        reorganise(content=content, on=self.day, title=str(self.number), by=None)
        assert self.past() == before
        self.wholly_merged_provinces_agree()
        self.day += timedelta(days=20)

    def past(self) -> dict:
        values = {}
        for period in (H1, YEAR):
            for root in (self.cast.units.province, self.cast.units.other_province):
                below = figures(
                    unit=root.pk, period=period, keys=KEYS, by_children=True, tree="then"
                )
                values |= {(f.place.id, period.key, f.key): f.value for f in below}
        return values

    def wholly_merged_provinces_agree(self) -> None:
        for root in (self.cast.units.province, self.cast.units.other_province):
            then, now = (
                [f.value for f in figures(unit=root.pk, period=H1, keys=KEYS, tree=tree)]
                for tree in ("then", "now")
            )
            assert then == now

    def communes(self) -> list[UnitVersion]:
        return self.units("commune", self.day)

    @precondition(lambda self: len(self.communes()) > 1)
    @rule(pick=PICK)
    def merge(self, pick):
        communes = self.communes()
        one = communes[pick % len(communes)]
        province = self.province_of(one)
        others = [c for c in communes if c != one and self.province_of(c) == province]
        if not others:
            return
        new = f"n{self.number}"
        self.apply(
            f"found,,{new},Xã Nhập {self.number},commune,{province}",
            f"merge,{one.code},{new}",
            f"merge,{others[pick % len(others)].code},{new}",
        )

    @precondition(lambda self: self.communes())
    @rule(pick=PICK)
    def split(self, pick):
        communes = self.communes()
        one = communes[pick % len(communes)]
        province = self.province_of(one)
        new = (f"s{self.number}a", f"s{self.number}b")
        hamlets = UnitVersion.objects.on(self.day).filter(parent_id=one.unit_id).order_by("code")
        self.apply(
            *(f"found,,{code},Xã Tách {code},commune,{province}" for code in new),
            *(f"split,{one.code},{code}" for code in new),
            *(f"move,{h.code},,,,{new[n % 2]}" for n, h in enumerate(hamlets)),
        )

    @rule(pick=PICK)
    def rename(self, pick):
        communes = self.communes()
        code = communes[pick % len(communes)].code
        self.apply(f"rename,{code},r{self.number},Xã Tên {self.number}")

    @rule(pick=PICK, to=PICK)
    def move_a_hamlet(self, pick, to):
        hamlets = self.units("branch", self.day)
        hamlet = hamlets[pick % len(hamlets)]
        communes = [c for c in self.communes() if self.province_of(c) == self.province_of(hamlet)]
        target = communes[to % len(communes)]
        if target.unit_id != hamlet.parent_id:
            self.apply(f"move,{hamlet.code},,,,{target.code}")

    def province_of(self, version: UnitVersion) -> str:
        while version.kind_id != "province":
            version = UnitVersion.objects.on(self.day).get(unit_id=version.parent_id)
        return version.code


@pytest.mark.slow
def test_figures_stay_right_through_any_life_of_records_and_units(probe):
    Life.cast = probe
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=settings().max_examples // 5,
            stateful_step_count=14,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def divided(probe):
    """A commune with a record of its own and one of a hamlet, split in two."""
    for unit in (probe.units.commune, probe.units.hamlet):
        Appointment.objects.create(
            user=probe.lan, role=roles.BRANCH_HEAD, unit=unit, valid_from=date(2023, 2, 1)
        )
    lines = (
        ",".join(HEADER),
        "found,,a,Xã A,commune,970",
        "found,,b,Xã B,commune,970",
        "split,32100,a",
        "split,32100,b",
        "move,32100-01,,,,a",
        "move,32100-02,,,,b",
    )
    on = date(2025, 7, 1)
    reorganise(content="\n".join(lines).encode(), on=on, title="Tách", by=None)
    return probe


def test_what_a_split_unit_counted_itself_is_not_divided(divided):
    def seen(code: str):
        (figure,) = figures(
            unit=place_by_code(code).id, period=H1, keys=["probe.begun"], tree="now"
        )
        return figure.value, figure.comparable

    assert seen("a") == (None, False)
    assert seen("b") == (None, False)
    assert seen("970") == (2, True)
    Appointment.objects.filter(unit=divided.units.commune, valid_from=date(2023, 2, 1)).delete()
    assert seen("a") == (1, True)
    assert seen("b") == (0, True)


def plan(on: date, *lines: str) -> None:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    reorganise(content=content, on=on, title=f"{on}", by=None)


def begun(cast, unit, on: date) -> Appointment:
    return Appointment.objects.create(
        user=cast.lan, role=roles.BRANCH_HEAD, unit_id=unit, valid_from=on
    )


def seen(code: str, *, day: date | None = None, tree: str = "now", period=H1):
    unit = place_by_code(code, on=day).id
    (figure,) = figures(unit=unit, period=period, keys=["probe.begun"], tree=tree)
    return figure.value, figure.comparable


def test_a_later_merger_does_not_read_an_earlier_one_anew(probe):
    """What counts for the time before a unit existed was decided on its first day."""
    plan(date(2023, 7, 1), "found,,c,Xã C,commune,970", "merge,32100,c")
    late = begun(probe, place_by_code("c", on=date(2023, 7, 1)).id, date(2023, 5, 15))
    before = {
        code: seen(code, day=date(2023, 6, 1), tree="then") for code in ("970", "971", "32100")
    }
    assert before == {"970": (1, True), "971": (0, True), "32100": (1, True)}
    plan(date(2024, 1, 1), "merge,32200,c")
    after = {code: seen(code, day=date(2023, 6, 1), tree="then") for code in before}
    assert after == before
    assert recount()[1] == []
    late.delete()
    assert seen("970", day=date(2023, 6, 1), tree="then") == (0, True)


@pytest.mark.parametrize("at_once", [True, False])
def test_what_was_closed_below_a_split_unit_is_not_divided_either(probe, at_once):
    begun(probe, probe.units.hamlet.pk, date(2023, 2, 1))
    close = ("close,32100-01",)
    split = (
        *("found,,a,Xã A,commune,970", "found,,b,Xã B,commune,970"),
        *("split,32100,a", "split,32100,b", "move,32100-02,,,,b"),
    )
    if at_once:
        plan(date(2025, 7, 1), *close, *split)
    else:
        plan(date(2024, 7, 1), *close)
        plan(date(2025, 7, 1), *split)
    assert [seen(code) for code in ("a", "b", "970")] == [(None, False), (None, False), (1, True)]
    assert seen("32100", day=date(2023, 6, 1), tree="then") == (1, True)


def test_a_split_of_what_came_out_of_a_split_is_told_of_both(probe):
    begun(probe, probe.units.commune.pk, date(2023, 2, 1))
    plan(
        date(2024, 7, 1),
        *("found,,c,Xã C,commune,970", "found,,d,Xã D,commune,970"),
        *("split,32100,c", "split,32100,d", "move,32100-01,,,,c", "move,32100-02,,,,d"),
    )
    plan(
        date(2025, 7, 1),
        *("found,,e,Xã E,commune,970", "found,,f,Xã F,commune,970"),
        *("split,c,e", "split,c,f", "move,32100-01,,,,e"),
    )
    assert {seen(code) for code in "def"} == {(None, False)}
    assert seen("970") == (1, True)
    assert recount()[1] == []
