"""How an exemplar reads in its list and on its page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.kit.lists import Filter
from sohoi.lib import dates
from sohoi.programmes.exemplars.choices import Channel
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.queries import WAITING_DAYS, with_channels, with_waiting
from sohoi.records.columns import MEND, UNIT, Act, Table, choices, column, columns

COLUMNS = columns(
    Exemplar.title,
    Exemplar.code,
    UNIT,
    Exemplar.kind,
    Exemplar.field,
    Exemplar.state,
    column(Exemplar.introduced_on, title=gettext_lazy("Giới thiệu")),
)
FILTERS = (
    choices("loai", Exemplar.kind),
    choices("linh-vuc", Exemplar.field),
    choices("tinh-trang", Exemplar.state),
    Filter(
        key="kenh",
        title=gettext_lazy("Kênh tuyên truyền"),
        choices=lambda: Channel.choices,
        lookup="channels__contains",
        prepare=with_channels,
    ),
    Filter(
        key="cho-tuyen-truyen",
        title=gettext_lazy("Chờ tuyên truyền"),
        choices=lambda: [("1", _("Mô hình quá %(days)d ngày") % {"days": WAITING_DAYS})],
        lookup="waits",
        prepare=with_waiting,
    ),
)
FACTS = columns(
    UNIT,
    Exemplar.kind,
    Exemplar.field,
    Exemplar.summary,
    Exemplar.replicated_to,
    Exemplar.consent_on,
    Exemplar.consent_note,
)
PUBLICATIONS = Table(
    model=Publication,
    title=gettext_lazy("Lượt tuyên truyền"),
    columns=columns(
        Publication.channel,
        Publication.outlet,
        column(Publication.title, value=lambda p: p.title or p.code),
        Publication.published_on,
    ),
    empty=gettext_lazy("Chưa có lượt tuyên truyền nào."),
    add=gettext_lazy("Ghi lượt tuyên truyền"),
    order=("-published_on", "pk"),
    wait=lambda exemplar: "" if exemplar.introduced_on else _("Ghi bước “Đã giới thiệu” trước."),
    verb="exemplars.publish",
    acts=(Act(MEND, "exemplars.edit_publication"),),
    links={"title": lambda publication: publication.link},
)


def removal_of(publication: Publication) -> list[str]:
    """What follows when this publication is taken back."""
    told = [
        _("Lượt trên kênh “%(channel)s” ngày %(day)s không còn được tính.")
        % {
            "channel": publication.get_channel_display(),
            "day": dates.short(publication.published_on),
        }
    ]
    if not publication.exemplar.publications.exclude(pk=publication.pk).exists():
        told.append(_("Đây là lượt duy nhất: hồ sơ thôi được tính là đã tuyên truyền."))
    return told
