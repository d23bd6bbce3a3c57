"""What an indicator is, as data: one declaration per figure; the engine derives the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from sohoi.lib.numbers import divided
from sohoi.lib.wording import Rounding


class Kind(StrEnum):
    """How a figure relates to time (DESIGN §2)."""

    FLOW = "flow"  # happened in the period
    STOCK = "stock"  # state at the cut-off
    SINCE = "since"  # flow since the start of the term or programme
    DISTINCT = "distinct"  # different people or households: not additive
    RATE = "rate"  # numerator over denominator, both always shown
    TARGET = "target"  # planned, not achieved


KIND_TITLES = {
    Kind.FLOW: _("phát sinh trong kỳ"),
    Kind.STOCK: _("hiện có đến ngày chốt"),
    Kind.SINCE: _("luỹ kế"),
    Kind.DISTINCT: _("số đối tượng khác nhau"),
    Kind.RATE: _("tỷ lệ"),
    Kind.TARGET: _("chỉ tiêu"),
}


@dataclass(frozen=True)
class Measure:
    """Unit of measure. Values are integers in its smallest part; `scale` of them make one."""

    symbol: str
    title: str
    scale: int = 1


VND = Measure("VND", _("đồng"))
PERCENT = Measure("%", "%", scale=100)


@dataclass(frozen=True, kw_only=True)
class Records:
    """A counted source: rows of one model, over the model's own columns.

    Flow, since and distinct: `at` is the date column. Stock: a row counts from the day in `since`
    until the day before the one in `until` (empty: still counts). `amount` is the integer column
    that is summed; without it rows are counted. `who` is the column of the person or household for
    distinct figures. `label` is the column shown in the evidence list: a code, never a person's
    name. `page` is the URL name of the record's page. `room` is the room whose permission shows the
    records, where the indicator's key does not say it.
    """

    model: type[Model]
    at: str = ""
    since: str = ""
    until: str = ""
    where: Q = field(default_factory=Q)
    amount: str = ""
    who: str = ""
    unit: str = "unit"
    breakdowns: tuple[str, ...] = ()
    label: str = "code"
    page: str = ""
    started_on: date | None = None
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """Records that a room lets indicators without code count, and by which of their columns.

    `key` is `<room>.<kind>`. `days` are the dates of a flow, `spans` the (since, until) pairs of a
    stock, `columns` what a condition may ask, `amounts` what may be summed and in which measure,
    `who` what may be counted as different. `titles` names columns whose own name says nothing.
    """

    key: str
    title: str
    measure: Measure
    model: type[Model]
    page: str
    days: tuple[str, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    amounts: Mapping[str, Measure] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    label: str = "code"
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def room(self) -> str:
        return self.key.split(".", 1)[0]

    def title_of(self, column: str) -> str:
        return str(self.titles.get(column) or self.model._meta.get_field(column).verbose_name)


@dataclass(frozen=True)
class Declared:
    """Declared by every unit of one tier (`commune`, `district`, `province`) in its return."""

    tier: str


@dataclass(frozen=True)
class TotalOf:
    """The sum of other figures of the same measure."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class UnitsWith:
    """The number of units of one tier whose figure `part` is above zero."""

    part: str
    tier: str


@dataclass(frozen=True)
class RateOf:
    """`numerator` over `denominator`; empty, never zero, when the denominator is zero.

    `times` over `per` makes a percentage (100) or evens out the scales of two measures.
    """

    numerator: str
    denominator: str
    times: int = 100
    per: int = 1

    def of(self, above: int | None, below: int | None, scale: int) -> int | None:
        """The rate in the smallest unit of its measure, `scale` of which make one; half up."""
        if above is None or not below:
            return None
        return divided(above * self.times * scale, below * self.per)


Source = Records | Declared | TotalOf | UnitsWith | RateOf


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure the Union speaks of. `parts` ought to add up to it: both are kept, neither is
    derived from the other. `owner` is the unit that, with all below it, alone uses it, if any."""

    key: str
    title: str
    kind: Kind
    measure: Measure
    source: Source
    section: str
    rounding: Rounding = field(default_factory=Rounding)
    parts: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    owner: UUID | None = None

    @property
    def room(self) -> str:
        """Whose permission shows the records behind it."""
        own = self.source.room if isinstance(self.source, Records) else ""
        return own or self.key.split(".", 1)[0]

    def valid_on(self, day: date) -> bool:
        """`valid_to` is the first day on which the indicator is no longer used."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )
