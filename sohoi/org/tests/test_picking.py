"""Choosing a unit: few are listed, many are searched, and nothing out of reach is offered."""

import re

import pytest
from django import forms
from django.urls import reverse

from sohoi.org import picking
from sohoi.org.forms import UnitField
from sohoi.org.models import UnitVersion, today
from sohoi.org.queries import place_of

PICK = "/don-vi/tim/"


class Form(forms.Form):
    unit = UnitField()


@pytest.fixture
def many(monkeypatch):
    """As if the cast's few units were more than can be looked through."""
    monkeypatch.setattr("sohoi.org.forms.FEW", 0)


def form(offer: picking.Offer, data: dict | None = None, current=None) -> Form:
    made = Form(data)
    made.fields["unit"].offer_of(offer, current)
    return made


def errors(offer: picking.Offer, data: dict, **options) -> list[str]:
    return [error.code for error in form(offer, data, **options).errors.as_data().get("unit", [])]


def below(unit) -> picking.Offer:
    return picking.any_below([unit.pk])


def test_few_units_are_listed_with_the_unit_above(cast):
    shown = str(form(below(cast.units.province))["unit"])
    assert "<select" in shown
    assert "Chi hội ấp 10 (Xã Tân Đức)" in shown
    assert "Xã Vĩnh Phú Đông" not in shown


def test_many_units_are_searched_and_named_with_the_unit_above(cast, many):
    shown = str(form(below(cast.units.province))["unit"])
    assert "<select" not in shown
    assert 'type="radio"' not in shown
    shown = str(form(below(cast.units.province), {"unit-text": "ap 10"})["unit"])
    assert re.findall(r'type="radio" name="unit" value="([^"]+)"', shown) == [
        str(cast.units.hamlet_2.pk)
    ]
    assert "thuộc Xã Tân Đức" in shown


@pytest.mark.parametrize("typed", ["970", "32100", "dam doi"])
def test_what_is_typed_alone_chooses_nothing(cast, many, typed):
    offer = below(cast.units.province)
    assert errors(offer, {"unit-text": typed}) == ["choose"]


def test_searching_sends_nothing_off_though_a_unit_is_chosen(cast, many):
    offer, unit = below(cast.units.province), str(cast.units.commune.pk)
    assert errors(offer, {"unit": unit, "unit-text": "ap", "unit-find": "1"}) == ["choose"]
    assert errors(offer, {"unit": unit, "unit-text": "zzz", "unit-find": "1"}) == ["none"]
    assert form(offer, {"unit": unit, "unit-text": "ap"}).is_valid()


@pytest.mark.parametrize("few", [True, False])
def test_a_unit_that_is_not_offered_is_not_taken(cast, few, monkeypatch):
    if not few:
        monkeypatch.setattr("sohoi.org.forms.FEW", 0)
    offer = below(cast.units.district)
    for unit in (cast.units.other_commune.pk, cast.units.province.pk, "32100", "'", ""):
        found = errors(offer, {"unit": str(unit)})
        assert found == (["unknown"] if unit else ["required"])
    good = form(offer, {"unit": str(cast.units.commune.pk)})
    assert good.is_valid()
    assert good.cleaned_data["unit"] == cast.units.commune


def test_a_unit_of_the_past_is_kept_where_it_stands_and_not_offered_anew(cast, many):
    UnitVersion.objects.filter(unit=cast.units.ward).update(valid_to=today())
    offer, ward = below(cast.units.province), str(cast.units.ward.pk)
    assert errors(offer, {"unit": ward}) == ["unknown"]
    assert form(offer, {"unit": ward}, current=cast.units.ward.pk).is_valid()


def test_a_unit_that_was_chosen_stays_chosen_whatever_its_tier(cast, many):
    """A province officer could not correct a record of a hamlet: its unit was not offered."""
    offer = below(cast.units.province)
    for kept in (cast.units.hamlet.pk, cast.units.province.pk):
        (one,) = picking.shown(offer, "", unit=kept, kept=kept)["options"]
        assert (one["value"], one["chosen"]) == (str(kept), True)
    UnitVersion.objects.filter(unit=cast.units.ward).update(valid_to=today())
    (one,) = picking.shown(offer, "", unit=cast.units.ward.pk, kept=cast.units.ward.pk)["options"]
    assert one["chosen"]


def test_records_are_written_to_communes_and_hamlets_of_the_working_unit(cast):
    roots = [cast.units.province.pk]
    units = cast.units
    offered = {v.unit_id for v in picking.writable(roots, place_of(units.province.pk)).versions()}
    assert offered == {
        *(units.commune.pk, units.commune_2.pk, units.ward.pk),
        *(units.hamlet.pk, units.hamlet_2.pk),
    }
    offered = {v.unit_id for v in picking.writable(roots, place_of(units.commune.pk)).versions()}
    assert offered == {units.commune.pk, units.hamlet.pk, units.hamlet_2.pk}


def test_the_search_page_shows_only_what_the_form_offers_and_she_may_see(cast, sign_in):
    offer = picking.Offer((cast.units.province.pk,), ("commune",))
    asked = {"trong": offer.sign(), "unit-text": "tan", "unit": str(cast.units.ward.pk)}
    page = sign_in(cast.thu).get(PICK, asked).content.decode()
    values = re.findall(r'value="([^"]+)"( checked)?', page)
    assert values == [(str(cast.units.ward.pk), " checked"), (str(cast.units.commune.pk), "")]
    assert sign_in(cast.hanh).get(PICK, asked).status_code == 404
    for signed in ("", "x", f"A{offer.sign()}"):
        answer = sign_in(cast.thu).get(PICK, asked | {"trong": signed})
        assert answer.status_code == 404


def test_a_form_of_a_record_comes_back_with_what_was_found(cast, sign_in, many):
    client, url = sign_in(cast.quan), reverse("accounts:appoint", args=[cast.lan.pk])
    answer = client.post(url, {"unit-text": "tan duc", "unit-find": "1", "role": "branch_head"})
    assert answer.status_code == 422
    assert f'value="{cast.units.commune.pk}"' in answer.content.decode()
