"""The figures counted from trusted addresses and their teams."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import Indicator, Kind, Measure, RecordKind, Records
from sohoi.programmes.addresses import choices
from sohoi.programmes.addresses.models import Address, Member

ADDRESS = Measure("địa chỉ", _("địa chỉ"))
MEMBER = Measure("thành viên", _("thành viên"))
SECTION = "safety"


def _addresses(where: Q) -> Records:
    return Records(
        model=Address, since="founded_on", until="closed_on", where=where, page="addresses:detail"
    )


def _members(where: Q) -> Records:
    return Records(
        model=Member,
        since="joined_on",
        until="left_on",
        where=where,
        breakdowns=("body",),
        page="addresses:member",
    )


TRUSTED = Indicator(
    key="addresses.trusted",
    title=_("Địa chỉ tin cậy tại cộng đồng đang hoạt động"),
    kind=Kind.STOCK,
    measure=ADDRESS,
    source=_addresses(Q(is_shelter=False)),
    section=SECTION,
    parts=("addresses.collective", "addresses.individual"),
)
COLLECTIVE = Indicator(
    key="addresses.collective",
    title=_("Địa chỉ tin cậy do tập thể đảm nhận"),
    kind=Kind.STOCK,
    measure=ADDRESS,
    source=_addresses(Q(kind=choices.Kind.COLLECTIVE)),
    section=SECTION,
)
INDIVIDUAL = Indicator(
    key="addresses.individual",
    title=_("Địa chỉ tin cậy do cá nhân đảm nhận"),
    kind=Kind.STOCK,
    measure=ADDRESS,
    source=_addresses(Q(kind=choices.Kind.INDIVIDUAL)),
    section=SECTION,
)
MEMBERS = Indicator(
    key="addresses.members",
    title=_("Thành viên các địa chỉ tin cậy tại cộng đồng"),
    kind=Kind.STOCK,
    measure=MEMBER,
    source=_members(Q(is_shelter=False)),
    section=SECTION,
)
SHELTER_MEMBERS = Indicator(
    key="addresses.shelter_members",
    title=_("Thành viên đội ngũ Nhà tạm lánh"),
    kind=Kind.STOCK,
    measure=MEMBER,
    source=_members(Q(is_shelter=True)),
    section=SECTION,
)
INDICATORS = (TRUSTED, COLLECTIVE, INDIVIDUAL, MEMBERS, SHELTER_MEMBERS)
RECORD_KINDS = (
    RecordKind(
        key="addresses.address",
        title=_("Địa chỉ tin cậy, đội ngũ Nhà tạm lánh"),
        measure=ADDRESS,
        model=Address,
        page="addresses:detail",
        days=("founded_on", "closed_on"),
        spans=(("founded_on", "closed_on"),),
        columns=("kind",),
    ),
    RecordKind(
        key="addresses.member",
        title=_("Thành viên địa chỉ tin cậy, đội ngũ Nhà tạm lánh"),
        measure=MEMBER,
        model=Member,
        page="addresses:member",
        days=("joined_on", "left_on"),
        spans=(("joined_on", "left_on"),),
        columns=("is_shelter", "body", "role", "gender"),
        who=("address",),
        titles={"is_shelter": _("thuộc đội ngũ Nhà tạm lánh"), "address": _("địa chỉ")},
    ),
)
