"""How units read on their pages: the tree, the facts of one, its life through time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sohoi.lib import dates
from sohoi.org.choices import SuccessionKind
from sohoi.org.models import Succession, UnitVersion
from sohoi.org.queries import Place, successions


def tree_rows(roots: Iterable[UUID], *, on: date) -> list[dict]:
    """The roots and, under each, the units directly below; deeper ones are opened when asked.

    Two queries, however many units.
    """
    roots = list(dict.fromkeys(roots))
    deeper = UnitVersion.objects.on(on).filter(parent_id=OuterRef("unit_id"))
    shown = UnitVersion.objects.on(on).select_related("kind", "unit").order_by("sort_key")
    below: dict[UUID, list] = defaultdict(list)
    for version in shown.filter(parent_id__in=roots).annotate(has_below=Exists(deeper)):
        below[version.parent_id].append(version)
    return [
        {"version": version, "below": below[version.unit_id]}
        for version in shown.filter(unit_id__in=roots)
    ]


def facts_of(place: Place, *, on: date) -> list[dict]:
    """Name, kind, code and centre of the unit on the date."""
    version = (
        UnitVersion.objects.on(on).filter(unit_id=place.id).select_related("kind", "unit").first()
    )
    facts = [(_("Mã"), place.code)]
    if version is not None:
        facts.append((_("Cấp"), str(version.kind)))
        facts.append((_("Hiệu lực từ"), dates.short(version.valid_from)))
        if version.latitude is not None:
            facts.append((_("Toạ độ trung tâm"), f"{version.latitude}; {version.longitude}"))
        if version.unit.invented:
            facts.append((_("Ghi chú"), _("Tên chi hội là tưởng tượng, dùng cho bản trình diễn.")))
    return [{"title": title, "text": text} for title, text in facts]


def life_of(unit_id: UUID) -> list[dict]:
    """Versions and successions, oldest first: name, code and days."""
    life = [
        {
            "title": f"{v.name} ({v.code})",
            "text": _("từ %(start)s đến trước %(end)s")
            % {"start": dates.short(v.valid_from), "end": dates.short(v.valid_to)}
            if v.valid_to
            else _("từ %(start)s") % {"start": dates.short(v.valid_from)},
        }
        for v in UnitVersion.objects.filter(unit_id=unit_id).order_by("valid_from")
    ]
    for link in successions(unit_id):
        other = link.successor_id if link.predecessor_id == unit_id else link.predecessor_id
        name = UnitVersion.objects.filter(unit_id=other).order_by("-valid_from").first()
        facts = (str(name), dates.short(link.on), link.document)
        title = link.get_kind_display() if link.predecessor_id == unit_id else _received(link)
        life.append({"title": title, "text": " · ".join(filter(None, facts))})
    return life


def _received(link: Succession) -> str:
    """What the link says of the unit that came after."""
    titles = {
        SuccessionKind.MERGED: _("nhận"),
        SuccessionKind.SPLIT: _("tách ra từ"),
        SuccessionKind.RENAMED: _("trước là"),
        SuccessionKind.REPLACED: _("thay cho"),
    }
    return titles[SuccessionKind(link.kind)]
