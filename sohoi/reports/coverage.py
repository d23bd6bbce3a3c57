"""Reads of a round: how far its units are, by district, and what is odd in their returns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sohoi.org.choices import Tier
from sohoi.org.models import today
from sohoi.org.queries import Place, at_tier, place_of
from sohoi.reports.choices import OPEN, State
from sohoi.reports.models import Return, ReturnLine, Round
from sohoi.reports.queries import TIERS, beside, counts, typed_or_counted
from sohoi.reports.rules import EMPTY, Cell, Remark, differences, doubts


@dataclass(frozen=True)
class Row:
    """One unit of a round with its return."""

    place: Place
    answer: Return
    is_late: bool

    @property
    def state(self) -> State:
        return State(self.answer.state)

    @property
    def is_sent(self) -> bool:
        return self.state not in OPEN


@dataclass(frozen=True)
class Group:
    """The communes of one district; of the province itself where there are no districts."""

    place: Place
    rows: list[Row]

    @property
    def sent(self) -> int:
        return sum(row.is_sent for row in self.rows)

    @property
    def accepted(self) -> int:
        return sum(row.state == State.ACCEPTED for row in self.rows)


@dataclass(frozen=True)
class Coverage:
    """The province's and districts' own returns, and those of the communes by district."""

    province: Place
    upper: list[Row]
    groups: list[Group]

    @property
    def communes(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def rows(self) -> list[Row]:
        return [*self.upper, *self.communes]


def coverage(asked: Round, *, within: Iterable[UUID] | None = None) -> Coverage:
    """Every return of the round in its place on the cut-off day; `within` narrows to some units.

    Four queries, however many units.
    """
    day, late = asked.cut_off, asked.is_open and asked.due < today()
    answers = {a.unit_id: a for a in asked.returns.judged()}
    shown = None if within is None else set(within)
    places = {tier: at_tier([asked.unit_id], tier, on=day) for tier in TIERS}

    def rows(tier: str) -> list[Row]:
        return [
            Row(one, answer, late and answer.state in OPEN)
            for one in places[tier]
            if (answer := answers.get(one.id)) and (shown is None or one.id in shown)
        ]

    below: dict[UUID | None, list[Row]] = defaultdict(list)
    for row in rows(Tier.COMMUNE):
        below[row.place.parent_id].append(row)
    parents = [*places[Tier.DISTRICT], *places[Tier.PROVINCE]]
    groups = [Group(parent, below[parent.id]) for parent in parents if below[parent.id]]
    province = next((one for one in places[Tier.PROVINCE]), None) or place_of(asked.unit_id, on=day)
    return Coverage(province, [*rows(Tier.PROVINCE), *rows(Tier.DISTRICT)], groups)


@dataclass(frozen=True)
class Difference:
    """A total or a declared value of one unit that another number contradicts, with its reason."""

    row: Row
    remark: Remark
    reason: str


def differences_in(asked: Round, rows: Iterable[Row]) -> list[Difference]:
    """What contradicts in the returns that were sent. Three queries, however many units."""
    sent = {row.answer.pk: row for row in rows if row.is_sent}
    cells: dict[UUID, dict[str, Cell]] = defaultdict(dict)
    lines = ReturnLine.objects.filter(filled_in__in=sent)
    for pk, key, value, reason in lines.values_list("filled_in", "indicator", "value", "reason"):
        cells[pk][key] = Cell(value, reason)
    indicators = typed_or_counted(asked.span)
    communes = [row.place.id for row in sent.values() if row.place.tier == Tier.COMMUNE]
    counted = counts(asked, indicators, communes)
    return [
        Difference(row, remark, cells[pk].get(remark.indicator.key, EMPTY).reason)
        for pk, row in sent.items()
        for remark in differences(
            [i for i in indicators if i.key in row.answer.asked],
            cells[pk],
            counted.get(row.place.id, {}),
        )
    ]


def doubtful(asked: Round, answers: Iterable[Return]) -> list[tuple[Return, Remark, str]]:
    """The values of the returns that are unlike the units' own history, with the reasons given.
    Four queries, however many returns."""
    known = {answer.pk: answer for answer in answers}
    cells: dict[UUID, dict[str, Cell]] = defaultdict(dict)
    for line in ReturnLine.objects.filter(filled_in__in=known):
        cells[line.filled_in_id][line.indicator] = Cell(line.value, line.reason)
    indicators = typed_or_counted(asked.span)
    near = beside(asked, indicators, [answer.unit_id for answer in known.values()])
    return [
        (answer, remark, cells[pk][remark.indicator.key].reason)
        for pk, answer in known.items()
        for remark in doubts(indicators, cells[pk], near[answer.unit_id].before)
    ]
