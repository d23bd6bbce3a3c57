"""Any life of records, units, returns and closed periods; after each look every door is right."""

from datetime import date, timedelta
from itertools import count

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from sohoi.accounts.models import Appointment
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.models import Delta
from sohoi.org.models import today
from sohoi.reports.models import Return, Round
from tests.truth.doors import Doors, addressed
from tests.truth.house import House
from tests.truth.organisation import FAR
from tests.truth.questions import ASKED, LATER, RUNNING, Asked, days_of

_DAY = timedelta(days=1)
PICK = st.integers(0, 999)
# Around the closed periods, and around today for plans and records ahead.
DAYS = st.one_of(
    st.dates(date(2022, 1, 1), date(2024, 3, 31)),
    st.sampled_from([date(2023, 6, 15), date(2023, 6, 30), date(2024, 2, 28), date(2024, 2, 29)]),
    st.integers(-30, 30).map(lambda days: today() + days * _DAY),
)
PLANNED = st.one_of(
    st.dates(date(2022, 3, 1), date(2025, 12, 31)),
    st.dates(date(2023, 1, 2), date(2023, 6, 30)),
    st.integers(-20, 40).map(lambda days: today() + days * _DAY),
)
# Of a round's cut-off, from the last day of its period.
OFF = st.sampled_from([0, 0, -30, -15, 5])
# Two of the largest are more than a whole number of the database holds.
VALUES = st.one_of(st.integers(0, 9), st.just(0), st.just(2**62 + 1))
FILLED = st.lists(VALUES, min_size=4, max_size=4)


def one_of(things: list, pick: int):
    return things[pick % len(things)]


class Life(RuleBasedStateMachine):
    """`cast` is set by the test."""

    cast = None

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.house = House(self.cast)
        self.org, self.ledger = self.house.org, self.house.ledger
        self.numbers = count(1)

    @initialize(
        units=st.lists(PICK, min_size=6, max_size=12),
        first=st.dates(date(2022, 11, 1), date(2023, 5, 31)),
        off=OFF,
        sent=st.integers(0, 4),
        values=FILLED,
        beside=st.booleans(),
        later=st.sets(st.sampled_from([*LATER])),
        closing=st.booleans(),
    )
    def begin(self, units, first, off, sent, values, beside, later, closing):
        """There are records, and a round in which some have reported, perhaps closed already."""
        for key in LATER:
            if key in later and {*LATER[key].made_of} <= self.ledger.known.keys():
                self.house.define(key)
        rows = [
            self.house.record(self.anywhere(one), one % 3, first + n * 9 * _DAY, one % 90)
            for n, one in enumerate(units)
        ]
        Appointment.objects.bulk_create(rows)
        self.house.read_records()
        self.open_round(units[0] // 10, "2023-H1", off)
        self.report(0, values, beside=beside, accept=True, number=sent)
        if closing:
            self.close_or_open_round(0)

    def teardown(self):
        try:
            self.look_back()
            fold()
            assert not Delta.objects.exists()
            assert recount()[1] == []
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def look_back(self):
        """In the end at a round, rather a closed one, and at what came out of the last split or
        merger."""
        rounds = [*self.house.rounds]
        closed = [n for n, pk in enumerate(rounds) if pk in self.house.holding]
        if rounds:
            self.look_at_round(0, (closed or [0])[-1], 0, above=True, is_named=True)
        for n, (_before, unit, _on) in enumerate(self.org.links[-2:]):
            day = days_of("2023-H1")[1]
            self.hold(Asked(self.org.line(unit, today())[0], "2023-H1", day, today()), n)

    # Records, early and late, also of units that are gone.

    def anywhere(self, pick: int) -> str:
        """A commune or hamlet of any time; oftener one that is gone or came out of others."""
        units = [u for u in self.org.stays if self.org.tier(u) in ("commune", "branch")]
        moved = [u for before, after, _on in self.org.links for u in (before, after)]
        return one_of(units + [u for u in moved if u in units], pick)

    def commune(self, pick: int) -> str:
        """One that stands; oftener one that has records or came out of others."""
        units = self.lasting("commune")
        likely = [r.unit for r in self.ledger.records] + 2 * [
            one for _b, one, _on in self.org.links
        ]
        return one_of(units + [u for u in dict.fromkeys(likely) if u in units] * 2, pick)

    @rule(unit=PICK, user=st.integers(0, 2), day=DAYS, lasting=st.integers(0, 300))
    def create(self, unit, user, day, lasting):
        self.house.record(self.anywhere(unit), user, day, lasting).save()
        self.house.read_records()

    @rule(units=st.lists(PICK, min_size=2, max_size=6), day=DAYS)
    def load_many(self, units, day):
        rows = [self.house.record(self.anywhere(one), one % 3, day, one % 90) for one in units]
        Appointment.objects.bulk_create(rows)
        self.house.read_records()

    def records(self):
        return Appointment.objects.filter(valid_from__gte=date(2022, 1, 1)).order_by("pk")

    @rule(pick=PICK, to=PICK, day=DAYS)
    def change(self, pick, to, day):
        if rows := [*self.records()]:
            changed = {"unit_id": self.house.ids[self.anywhere(to)], "valid_from": day}
            self.records().filter(pk=one_of(rows, pick).pk).update(**changed, valid_to=None)
            self.house.read_records()

    @rule(pick=PICK)
    def delete(self, pick):
        if rows := [*self.records()]:
            one_of(rows, pick).delete()
            self.house.read_records()

    @rule()
    def fold_changes(self):
        fold()

    # Plans, dated in the past and ahead.

    def plan(self, acts: list[tuple], day: date, *ending: str) -> None:
        """On the day, or the first after it on which all that is named may change; the records of
        what ends lie before it."""
        there = {u for act in acts for u in act[1:] if u in self.org.stays}
        there |= {below for unit in ending for below in self.below(unit)}
        firsts = [self.org.stays[unit][-1].first for unit in there]
        firsts += [r.first for r in self.ledger.records if r.unit in ending]
        self.house.plan(acts, max([day, *(first + _DAY for first in firsts)]))

    def lasting(self, tier: str) -> list[str]:
        return [u for u in self.org.stays if self.org.tier(u) == tier and self.org.end(u) == FAR]

    def new(self, kind: str, parent: str) -> tuple:
        code = f"n{next(self.numbers)}"
        return "found", code, kind, parent, f"{'Xã' if kind == 'commune' else 'Ấp'} {code}"

    def parent(self, unit: str) -> str:
        return self.org.stays[unit][-1].parent

    def below(self, unit: str) -> list[str]:
        return self.org.below(unit, FAR - _DAY)

    @rule(pick=PICK, other=PICK, day=PLANNED, into_new=st.booleans())
    def merge(self, pick, other, day, into_new):
        first, second = self.commune(pick), self.commune(other)
        if first == second:
            return
        if into_new:
            found = self.new("commune", self.parent(first))
            acts = [found, ("merge", first, found[1]), ("merge", second, found[1])]
            self.plan(acts, day, first, second)
        else:
            self.plan([("merge", first, second)], day, first)

    @precondition(lambda self: self.org.links)
    @rule(pick=PICK, day=PLANNED)
    def merge_into_the_latest(self, pick, day):
        """A unit that followed others is followed into."""
        first, second = self.commune(pick), self.org.links[-1][1]
        if first != second and second in self.lasting("commune"):
            self.plan([("merge", first, second)], day, first)

    @rule(pick=PICK, other=PICK, day=PLANNED, into_old=st.booleans(), closing=st.booleans())
    def split(self, pick, other, day, into_old, closing):
        """Into two new ones, or one that was there; a hamlet may be closed in the same plan."""
        one, old = self.commune(pick), self.commune(other)
        founded = [self.new("commune", self.parent(one)) for _n in range(1 if into_old else 2)]
        into = [act[1] for act in founded] + ([old] if into_old else [])
        if old == one and into_old:
            return
        acts = [*founded, ("split", one, *into)]
        hamlets = self.below(one)
        closed = hamlets[:1] if closing else []
        acts += [("close", hamlet) for hamlet in closed]
        acts += [("move", u, into[n % 2]) for n, u in enumerate(hamlets) if u not in closed]
        self.plan(acts, day, one, *closed)

    @rule(pick=PICK, day=PLANNED)
    def rename(self, pick, day):
        code = f"r{next(self.numbers)}"
        self.plan([("rename", one_of(self.lasting("commune"), pick), code, f"Xã {code}")], day)

    @rule(pick=PICK, to=PICK, day=PLANNED, tier=st.sampled_from(["branch", "commune"]))
    def move(self, pick, to, day, tier):
        one = one_of(self.lasting(tier) or self.lasting("commune"), pick)
        above = "commune" if self.org.tier(one) == "branch" else "district"
        target = one_of(self.lasting(above) or self.lasting("province"), to)
        if target != self.parent(one):
            self.plan([("move", one, target)], day)

    @rule(pick=PICK, day=PLANNED, tier=st.sampled_from(["branch", "branch", "district"]))
    def close_unit(self, pick, day, tier):
        if units := self.lasting(tier):
            one = one_of(units, pick)
            moves = [("move", u, self.parent(one)) for u in self.below(one)]
            self.plan([("close", one), *moves], day, one)

    @rule(pick=PICK, day=PLANNED)
    def found(self, pick, day):
        parent = one_of(self.lasting("commune"), pick)
        self.plan([self.new("branch", parent)], day)

    # Indicators, rounds and returns.

    @precondition(lambda self: LATER.keys() - self.ledger.known.keys())
    @rule(pick=PICK)
    def define(self, pick):
        there = self.ledger.known.keys()
        ready = [k for k, one in LATER.items() if k not in there and {*one.made_of} <= there]
        self.house.define(one_of(ready, pick))

    @precondition(lambda self: len(self.house.rounds) < 4)
    @rule(pick=PICK, period=st.sampled_from(["2023-H1", "2024-M02", RUNNING]), off=OFF)
    def open_round(self, pick, period, off):
        first, last = days_of(period)
        cut_off = max(first, last + off * _DAY)
        provinces = [u for u in self.lasting("province") if self.org.at(u, cut_off)]
        self.house.open_round(one_of(provinces, pick), period, cut_off)

    def returns(self, *states: str) -> list[Return]:
        found = Return.objects.filter(round__closed_on=None, tier="commune", state__in=states)
        return [*found.select_related("round").order_by("round__period", "unit_id")]

    @rule(
        pick=PICK,
        values=FILLED,
        beside=st.booleans(),
        accept=st.sampled_from([True, True, True, False]),
        number=st.integers(1, 4),
    )
    def report(self, pick, values, beside, accept, number):
        """Sent by a unit or several; what is counted may be declared beside it."""
        keys = ["probe.families", "probe.poor", "probe.gold", "probe.near"]
        keys += ["probe.begun", "probe.people"] if beside else []
        for n in range(number):
            if waiting := self.returns("draft", "returned", "submitted", "checked"):
                typed = {key: values[(i + n) % 4] for i, key in enumerate(keys)}
                self.house.send(one_of(waiting, pick + n), typed, accept=accept)

    @rule(pick=PICK, taking_back=st.booleans())
    def withdraw(self, pick, taking_back):
        if accepted := self.returns("accepted"):
            self.house.withdraw(one_of(accepted, pick), taking_back=taking_back)

    @rule(pick=PICK)
    def close_or_open_round(self, pick):
        if rounds := [*Round.objects.filter(cut_off__lte=today()).order_by("pk")]:
            asked = one_of(rounds, pick)
            if not asked.is_open and pick % 3 == 0:
                self.house.reopen(asked)
            elif not asked.is_open:
                return
            elif asked.pk in self.house.opened and pick % 2:
                self.house.close_again(asked)
            else:
                self.house.close(asked)

    # The questions.

    def hold(self, asked: Asked, key: int, *, is_named: bool = True, by_command: bool = False):
        """Every door for it."""
        address = addressed(self.ledger, asked, is_named=is_named or not self.is_usual(asked))
        doors = Doors(self.ledger, self.house.client, asked, address)
        doors.hold(one_of([*self.ledger.known], key), by_command=by_command)

    @rule(
        unit=PICK,
        period=st.sampled_from(ASKED),
        amid=st.one_of(st.none(), st.integers(0, 365), st.sampled_from([27, 58, 59])),
        tree=st.one_of(st.none(), st.integers(0, 365)),
        key=PICK,
        by_command=st.sampled_from([False, False, True]),
    )
    def look(self, unit, period, amid, tree, key, by_command):
        """At any unit, until the last day or one before it, in the tree of then or a later one."""
        first, last = days_of(period)[0], min(days_of(period)[1], today())
        day = last if amid is None else min(first + amid * _DAY, last)
        at = day if tree is None else day + (today() - day) * tree // 365
        asked = Asked(one_of(self.org.standing(at), unit), period, day, at)
        self.hold(asked, key, is_named=amid is not None, by_command=by_command)

    @rule(unit=PICK, pick=PICK, key=PICK, above=st.booleans(), is_named=st.booleans())
    def look_at_round(self, unit, pick, key, above, is_named):
        """At what was asked for a period, by its cut-off."""
        province, period, day = one_of([*self.house.rounds.values()], pick)
        day = min(day, today())
        asked = [u for u in self.org.standing(day) if province in self.org.line(u, day)]
        if asked:
            one = province if above and province in asked else one_of(asked, unit)
            question = Asked(one, period, day, day)
            if day <= days_of(period)[1] or self.is_usual(question):
                self.hold(question, key, is_named=is_named)

    @precondition(lambda self: self.org.links)
    @rule(pick=PICK, period=st.sampled_from(ASKED), days=st.integers(0, 1), key=PICK)
    def look_at_what_followed(self, pick, period, days, key):
        """At a unit that came out of others, and at what is above it, in its first days or now."""
        _before, unit, on = one_of(self.org.links, pick)
        day = min(days_of(period)[1], today())
        at = today() if days or not day <= on <= today() else on
        line = self.org.line(unit, at)
        self.hold(Asked(one_of(line, pick // 7), period, day, at), key)

    def is_usual(self, asked: Asked) -> bool:
        """Whether an address without a day asks for this one: also the unit is found by its code on
        the last day of the period."""
        guess = min(asked.last, today())
        stays = {self.org.at(asked.unit, day) for day in (guess, asked.day, asked.tree)}
        return len(stays) == 1 and asked.day == self.house.usual_day(asked)
