"""Input of rounds, returns and narratives."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.figures.catalogue import catalogue
from sohoi.kit.indicators import VND, Indicator
from sohoi.lib.periods import PeriodError, parse_period
from sohoi.reports.narrative import unknown_places
from sohoi.reports.rules import EMPTY, Cell
from sohoi.ui.fields import DateField, ScaledField, TextField
from sohoi.ui.forms import Form

LARGEST = 10**15


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
    """One field for each indicator of the return; totals and counts also have one for a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        cells: Mapping[str, Cell],
        counted: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.counted = list(indicators), counted
        for indicator in self.indicators:
            cell = cells.get(indicator.key, EMPTY)
            self.fields[indicator.key] = ValueField(
                indicator, initial=cell.value, required=indicator.key not in counted
            )
            if indicator.parts or indicator.key in counted:
                self.fields[reason_name(indicator.key)] = TextField(
                    label=_("Lý do khác nhau"),
                    max_length=300,
                    required=False,
                    initial=cell.reason,
                )

    def cells(self) -> dict[str, Cell]:
        """What was typed well; wrong cells are left out, so that the others can be kept."""
        data = getattr(self, "cleaned_data", {})
        return {
            i.key: Cell(data[i.key], data.get(reason_name(i.key), ""))
            for i in self.indicators
            if i.key in data
        }


def reason_name(key: str) -> str:
    return f"{key}:reason"


class SeenForm(Form):
    """The version of the return that the person saw before she decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    """Why a return goes back."""

    reason = TextField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đơn vị đọc được dòng này. Nói rõ số nào cần xem lại."),
    )


class RoundForm(Form):
    """A round: the period, the cut-off and the due date are three settings."""

    period = TextField(
        label=_("Kỳ"),
        max_length=20,
        help_text=_("Ví dụ 2023-M06, 2023-Q2, 2023-H1, 2023-9M, 2023."),
    )
    cut_off = DateField(label=_("Ngày chốt số liệu"), years_ahead=2)
    due = DateField(label=_("Hạn gửi"), years_ahead=2)

    def clean_period(self) -> str:
        try:
            return parse_period(self.cleaned_data["period"], lang=get_language() or "vi").key
        except PeriodError as error:
            raise ValidationError(str(error), code="invalid") from error


class NarrativeForm(Form):
    """The text of a document; numbers are placeholders and stay live."""

    body = TextField(
        label=_("Nội dung"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 24})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if unknown := unknown_places(body, set(catalogue())):
            raise ValidationError(
                _("Không có chỉ tiêu hay từ này: %(places)s. Xem danh sách bên cạnh."),
                code="unknown",
                params={"places": ", ".join(dict.fromkeys(unknown))},
            )
        return body
