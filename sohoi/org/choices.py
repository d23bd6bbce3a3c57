"""Words of the organisation that the code itself relies on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    """The place of a unit's kind in the organisation. Kinds themselves are rows: `UnitKind`."""

    CENTRE = "centre", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    BRANCH = "branch", _("Chi hội")
    GROUP = "group", _("Tổ phụ nữ")
    ATTACHED = "attached", _("Đơn vị trực thuộc")


class SuccessionKind(TextChoices):
    """How one unit follows another."""

    MERGED = "merged", _("nhập vào")
    SPLIT = "split", _("tách ra")
    RENAMED = "renamed", _("đổi tên")
    REPLACED = "replaced", _("thay thế")
