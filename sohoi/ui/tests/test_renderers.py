"""Fields with many options are written as Django's own templates would write them."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from sohoi.ui.renderers import FormRenderer

CHOICES = [
    ("", "–"),
    ("a<b", "<script>&\"'"),
    (3, gettext_lazy("Xã")),
    ("safe", mark_safe("<b>1</b>")),
    ("Nhóm & <i>", [("x", "X"), ("y", "Y")]),
]
ATTRIBUTES = {"id": "id_f", "class": 'a"b', "required": True, "disabled": False, "data-n": 5}
WIDGETS = {
    "select": (forms.Select(choices=CHOICES), "a<b"),
    "several": (forms.SelectMultiple(choices=CHOICES), ["x", "3"]),
    "checkboxes": (forms.CheckboxSelectMultiple(choices=CHOICES), ["a<b", "y"]),
    "radios": (forms.RadioSelect(choices=CHOICES), "3"),
    "text": (forms.TextInput(), '"><script>'),
    "empty": (forms.TextInput(), None),
    "hidden": (forms.HiddenInput(), 0),
    "ticked": (forms.CheckboxInput(), True),
    "textarea": (forms.Textarea(), "<b>"),
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("attributes", [{}, ATTRIBUTES])
def test_a_widget_reads_as_in_django_s_template(name, attributes):
    widget, value = WIDGETS[name]
    ours, theirs = (
        widget.render("tên<", value, attrs=dict(attributes), renderer=renderer)
        for renderer in (FormRenderer(), TemplatesSetting())
    )
    assert parse_html(ours) == parse_html(theirs)
    assert "<script>" not in ours
    assert len(ours) > 10
