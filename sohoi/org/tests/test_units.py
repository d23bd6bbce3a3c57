"""Units through time: what the database refuses, and the tree on a date."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from sohoi.kit.refusals import Refused
from sohoi.lib.ids import uuid7
from sohoi.org import lots, models, queries
from sohoi.org.actions import end_unit, found_unit, load_units
from sohoi.org.models import Unit, UnitVersion

START, CHANGE = date(2021, 1, 1), date(2023, 7, 1)


def version(unit: Unit, **changes) -> UnitVersion:
    """Another version of the unit, as a bulk load might write it."""
    known = UnitVersion.objects.get(unit=unit)
    fields = {
        f.attname: getattr(known, f.attname)
        for f in UnitVersion._meta.concrete_fields
        if f.attname != "id"
    }
    return UnitVersion(**(fields | changes))


def refused(unsaved: UnitVersion, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        unsaved.save()


def test_versions_of_a_unit_do_not_overlap(units):
    refused(version(units.commune, code="x1", valid_from=CHANGE), "org_version_no_overlap")
    UnitVersion.objects.filter(unit=units.commune).update(valid_to=CHANGE)
    a_day_early = {"code": "x1", "valid_from": date(2023, 6, 30), "valid_to": None}
    refused(version(units.commune, **a_day_early), "org_version_no_overlap")
    version(units.commune, code="x1", valid_from=CHANGE, valid_to=None).save()
    assert UnitVersion.objects.filter(unit=units.commune).count() == 2


def test_a_code_is_used_once_on_any_day_and_again_when_it_is_free(units):
    taken = {"kind": "commune", "code": "32100", "parent": units.district, "by": None}
    with pytest.raises(Refused) as refusal:
        found_unit(name="Xã Mới", valid_from=CHANGE, **taken)
    assert refusal.value.field == "code"
    end_unit(unit=units.commune, on=CHANGE, by=None)
    with pytest.raises(Refused):
        found_unit(name="Xã Mới", valid_from=date(2023, 6, 30), **taken)
    new = found_unit(name="Xã Mới", valid_from=CHANGE, **taken)
    assert queries.place_by_code("32100", on=date(2023, 6, 30)).id == units.commune.pk
    assert queries.place_by_code("32100", on=CHANGE).id == new.pk


def test_a_version_lasts_a_day_and_is_not_its_own_parent(units):
    free = {"code": "x1", "valid_from": CHANGE, "unit_id": Unit.objects.create().pk}
    refused(version(units.commune, **free, valid_to=CHANGE), "org_version_lasts_a_day")
    refused(version(units.commune, **free, parent_id=free["unit_id"]), "org_version_not_own_parent")


def below(root: Unit, day: date) -> set[str]:
    found = UnitVersion.objects.on(day).under([root.pk], on=day)
    return set(found.values_list("code", flat=True))


def test_the_tree_is_the_one_of_the_day(units):
    UnitVersion.objects.filter(unit=units.commune).update(valid_to=CHANGE)
    version(units.commune, valid_from=CHANGE, valid_to=None, parent_id=units.district_2.pk).save()
    lots.refresh([units.commune.pk])
    before, after = date(2023, 6, 30), CHANGE
    assert below(units.district, before) == {"970", "32100", "32100-01", "32100-02", "32101"}
    assert below(units.district, after) == {"970", "32101"}
    assert below(units.district_2, after) == {"971", "32200", "32100", "32100-01", "32100-02"}
    assert below(units.province, before) == below(units.province, after)


def test_an_ended_unit_leaves_the_tree_and_can_still_be_named(units):
    end_unit(unit=units.hamlet, on=CHANGE, by=None)
    assert "32100-01" in below(units.commune, date(2023, 6, 30))
    assert "32100-01" not in below(units.commune, CHANGE)
    assert queries.place_of(units.hamlet.pk, on=date(2024, 1, 1)).code == "32100-01"


def test_a_unit_ends_once_and_after_it_began(units):
    for on in (START, START - timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            end_unit(unit=units.hamlet, on=on, by=None)
        assert refusal.value.field == "on"
    end_unit(unit=units.hamlet, on=CHANGE, by=None)
    with pytest.raises(Refused):
        end_unit(unit=units.hamlet, on=CHANGE + timedelta(days=1), by=None)
    assert UnitVersion.objects.get(unit=units.hamlet).valid_to == CHANGE


def test_many_are_named_as_each_is_by_itself(units):
    end_unit(unit=units.hamlet, on=CHANGE, by=None)
    known = [unit.pk for unit in (units.hamlet, units.commune, units.province)]
    for day in (START, CHANGE - timedelta(days=1), CHANGE, date(1900, 1, 1)):
        found = queries.places_by_id([*known, uuid7()], on=day)
        assert found == {pk: queries.place_of(pk, on=day) for pk in known}


def test_the_line_goes_up_to_the_centre(units):
    line = queries.line_of(units.hamlet.pk)
    assert [place.code for place in line] == ["VN", "96", "970", "32100", "32100-01"]
    assert queries.is_under(units.hamlet.pk, [units.province.pk])
    assert not queries.is_under(units.hamlet.pk, [units.other_province.pk])


@pytest.mark.parametrize("handed_on", [0, 300])
def test_a_list_holds_what_is_below_every_scope_however_many_units_there_are(
    units, monkeypatch, handed_on
):
    monkeypatch.setattr(models, "MOST_HANDED_ON", handed_on)
    every = UnitVersion.objects
    scopes = [units.province.pk, units.other_province.pk], [units.district.pk]
    assert {*every.among(*scopes)} == {*every.under([units.district.pk])} != set()
    assert {*every.among([units.province.pk])} == {*every.under([units.province.pk])}
    assert {*every.among([units.province.pk], [units.other_province.pk])} == set()
    assert {*every.among([])} == set()


def test_communes_stand_in_vietnamese_order_and_hamlets_in_natural_order(units):
    for number in (2, 1):
        found_unit(
            name=f"Chi hội ấp {number}",
            kind="branch",
            code=f"32100-1{number}",
            parent=units.commune,
            valid_from=START,
            by=None,
        )
    names = [place.name for place in queries.children(units.commune.pk)]
    assert names == ["Chi hội ấp 1", "Chi hội ấp 2", "Chi hội ấp 10", "Chi hội ấp Tân Hoà"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("dam doi", {"970"}),
        ("Đầm Dơi", {"970"}),
        ("TA AN KHUONG", {"32101"}),
        ("32100", {"32100", "32100-01", "32100-02"}),
        ("phuoc long", set()),
        ("%", set()),
    ],
)
def test_search_ignores_accents_and_stays_within_the_roots(units, text, codes):
    found = queries.search(text, [units.province.pk])
    assert set(found.values_list("code", flat=True)) == codes


def test_an_unknown_code_is_answered_with_near_ones(units):
    with pytest.raises(queries.UnknownUnit, match=r"9600.*96 \(Tỉnh Cà Mau\)"):
        queries.place_by_code("9600")


def row(code: str, **changes) -> dict[str, str]:
    known = {"code": code, "name": f"Xã {code}", "kind": "commune", "parent_code": "1"}
    known |= {"lat": "9.1", "lon": "105.1", "valid_from": "2021-01-01", "invented": "0"}
    return known | changes


@pytest.mark.parametrize("wrong", [{"kind": "planet"}, {"parent_code": "nowhere"}])
def test_a_list_of_units_is_loaded_whole_or_not_at_all(db, wrong):
    rows = [row("1", kind="province", parent_code=""), row("2"), row("3", **wrong)]
    with pytest.raises(Refused, match="Dòng 4"):
        load_units(rows=rows, by=None)
    assert Unit.objects.count() == 0
    assert load_units(rows=[*rows[:2], row("3")], by=None) == 3
