"""Input of the exemplars room."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.programmes.exemplars.choices import NO_CONSENT, Channel, Field, Kind, State
from sohoi.ui.fields import DateField


class LinkField(forms.URLField):
    """The address of a page; nothing but http and https is ever shown as a link."""

    default_validators = (URLValidator(schemes=["http", "https"]),)
    default_error_messages = {
        "invalid": _("Nhập địa chỉ trang, ví dụ https://bao.example/bai-viet.")
    }


def _consent_note() -> forms.CharField:
    return forms.CharField(
        label=_("Hình thức đồng ý"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: giấy đồng ý ký ngày 1/2/2023, lưu tại Hội cấp xã."),
    )


class ExemplarForm(forms.Form):
    """What was found, or its correction."""

    unit = UnitField()
    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Tên mô hình, tập thể hoặc cá nhân"),
        max_length=200,
        help_text=_("Tên cá nhân chỉ người có quyền mới xem được."),
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực"), choices=[("", _("Chọn lĩnh vực")), *Field.choices]
    )
    found_on = DateField(label=_("Ngày phát hiện"))
    summary = forms.CharField(
        label=_("Tóm tắt"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent_on = DateField(
        label=_("Ngày đồng ý nêu tên"),
        required=False,
        help_text=_("Với gương cá nhân: ngày người đó đồng ý cho nêu tên công khai."),
    )
    consent_note = _consent_note()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StepForm(forms.Form):
    """The day of the next step. The step travels with the page, so that it is taken once."""

    on = DateField(label=_("Ngày"))
    replicated_to = forms.CharField(label=_("Nơi nhân rộng"), max_length=300, required=False)
    step = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)


class PublicationForm(forms.Form):
    """One appearance on one channel. Consent is asked for only while the record has none."""

    channel = forms.ChoiceField(label=_("Kênh"), choices=[("", _("Chọn kênh")), *Channel.choices])
    outlet = forms.CharField(label=_("Tên báo, đài, trang"), max_length=120, required=False)
    title = forms.CharField(label=_("Tên bài"), max_length=200, required=False)
    published_on = DateField(label=_("Ngày đăng"))
    link = LinkField(
        label=_("Đường dẫn"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    consent_on = DateField(
        label=_("Ngày đồng ý nêu tên"),
        error_messages={"required": NO_CONSENT},
        help_text=_("Hồ sơ chưa ghi: ngày người được nêu gương đồng ý cho nêu tên công khai."),
    )
    consent_note = _consent_note()
