"""Reads of returns: what one asks and holds, how it changed, what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.audit.queries import rows_of
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.choices import order_of
from sohoi.figures.catalogue.queries import catalogue, used_by
from sohoi.figures.catalogue.rules import Passing, in_period
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.windows import Window
from sohoi.figures.models import Closing
from sohoi.figures.quality.queries import EARLIER, known
from sohoi.kit.indicators import Declared, Indicator, Records
from sohoi.kit.tasks import Task
from sohoi.lib.periods import Period, parse_period
from sohoi.org.choices import Tier
from sohoi.org.models import UnitName, UnitVersion, today
from sohoi.org.queries import at_tier, place_of
from sohoi.reports.choices import OPEN, State
from sohoi.reports.models import IssuedFile, Return, ReturnLine, Round, Step
from sohoi.reports.reorganising import answered_for
from sohoi.reports.rules import Cell, awaits_district, awaits_province
from sohoi.reports.steps import held

TIERS = (Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE)


def typed_or_counted(period: Period) -> list[Indicator]:
    """What units declare and what is counted from records in the period, whoever uses it and
    whenever, in the report's order. One query."""
    return _in_order(in_period(one, period.start) for one in catalogue().values())


def _in_order(indicators: Iterable[Indicator]) -> list[Indicator]:
    asked = [i for i in indicators if isinstance(i.source, Declared | Records)]
    return sorted(asked, key=lambda i: order_of(i.section))


def asked_by(unit: UUID, tier: str, asked: Round) -> list[Indicator]:
    """What a return of a unit of the tier, that one or below it, asks as long as it was never sent:
    its own to declare and, for a commune, what is counted from its records."""
    day = asked.cut_off
    return [
        i
        for i in _in_order(used_by(unit, day, asked.span.start).values())
        if i.valid_on(day)
        and (i.source.tier == tier if isinstance(i.source, Declared) else tier == Tier.COMMUNE)
    ]


def asked_of(answer: Return) -> list[Indicator]:
    """What stands on the return."""
    if answer.asked is None:
        return asked_by(answer.unit_id, answer.tier, answer.round)
    return [i for i in typed_or_counted(answer.round.span) if i.key in answer.asked]


def asked_units(period: str) -> str:
    """A query for the ids of the units whose rounds ask for the period."""
    sql = """SELECT t.unit_id FROM reports_return AS t JOIN reports_round AS r ON r.id = t.round_id
              WHERE r.period = %s"""
    return connection.ops.compose_sql(sql, [period])


def counts(
    asked: Round, indicators: Iterable[Indicator], units: Iterable[UUID]
) -> dict[UUID, dict[str, int]]:
    """For each unit the counts from its records up to the cut-off, by indicator. One query."""
    counted = [i for i in indicators if isinstance(i.source, Records)]
    units = [*units]
    window = Window(asked.span, asked.last_day, asked.cut_off)
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
    windows = [Window(asked.span, asked.last_day, tree)]
    windows += [Window(period, period.end, tree) for period in periods[1:]]
    declared = [
        _added_up(rows) for rows in sums.stated([i.key for i in indicators], units, windows)
    ]
    counted = sums.counted([i for i in indicators if isinstance(i.source, Records)], units, windows)
    counted_from = {i.key: i.counted_from for i in indicators if isinstance(i, Passing)}

    def told(period: Period, position: int, key: str) -> int | None:
        """What the unit declared, else what its records count."""
        window = periods.index(period)
        if (units[position], key) in declared[window]:
            return declared[window][units[position], key]
        is_counted = key in counted[window] and period.start >= counted_from.get(key, date.min)
        return counted[window][key][position] if is_counted else None

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


def _added_up(rows: Iterable[sums.Stated]) -> dict[tuple[UUID, str], int]:
    """What each unit declared, with whatever merged into it."""
    declared: dict[tuple[UUID, str], int] = {}
    for one in rows:
        declared[one.top, one.key] = declared.get((one.top, one.key), 0) + one.value
    return declared


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


_CUT_OFF = """
    SELECT r.cut_off FROM reports_round AS r
      JOIN LATERAL org_line(%s, r.cut_off) AS above ON above.unit_id = r.unit_id
     WHERE r.period = %s ORDER BY above.height LIMIT 1"""


def cut_off(unit: UUID, period: str) -> date | None:
    """The cut-off of the round that asks the unit for the period; of the nearest unit above."""
    with connection.cursor() as cursor:
        cursor.execute(_CUT_OFF, [unit, period])
        found = cursor.fetchone()
    return found[0] if found else None


def closing_of(question: Question) -> Closing | None:
    """The closing that answers the question, without its words; None where the period is open, or
    something else is asked."""
    if question.is_regrouped:
        return None
    asked = {"frozenunit__unit_id": question.unit.id, "period": question.period.key}
    held = Closing.objects.filter(opened_at=None, day=question.day, **asked)
    return held.defer("words").order_by("closed_at").first()


def issued_files(units: Iterable[UUID], period: str) -> QuerySet[IssuedFile]:
    """What was issued of the units in the period, without the content: each with its closing and
    the name of its unit then, the last closing first. One query."""
    found = IssuedFile.objects.filter(unit_id__in=[*units], closing__period=period)
    found = found.annotate(unit_name=UnitName("unit_id", "closing__day"))
    found = found.select_related("closing", "made_by").defer("content", "closing__words")
    return found.order_by("-closing__closed_at", "made_at", "pk")


def question_about(answer: Return) -> Question:
    """What the figures of the returned unit are asked for: its round's period and cut-off."""
    day = answer.round.last_day
    unit = place_of(answer.unit_id, on=day)
    return Question(unit=unit, period=answer.round.span, day=day, tree=day)


def tasks(user: Any) -> list[Task]:
    """Returns to fill, to check and to accept."""
    return [*_to_fill(user), *_to_judge(user, "reports.check"), *_to_judge(user, "reports.accept")]


# The first page of everybody asks these: to compose them anew takes longer than to answer them.
_IN_OPEN_ROUNDS = """
      FROM reports_return AS a JOIN reports_round AS r ON r.id = a.round_id
     WHERE r.closed_on IS NULL AND a.state = ANY(%(states)s)"""
_NAME = """(
        SELECT v.name FROM org_unitversion AS v
         WHERE v.unit_id = {}.unit_id AND v.valid_from <= %(day)s
         ORDER BY v.valid_from DESC LIMIT 1)"""
_TO_FILL = f"""
    SELECT a.id, a.state, r.period, r.due, {_NAME.format("a")}
    {_IN_OPEN_ROUNDS} AND a.unit_id = ANY(%(units)s) ORDER BY a.id"""
_TO_JUDGE = f"""
    SELECT r.id, r.period, r.due, {_NAME.format("r")}, a.state,
           EXISTS (SELECT FROM org_unitversion AS v
                    WHERE v.unit_id = a.checker_id AND v.valid_from <= %(day)s
                      AND (v.valid_to IS NULL OR v.valid_to > %(day)s)) AS checked, count(*)
    {_IN_OPEN_ROUNDS}
       AND a.unit_id IN (SELECT unit_id FROM org_subtree(%(roots)s::uuid[], %(day)s))
     GROUP BY r.id, a.state, checked ORDER BY r.id"""  # noqa: S608 - made of our own sentences


def _read(sql: str, **asked: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": today(), **asked})
        return cursor.fetchall()


def _period_title(period: str) -> str:
    return parse_period(period).title("en" if get_language() == "en" else "vi")


def _to_fill(user: Any) -> list[Task]:
    roots = user.reach("reports.fill")
    if not roots:
        return []
    return [
        Task(
            title=(
                _("Sửa báo cáo bị trả lại, %(period)s")
                if state == State.RETURNED
                else _("Lập báo cáo %(period)s")
            )
            % {"period": _period_title(period)},
            url=reverse("reports:return", args=[pk]),
            unit=unit_name or "",
            due=due,
            detail=_last_reason(pk) if state == State.RETURNED else "",
        )
        for pk, state, period, due, unit_name in _read(
            _TO_FILL, units=answered_for(roots), states=[*OPEN]
        )
    ]


def _last_reason(answer_id: UUID) -> str:
    steps = held(Step.objects.filter(moved=answer_id))
    return steps[-1].reason if steps else ""


def _to_judge(user: Any, permission: str) -> list[Task]:
    """One line a round: how many returns wait for this person's step."""
    roots = user.reach(permission)
    if not roots:
        return []
    if permission == "reports.accept":
        awaits, title = awaits_province, _("Duyệt %(count)s báo cáo, %(period)s")
    else:
        awaits, title = awaits_district, _("Kiểm tra %(count)s báo cáo của xã, %(period)s")
    numbers: dict[tuple, int] = {}
    sent = [State.SUBMITTED, State.CHECKED]
    for *asked, state, checked, count in _read(_TO_JUDGE, roots=roots, states=sent):
        if awaits(state, checked=checked):
            numbers[*asked] = numbers.get((*asked,), 0) + count
    return [
        Task(
            title=title % {"count": count, "period": _period_title(period)},
            url=reverse("reports:round", args=[pk]),
            unit=unit_name or "",
            due=due,
        )
        for (pk, period, due, unit_name), count in numbers.items()
    ]
