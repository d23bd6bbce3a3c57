"""Input that every life asks for alike: a step, its day, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.models import today
from sohoi.ui.fields import DateField, ReasonField, TextField
from sohoi.ui.forms import Form


class StepForm(Form):
    """The day on which the next step happened. The step travels with the page, so that a page
    sent twice takes one step."""

    on = DateField(label=_("Ngày"), initial=today)
    step = TextField(widget=forms.HiddenInput, max_length=30)


class EndForm(Form):
    """When and why a life ends."""

    on = DateField(label=_("Ngày"), initial=today)
    reason = ReasonField()


class CorrectStepForm(Form):
    """The right day of a step, and why it is corrected."""

    step = forms.ChoiceField(label=_("Bước"), widget=forms.RadioSelect)
    on = DateField(label=_("Ngày đúng"))
    reason = ReasonField(label=_("Lý do sửa"))


class TakeBackForm(Form):
    """Why the last step was not one. It travels with the page, so that no other is taken back."""

    reason = ReasonField()
    step = TextField(widget=forms.HiddenInput, max_length=30)
