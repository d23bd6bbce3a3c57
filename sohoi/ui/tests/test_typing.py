"""What the fields of the house make of what is typed, and what they ask back about."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from sohoi.lib.doubts import Doubt
from sohoi.ui.fields import (
    DateField,
    MoneyField,
    ScaledField,
    TextField,
    WholeNumberField,
    YearField,
)
from sohoi.ui.forms import Form
from sohoi.ui.templatetags.ui import told


class HelpForm(Form):
    """One field of each kind that may be doubted, and a long text."""

    amount = MoneyField(label="Số tiền")
    area = ScaledField(label="Diện tích", scale=10, usual=(100, 3000), required=False)
    on = DateField(label="Ngày khảo sát")
    year = YearField(label="Năm", required=False)
    kind = forms.ChoiceField(label="Diện hộ", choices=[("a", "A")], required=False)
    note = TextField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea)


GOOD = {"amount": "55.000.000", "on": "14/7/2023"}


def said(data: dict) -> list[str]:
    return [doubt.text for doubt in HelpForm(data).warnings]


def test_usual_values_pass_without_a_question():
    form = HelpForm(GOOD | {"area": "36,5"})
    assert form.is_valid()
    assert (form.cleaned_data["area"], form.warnings) == (365, [])


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ({"amount": "999.999.999.999.999"}, "Số tiền: 999.999.999.999.999 đồng nhiều hơn"),
        ({"amount": "55"}, "Số tiền: 55 đồng ít hơn thường gặp (từ 1.000)"),
        ({"area": "365"}, "Diện tích: 365 nhiều hơn thường gặp (đến 300)"),
        ({"on": "14/7/1983"}, "Ngày khảo sát: ngày 14/7/1983 cách đây đã lâu"),
    ],
)
def test_the_unusual_is_asked_about_once_and_believed(typed, about):
    form = HelpForm(GOOD | typed)
    assert (form.is_valid(), form.errors) == (False, {})
    (doubt,) = form.unconfirmed_warnings()
    assert doubt.text.startswith(about)
    html = str(form)
    assert html.count(doubt.text) == 2
    assert f'value="{doubt.key}"' in html
    assert f"id_{doubt.field}_warning" in html
    assert HelpForm(GOOD | typed | {"believed": form.confirmation()}).is_valid()


def test_another_value_is_asked_about_again():
    first = HelpForm(GOOD | {"amount": "55"})
    again = HelpForm(GOOD | {"amount": "56", "believed": first.confirmation()})
    assert not again.is_valid()
    assert again.unconfirmed_warnings() == again.warnings


def test_doubts_of_the_action_join_those_of_the_fields():
    twin = Doubt("Hộ này đã có hồ sơ MA-2023-1.", about="hộ khác")
    form = HelpForm(GOOD)
    assert form.is_valid()
    form.ask_back([twin])
    assert not form.is_valid()
    assert twin.text in str(form)
    confirmed = HelpForm(GOOD | {"believed": form.confirmation()})
    confirmed.ask_back([twin])
    assert confirmed.is_valid()


def test_whoever_reviews_a_record_sees_what_was_unusual():
    record = type("Record", (), {"amount": 55, "on": date(2023, 7, 14)})()
    assert [d.field for d in HelpForm.warnings_of(record)] == ["amount"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"on": "19/10/1930"}, "Nhập ngày từ 20/10/1930 (ngày thành lập Hội) trở đi."),
        ({"on": ""}, "Nhập ngày khảo sát."),
        ({"kind": "b"}, "Chọn lại trong danh sách."),
        ({"year": "1930"}, "Nhập số từ 2000 đến 2100."),
        ({"amount": "2,5"}, "Không đọc được “2,5”."),
        ({"note": "NguyÔn ThÞ Hång"}, "Có vẻ đoạn này gõ bằng phông chữ cũ"),
        ({"note": "a" * 2001}, "Rút ngắn còn nhiều nhất 2000 ký tự; đang có 2001."),
    ],
)
def test_mistakes_say_what_to_do_and_keep_what_was_typed(typed, error):
    form = HelpForm(GOOD | typed)
    ((name, texts),) = form.errors.items()
    assert texts[0].startswith(error)
    assert form[name].value() == typed[name]


def test_a_line_break_counts_as_one_character():
    text = "\r\n".join(["a" * 95] * 20) + "\r\n" + "b" * 79
    assert len(text) > 2000 > len(text.replace("\r\n", "\n"))
    form = HelpForm(GOOD | {"note": text})
    assert form.is_valid()
    assert form.cleaned_data["note"].count("\n") == 20
    assert "\r" not in form.cleaned_data["note"]


def test_numbers_of_measures_are_exact_and_shown_as_typed():
    gold = ScaledField(label="Vàng", scale=1000)
    assert (gold.clean("2,5"), gold.clean("1.234,5")) == (2500, 1_234_500)
    assert gold.prepare_value(2500) == "2,5"
    with translation.override("en"):
        assert gold.clean("1,234.5") == 1_234_500
        assert gold.prepare_value(1_234_500) == "1,234.5"


def test_a_year_is_never_grouped():
    assert 'value="2026"' in str(HelpForm(initial={"year": 2026})["year"])
    assert "data-grouped" not in str(HelpForm()["year"])
    assert WholeNumberField().prepare_value(2026) == "2.026"


def test_a_day_of_this_year_needs_no_year(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2023, 7, 20))
    assert DateField().clean("14/7") == date(2023, 7, 14)
    with pytest.raises(forms.ValidationError, match="của năm nào"):
        DateField().clean("21/7")


def test_a_mistake_away_from_its_field_names_the_field_as_a_sentence_would():
    assert told("Chọn nơi lấy con số.", "Con số lấy từ đâu?") == (
        "Con số lấy từ đâu? Chọn nơi lấy con số."
    )
    assert told("Không đọc được.", "Ngày") == "Ngày: Không đọc được."
    assert told("Chọn đơn vị.", "Đơn vị") == "Chọn đơn vị."
