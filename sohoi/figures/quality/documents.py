"""What looks wrong, in sentences: the sort, the fact with its numbers, and what to do next."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.figures.quality.queries import (
    CONTRADICTION,
    FALL,
    JUMP,
    OUTLIER,
    SILENT,
    Finding,
    SilentUnit,
)
from sohoi.figures.reading.documents import (
    amount_text,
    disagreement,
    passing_text,
    url_of,
    value_text,
)

SORT_TITLES = {
    CONTRADICTION: gettext_lazy("Mâu thuẫn"),
    FALL: gettext_lazy("Luỹ kế giảm"),
    JUMP: gettext_lazy("Số hiện có nhảy vọt"),
    OUTLIER: gettext_lazy("Khác thường so với trước"),
    SILENT: gettext_lazy("Đơn vị chưa báo cáo"),
}
SORT_RULES = {
    CONTRADICTION: gettext_lazy(
        "Tổng không bằng các phần cộng lại, hoặc số đếm từ sổ khác số đơn vị khai."
    ),
    FALL: gettext_lazy("Số cộng dồn từ đầu chương trình mà nhỏ hơn kỳ trước."),
    JUMP: gettext_lazy(
        "Số hiện có tăng hoặc giảm hơn một phần tư, và từ 5 trở lên, so với cuối kỳ trước."
    ),
    OUTLIER: gettext_lazy(
        "Số phát sinh hoặc tỷ lệ lệch hẳn so với năm kỳ trước của chính đơn vị ấy."
    ),
}
_NEXT_STEPS = {
    CONTRADICTION: gettext_lazy("Mở số này, đối chiếu từng phần rồi sửa phần ghi sai."),
    FALL: gettext_lazy("Xem hồ sơ nào bị xoá hoặc đổi ngày."),
    JUMP: gettext_lazy("Xem hồ sơ mới ghi hoặc vừa kết thúc; hỏi lại đơn vị nếu do khai."),
    OUTLIER: gettext_lazy("Xem có ghi trùng, ghi nhầm ngày hoặc nhầm đơn vị tính không."),
}


def finding_row(finding: Finding) -> dict[str, Any]:
    """What was found in a figure, in one sentence with its numbers, and what to do next."""
    figure, measure = finding.figure, finding.figure.indicator.measure
    before = [amount_text(value, measure, noun=False) for value in finding.before]
    amounts = {"value": value_text(figure, noun=False), "before": before[0] if before else ""}
    if finding.contradiction:
        text = disagreement(finding.contradiction)
        text = text[:1].upper() + text[1:]
    elif finding.sort == OUTLIER:
        amounts["before"] = "; ".join(reversed(before))
        text = _("Kỳ này %(value)s; các kỳ trước, từ xa đến gần: %(before)s.") % amounts
    else:
        text = _("Kỳ trước %(before)s, kỳ này %(value)s.") % amounts
    if finding.passed:
        text = f"{text} {passing_text(finding.passed)}"
    return {
        "unit": figure.place.name,
        "indicator": figure.indicator.title,
        "text": text,
        "next_step": _NEXT_STEPS[finding.sort],
        "url": url_of(figure),
    }


def sheet(
    chosen: str, listed: list[Finding] | list[SilentUnit]
) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of a workbook, the columns of the page."""
    if chosen == SILENT:
        heads = [_("Đơn vị"), _("Mã"), _("Thuộc")]
        return heads, [[one.name, one.code, one.parent_name or ""] for one in listed]
    heads = [_("Đơn vị"), _("Chỉ tiêu"), _("Điều thấy được"), _("Việc cần làm")]
    rows = map(finding_row, listed)
    return heads, [[r["unit"], r["indicator"], r["text"], r["next_step"]] for r in rows]
