"""The one field template: label, help, error and the summary tied together for everyone."""

import re

import pytest
from django import forms

from sohoi.ui.fields import DateField, MoneyField
from sohoi.ui.samples import SampleForm


class Choosing(forms.Form):
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Một."
    )


class Paying(forms.Form):
    amount = MoneyField(label="Số tiền")
    day = DateField(label="Ngày", required=False)


@pytest.fixture
def mistaken() -> str:
    form = SampleForm({"day": "31/2/2023", "amount": "2,5"})
    assert set(form.errors) == {"name", "day", "amount", "kind"}
    return str(form)


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_every_line_of_the_summary_leads_to_its_field(mistaken):
    links = re.findall(r'<li><a href="#([^"]+)"', mistaken)
    assert len(links) == 4
    assert set(links) <= ids(mistaken)


def test_every_description_is_on_the_page(mistaken):
    described = re.findall(r'aria-describedby="([^"]+)"', mistaken)
    assert len(described) >= 4
    assert {name for names in described for name in names.split()} <= ids(mistaken)


def test_wrong_fields_are_marked_wrong(mistaken):
    assert re.search(r'<input[^>]*name="day"[^>]*aria-invalid="true"', mistaken)
    assert not re.search(r'<textarea[^>]*aria-invalid="true"', mistaken)


def test_ids_are_unique(mistaken):
    found = re.findall(r'\bid="([^"]+)"', mistaken)
    assert len(found) > 10
    assert len(found) == len(set(found))


def test_choices_stand_in_a_group_with_a_legend():
    html = str(Choosing())
    assert "<fieldset" in html
    assert re.search(r"<legend>\s*Loại", html)
    assert 'id="id_kind_help"' in html


def test_optional_is_said_and_required_is_not():
    html = str(Paying())
    assert html.count('class="optional"') == 1


def test_the_unit_of_money_stands_after_the_field_and_what_was_typed_stays():
    html = str(Paying({"amount": "2,5", "day": "31/2/2023"}))
    assert re.search(r'value="2,5"[^>]*>\s*<span[^>]*>đồng</span>', html)
    assert 'value="31/2/2023"' in html
