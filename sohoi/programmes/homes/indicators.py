"""The figures counted from houses."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import VND, Indicator, Kind, Measure, RecordKind, Records
from sohoi.lib.wording import Rounding
from sohoi.programmes.homes.choices import Work
from sohoi.programmes.homes.models import Home

HOUSE = Measure("căn nhà", _("căn nhà"))


def _houses(day: str, where: Q, **said: str) -> Records:
    by = ("poverty_class",) if not said else ()
    return Records(model=Home, at=day, where=where, breakdowns=by, page="homes:detail", **said)


_flow = partial(Indicator, kind=Kind.FLOW, section="homes_and_works")
NEW, REPAIR = Q(work=Work.NEW), Q(work=Work.REPAIR)
BUILT = _flow(
    key="homes.built",
    title=_("Nhà Mái ấm tình thương xây mới đã bàn giao"),
    measure=HOUSE,
    source=_houses("handed_over_on", NEW),
)
REPAIRED = _flow(
    key="homes.repaired",
    title=_("Nhà Mái ấm tình thương sửa chữa đã bàn giao"),
    measure=HOUSE,
    source=_houses("handed_over_on", REPAIR),
)
STARTED = _flow(
    key="homes.started",
    title=_("Nhà Mái ấm tình thương khởi công"),
    measure=HOUSE,
    source=_houses("started_on", Q()),
)
VALUE = _flow(
    key="homes.value_vnd",
    title=_("Giá trị nhà Mái ấm tình thương xây mới đã bàn giao"),
    measure=VND,
    source=_houses("handed_over_on", NEW, amount="value_vnd"),
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
