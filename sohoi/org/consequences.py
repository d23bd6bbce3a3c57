"""What a reorganisation plan does, in sentences for people and as JSON for programs."""

from collections import Counter, defaultdict
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sohoi.kit.reorganising import Touched
from sohoi.org.choices import Tier
from sohoi.org.judging import Plan, Standing
from sohoi.org.models import UnitKind

MOST_FAULTS = 100


def consequences(
    plan: Plan, touched: list[Touched], undivided: dict[UUID, int], kept: list[str]
) -> list[dict]:
    """What the plan does, group by group; groups with nothing are left out."""
    renamed, moved = _named_changes(plan)
    groups = [
        (_("Kỳ đã khoá mà phương án tác động tới: số đã chốt giữ nguyên"), kept),
        (_("Số đơn vị theo cấp"), _counts(plan)),
        (_("Lập mới"), [_founded(plan, unit) for unit in plan.founded]),
        (_("Nhập trọn"), [_into(plan, unit) for unit in plan.ended("merge")]),
        (
            _("Tách ra: hồ sơ, báo cáo của chính đơn vị không chia được"),
            [_split(plan, unit, undivided.get(unit, 0)) for unit in plan.ended("split")],
        ),
        (_("Kết thúc, không có đơn vị kế tiếp"), [_old(plan, u) for u in plan.ended("close")]),
        (_("Đổi tên, cấp hoặc mã"), [_renamed(plan, unit) for unit in renamed]),
        (_("Chuyển cấp trên"), [_moved(plan, unit) for unit in moved]),
        (_("Đi theo đơn vị kế tiếp của cấp trên"), _followed(plan)),
        *_touched(plan, touched),
    ]
    return [{"title": title, "items": items} for title, items in groups if items]


def fault_rows(plan: Plan) -> list[dict]:
    """The first faults, each beside what its row says."""
    lines = {line.row: line for line in plan.lines}
    rows = []
    for fault in plan.faults[:MOST_FAULTS]:
        line = lines.get(fault.row)
        words = [line.verb, line.code, line.to_code, line.name, line.parent_code] if line else []
        says = ", ".join(filter(None, words)) or fault.code
        rows.append({"row": fault.row, "says": says, "text": fault.text})
    return rows


def plan_as_json(
    plan: Plan, touched: list[Touched], undivided: dict[UUID, int], kept: list[str]
) -> dict:
    """The shape that `sohoi reorganise --json` promises: units by their codes, counts, faults."""
    renamed, moved = ([], []) if plan.faults else _named_changes(plan)
    ended = {verb: [] if plan.faults else plan.ended(verb) for verb in ("merge", "split", "close")}
    before, after = plan.before, plan.after
    return {
        "on": plan.on.isoformat(),
        "faults": [{"row": f.row, "unit": f.code, "reason": f.text} for f in plan.faults],
        "founded": [
            {"code": line.to_code, "name": line.name, "kind": line.kind, "parent": line.parent_code}
            for line in plan.founded.values()
        ],
        "merged": [_link(plan, unit) for unit in ended["merge"]],
        "split": [
            _link(plan, unit) | {"undivided": undivided.get(unit, 0)} for unit in ended["split"]
        ],
        "closed": [before[unit].code for unit in ended["close"]],
        "renamed": [
            {"code": before[u].code, "to_code": after[u].code, "name": after[u].name}
            for u in renamed
        ],
        "moved": [{"code": before[u].code, "parent": after[after[u].parent].code} for u in moved],
        "followed": [] if plan.faults else _followed_codes(plan),
        "counts": {} if plan.faults else _counted(plan),
        "touched": [
            {"unit": before[t.unit_id].code, "what": t.what, "becomes": t.becomes} for t in touched
        ],
        "kept": kept,
    }


def _named_changes(plan: Plan) -> tuple[list[UUID], list[UUID]]:
    """Renamed units, and those moved by a row of their own."""
    renamed, moved = [], []
    for unit in plan.changed:
        then, now = plan.before[unit], plan.after[unit]
        if (then.name, then.code, then.kind) != (now.name, now.code, now.kind):
            renamed.append(unit)
        if then.parent != now.parent and unit in plan.rows:
            moved.append(unit)
    return renamed, moved


def _carried(plan: Plan) -> Counter:
    """How many units go along, by the unit they stood under and the one they come to."""
    return Counter(
        (plan.before[unit].parent, plan.after[unit].parent)
        for unit in plan.changed
        if unit not in plan.rows
    )


def _touched(plan: Plan, touched: list[Touched]) -> list[tuple[str, list[str]]]:
    groups = defaultdict(list)
    for change in touched:
        groups[change.group].append(
            f"{_old(plan, change.unit_id)}: {change.what} → {change.becomes}"
        )
    return [*groups.items()]


def _words(standing: Standing) -> str:
    return f"{standing.name} ({standing.code})"


def _old(plan: Plan, unit: UUID) -> str:
    return _words(plan.before[unit])


def _founded(plan: Plan, unit: UUID) -> str:
    new = plan.after[unit]
    facts = {"name": _words(new), "parent": _words(plan.after[new.parent])}
    return _("%(name)s, trực thuộc %(parent)s") % facts


def _into(plan: Plan, unit: UUID) -> str:
    followers = ", ".join(_words(plan.after[follower]) for follower in plan.followers[unit])
    return f"{_old(plan, unit)} → {followers}"


def _split(plan: Plan, unit: UUID, records: int) -> str:
    if not records:
        return _into(plan, unit)
    text = ngettext(
        "%(links)s; %(number)s hồ sơ của chính đơn vị không chia được",
        "%(links)s; %(number)s hồ sơ của chính đơn vị không chia được",
        records,
    )
    return text % {"links": _into(plan, unit), "number": records}


def _renamed(plan: Plan, unit: UUID) -> str:
    return f"{_old(plan, unit)} → {_words(plan.after[unit])}"


def _moved(plan: Plan, unit: UUID) -> str:
    then, now = plan.before[unit], plan.after[plan.after[unit].parent]
    facts = {"name": _words(then), "now": _words(now)}
    if then.parent not in plan.before:
        return _("%(name)s về %(now)s") % facts
    facts["then"] = _old(plan, then.parent)
    return _("%(name)s từ %(then)s về %(now)s") % facts


def _followed(plan: Plan) -> list[str]:
    sentences = []
    for (then, now), number in _carried(plan).items():
        text = ngettext(
            "%(number)s đơn vị của %(then)s về %(now)s",
            "%(number)s đơn vị của %(then)s về %(now)s",
            number,
        )
        facts = {"number": number, "then": _old(plan, then), "now": _words(plan.after[now])}
        sentences.append(text % facts)
    return sentences


def _followed_codes(plan: Plan) -> list[dict]:
    return [
        {"from": plan.before[then].code, "to": plan.after[now].code, "units": number}
        for (then, now), number in _carried(plan).items()
    ]


def _link(plan: Plan, unit: UUID) -> dict:
    return {
        "from": plan.before[unit].code,
        "to": [plan.after[follower].code for follower in plan.followers[unit]],
    }


def _counts(plan: Plan) -> list[str]:
    kinds = {kind.key: str(kind) for kind in UnitKind.objects.all()}
    return [
        _("%(kind)s: %(then)s → %(now)s")
        % {"kind": kinds[key], "then": numbers["before"], "now": numbers["after"]}
        for key, numbers in _by_kind(plan).items()
        if numbers["before"] != numbers["after"]
    ]


def _by_kind(plan: Plan) -> dict[str, dict[str, int]]:
    then = Counter(standing.kind for standing in plan.before.values())
    now = Counter(standing.kind for standing in plan.after.values())
    return {k: {"before": then[k], "after": now[k]} for k in plan.tiers if then[k] or now[k]}


def _counted(plan: Plan) -> dict[str, dict[str, int]]:
    """Units by tier, before and after."""
    counts = {tier.value: {"before": 0, "after": 0} for tier in Tier}
    for kind, numbers in _by_kind(plan).items():
        for when, number in numbers.items():
            counts[plan.tiers[kind]][when] += number
    return {tier: numbers for tier, numbers in counts.items() if any(numbers.values())}
