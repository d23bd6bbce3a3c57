"""Input of the accounts pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.accounts.actions import unfit
from sohoi.accounts.roles import role_choices
from sohoi.lib.typed import one_form
from sohoi.org.forms import UnitField
from sohoi.org.picking import any_below
from sohoi.ui.fields import DateField, PasswordField, PatternField, TextField
from sohoi.ui.forms import Form, ReasonForm


class UserForm(Form):
    """A new account; its first password is made by the system."""

    full_name = TextField(label=_("Họ và tên"), max_length=120)
    username = PatternField(
        label=_("Tên đăng nhập"),
        regex=r"^[A-Za-z0-9._-]+$",
        max_length=60,
        help_text=_("Chữ không dấu, số, dấu chấm. Ví dụ: lan.tanduc"),
        error_messages={"invalid": _("Chỉ dùng chữ không dấu, số, dấu chấm và gạch nối.")},
    )


class AppointmentForm(Form):
    """A role on a unit from a day. `roots` are the units the administrator looks after."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=role_choices, widget=forms.RadioSelect)
    unit = UnitField(help_text=_("Vai trò có hiệu lực ở đơn vị này và mọi đơn vị bên dưới."))
    valid_from = DateField(
        label=_("Từ ngày"), years_ahead=2, error_messages={"required": _("Nhập ngày bắt đầu.")}
    )

    def __init__(self, *args, roots: Iterable[UUID], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer_of(any_below(roots))

    def clean(self) -> dict:
        data = super().clean()
        unit, day = data.get("unit"), data.get("valid_from")
        if unit and day and (told := unfit(data.get("role", ""), unit, on=day)):
            self.add_error("unit", told)
        return data


class SignInForm(Form, LoginForm):
    """The door; what is typed here is kept nowhere."""

    sealed = True
    password = PasswordField(label=_("Mật khẩu"), autocomplete="current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = TextField(label=_("Tên đăng nhập"), max_length=60)


class PasswordForm(Form, ChangePasswordForm):
    """Her own new password, in our words: allauth speaks no Vietnamese."""

    sealed = True
    oldpassword = PasswordField(label=_("Mật khẩu hiện tại"), autocomplete="current-password")
    password1 = PasswordField(
        label=_("Mật khẩu mới"),
        autocomplete="new-password",
        help_text=_("Ít nhất 10 ký tự, không phải mật khẩu thường gặp, không giống tên đăng nhập."),
    )
    password2 = PasswordField(
        label=_("Nhập lại mật khẩu mới"),
        autocomplete="new-password",
        error_messages={"required": _("Nhập mật khẩu mới lần nữa.")},
    )

    def clean_password1(self) -> str:
        password = one_form(self.cleaned_data["password1"])
        get_adapter().clean_password(password, self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict:
        cleaned = forms.Form.clean(self)
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return cleaned


class CorrectionForm(UserForm, ReasonForm):
    """The name of an account, put right."""

    field_order = ["full_name", "username", "reason"]
