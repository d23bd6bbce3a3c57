"""A reorganisation plan judged by the units on record: what it does, or every fault in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from sohoi.kit import rooms
from sohoi.kit.indicators import Records
from sohoi.lib import dates
from sohoi.lib.ids import uuid7
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitKind, UnitVersion, subtree
from sohoi.org.plan import Fault, Line

_ENDING = ("merge", "split", "close")
_RANKS = {tier: rank for rank, tier in enumerate(Tier) if tier != Tier.ATTACHED}


@dataclass(frozen=True)
class Standing:
    """What a unit is on the day."""

    id: UUID
    code: str
    name: str
    kind: str
    parent: UUID | None


@dataclass
class Plan:
    """The judged plan. With faults nothing of it may be applied.

    `before` and `after` are all units of the day, without the plan and with it; `rows` leads from
    a unit to the row that first names it.
    """

    on: date
    lines: list[Line]
    faults: list[Fault] = field(default_factory=list)
    tiers: dict[str, str] = field(default_factory=dict)
    before: dict[UUID, Standing] = field(default_factory=dict)
    after: dict[UUID, Standing] = field(default_factory=dict)
    founded: dict[UUID, Line] = field(default_factory=dict)
    followers: dict[UUID, list[UUID]] = field(default_factory=dict)
    rows: dict[UUID, int] = field(default_factory=dict)

    @property
    def changed(self) -> list[UUID]:
        """Units that go on with another parent, name, kind or code."""
        return [u for u, then in self.before.items() if self.after.get(u, then) != then]

    @property
    def reached(self) -> set[UUID]:
        """The units of which something is another from the day on: those that end or change, what
        follows them, and what they and the new ones stand and stood under."""
        own = {*self.founded, *self.followers, *self.changed}
        own |= {unit for followers in self.followers.values() for unit in followers}
        standing = [trees[unit] for trees in (self.before, self.after) for unit in own & {*trees}]
        return own.union(one.parent for one in standing if one.parent)

    def ended(self, verb: str) -> list[UUID]:
        """Units that merge, split or close."""
        number = {"merge": lambda n: n == 1, "split": lambda n: n > 1, "close": lambda n: n == 0}
        return [unit for unit, followers in self.followers.items() if number[verb](len(followers))]

    def tier(self, standing: Standing) -> str:
        return self.tiers.get(standing.kind, "")

    def row_of(self, unit: UUID) -> int | None:
        """The row that names the unit, else the one that names the unit above it."""
        then = self.before.get(unit)
        return self.rows.get(unit) or (self.rows.get(then.parent) if then else None)

    def rank(self, standing: Standing) -> int | None:
        """The place of its tier from the top. None: an attached unit, which may stand anywhere, or
        an unknown kind, which is a fault of its own."""
        return _RANKS.get(self.tier(standing))

    def may_stand_under(self, below: Standing, above: Standing) -> bool:
        ranks = self.rank(above), self.rank(below)
        return None in ranks or ranks[0] < ranks[1]


@dataclass
class _Register:
    """The units around the day: by their code on the day before; those with nothing recorded from
    the day on; those that last; versions that begin later."""

    eve: dict[str, UUID] = field(default_factory=dict)
    settled: set[UUID] = field(default_factory=set)
    lasting: set[UUID] = field(default_factory=set)
    later: list[tuple[Standing, date]] = field(default_factory=list)


def judge(lines: list[Line], on: date, *, within: Iterable[UUID] | None = None) -> Plan:
    """What the plan would do on the day and every fault that forbids it.

    `within` are the units, with all below them, that the person may change; None is all of them.
    """
    plan = Plan(on, lines, tiers=dict(UnitKind.objects.values_list("key", "tier")))
    register = _register(plan)
    plan.faults += [*_unknown(plan, register), *_contradicting(lines)]
    spoilt = {fault.code for fault in plan.faults}
    _end_and_found(plan, register)
    unplaced = _give_targets(plan, register)
    _bring_children(plan, spoilt, unplaced)
    plan.faults += [
        *_unsettled(plan, register),
        *_wrong_codes(plan, register),
        *_wrong_tree(plan),
        *_wrong_followers(plan),
        *_born_later(plan, register),
        *_records_after(plan),
        *_out_of_reach(plan, within),
    ]
    return plan


def _register(plan: Plan) -> _Register:
    register = _Register()
    versions = UnitVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=plan.on))
    columns = ("unit_id", "code", "name", "kind_id", "parent_id", "valid_from", "valid_to")
    for *identity, first, end in versions.values_list(*columns):
        standing = Standing(*identity)
        if first < plan.on:
            register.eve[standing.code] = standing.id
        if first > plan.on:
            register.later.append((standing, first))
        elif end is None or end > plan.on:
            plan.before[standing.id] = standing
        if end is None and first <= plan.on:
            register.lasting.add(standing.id)
        if end is None and first < plan.on:
            register.settled.add(standing.id)
    return register


def _unknown(plan: Plan, register: _Register) -> Iterator[Fault]:
    kinds = ", ".join(sorted(plan.tiers))
    for line in plan.lines:
        if line.verb != "found" and line.code not in register.eve:
            text = _("Ngày trước %(day)s không có đơn vị mã %(code)s. Kiểm tra lại mã.")
            text %= {"code": line.code, "day": dates.short(plan.on)}
            yield Fault(line.row, line.code, text)
        if line.kind and line.kind not in plan.tiers:
            text = _("Không có cấp “%(kind)s”. Dùng: %(kinds)s.")
            text %= {"kind": line.kind, "kinds": kinds}
            yield Fault(line.row, line.code or line.to_code, text)


def _contradicting(lines: list[Line]) -> Iterator[Fault]:
    """A unit ends once, moves once, is renamed once, and does not end and go on at once."""
    by_code = defaultdict(list)
    for line in lines:
        if line.verb != "found":
            by_code[line.code].append(line)
    for code, of_code in by_code.items():
        verbs = Counter(line.verb for line in of_code)
        ends = [verb for verb in _ENDING if verb in verbs]
        facts = {"code": code, "rows": ", ".join(str(line.row) for line in of_code)}
        twice = any(number > 1 for verb, number in verbs.items() if verb != "split")
        if len(ends) > 1 or twice or (ends and len(verbs) > 1):
            text = _("Đơn vị %(code)s có nhiều dòng trái nhau (dòng %(rows)s). Giữ lại một.")
        elif verbs["split"] == 1:
            text = _("Đơn vị %(code)s tách phải có từ hai dòng. Nếu nhập trọn, dùng “merge”.")
        elif len({line.to_code for line in of_code}) < verbs["split"]:
            text = _("Đơn vị %(code)s tách hai lần vào cùng một đơn vị (dòng %(rows)s).")
        else:
            continue
        yield Fault(of_code[-1].row, code, text % facts)


def _end_and_found(plan: Plan, register: _Register) -> None:
    """Units that end or begin, and new names: the units of the day, before their places."""
    for line in plan.lines:
        unit = register.eve.get(line.code)
        if unit and line.verb != "found":
            plan.rows.setdefault(unit, line.row)
            if line.verb in _ENDING:
                plan.followers.setdefault(unit, [])
    plan.after = {u: s for u, s in plan.before.items() if u not in plan.followers}
    for line in plan.lines:
        then = plan.after.get(register.eve.get(line.code))
        if line.verb == "found":
            unit = uuid7()
            plan.founded[unit], plan.rows[unit] = line, line.row
            plan.after[unit] = Standing(unit, line.to_code, line.name, line.kind, None)
        elif line.verb == "rename" and then:
            plan.after[then.id] = replace(
                then,
                code=line.to_code or then.code,
                name=line.name or then.name,
                kind=line.kind or then.kind,
            )


def _give_targets(plan: Plan, register: _Register) -> set[UUID]:
    """Gives each its new parent or follower; returns the units for which there was none."""
    on_the_day = {standing.code: standing.id for standing in plan.after.values()}
    founded = {line.row: unit for unit, line in plan.founded.items()}
    unplaced = set()
    for line in plan.lines:
        if line.verb in ("rename", "close"):
            continue
        unit = founded.get(line.row) or register.eve.get(line.code)
        wanted = line.parent_code if line.verb in ("found", "move") else line.to_code
        target = on_the_day.get(wanted)
        if target is None:
            plan.faults.append(Fault(line.row, wanted, _no_target(plan, wanted, register)))
            unplaced.add(unit)
        elif unit in plan.followers:
            if line.verb in _ENDING:
                plan.followers[unit].append(target)
        elif unit in plan.after:
            plan.after[unit] = replace(plan.after[unit], parent=target)
    return unplaced


def _no_target(plan: Plan, wanted: str, register: _Register) -> str:
    if register.eve.get(wanted) in plan.followers:
        text = _("Đơn vị mã %(code)s kết thúc vào ngày này. Ghi mã của một đơn vị còn lại.")
    else:
        text = _("Vào ngày này không có đơn vị mã %(code)s. Thêm dòng “found” hoặc sửa mã.")
    return text % {"code": wanted}


def _bring_children(plan: Plan, spoilt: set[str], unplaced: set[UUID]) -> None:
    """What stood below a merged unit stands below its follower; what nobody takes is lost."""
    lost = defaultdict(list)
    for unit, standing in [*plan.after.items()]:
        parent = plan.before.get(standing.parent)
        if parent is None or parent.id in plan.after:
            continue
        followers = plan.followers[parent.id]
        if len(followers) == 1 and plan.may_stand_under(standing, plan.after[followers[0]]):
            plan.after[unit] = replace(standing, parent=followers[0])
        elif parent.code not in spoilt and not {unit, parent.id} & unplaced:
            lost[parent].append(standing.code)
    for parent, codes in lost.items():
        text = _(
            "%(name)s (%(code)s) kết thúc mà các đơn vị bên dưới chưa có chỗ: %(below)s. "
            "Thêm cho mỗi đơn vị ấy một dòng “move”, “merge” hoặc “close”."
        )
        text %= {"name": parent.name, "code": parent.code, "below": ", ".join(sorted(codes))}
        plan.faults.append(Fault(plan.rows[parent.id], parent.code, text))


def _unsettled(plan: Plan, register: _Register) -> Iterator[Fault]:
    """What was changed on the day or later cannot be changed before that."""
    for unit in {*plan.changed, *plan.rows} - plan.founded.keys() - register.settled:
        then = plan.before.get(unit)
        code = then.code if then else next(c for c, u in register.eve.items() if u == unit)
        text = _("%(code)s đã có thay đổi từ %(day)s hoặc sau đó. Chọn ngày muộn hơn.")
        yield Fault(plan.row_of(unit), code, text % {"code": code, "day": dates.short(plan.on)})
    for unit, target in _named(plan):
        if target in plan.before and target not in register.lasting:
            code = plan.before[target].code
            text = _("Đơn vị mã %(code)s sẽ thay đổi sau ngày này. Chọn ngày muộn hơn.")
            yield Fault(plan.row_of(unit), code, text % {"code": code})


def _named(plan: Plan) -> Iterator[tuple[UUID, UUID]]:
    """Each unit of the plan with what it is given: a follower, or a parent."""
    for unit, followers in plan.followers.items():
        yield from ((unit, follower) for follower in followers)
    for unit in (*plan.founded, *plan.changed):
        if parent := plan.after[unit].parent:
            yield unit, parent


def _wrong_codes(plan: Plan, register: _Register) -> Iterator[Fault]:
    users = defaultdict(dict)
    for standing in plan.after.values():
        users[standing.code][standing.id] = standing.name
    for standing, _first in register.later:
        users[standing.code].setdefault(standing.id, standing.name)
    for unit in (*plan.founded, *plan.changed):
        code = plan.after[unit].code
        if others := [name for other, name in users[code].items() if other != unit]:
            text = _("Mã %(code)s cũng là mã của: %(names)s. Mỗi mã chỉ một đơn vị dùng.")
            yield Fault(plan.row_of(unit), code, text % {"code": code, "names": ", ".join(others)})


def _wrong_tree(plan: Plan) -> Iterator[Fault]:
    for unit in (*plan.founded, *plan.changed):
        standing, seen = plan.after[unit], {unit}
        above = plan.after.get(standing.parent)
        text = ""
        if above and not plan.may_stand_under(standing, above):
            text = _("%(name)s (%(code)s) không thể trực thuộc %(above)s: cấp không phù hợp.")
            text %= {"name": standing.name, "code": standing.code, "above": above.name}
        while above and above.id not in seen:
            seen.add(above.id)
            above = plan.after.get(above.parent)
        if above and above.id == unit:
            text = _("%(name)s (%(code)s) sẽ nằm dưới chính mình. Sửa đơn vị cấp trên.")
            text %= {"name": standing.name, "code": standing.code}
        if text:
            yield Fault(plan.row_of(unit), standing.code, text)


def _wrong_followers(plan: Plan) -> Iterator[Fault]:
    """A unit goes into one of its own tier: else whoever answered for a district would come to
    answer for a province."""
    for unit, followers in plan.followers.items():
        then = plan.before.get(unit)
        for follower in (plan.after[follower] for follower in followers):
            tiers = {plan.tier(follower), plan.tier(then)} if then else set()
            if len(tiers) > 1 and "" not in tiers:
                text = _(
                    "%(name)s (%(code)s) và %(into)s không cùng cấp. Nếu giải thể, dùng “close”: "
                    "hồ sơ của đơn vị tính vào đơn vị cấp trên."
                )
                text %= {"name": then.name, "code": then.code, "into": follower.name}
                yield Fault(plan.row_of(unit), then.code, text)


def _born_later(plan: Plan, register: _Register) -> Iterator[Fault]:
    for standing, first in register.later:
        if standing.parent in plan.followers and standing.id not in plan.followers:
            text = _("%(name)s (%(code)s) trực thuộc đơn vị này từ %(day)s. Chọn ngày muộn hơn.")
            text %= {"name": standing.name, "code": standing.code, "day": dates.short(first)}
            yield Fault(plan.row_of(standing.parent), standing.code, text)


def _dated() -> set[tuple]:
    """Model, unit column and day column of all records that figures count or may count."""
    sources = [i.source for i in rooms.indicators().values() if isinstance(i.source, Records)]
    columns = {(s.model, s.unit, s.since or s.at) for s in sources}
    for kind in rooms.record_kinds().values():
        columns |= {(kind.model, "unit", day) for day in (*kind.days, *(a for a, _b in kind.spans))}
    return columns


def _records_after(plan: Plan) -> Iterator[Fault]:
    """Records of units that end, dated on the day or later: they belong to what follows."""
    for model, unit_column, day in sorted(_dated(), key=str):
        rows = model._base_manager.filter(
            **{f"{unit_column}__in": [*plan.followers], f"{day}__gte": plan.on}
        )
        counts = rows.order_by().values(unit_column).annotate(number=Count("pk"))
        for unit, number in counts.values_list(unit_column, "number"):
            code = plan.before[unit].code if unit in plan.before else ""
            text = _(
                "Đơn vị mã %(code)s đã có %(number)s hồ sơ (%(what)s) từ ngày này trở đi. "
                "Chuyển các hồ sơ ấy sang đơn vị mới hoặc chọn ngày muộn hơn."
            )
            what = model._meta.get_field(day).verbose_name
            text %= {"code": code, "number": number, "what": what}
            yield Fault(plan.row_of(unit), code, text)


def undivided(plan: Plan) -> dict[UUID, int]:
    """How many records each split unit keeps itself: they cannot be shared out to what follows."""
    numbers = Counter()
    for model, unit_column in sorted({(m, u) for m, u, _day in _dated()}, key=str):
        rows = model._base_manager.filter(**{f"{unit_column}__in": plan.ended("split")})
        counts = rows.order_by().values(unit_column).annotate(number=Count("pk"))
        numbers.update(dict(counts.values_list(unit_column, "number")))
    return dict(numbers)


def _out_of_reach(plan: Plan, within: Iterable[UUID] | None) -> Iterator[Fault]:
    """Only units below her own may be changed; the unit just above them may stay their parent."""
    if within is None:
        return
    hers = set(Unit.objects.filter(pk__in=subtree(within)).values_list("pk", flat=True))
    touched = [*plan.followers, *plan.changed]
    above = {plan.before[u].parent for u in touched if u in plan.before and u in hers}
    wrong = [(u, u) for u in touched if u not in hers]
    for unit, target in _named(plan):
        allowed = hers if unit in plan.followers else hers | above
        if target in plan.before and target not in allowed:
            wrong.append((unit, target))
    for unit, other in wrong:
        code = plan.before[other].code if other in plan.before else ""
        text = _("Đơn vị mã %(code)s không thuộc phạm vi phụ trách của chị.")
        yield Fault(plan.row_of(unit), code, text % {"code": code})
