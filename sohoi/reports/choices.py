"""Words of rounds and returns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The life of a return: the unit fills it, the district checks it, the province accepts it."""

    DRAFT = "draft", _("Đang lập")
    RETURNED = "returned", _("Trả lại")
    SUBMITTED = "submitted", _("Đã gửi")
    CHECKED = "checked", _("Huyện đã kiểm tra")
    ACCEPTED = "accepted", _("Tỉnh đã chấp nhận")


# The unit may still write in these states.
OPEN = (State.DRAFT, State.RETURNED)
TONES = {
    State.DRAFT: "plain",
    State.RETURNED: "wrong",
    State.SUBMITTED: "due",
    State.CHECKED: "info",
    State.ACCEPTED: "done",
}
