"""Words of the homes room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Work(TextChoices):
    """New and repaired houses are counted apart."""

    NEW = "new", _("Xây mới")
    REPAIR = "repair", _("Sửa chữa")


class State(TextChoices):
    """The life of a house, from the hamlet's proposal to the keys."""

    PROPOSED = "proposed", _("Đề nghị")
    SURVEYED = "surveyed", _("Đã khảo sát")
    APPROVED = "approved", _("Đã duyệt")
    STARTED = "started", _("Đã khởi công")
    HANDED_OVER = "handed_over", _("Đã bàn giao")
    WITHDRAWN = "withdrawn", _("Không thực hiện")


class PovertyClass(TextChoices):
    """Class of the household at the decision, as the commune authority recognised it."""

    POOR = "poor", _("Hộ nghèo")
    NEAR_POOR = "near_poor", _("Hộ cận nghèo")
    NEWLY_ESCAPED = "newly_escaped", _("Hộ mới thoát nghèo")
    HARDSHIP = "hardship", _("Khó khăn đặc biệt")


class Funder(TextChoices):
    """Where the money of a house comes from."""

    DONOR = "donor", _("Nhà tài trợ, mạnh thường quân")
    UNION = "union", _("Quỹ Hội")
    MEMBERS = "members", _("Cán bộ, hội viên đóng góp")
    STATE = "state", _("Ngân sách")
    FAMILY = "family", _("Gia đình đối ứng")
    OTHER = "other", _("Nguồn khác")
