"""Form fields of the house: text, dates, money and numbers as Vietnamese officers type them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sohoi.lib import dates, numbers, typed

# An amount below this was probably written in thousands or millions, one above has digits too many.
USUAL_VND = (1_000, 50_000_000_000)


def _lang() -> str:
    return get_language() or "vi"


class TypedText:
    """For every field that takes text: one Unicode form, nothing invisible, no old font."""

    widget: forms.Widget

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values:
            text = str(value)
            if "\0" in text:
                raise ValidationError(_("Nhập lại: có ký tự lạ."), code="control")
            try:
                typed.check_readable(text, lang=_lang())
            except typed.LegacyText as error:
                raise ValidationError(str(error), code="legacy") from error
            is_long = isinstance(self.widget, forms.Textarea)
            value = typed.one_d(typed.lines(text) if is_long else typed.line(text))
        return super().to_python(value)


class TextField(TypedText, forms.CharField):
    """A line, or with a `Textarea` a text of many lines."""


class ReasonField(TextField):
    """Why something is corrected, ended or taken back; kept in the history."""

    def __init__(self, *, label: str = _("Lý do"), max_length: int = 300, **kwargs: Any) -> None:
        super().__init__(label=label, max_length=max_length, **kwargs)


class PatternField(TypedText, forms.RegexField):
    """A line of a certain shape; say what shape in `error_messages["invalid"]`."""


class PasswordField(forms.CharField):
    """A password, each of its signs kept as typed; composed where it is stored and checked."""

    widget = forms.PasswordInput

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.widget.attrs["autocomplete"] = autocomplete


class DayInput(forms.TextInput):
    """A line for a day, with a calendar beside it where there is script."""

    template_name = "ui/forms/day.html"


class DateField(forms.Field):
    """A day typed as 14/7/2023, 14.7.23 or 14/7; cleans to a date.

    A day before `not_before` is refused. One more than `years_back` ago or `years_ahead` from now
    is asked about; None asks about none.
    """

    def __init__(
        self,
        *,
        not_before: date = dates.UNION_FOUNDED,
        years_back: int | None = 20,
        years_ahead: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.not_before, self.years_back, self.years_ahead = not_before, years_back, years_ahead
        kwargs.setdefault(
            "help_text", _("Ví dụ 14/7/2023, 14072023; ngày đã qua của năm nay: 14/7.")
        )
        kwargs.setdefault(
            "widget",
            DayInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-date": ""}),
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return dates.short(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return dates.parse_date(str(value), lang=_lang(), today=timezone.localdate())
        except dates.DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value < self.not_before:
            raise ValidationError(
                _("Nhập ngày từ %(day)s (ngày thành lập Hội) trở đi.")
                if self.not_before == dates.UNION_FOUNDED
                else _("Nhập ngày từ %(day)s trở đi."),
                code="range",
                params={"day": dates.short(self.not_before)},
            )

    def doubts(self, value: Any, label: str) -> Iterator[str]:
        """Sentences about a day that may be right but is far from today."""
        if not isinstance(value, date):
            return
        said = {"label": label, "day": dates.short(value)}
        years = value.year - timezone.localdate().year
        if self.years_back is not None and -years > self.years_back:
            yield gettext("%(label)s: ngày %(day)s cách đây đã lâu. Kiểm tra lại năm.") % said
        if self.years_ahead is not None and years > self.years_ahead:
            yield gettext("%(label)s: ngày %(day)s còn xa mới đến. Kiểm tra lại năm.") % said


class ScaledField(forms.Field):
    """A number with decimals (36,5), kept as an exact integer of its smallest parts.

    `min_value`, `max_value` and `usual`, between which nobody is asked, are in smallest parts.
    """

    grouped = True

    def __init__(
        self,
        *,
        scale: int,
        min_value: int = 0,
        max_value: int = 10**15,
        usual: tuple[int | None, int | None] = (None, None),
        **kwargs: Any,
    ) -> None:
        self.scale, self.min_value, self.max_value, self.usual = scale, min_value, max_value, usual
        attributes = {"inputmode": "decimal" if scale > 1 else "numeric", "autocomplete": "off"}
        if self.grouped:
            attributes["data-grouped"] = ""
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(**kwargs)

    def shown(self, value: int) -> str:
        return numbers.format_scaled(value, self.scale, lang=_lang())

    def prepare_value(self, value: Any) -> Any:
        return self.shown(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return numbers.parse_scaled(
                str(value), self.scale, allow_negative=self.min_value < 0, lang=_lang()
            )
        except numbers.NumberError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and not self.min_value <= value <= self.max_value:
            raise ValidationError(
                _("Nhập số từ %(low)s đến %(high)s."),
                code="range",
                params={"low": self.shown(self.min_value), "high": self.shown(self.max_value)},
            )

    def doubts(self, value: Any, label: str) -> Iterator[str]:
        """Sentences about a number that may be right but is not usual."""
        low, high = self.usual
        if not isinstance(value, int):
            return
        said = {
            "label": label,
            "value": f"{self.shown(value)} {getattr(self, 'suffix', '')}".strip(),
        }
        if low is not None and value < low:
            said["low"] = self.shown(low)
            yield (
                gettext(
                    "%(label)s: %(value)s ít hơn thường gặp (từ %(low)s). "
                    "Kiểm tra đã ghi đủ chữ số."
                )
                % said
            )
        if high is not None and value > high:
            said["high"] = self.shown(high)
            yield (
                gettext(
                    "%(label)s: %(value)s nhiều hơn thường gặp (đến %(high)s). "
                    "Kiểm tra có thừa chữ số không."
                )
                % said
            )


class WholeNumberField(ScaledField):
    """A whole number typed with or without dots: 2.370; cleans to an int."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(scale=1, **kwargs)


class YearField(WholeNumberField):
    """A year: four digits, never grouped."""

    grouped = False

    def __init__(self, *, min_value: int = 2000, max_value: int = 2100, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def shown(self, value: int) -> str:
        return str(value)


class MoneyField(WholeNumberField):
    """An amount in đồng."""

    suffix = _("đồng")

    def __init__(self, *, usual: tuple[int | None, int | None] = USUAL_VND, **kwargs: Any) -> None:
        super().__init__(usual=usual, **kwargs)
