"""Form fields of the house: dates, money and whole numbers as Vietnamese officers type them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.lib import dates, numbers


class DateField(forms.Field):
    """A day typed as 14/7/2023; cleans to a date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Ví dụ 14/7/2023."))
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-date": ""}),
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return dates.short(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return dates.parse_date(str(value), lang=get_language() or "vi")
        except dates.DateError as error:
            raise ValidationError(str(error), code="invalid") from error


class WholeNumberField(forms.Field):
    """A whole number typed with or without dots: 2.370; cleans to an int."""

    def __init__(self, *, min_value: int = 0, max_value: int = 10**15, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "data-grouped": ""}
            ),
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return (
            numbers.group(value, lang=get_language() or "vi") if isinstance(value, int) else value
        )

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            number = numbers.parse_integer(str(value), lang=get_language() or "vi")
        except numbers.NumberError as error:
            raise ValidationError(str(error), code="invalid") from error
        return number

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if not self.min_value <= value <= self.max_value:
            raise ValidationError(
                _("Nhập số từ %(low)s đến %(high)s."),
                code="range",
                params={
                    "low": numbers.group(self.min_value),
                    "high": numbers.group(self.max_value),
                },
            )


class MoneyField(WholeNumberField):
    """An amount in đồng."""

    suffix = _("đồng")
