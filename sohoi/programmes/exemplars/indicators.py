"""The figures counted from exemplars and their publications."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import Indicator, Kind, Measure, RecordKind, Records
from sohoi.lib.wording import Rounding
from sohoi.programmes.exemplars.choices import Kind as What
from sohoi.programmes.exemplars.models import Exemplar, Publication

MODEL = Measure("mô hình", _("mô hình"))
EXEMPLAR = Measure("gương", _("gương"))
TIMES = Measure("lượt", _("lượt"))
SECTION = "movement"
PAGE = "exemplars:detail"

MODELS = Indicator(
    key="exemplars.models",
    title=_("Mô hình hay, cách làm hiệu quả được giới thiệu"),
    kind=Kind.FLOW,
    measure=MODEL,
    source=Records(model=Exemplar, at="introduced_on", where=Q(kind=What.MODEL), page=PAGE),
    section=SECTION,
    rounding=Rounding("over", step=100),
)
PUBLICISED = Indicator(
    key="exemplars.publicised",
    title=_("Gương tập thể, cá nhân tiêu biểu được tuyên truyền"),
    kind=Kind.FLOW,
    measure=EXEMPLAR,
    source=Records(model=Exemplar, at="publicised_on", where=~Q(kind=What.MODEL), page=PAGE),
    section=SECTION,
)
REPLICATED = Indicator(
    key="exemplars.replicated",
    title=_("Mô hình được nhân rộng"),
    kind=Kind.FLOW,
    measure=MODEL,
    source=Records(model=Exemplar, at="replicated_on", where=Q(kind=What.MODEL), page=PAGE),
    section=SECTION,
)
PUBLICATIONS = Indicator(
    key="exemplars.publications",
    title=_("Lượt tuyên truyền trên báo, đài, trang điện tử, mạng xã hội"),
    kind=Kind.FLOW,
    measure=TIMES,
    source=Records(
        model=Publication,
        at="published_on",
        breakdowns=("channel",),
        page="exemplars:publication",
    ),
    section=SECTION,
)
INDICATORS = (MODELS, PUBLICISED, REPLICATED, PUBLICATIONS)
RECORD_KINDS = (
    RecordKind(
        key="exemplars.exemplar",
        title=_("Mô hình hay, gương điển hình"),
        measure=EXEMPLAR,
        model=Exemplar,
        page=PAGE,
        days=("found_on", "introduced_on", "publicised_on", "replicated_on"),
        columns=("kind", "field"),
    ),
    RecordKind(
        key="exemplars.publication",
        title=_("Lượt tuyên truyền"),
        measure=TIMES,
        model=Publication,
        page="exemplars:publication",
        days=("published_on",),
        columns=("channel",),
        who=("exemplar",),
        titles={"exemplar": _("mô hình, gương")},
    ),
)
