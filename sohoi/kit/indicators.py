"""What an indicator is, as data: one declaration per figure; the engine derives the rest."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

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


class Aggregation(StrEnum):
    """How the figures of units make the figure of the unit above them."""

    SUM = "sum"
    LAST = "last"
    WEIGHTED = "weighted"
    NONE = "none"


@dataclass(frozen=True)
class Measure:
    """Unit of measure. Values are integers in its smallest part; `scale` of them make one."""

    symbol: str
    title: str
    scale: int = 1


VND = Measure("VND", _("đồng"))
GOLD_CHI = Measure("chỉ", _("chỉ"), scale=1000)
PERCENT = Measure("%", "%", scale=100)


@dataclass(frozen=True, kw_only=True)
class Records:
    """A counted source: rows of one model, over the model's own columns.

    Flow, since and distinct: `at` is the date column. Stock: a row counts from the day in `since`
    until the day before the one in `until` (empty: still counts). `amount` is the integer column
    that is summed; without it rows are counted. `who` is the column of the person or household for
    distinct figures. `label` is the column shown in the evidence list: a code, never a person's
    name. `page` is the URL name of the record's page.
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
    """`numerator` over `denominator`; empty, never zero, when the denominator is zero."""

    numerator: str
    denominator: str


Source = Records | Declared | TotalOf | UnitsWith | RateOf


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure the Union speaks of. `parts` are figures that ought to add up to this one:
    both are kept and a contradiction is shown, neither is derived from the other."""

    key: str
    title: str
    kind: Kind
    measure: Measure
    source: Source
    section: str
    aggregation: Aggregation = Aggregation.SUM
    rounding: Rounding = field(default_factory=Rounding)
    parts: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def room(self) -> str:
        return self.key.split(".", 1)[0]

    def valid_on(self, day: date) -> bool:
        """`valid_to` is the first day on which the indicator is no longer used."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )
