"""The product beside the ledger: each act is done by its verb in the one, and in the other."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import Client

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment, User
from sohoi.figures.engine.triggers import install
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit.refusals import Refused
from sohoi.org.models import UnitVersion, today
from sohoi.org.plan import HEADER
from sohoi.org.reorganising import PlanRefused, reorganise
from sohoi.reports import actions
from sohoi.reports.models import Return as Filled
from sohoi.reports.models import Round
from sohoi.reports.rules import Cell
from tests.truth.ledger import Closed, Ledger, Record, Return
from tests.truth.organisation import FAR, Organisation, Stay
from tests.truth.questions import COUNTED, COUNTED_KEYS, DEFINED, LATER, Asked, Known

WHY = "Có lý do."
_DAY = timedelta(days=1)


class House:
    """`cast` are its people; `ids` leads from a unit of the ledger to that of the product."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.ids: dict[str, UUID] = {}
        self.org = Organisation()
        self._learn_the_units()
        self.ledger = Ledger(self.org, dict(COUNTED))
        self.rounds: dict[UUID, tuple[str, str, date]] = {}
        self.holding: dict[UUID, Closed] = {}
        self.opened: dict[UUID, Closed] = {}
        # What each return asked when it was first sent.
        self.sent: dict[UUID, frozenset[str]] = {}
        self.plans = 0
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_appointment ALTER COLUMN user_id DROP NOT NULL")
        for key in DEFINED:
            self.define(key)
        self.client = self._reader()
        self.read_records()

    def _learn_the_units(self) -> None:
        names = {v.unit_id: v.code for v in UnitVersion.objects.all()}
        self.ids = {name: unit for unit, name in names.items()}
        for v in UnitVersion.objects.all():
            parent = names.get(v.parent_id)
            stay = Stay(v.valid_from, FAR, parent, v.kind_id, v.code, v.name)
            self.org.stays[v.code] = [stay]

    def _reader(self) -> Client:
        """Somebody who may look at everything, now and after any plan."""
        user = User.objects.create(username="moi", full_name="Người Đọc")
        first = date(2021, 1, 1)
        for role in (roles.PROVINCE_OFFICER, roles.PROVINCE_LEADER):
            Appointment.objects.create(
                user=user, role=role, unit_id=self.ids["VN"], valid_from=first
            )
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    # Records.

    def read_records(self) -> None:
        """The rows as they are: facts, whoever wrote them."""
        names = {unit: name for name, unit in self.ids.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT unit_id, user_id, role, valid_from, valid_to FROM accounts_appointment"
            )
            self.ledger.records = [
                Record(names[unit], user, *rest) for unit, user, *rest in cursor.fetchall()
            ]

    def record(self, unit: str, user: int, first: date, lasting: int) -> Appointment:
        people = (self.cast.hanh, self.cast.lan, None)
        return Appointment(
            user=people[user],
            role=(roles.BRANCH_HEAD, roles.COMMUNE_OFFICER)[lasting % 2],
            unit_id=self.ids[unit],
            valid_from=first,
            valid_to=first + lasting * _DAY if lasting else None,
        )

    # Plans.

    def plan(self, acts: list[tuple], on: date) -> bool:
        """Whether the product takes it; what it refuses changes nothing."""
        self.plans += 1
        lines = "\n".join([",".join(HEADER), *(self._line(act, acts, on) for act in acts)])
        try:
            reorganise(content=lines.encode(), on=on, title=f"{self.plans}", by=None)
        except PlanRefused:
            return False
        before = self._past(on - _DAY)
        self.org.apply(acts, on)
        # No plan changes where records counted before its day.
        assert self._past(on - _DAY).items() >= before.items()
        for _found, unit, *_rest in (act for act in acts if act[0] == "found"):
            self.ids[unit] = UnitVersion.objects.get(code=unit, valid_from=on).unit_id
        self.read_records()
        for day in (on - _DAY, on, date(2022, 6, 1), date(2023, 6, 30), today()):
            self._hold_the_tree(day)
        return True

    def _hold_the_tree(self, day: date) -> None:
        """Whose records count where on the day."""
        names = {unit: name for name, unit in self.ids.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT m.unit_id, l.unit_id FROM org_lot AS l JOIN org_lotmember AS m "
                "ON m.lot_id = l.id WHERE l.days @> %s::date AND NOT l.own",
                [day],
            )
            found = {(names[one], names[above]) for one, above in cursor.fetchall()}
        lines = {unit: self.org.line(unit, day) for unit in self.org.stays}
        wanted = {(one, above) for one, line in lines.items() for above in line if above != one}
        assert found == wanted, (day, found - wanted, wanted - found)

    def _past(self, day: date) -> dict:
        return {unit: self.org.line(unit, day) for unit in self.org.stays}

    def _line(self, act: tuple, acts: list[tuple], on: date) -> str:
        """The codes of the day before for what was there, those of the day for what it becomes."""
        verb, unit, *details = act
        if verb == "found":
            kind, parent, name = details
            return f"found,,{unit},{name},{kind},{self._code(parent, acts, on)}"
        code = self.org.at(unit, on - _DAY).code
        if verb == "rename":
            return f"rename,{code},{details[0]},{details[1]}"
        if verb == "move":
            return f"move,{code},,,,{self._code(details[0], acts, on)}"
        if verb == "split":
            into = [self._code(one, acts, on) for one in details]
            return "\n".join(f"split,{code},{one}" for one in into)
        return ",".join([verb, code, *(self._code(one, acts, on) for one in details)])

    def _code(self, unit: str, acts: list[tuple], on: date) -> str:
        for verb, one, *details in acts:
            if one == unit and verb in ("found", "rename"):
                return unit if verb == "found" else details[0]
        return self.org.at(unit, on).code

    # Indicators.

    def define(self, key: str) -> None:
        known: Known = {**DEFINED, **LATER}[key]
        source = {"counted": "count"}.get(known.source, known.source)
        fields: dict[str, Any] = {"source": source, "kind": known.kind, "scale": known.scale}
        fields |= {"inputs": list(known.made_of), "valid_from": known.valid_from}
        fields["tier"] = "commune" if source in ("declared", "units_with") else ""
        if source == "count":
            columns = (
                ("date_column",) if known.kind == "since" else ("since_column", "until_column")
            )
            fields |= dict(zip(columns, ("valid_from", "valid_to"), strict=False))
            fields |= {"record_kind": "probe.appointment", "started_on": known.since}
            fields["conditions"] = [{"column": "role", "operator": "=", "value": known.role}]
        fields["measure"] = "%" if known.percent else {1000: "chỉ"}.get(known.scale, "hộ")
        if known.source in ("rate", "units_with") and not known.percent:
            fields["measure"] = "lần"
        title = key.removeprefix("probe.")
        IndicatorDefinition.objects.create(
            **{"key": key, "title_vi": title, "title_en": title, "section": "poverty"},
            **{"measure_en": fields["measure"], **fields},
        )
        if source == "count":
            install()
        self.ledger.known[key] = known

    # Rounds and returns.

    def open_round(self, province: str, period: str, cut_off: date) -> None:
        unit = UnitVersion.objects.filter(unit_id=self.ids[province]).first().unit
        try:
            opened = actions.open_round(
                unit=unit,
                period=period,
                cut_off=cut_off,
                due=max(cut_off, today()),
                by=self.cast.thu,
            )
        except Refused:
            return
        self.rounds[opened.pk] = province, period, cut_off

    def cut_off(self, unit: str, period: str) -> date | None:
        """Of the round that asks the unit for the period."""
        for province, of_round, day in self.rounds.values():
            stands = self.org.at(unit, day) and province in self.org.line(unit, day)
            if of_round == period and stands:
                return day
        return None

    def send(self, answer: Filled, values: dict[str, int], *, accept: bool) -> None:
        """Filled, sent and checked; `accept`ed too, if asked."""
        by, name = self.cast.thu, self._name(answer)
        day = answer.round.cut_off
        if answer.state in ("draft", "returned"):
            asked = self.sent.get(answer.pk) or self._asked(answer.tier, day)
            cells = {key: Cell(values[key], WHY) for key in asked & values.keys()}
            answer = actions.save_return(answer=answer, version=answer.version, cells=cells, by=by)
            answer = actions.submit_return(answer=answer, version=answer.version, by=by)
            self.sent[answer.pk] = asked
        if Filled.objects.judged().get(pk=answer.pk).awaits_district:
            answer = actions.check_return(answer=answer, by=by)
        if accept and answer.state != "accepted":
            answer = actions.accept_return(answer=answer, by=by)
        if answer.state == "accepted":
            held = answer.lines.exclude(value=None).values_list("indicator", "value")
            known = self.sent[answer.pk] if answer.tier == "commune" else frozenset()
            self.ledger.returns[name, answer.round.period] = Return(known, dict(held))

    def _asked(self, tier: str, day: date) -> frozenset[str]:
        """All that a commune declares and all that is counted of it."""
        known = self.ledger.known
        own = {k for k in self.ledger.valid(day) if known[k].source == "declared"}
        counted = COUNTED_KEYS & known.keys()
        return frozenset(own | counted) if tier == "commune" else frozenset()

    def withdraw(self, answer: Filled, *, taking_back: bool) -> None:
        """What was accepted is no figure any more."""
        act = actions.take_back if taking_back else actions.reopen_return
        act(answer=answer, reason=WHY, by=self.cast.thu)
        self.ledger.returns.pop((self._name(answer), answer.round.period))

    def _name(self, answer: Filled) -> str:
        return next(name for name, unit in self.ids.items() if unit == answer.unit_id)

    def close(self, asked: Round) -> None:
        province, period, cut_off = self.rounds[asked.pk]
        actions.close_round(asked=asked, by=self.cast.thu)
        self.holding[asked.pk] = self.ledger.close(province, period, cut_off)

    def reopen(self, asked: Round) -> None:
        actions.reopen_round(asked=asked, by=self.cast.thu, reason=WHY)
        self.opened[asked.pk] = self.holding.pop(asked.pk)
        self.ledger.closed.remove(self.opened[asked.pk])

    def close_again(self, asked: Round) -> None:
        """As if it had not been opened."""
        actions.close_round_again(asked=asked, closed_on=today(), reason=WHY, by=self.cast.thu)
        self.holding[asked.pk] = self.opened.pop(asked.pk)
        self.ledger.closed.append(self.holding[asked.pk])

    def usual_day(self, asked: Asked) -> date:
        """The last day that counts where nobody names one."""
        return min(self.cut_off(asked.unit, asked.period) or asked.last, today())
