"""Input of the homes room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.org.models import today
from sohoi.programmes.homes.models import Contribution, Home
from sohoi.records import forms as asked
from sohoi.records.columns import field
from sohoi.ui.forms import Form


class HomeForm(Form):
    """A proposal, or its correction."""

    unit = UnitField()
    household = field(
        Home.household,
        help_text=_("Họ tên người đứng tên hộ. Chỉ người có quyền mới xem được."),
    )
    poverty_class = field(Home.poverty_class)
    work = field(Home.work, widget=forms.RadioSelect)
    proposed_on = field(Home.proposed_on, initial=today)
    area_m2 = field(Home.area_m2, min_value=1, max_value=1000)
    labour_days = field(Home.labour_days, max_value=10_000)
    also_counted_by = field(
        Home.also_counted_by,
        help_text=_("Ví dụ nhà Đại đoàn kết của Mặt trận. Để trống nếu không có."),
    )
    note = field(Home.note)

    def clean_labour_days(self) -> int:
        return self.cleaned_data["labour_days"] or 0


class StepForm(asked.StepForm):
    """A step; the hand-over has minutes."""

    minutes = field(Home.minutes)


class ContributionForm(Form):
    """Money from one source."""

    funder = field(Contribution.funder)
    name = field(Contribution.name)
    amount_vnd = field(Contribution.amount_vnd, min_value=1, usual=(100_000, 500_000_000))
