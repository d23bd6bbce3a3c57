"""The sections of the Union's report, in their order; every indicator names one."""

from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "movement": _("Phong trào thi đua, điển hình"),
    "homes_and_works": _("Mái ấm tình thương, công trình"),
    "savings": _("Tiết kiệm, hùn vốn"),
    "godmothers": _("Mẹ đỡ đầu"),
    "poverty": _("Giảm nghèo bền vững"),
    "safety": _("Bảo vệ phụ nữ, trẻ em"),
    "enterprise": _("Khởi nghiệp, OCOP"),
    "digital": _("Chuyển đổi số"),
    "directives": _("Chỉ đạo, khâu đột phá"),
}


def order_of(section: str) -> int:
    """Unknown sections come last."""
    keys = list(SECTIONS)
    return keys.index(section) if section in SECTIONS else len(keys)
