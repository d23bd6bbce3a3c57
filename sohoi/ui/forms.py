"""The form all forms of the house are made from: our words for every mistake, and doubts asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.lib.doubts import Doubt
from sohoi.ui.fields import ReasonField

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


class Form(forms.Form):
    """A form. `sealed` ones leave no trace of what was typed: no draft, nothing kept for later."""

    sealed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: tuple[Doubt, ...] = ()

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            say_plainly(field, name)
        super().full_clean()

    def is_valid(self) -> bool:
        """Without mistakes, and everything that looks wrong confirmed."""
        return super().is_valid() and not self.unconfirmed_warnings()

    def ask_back(self, doubts: Iterable[Doubt]) -> None:
        """Doubts of the action, to be confirmed beside those of the fields."""
        self._asked += tuple(doubts)

    @property
    def warnings(self) -> list[Doubt]:
        """What looks wrong in what was sent, confirmed or not."""
        cleaned = getattr(self, "cleaned_data", {}) if self.is_bound else {}
        return [*_doubts(self.fields, cleaned), *self._asked]

    def unconfirmed_warnings(self) -> list[Doubt]:
        believed = self.data.get("believed", "").split()
        return [doubt for doubt in self.warnings if doubt.key not in believed]

    def warning_lines(self) -> list[dict]:
        """For the template: each sentence with the id of the field it is about."""
        return [
            {
                "text": doubt.text,
                "id": self[doubt.field].auto_id if doubt.field in self.fields else "",
            }
            for doubt in self.warnings
        ]

    def confirmation(self) -> str:
        """What the box to tick carries: exactly these warnings."""
        return " ".join(doubt.key for doubt in self.warnings)

    @classmethod
    def warnings_of(cls, thing: Any) -> list[Doubt]:
        """What would be asked about a record as it stands, for whoever reviews it."""
        values = {name: getattr(thing, name, None) for name in cls.base_fields}
        return list(_doubts(cls.base_fields, values))


class ReasonForm(Form):
    """Why something is corrected, ended or taken back."""

    reason = ReasonField()


def _doubts(fields: Mapping[str, forms.Field], values: Mapping[str, Any]) -> Iterator[Doubt]:
    for name, field in fields.items():
        if hasattr(field, "doubts"):
            label = str(field.label or capfirst(name))
            for text in field.doubts(values.get(name), label):
                yield Doubt(text, field=name)


def say_plainly(field: forms.Field, name: str = "") -> None:
    """Give every mistake that Django words itself our words, unless the field has its own."""
    known: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            known |= vars(kind).get("default_error_messages", {})
    hidden = field.widget.is_hidden
    for code, say in (_HIDDEN if hidden else _SAID).items():
        if field.error_messages.get(code) is known.get(code):
            field.error_messages[code] = say(field, name)


def _asking(field: forms.Field, name: str) -> str:
    """'Nhập ngày khảo sát.', 'Chọn diện hộ khi xét.': a word that a lazy text decides late."""

    def ask() -> str:
        label = {"label": _within_a_sentence(str(field.label or name))}
        if isinstance(field, forms.BooleanField):
            return gettext("Đánh dấu vào ô “%(label)s”.") % label
        if isinstance(field, CHOSEN):
            return gettext("Chọn %(label)s.") % label
        return gettext("Nhập %(label)s.") % label

    return lazy(ask, str)()


def _within_a_sentence(label: str) -> str:
    """Small at the beginning, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _always(text: Any) -> Callable[[forms.Field, str], Any]:
    return lambda _field, _name: text


_BROKEN = _always(_("Trang này không còn đúng. Tải lại trang rồi làm lại."))
_AGAIN = _always(_("Chọn lại trong danh sách."))
_SAID: dict[str, Callable[[forms.Field, str], Any]] = {
    "required": _asking,
    "invalid_choice": _AGAIN,
    "invalid_list": _AGAIN,
    "invalid_pk_value": _AGAIN,
    "max_length": _always(
        _("Rút ngắn còn nhiều nhất %(limit_value)d ký tự; đang có %(show_value)d.")
    ),
    "min_length": _always(_("Nhập ít nhất %(limit_value)d ký tự; đang có %(show_value)d.")),
    "invalid": _always(_("Nhập lại theo ví dụ bên cạnh.")),
    "null_characters_not_allowed": _always(_("Nhập lại: có ký tự lạ.")),
    "missing": _asking,
    "empty": _always(_("Tệp này trống. Chọn tệp khác.")),
}
_HIDDEN = dict.fromkeys(("required", "invalid", "invalid_choice"), _BROKEN)
