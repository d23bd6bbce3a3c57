"""Input of the exemplars room."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from sohoi.org.forms import UnitField
from sohoi.org.models import today
from sohoi.programmes.exemplars.choices import NO_CONSENT
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.records import forms as asked
from sohoi.records.columns import field as asking
from sohoi.ui.fields import TypedText
from sohoi.ui.forms import Form


class LinkField(TypedText, forms.URLField):
    """The address of a page; nothing but http and https is ever shown as a link."""

    default_validators = (URLValidator(schemes=["http", "https"]),)
    default_error_messages = {
        "invalid": _("Nhập địa chỉ trang, ví dụ https://bao.example/bai-viet.")
    }


NOTE_HELP = _("Ví dụ: giấy đồng ý ký ngày 1/2/2023, lưu tại Hội cấp xã.")


class ExemplarForm(Form):
    """What was found, or its correction."""

    unit = UnitField()
    kind = asking(Exemplar.kind, widget=forms.RadioSelect)
    title = asking(
        Exemplar.title,
        label=_("Tên mô hình, tập thể hoặc cá nhân"),
        help_text=_("Tên cá nhân chỉ người có quyền mới xem được."),
    )
    field = asking(Exemplar.field)
    found_on = asking(Exemplar.found_on, initial=today)
    summary = asking(Exemplar.summary)
    consent_on = asking(
        Exemplar.consent_on,
        help_text=_("Với gương cá nhân: ngày người đó đồng ý cho nêu tên công khai."),
    )
    consent_note = asking(Exemplar.consent_note, help_text=NOTE_HELP)


class StepForm(asked.StepForm):
    """A step; a replication has a place."""

    replicated_to = asking(Exemplar.replicated_to)


class PublicationForm(Form):
    """One appearance on one channel."""

    channel = asking(Publication.channel)
    outlet = asking(Publication.outlet)
    title = asking(Publication.title)
    published_on = asking(Publication.published_on, initial=today)
    link = LinkField(
        label=_("Đường dẫn"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class FirstPublicationForm(PublicationForm):
    """Consent is asked for while the record has none."""

    consent_on = asking(
        Exemplar.consent_on,
        required=True,
        error_messages={"required": NO_CONSENT},
        help_text=_("Hồ sơ chưa ghi: ngày người được nêu gương đồng ý cho nêu tên công khai."),
    )
    consent_note = asking(Exemplar.consent_note, help_text=NOTE_HELP)
