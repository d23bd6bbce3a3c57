"""Words of the exemplars room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Models of work are counted apart from exemplary people and collectives."""

    MODEL = "model", _("Mô hình, cách làm")
    PERSON = "person", _("Gương cá nhân")
    COLLECTIVE = "collective", _("Gương tập thể")


class Field(TextChoices):
    """What the exemplar is good at."""

    ECONOMY = "economy", _("Phát triển kinh tế")
    FAMILY = "family", _("Xây dựng gia đình")
    SECURITY = "security", _("An ninh, pháp luật")
    ENVIRONMENT = "environment", _("Môi trường, nông thôn mới")
    DIGITAL = "digital", _("Chuyển đổi số")
    CHARITY = "charity", _("An sinh, từ thiện")
    LEARNING = "learning", _("Giáo dục, sức khoẻ")
    OTHER = "other", _("Lĩnh vực khác")


class State(TextChoices):
    """The life of an exemplar: found, introduced, publicised, replicated."""

    FOUND = "found", _("Phát hiện")
    INTRODUCED = "introduced", _("Đã giới thiệu")
    PUBLICISED = "publicised", _("Đã tuyên truyền")
    REPLICATED = "replicated", _("Đã nhân rộng")


class Channel(TextChoices):
    """Where an exemplar was publicised."""

    NEWSPAPER = "newspaper", _("Báo")
    RADIO_TV = "radio_tv", _("Đài phát thanh, truyền hình")
    PORTAL = "portal", _("Trang thông tin điện tử")
    FACEBOOK = "facebook", "Facebook"
    ZALO = "zalo", "Zalo"


NO_CONSENT = _("Chưa ghi sự đồng ý nêu tên của người được nêu gương. Nhập ngày người đó đồng ý.")
