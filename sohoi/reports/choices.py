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


class Act(TextChoices):
    """What a step of a return was: a move on, one taken back, or only its reason put right."""

    MOVE = "move", _("bước tiếp")
    TAKEN_BACK = "taken_back", _("thu lại")
    REASON = "reason", _("sửa lý do")


class Change(TextChoices):
    """What happened to a round."""

    OPENED = "opened", _("Mở kỳ")
    CHANGED = "changed", _("Sửa ngày chốt, hạn gửi")
    CLOSED = "closed", _("Khoá kỳ")
    REOPENED = "reopened", _("Mở lại kỳ")
