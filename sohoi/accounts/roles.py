"""The roles, in code, each with a sentence a manager can read; the database has short keys."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sohoi.org.choices import Tier

BRANCH_HEAD = "branch_head"
COMMUNE_OFFICER = "commune_officer"
DISTRICT_OFFICER = "district_officer"
PROVINCE_OFFICER = "province_officer"
PROVINCE_LEADER = "province_leader"
ADMINISTRATOR = "administrator"

# Roles that keep records, from the hamlet up.
RECORDERS = frozenset({BRANCH_HEAD, COMMUNE_OFFICER, PROVINCE_OFFICER})
# Roles that read the records of their units.
READERS = frozenset(
    {BRANCH_HEAD, COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, PROVINCE_LEADER}
)
EVERYONE = READERS | {ADMINISTRATOR}


@dataclass(frozen=True)
class Role:
    """`tiers` are the tiers of units on which it is given."""

    key: str
    title: str
    sentence: str
    tiers: frozenset[str]


_ALL = (
    Role(
        BRANCH_HEAD,
        _("Chi hội trưởng"),
        _("Ghi và xem hồ sơ của chi hội mình."),
        frozenset({Tier.BRANCH, Tier.GROUP}),
    ),
    Role(
        COMMUNE_OFFICER,
        _("Cán bộ Hội cấp xã"),
        _("Ghi, sửa hồ sơ của xã và các chi hội; lập và gửi báo cáo của xã."),
        frozenset({Tier.COMMUNE, Tier.ATTACHED}),
    ),
    Role(
        DISTRICT_OFFICER,
        _("Cán bộ Hội cấp huyện"),
        _(
            "Xem hồ sơ các xã trong huyện; kiểm tra báo cáo của xã, trả lại kèm lý do; "
            "lập báo cáo của huyện."
        ),
        frozenset({Tier.DISTRICT}),
    ),
    Role(
        PROVINCE_OFFICER,
        _("Cán bộ Hội cấp tỉnh"),
        _("Xem và sửa hồ sơ toàn tỉnh; duyệt báo cáo; soạn văn bản tổng hợp."),
        frozenset({Tier.PROVINCE}),
    ),
    Role(
        PROVINCE_LEADER,
        _("Lãnh đạo Hội cấp tỉnh"),
        _("Xem số liệu và hồ sơ toàn tỉnh; chấp nhận báo cáo; xuất văn bản."),
        frozenset({Tier.PROVINCE}),
    ),
    Role(
        ADMINISTRATOR,
        _("Quản trị hệ thống"),
        _("Cài đặt, quản lý tài khoản và đơn vị; không xem hồ sơ của bất kỳ ai."),
        frozenset({Tier.CENTRE, Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE, Tier.ATTACHED}),
    ),
)
ROLES = {role.key: role for role in _ALL}


def role_choices() -> list[tuple[str, str]]:
    return [(role.key, role.title) for role in _ALL]
