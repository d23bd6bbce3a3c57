"""What the rules found in a return, in sentences: the fact, and what the unit does about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.figures.reading.documents import amount_text
from sohoi.reports.rules import Code, Remark

_FACTS = {
    Code.NEGATIVE: gettext_lazy("Số không được âm."),
    Code.EMPTY: gettext_lazy("Chưa điền. Không có thì ghi 0."),
    Code.OVER_TOTAL: gettext_lazy("Lớn hơn tổng “%(whole)s” (%(other)s)."),
    Code.UNLIKE_PARTS: gettext_lazy("Các phần cộng lại là %(other)s, tổng ghi %(value)s."),
    Code.UNLIKE_COUNT: gettext_lazy("Đếm từ sổ là %(other)s, khai %(value)s."),
    Code.TIMES: gettext_lazy("Khai %(value)s, gấp một trăm lần kỳ trước (%(other)s) trở lên."),
    Code.FRACTION: gettext_lazy("Khai %(value)s, chưa quá một phần trăm kỳ trước (%(other)s)."),
    Code.OUTLIER: gettext_lazy("Khai %(value)s, lệch hẳn các kỳ trước, từ gần đến xa: %(before)s."),
    Code.JUMP: gettext_lazy("Khai %(value)s, hơn kém kỳ trước (%(other)s) trên một phần tư."),
    Code.FALL: gettext_lazy("Số luỹ kế khai %(value)s, nhỏ hơn kỳ trước (%(other)s)."),
}
_DIFFER = gettext_lazy("Sửa số, hoặc ghi lý do.")
_DOUBT = gettext_lazy("Nếu số đúng, ghi lý do hoặc ghi “đúng”.")
_ADVICE = {
    Code.OVER_TOTAL: gettext_lazy("Kiểm tra lại hai số."),
    Code.UNLIKE_PARTS: _DIFFER,
    Code.UNLIKE_COUNT: _DIFFER,
    **dict.fromkeys((Code.TIMES, Code.FRACTION, Code.OUTLIER, Code.JUMP, Code.FALL), _DOUBT),
}


def fact(remark: Remark) -> str:
    """What is so, for whoever reads the return."""
    measure = remark.indicator.measure
    bare = remark.code != Code.OVER_TOTAL
    return _FACTS[remark.code] % {
        "whole": remark.whole.title if remark.whole else "",
        "value": amount_text(remark.value, measure, noun=False),
        "other": amount_text(remark.other, measure, noun=not bare),
        "before": "; ".join(amount_text(one, measure, noun=False) for one in remark.before),
    }


def told(remark: Remark) -> str:
    """The fact and what to do, for whoever fills the return."""
    advice = _ADVICE.get(remark.code)
    return f"{fact(remark)} {advice}" if advice else fact(remark)


def with_reason(remark: Remark, reason: str) -> str:
    """The indicator, the fact, and the reason the unit gave, for whoever decides."""
    facts = {"title": remark.indicator.title, "fact": fact(remark), "reason": reason}
    if not reason:
        return _("%(title)s: %(fact)s Đơn vị chưa ghi lý do.") % facts
    return _("%(title)s: %(fact)s Lý do: %(reason)s") % facts
