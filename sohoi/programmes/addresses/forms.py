"""Input of the addresses room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.programmes.addresses.choices import Body, Gender, Kind, Result, Role
from sohoi.ui.fields import DateField, WholeNumberField


class AddressForm(forms.Form):
    """A new address, or its correction."""

    unit = UnitField()
    name = forms.CharField(
        label=_("Tên"), max_length=120, help_text=_("Ví dụ: Địa chỉ tin cậy ấp Tân Hoà.")
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text=_("Nhà tạm lánh chỉ ghi đội ngũ; nơi đặt nhà không bao giờ được ghi ở đây."),
    )
    decision = forms.CharField(
        label=_("Số quyết định thành lập"),
        max_length=60,
        required=False,
        help_text=_("Để trống nếu chưa tìm được văn bản."),
    )
    founded_on = DateField(label=_("Ngày thành lập"))
    place = forms.CharField(
        label=_("Nơi đặt"),
        max_length=200,
        required=False,
        help_text=_("Để người cần giúp tìm đến được. Không ghi cho Nhà tạm lánh."),
    )
    phone = forms.RegexField(
        label=_("Điện thoại"),
        regex=r"^\+?[0-9][0-9 .]{6,18}$",
        required=False,
        help_text=_("Số của địa chỉ, không phải của người được giúp. Ví dụ 0290 3831 234."),
        error_messages={"invalid": _("Ghi số điện thoại chỉ gồm chữ số, ví dụ 0290 3831 234.")},
    )
    capacity = WholeNumberField(
        label=_("Sức chứa (người)"), min_value=1, max_value=100, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def keep_apart(self, *, is_shelter: bool) -> None:
        """A shelter's team stays one, without a place; an address is not offered to become one."""
        if is_shelter:
            for name in ("kind", "place", "phone", "capacity"):
                del self.fields[name]
        else:
            self.fields["kind"].choices = [
                (kind.value, kind.label) for kind in Kind if kind != Kind.SHELTER_TEAM
            ]


class CloseForm(forms.Form):
    """When and why an address ends."""

    on = DateField(label=_("Ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class MemberForm(forms.Form):
    """Somebody joins the team."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    gender = forms.ChoiceField(
        label=_("Giới tính"), choices=[("", _("Không ghi")), *Gender.choices], required=False
    )
    body = forms.ChoiceField(
        label=_("Cơ quan, thành phần"),
        choices=[("", _("Chọn cơ quan, thành phần")), *Body.choices],
    )
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=Role.choices, initial=Role.MEMBER, widget=forms.RadioSelect
    )
    joined_on = DateField(label=_("Ngày tham gia"))


class EndMemberForm(forms.Form):
    """The day from which a member no longer counts."""

    on = DateField(label=_("Ngày thôi"))


class TrainingForm(forms.Form):
    """A training of the team."""

    held_on = DateField(label=_("Ngày"))
    topic = forms.CharField(label=_("Nội dung"), max_length=200)
    people = WholeNumberField(label=_("Số người dự"), min_value=1, max_value=1000)


class ReviewForm(forms.Form):
    """The result of a year's review."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    result = forms.ChoiceField(label=_("Kết quả"), choices=Result.choices, widget=forms.RadioSelect)
