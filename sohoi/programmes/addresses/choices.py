"""Words of the addresses room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Who keeps the address. The shelter's team is registered here, its place never."""

    COLLECTIVE = "collective", _("Tập thể")
    INDIVIDUAL = "individual", _("Cá nhân")
    SHELTER_TEAM = "shelter_team", _("Đội ngũ Nhà tạm lánh")


class State(TextChoices):
    """An address works until it is closed."""

    ACTIVE = "active", _("Đang hoạt động")
    CLOSED = "closed", _("Đã kết thúc")


class Body(TextChoices):
    """Where a member of the team comes from."""

    UNION = "union", _("Hội Phụ nữ")
    POLICE = "police", _("Công an")
    JUSTICE = "justice", _("Tư pháp")
    HEALTH = "health", _("Y tế")
    HAMLET_HEAD = "hamlet_head", _("Trưởng ấp, khóm")
    RESPECTED = "respected", _("Người có uy tín")
    OTHER = "other", _("Khác")


class Role(TextChoices):
    """What a member does in the team."""

    CONTACT = "contact", _("Đầu mối")
    MEMBER = "member", _("Thành viên")


class Gender(TextChoices):
    """Of a member, when it was told."""

    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class Result(TextChoices):
    """What the yearly review found."""

    ACTIVE = "active", _("Hoạt động tốt")
    NEEDS_SUPPORT = "needs_support", _("Cần hỗ trợ thêm")
