"""Input of rounds, returns and narratives."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.figures.reading.documents import amount_text
from sohoi.kit.indicators import VND, Indicator
from sohoi.lib.periods import Period, parse_period
from sohoi.org.models import today
from sohoi.reports.narrative import unknown_placeholders
from sohoi.reports.queries import Beside
from sohoi.reports.rules import EMPTY, Cell
from sohoi.ui.fields import DateField, ReasonField, ScaledField, TextField
from sohoi.ui.forms import Form

LARGEST = 10**15


# The periods of a year under their kinds; each is shown with its days.
_PARTS = (
    (
        _("6 tháng, 9 tháng, năm"),
        {
            "H1": _("6 tháng đầu năm (%(days)s)"),
            "H2": _("6 tháng cuối năm (%(days)s)"),
            "9M": _("9 tháng đầu năm (%(days)s)"),
            "": _("Cả năm (%(days)s)"),
        },
    ),
    (_("Quý"), {f"Q{n}": _("Quý %(roman)s (%(days)s)") for n in range(1, 5)}),
    (_("Tháng"), {f"M{n:02}": _("Tháng %(month)s") for n in range(1, 13)}),
)
WHOLE_YEAR = "nam"


def period_parts() -> list[tuple]:
    groups = [
        (title, [(part or WHOLE_YEAR, _part_title(part, words)) for part, words in parts.items()])
        for title, parts in _PARTS
    ]
    return [("", gettext("Chọn kỳ")), *groups]


def _part_title(part: str, words: Any) -> str:
    period = _period_of(today().year, part)
    start, end = period.start, period.end
    return words % {
        "days": f"{start.day}/{start.month}–{end.day}/{end.month}",
        "month": start.month,
        "roman": ("I", "II", "III", "IV")[(start.month - 1) // 3],
    }


def _period_of(year: int, part: str) -> Period:
    return parse_period(f"{year}-{part}" if part not in ("", WHOLE_YEAR) else str(year))


def period_years() -> list[tuple[int, str]]:
    """This year first, then next year's and those before."""
    year = today().year
    return [(one, str(one)) for one in (year, year + 1, *range(year - 1, year - 16, -1))]


class ValueField(ScaledField):
    """A value as the officer types it, kept as typed when it is wrong; cleans to smallest units."""

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:
        kwargs.setdefault("label", indicator.title)
        super().__init__(scale=indicator.measure.scale, max_value=LARGEST, **kwargs)
        self.suffix = indicator.measure.title
        if indicator.measure.symbol == VND.symbol:
            self.help_text = _("Ghi đủ số đồng. Ví dụ 415.000.000.")

    def validate(self, value: int | None) -> None:
        """Empty is allowed even when required: a draft may be unfinished, sending it may not."""
        if value is not None and value > LARGEST:
            raise ValidationError(_("Số quá lớn. Kiểm tra lại số chữ số."), code="range")


class ReturnForm(Form):
    """One field for each indicator of the return, and one for the reason it may need.

    `seen` carries what the officer saw before she typed, so that what somebody else saved in the
    meantime can be told from what she changed herself.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        cells: Mapping[str, Cell],
        near: Beside,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.near, self.saved = list(indicators), near, cells
        self.initial["seen"] = self._seen_now()
        for indicator in self.indicators:
            cell = cells.get(indicator.key, EMPTY)
            self.fields[indicator.key] = ValueField(
                indicator, initial=cell.value, required=indicator.key not in near.counted
            )
            self.fields[reason_name(indicator.key)] = TextField(
                label=_("Lý do"), max_length=300, required=False, initial=cell.reason
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._typed = {
            i.key: Cell(data[i.key], data.get(reason_name(i.key), ""))
            for i in self.indicators
            if i.key in data
        }
        return data

    def cells(self) -> dict[str, Cell]:
        """What was typed well, whatever a rule said of it since; wrong cells are left out, so that
        the others can be kept."""
        if not self.is_bound:
            return dict(self.saved)
        if not hasattr(self, "_typed"):
            self.full_clean()
        return self._typed

    def catch_up(self, version: int) -> None:
        """Somebody saved after this page was shown: take in hers where nothing was typed, keep
        what was typed, and say beside it what she wrote. Saving once more is then a decision."""
        seen, typed = self._seen_then(), self.cells()
        self.data = self.data.copy()
        for indicator in self.indicators:
            key = indicator.key
            now = self.saved.get(key, EMPTY)
            if key not in typed or typed[key] == now:
                continue
            if typed[key] == seen.get(key):
                self.data[key] = self.fields[key].prepare_value(now.value) or ""
                self.data[reason_name(key)] = now.reason
            elif now != seen.get(key, now if seen else None):
                self.add_error(key, _theirs(indicator, now))
        self.data["version"], self.data["seen"] = str(version), self._seen_now()

    def _seen_now(self) -> str:
        seen = {key: [cell.value, cell.reason] for key, cell in self.saved.items()}
        return json.dumps(seen, ensure_ascii=False, separators=(",", ":"))

    def _seen_then(self) -> dict[str, Cell]:
        """Cells as they were on the page; empty when the page did not say."""
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
            known = {i.key: EMPTY for i in self.indicators} if seen else {}
            return known | {key: Cell(value, reason) for key, (value, reason) in seen.items()}
        except (ValueError, TypeError, AttributeError):
            return {}


def _theirs(indicator: Indicator, now: Cell) -> str:
    shown = amount_text(now.value, indicator.measure) if now.value is not None else gettext("trống")
    return gettext("Người khác vừa ghi: %(value)s. Lưu lần nữa thì giữ số đang thấy ở ô này.") % {
        "value": shown
    }


def reason_name(key: str) -> str:
    return f"{key}:reason"


class SeenForm(Form):
    """The version of the return that the person saw before she decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(SeenForm):
    """Why a step is taken back."""

    reason = ReasonField(max_length=500, help_text=_("Ghi vào quá trình của báo cáo."))


class ReasonForm(SeenForm):
    """Why a return goes back."""

    reason = ReasonField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đơn vị đọc được dòng này. Nói rõ số nào cần xem lại."),
    )


class RoundForm(Form):
    """A round: the period, the cut-off and the due date are three settings."""

    period = forms.ChoiceField(label=_("Kỳ"), choices=period_parts)
    year = forms.TypedChoiceField(label=_("Năm"), choices=period_years, coerce=int)
    cut_off = DateField(
        label=_("Ngày chốt số liệu"),
        required=False,
        help_text=_("Để trống nếu chốt vào ngày cuối kỳ. Ví dụ 30/6/2023."),
    )
    due = DateField(label=_("Hạn gửi"), years_ahead=2)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "period" in data and (year := data.pop("year", None)):
            period = _period_of(year, data["period"])
            data["period"] = period.key
            if "cut_off" in data:
                data["cut_off"] = data["cut_off"] or period.end
        return data


class ChangeRoundForm(Form):
    """Another cut-off or due date for an open round, and why."""

    cut_off = DateField(
        label=_("Ngày chốt số liệu"),
        help_text=_("Số đếm từ sổ được tính lại đến ngày này. Ví dụ 30/6/2023."),
    )
    due = DateField(label=_("Hạn gửi"), years_ahead=2)
    reason = TextField(
        label=_("Lý do"), max_length=500, help_text=_("Ghi vào quá trình của kỳ báo cáo.")
    )


class NarrativeForm(Form):
    """The text of a document; numbers are placeholders of `known` keys and stay live."""

    body = TextField(
        label=_("Nội dung"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 24})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, typed: QueryDict | None, *, text: Any, known: set[str]) -> None:
        super().__init__(typed, initial={"body": text.body, "version": text.version})
        self.known = known

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if unknown := unknown_placeholders(body, self.known):
            raise ValidationError(
                _("Không có chỉ tiêu hay từ này: %(places)s. Xem danh sách bên cạnh."),
                code="unknown",
                params={"places": ", ".join(dict.fromkeys(unknown))},
            )
        return body


def caught_up(posted: QueryDict, text: Any) -> tuple[QueryDict | None, str]:
    """What was typed, and the text that somebody else saved after the page was shown; the next
    saving replaces it knowingly."""
    if not posted:
        return None, ""
    version = posted.get("version", "")
    if not version.isdecimal() or int(version) >= text.version:
        return posted, ""
    posted = posted.copy()
    posted["version"] = str(text.version)
    return posted, text.body
