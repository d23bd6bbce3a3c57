"""The figures counted from houses."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import VND, Indicator, Kind, Measure, RecordKind, Records
from sohoi.lib.wording import Rounding
from sohoi.programmes.homes.choices import Work
from sohoi.programmes.homes.models import Home

HOUSE = Measure("căn nhà", _("căn nhà"))
SECTION = "homes_and_works"


def _houses(day: str, where: Q) -> Records:
    return Records(
        model=Home, at=day, where=where, breakdowns=("poverty_class",), page="homes:detail"
    )


BUILT = Indicator(
    key="homes.built",
    title=_("Nhà Mái ấm tình thương xây mới đã bàn giao"),
    kind=Kind.FLOW,
    measure=HOUSE,
    source=_houses("handed_over_on", Q(work=Work.NEW)),
    section=SECTION,
)
REPAIRED = Indicator(
    key="homes.repaired",
    title=_("Nhà Mái ấm tình thương sửa chữa đã bàn giao"),
    kind=Kind.FLOW,
    measure=HOUSE,
    source=_houses("handed_over_on", Q(work=Work.REPAIR)),
    section=SECTION,
)
STARTED = Indicator(
    key="homes.started",
    title=_("Nhà Mái ấm tình thương khởi công"),
    kind=Kind.FLOW,
    measure=HOUSE,
    source=_houses("started_on", Q()),
    section=SECTION,
)
VALUE = Indicator(
    key="homes.value_vnd",
    title=_("Giá trị nhà Mái ấm tình thương xây mới đã bàn giao"),
    kind=Kind.FLOW,
    measure=VND,
    source=Records(
        model=Home,
        at="handed_over_on",
        where=Q(work=Work.NEW),
        amount="value_vnd",
        page="homes:detail",
    ),
    section=SECTION,
    rounding=Rounding("money"),
)
INDICATORS = (BUILT, REPAIRED, STARTED, VALUE)
RECORD_KINDS = (
    RecordKind(
        key="homes.home",
        title=_("Nhà Mái ấm tình thương"),
        measure=HOUSE,
        model=Home,
        page="homes:detail",
        days=("proposed_on", "surveyed_on", "approved_on", "started_on", "handed_over_on"),
        spans=(("started_on", "handed_over_on"), ("proposed_on", "handed_over_on")),
        columns=("work", "poverty_class", "area_m2", "labour_days", "value_vnd"),
        amounts={"value_vnd": VND, "labour_days": Measure("ngày công", _("ngày công"))},
    ),
)
