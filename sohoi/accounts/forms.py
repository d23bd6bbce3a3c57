"""Input of the accounts pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import role_choices
from sohoi.org.models import Unit, UnitVersion, today
from sohoi.ui.fields import DateField


class UserForm(forms.Form):
    """A new account; its first password is made by the system."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.RegexField(
        label=_("Tên đăng nhập"),
        regex=r"^[A-Za-z0-9._-]+$",
        max_length=60,
        help_text=_("Chữ không dấu, số, dấu chấm. Ví dụ: lan.tanduc"),
        error_messages={"invalid": _("Chỉ dùng chữ không dấu, số, dấu chấm và gạch nối.")},
    )


class AppointmentForm(forms.Form):
    """A role on a unit from a day. `roots` are the units the administrator looks after."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=role_choices, widget=forms.RadioSelect)
    unit = forms.CharField(
        label=_("Mã đơn vị"), max_length=20, help_text=_("Xem mã ở trang Đơn vị. Ví dụ: 32155")
    )
    valid_from = DateField(label=_("Từ ngày"))
    roots: list = []

    def clean_unit(self) -> Unit:
        versions = UnitVersion.objects.on(today()).under(self.roots)
        found = (
            versions.filter(code=self.cleaned_data["unit"].strip()).select_related("unit").first()
        )
        if found is None:
            raise ValidationError(
                _("Không có đơn vị nào mang mã này trong phạm vi. Xem mã ở trang Đơn vị.")
            )
        return found.unit
