"""The sections of the Union's report, in their order, and what a room says in one of them."""

from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """What a room offers to the text that a unit starts from: Vietnamese, with the figures as
    placeholders such as `[homes.built]`, and `[@unit]`, `[@period]`, `[@year]`.

    A text that ends with a full stop is a paragraph of its section; one without is a clause of
    the sentence in which the section lists what was done. `article` is left out of the news item
    when empty. Those of one section stand by `order`.
    """

    section: str
    review: str
    article: str = ""
    order: int = 0


def order_of(section: str) -> int:
    """Unknown sections come last."""
    keys = list(SECTIONS)
    return keys.index(section) if section in SECTIONS else len(keys)
