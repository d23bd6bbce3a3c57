"""Reads of returns: what one asks and holds, how it changed, what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.audit.queries import rows_of
from sohoi.figures.catalogue.choices import order_of
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.windows import Window
from sohoi.figures.quality.queries import EARLIER, known
from sohoi.kit.indicators import Declared, Indicator, Records
from sohoi.kit.tasks import Task
from sohoi.lib.periods import Period
from sohoi.org.choices import Tier
from sohoi.org.models import UnitVersion
from sohoi.org.queries import at_tier
from sohoi.reports.choices import OPEN, State
from sohoi.reports.models import Return, ReturnLine, Round
from sohoi.reports.reorganising import answered_for
from sohoi.reports.rules import Cell
from sohoi.reports.steps import held

TIERS = (Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE)


def typed_or_counted(day: date) -> list[Indicator]:
    """What units declare and what is counted from records, in the report's order. One query."""
    indicators = [i for i in catalogue().values() if isinstance(i.source, Declared | Records)]
    return sorted((i for i in indicators if i.valid_on(day)), key=lambda i: order_of(i.section))


def asked_of(tier: str, day: date) -> list[Indicator]:
    """What stands on the return of a unit of the tier: its own to declare and, for a commune, what
    is counted from its records."""
    return [
        i
        for i in typed_or_counted(day)
        if (i.source.tier == tier if isinstance(i.source, Declared) else tier == Tier.COMMUNE)
    ]


def counts(
    asked: Round, indicators: Iterable[Indicator], units: Iterable[UUID]
) -> dict[UUID, dict[str, int]]:
    """For each unit the counts from its records up to the cut-off, by indicator. One query."""
    counted = [i for i in indicators if isinstance(i.source, Records)]
    units = [*units]
    window = Window(asked.span, asked.cut_off, asked.cut_off)
    (by_key,) = sums.counted(counted, units, [window])
    return {
        unit: {key: values[position] for key, values in by_key.items()}
        for position, unit in enumerate(units)
    }


@dataclass(frozen=True)
class Beside:
    """What stands beside the values of one unit, by indicator: the count from its records, its
    values of the last period and of the same period a year ago, and its history, newest first, in
    which the zeros before its first number are unknown."""

    counted: dict[str, int]
    last: dict[str, int | None]
    before: dict[str, tuple[int | None, ...]]
    year_ago: dict[str, int | None]


def beside(
    asked: Round, indicators: Iterable[Indicator], units: Iterable[UUID]
) -> dict[UUID, Beside]:
    """For each unit what stands beside its return, in the tree of the cut-off day. Two queries,
    however many units and periods."""
    indicators, units = [*indicators], [*units]
    periods = [asked.span]
    for _earlier in range(EARLIER):
        periods.append(periods[-1].previous())
    year_ago = asked.span.previous_year()
    periods += [] if year_ago in periods else [year_ago]
    tree = asked.cut_off
    windows = [Window(asked.span, tree, tree)]
    windows += [Window(period, period.end, tree) for period in periods[1:]]
    declared = sums.declared([i.key for i in indicators], units, windows)
    counted = sums.counted([i for i in indicators if isinstance(i.source, Records)], units, windows)

    def told(period: Period, position: int, key: str) -> int | None:
        """What the unit declared, else what its records count."""
        window = periods.index(period)
        if declared_sum := declared[window].get((units[position], key)):
            return declared_sum.value
        return counted[window][key][position] if key in counted[window] else None

    return {
        unit: Beside(
            {key: values[position] for key, values in counted[0].items()},
            {i.key: told(periods[1], position, i.key) for i in indicators},
            {
                i.key: known([told(p, position, i.key) for p in periods[1 : EARLIER + 1]])
                for i in indicators
            },
            {i.key: told(year_ago, position, i.key) for i in indicators},
        )
        for position, unit in enumerate(units)
    }


def checkers_of(province: UUID, day: date) -> dict[UUID, UUID]:
    """For each unit of the province below a district the nearest one above it, on the day."""
    districts = {one.id for one in at_tier([province], Tier.DISTRICT, on=day)}
    versions = UnitVersion.objects.on(day).under([province], on=day)
    parents = dict(versions.values_list("unit_id", "parent_id"))
    checkers = {}
    for unit in parents:
        above = parents[unit]
        while above in parents and above not in districts:
            above = parents[above]
        if above in districts:
            checkers[unit] = above
    return checkers


def saved_cells(answer: Return) -> dict[str, Cell]:
    """What the return holds."""
    return {line.indicator: Cell(line.value, line.reason) for line in answer.lines.all()}


@dataclass(frozen=True)
class LineChange:
    """One change of a line; `before` is None when it was filled for the first time."""

    at: datetime
    by: str
    indicator: str
    before: Cell | None
    after: Cell


def line_changes(answer: Return) -> list[list[LineChange]]:
    """The changes of a return's lines, those of one save together, oldest first. Two queries."""
    written = [*rows_of(answer, ReturnLine)]
    people = get_user_model().objects.in_bulk(
        {line["updated_by_id"] for _change, line in written} - {None}
    )
    saves: dict[Any, list[LineChange]] = {}
    held: dict[str, Cell] = {}
    for written_in, line in written:
        cell = Cell(line["value"], line["reason"] or "")
        before, held[line["indicator"]] = held.get(line["indicator"]), cell
        by = str(people.get(line["updated_by_id"], ""))
        change = LineChange(line["updated_at"], by, line["indicator"], before, cell)
        save = (written_in.at, written_in.actor_id, line["updated_at"])
        saves.setdefault(save, []).append(change)
    return [*saves.values()]


def tasks(user: Any) -> list[Task]:
    """Returns to fill, to check and to accept."""
    return [*_to_fill(user), *_to_judge(user, "reports.check"), *_to_judge(user, "reports.accept")]


def _period_title(asked: Round) -> str:
    return asked.span.title("en" if get_language() == "en" else "vi")


def _to_fill(user: Any) -> list[Task]:
    units = answered_for(user.reach("reports.fill"))
    mine = Return.objects.filter(unit_id__in=units, state__in=OPEN, round__closed_on=None)
    return [
        Task(
            title=(
                _("Sửa báo cáo bị trả lại, %(period)s")
                if answer.state == State.RETURNED
                else _("Lập báo cáo %(period)s")
            )
            % {"period": _period_title(answer.round)},
            url=reverse("reports:return", args=[answer.pk]),
            unit=answer.unit_name or "",
            due=answer.round.due,
            detail=_last_reason(answer) if answer.state == State.RETURNED else "",
        )
        for answer in mine.select_related("round").named()
    ]


def _last_reason(answer: Return) -> str:
    steps = held(answer.steps.all())
    return steps[-1].reason if steps else ""


def _to_judge(user: Any, permission: str) -> list[Task]:
    """One line a round: how many returns wait for this person's step."""
    roots = user.reach(permission)
    if not roots:
        return []
    waiting = Return.objects.under(roots).filter(round__closed_on=None)
    if permission == "reports.accept":
        waiting, title = waiting.awaiting_province(), _("Duyệt %(count)s báo cáo, %(period)s")
    else:
        title = _("Kiểm tra %(count)s báo cáo của xã, %(period)s")
        waiting = waiting.awaiting_district()
    counted = waiting.values("round").annotate(count=Count("pk")).order_by("round")
    numbers = dict(counted.values_list("round", "count"))
    return [
        Task(
            title=title % {"count": numbers[asked.pk], "period": _period_title(asked)},
            url=reverse("reports:round", args=[asked.pk]),
            unit=asked.unit_name or "",
            due=asked.due,
        )
        for asked in Round.objects.filter(pk__in=numbers).named()
    ]
