"""Input of the homes room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.programmes.homes.choices import Funder, PovertyClass, State, Work
from sohoi.ui.fields import DateField, MoneyField, WholeNumberField


class HomeForm(forms.Form):
    """A proposal, or its correction."""

    unit = UnitField()
    household = forms.CharField(
        label=_("Hộ"),
        max_length=120,
        help_text=_("Họ tên người đứng tên hộ. Chỉ người có quyền mới xem được."),
    )
    poverty_class = forms.ChoiceField(
        label=_("Diện hộ khi xét"), choices=[("", _("Chọn diện hộ")), *PovertyClass.choices]
    )
    work = forms.ChoiceField(label=_("Loại"), choices=Work.choices, widget=forms.RadioSelect)
    proposed_on = DateField(label=_("Ngày đề nghị"))
    area_m2 = WholeNumberField(
        label=_("Diện tích (m²)"), min_value=1, max_value=1000, required=False
    )
    labour_days = WholeNumberField(label=_("Ngày công đóng góp"), max_value=10_000, required=False)
    also_counted_by = forms.CharField(
        label=_("Đơn vị khác cũng tính căn này"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ nhà Đại đoàn kết của Mặt trận. Để trống nếu không có."),
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_labour_days(self) -> int:
        return self.cleaned_data["labour_days"] or 0


class StepForm(forms.Form):
    """The day on which the next step happened. The step travels with the page, so that a page
    sent twice takes one step."""

    on = DateField(label=_("Ngày"))
    minutes = forms.CharField(label=_("Số biên bản bàn giao"), max_length=60, required=False)
    step = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why the house will not be built."""

    on = DateField(label=_("Ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class ContributionForm(forms.Form):
    """Money from one source."""

    funder = forms.ChoiceField(label=_("Nguồn"), choices=[("", _("Chọn nguồn")), *Funder.choices])
    name = forms.CharField(label=_("Tên nhà tài trợ"), max_length=120, required=False)
    amount_vnd = MoneyField(label=_("Số tiền"), min_value=1)
