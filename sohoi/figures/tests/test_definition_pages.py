"""The pages of the indicators: found without accents, said in plain words, added step by step."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.accounts import roles
from sohoi.accounts.actions import keep_role
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.ui.tests.workbooks import cells

LIST, ADD = reverse("figures:definitions"), reverse("figures:definition_add")
COUNT = f"{ADD}?nguon=count:probe.appointment&don_vi=96&ky=2023-H1"
WHOLE = {"don_vi": "96", "ky": "2023-H1"}
TYPED = {
    "title_vi": "Chi hội trưởng nhận nhiệm vụ",
    "section": "movement",
    "kind": "flow",
    "date_column": "valid_from",
    "where_role": [roles.BRANCH_HEAD],
    "rounding_mode": "exact",
    "rounding_word": "hơn",
}


def editing(row: IndicatorDefinition) -> str:
    return reverse("figures:definition_edit", args=[row.key]) + "?don_vi=96&ky=2023-H1"


@pytest.fixture
def begun(probe):
    keep_role(
        user=probe.hanh,
        role=roles.BRANCH_HEAD,
        unit=probe.units.hamlet,
        valid_from=date(2023, 2, 1),
        by=None,
    )
    return probe


def test_the_list_is_searched_without_accents_and_filtered(probe, define, sign_in):
    define("probe.bridges", title_vi="Cầu giao thông nông thôn")
    client = sign_in(probe.hanh)
    found = client.post(LIST, {"q": "cau giao thong"}, follow=True).content.decode()
    assert "Cầu giao thông nông thôn" in found
    assert "probe.begun" not in found
    built_in = client.get(LIST, {"noi-dat": "built_in", "nguon": "count"}).content.decode()
    assert "probe.begun" in built_in
    assert "Cầu giao thông" not in built_in
    assert "Thêm chỉ tiêu" not in built_in


def test_the_list_is_exported_as_it_is_shown(probe, define, sign_in):
    define("probe.bridges", title_vi="Cầu giao thông nông thôn")
    client = sign_in(probe.thu)
    narrowed = client.post(LIST, {"q": "cau giao thong"}).url
    _head, row = cells(client.get(f"{narrowed}&export=xlsx").content)
    assert row[0] == ("text", "Cầu giao thông nông thôn")


def test_the_first_step_offers_every_kind_of_records(probe, sign_in):
    page = sign_in(probe.thu).get(ADD, WHOLE).content.decode()
    for value in ("count:probe.appointment", "declared", "rate", "total", "units_with"):
        assert f'value="{value}"' in page


def test_a_count_is_tried_and_then_added(begun, sign_in):
    client = sign_in(begun.thu)
    trial = client.post(COUNT, TYPED | {"xem-thu": "1"}).content.decode()
    assert "<strong>1 người</strong>" in trial
    assert not IndicatorDefinition.objects.exists()
    answer = client.post(COUNT, TYPED, follow=True)
    row = IndicatorDefinition.objects.get()
    assert row.key == "tinh.chi_hoi_truong_nhan_nhiem_vu"
    assert row.conditions == [{"column": "role", "operator": "=", "value": roles.BRANCH_HEAD}]
    assert "vai trò: Chi hội trưởng" in answer.content.decode()
    (figure,) = figures(
        unit=begun.units.province.pk, period=parse_period("2023-H1"), keys=[row.key]
    )
    assert figure.value == 1
    shown = client.get(reverse("figures:figure", args=[row.key]), WHOLE)
    assert TYPED["title_vi"] in shown.content.decode()


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(begun, sign_in):
    client = sign_in(begun.thu)
    for more in ({}, {"xem-thu": "1"}):
        answer = client.post(COUNT, TYPED | {"key": "probe.begun"} | more)
        assert answer.status_code == 422
        assert answer.context["form"].errors["key"]
        assert TYPED["title_vi"] in answer.content.decode()


@pytest.mark.parametrize(
    ("source", "typed", "made"),
    [
        ("rate", {"above": "probe.begun", "below": "probe.held"}, ("rate", "%")),
        ("total", {"inputs": ["probe.begun"]}, ("flow", "người")),
        (
            "units_with",
            {"part": "probe.bridges", "tier": "commune", "measure": "xã"},
            ("flow", "xã"),
        ),
        (
            "declared",
            {"tier": "commune", "kind": "stock", "measure": "hộ", "scale": "1"},
            ("stock", "hộ"),
        ),
    ],
)
def test_each_source_has_its_form(begun, define, sign_in, source, typed, made):
    define("probe.bridges", measure="cầu")
    asked = ("title_vi", "section", "rounding_mode", "rounding_word")
    common = {key: TYPED[key] for key in asked}
    client = sign_in(begun.mai)
    url = f"{ADD}?nguon={source}&don_vi=96&ky=2023-H1"
    assert client.post(url, common | typed | {"xem-thu": "1"}).status_code == 200
    answer = client.post(url, common | typed, follow=True)
    row = IndicatorDefinition.objects.get(added_by=begun.mai)
    assert (row.kind, row.measure) == made
    assert TYPED["title_vi"] in answer.content.decode()
    edit = client.get(editing(row)).context["form"]
    typed_again = {n: edit[n].initial for n in edit.fields if edit[n].initial is not None}
    saved = client.post(editing(row), typed_again)
    assert saved.status_code == 302
    again = IndicatorDefinition.objects.get(added_by=begun.mai)
    assert (again.kind, again.measure, again.inputs) == (*made, row.inputs)


def test_editing_shows_what_was_asked_and_closing_ends_it(begun, sign_in):
    client = sign_in(begun.thu)
    client.post(COUNT, TYPED)
    row = IndicatorDefinition.objects.get()
    edit = editing(row)
    form = client.get(edit).context["form"]
    assert form["where_role"].initial == [roles.BRANCH_HEAD]
    assert client.post(edit, TYPED | {"where_role": []}).status_code == 302
    row.refresh_from_db()
    assert row.conditions == []
    closing = reverse("figures:definition_close", args=[row.key])
    assert client.post(closing, {"on": "1/1/2040"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2040, 1, 1)
    page = client.get(reverse("figures:definition", args=[row.key])).content.decode()
    assert "1/1/2040" in page


def test_after_a_return_only_words_are_asked(begun, declare, sign_in):
    client = sign_in(begun.thu)
    client.post(COUNT, TYPED)
    row = IndicatorDefinition.objects.get()
    declare(begun.units.commune, "2023-H1", {})
    edit = editing(row)
    assert "where_role" not in client.get(edit).context["form"].fields
    words = {"title_vi": "Tên khác", "section": "savings", "rounding_mode": "words"}
    words["rounding_word"] = "hơn"
    assert client.post(edit, words).status_code == 302
    row.refresh_from_db()
    assert (row.title_vi, row.section, len(row.conditions)) == ("Tên khác", "savings", 1)


def test_a_built_in_indicator_is_explained_and_not_edited(probe, sign_in):
    page = sign_in(probe.thu).get(reverse("figures:definition", args=["probe.held"]))
    assert "Lượt giao nhiệm vụ" in page.content.decode()
    edit = sign_in(probe.thu).get(reverse("figures:definition_edit", args=["probe.held"]), WHOLE)
    assert edit.status_code == 404
