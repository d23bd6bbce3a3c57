"""What `sohoi check` says of a running installation."""

import pytest
from django.db import connection

from sohoi.accounts.models import Appointment
from sohoi.audit import triggers
from sohoi.audit.models import Change
from sohoi.config.health import Finding, examine
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.catalogue.rules import Passing
from sohoi.figures.definitions.actions import pass_to_rooms
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator, Kind, Measure, Records
from sohoi.org.models import UnitVersion


def finding(name: str = "history") -> Finding:
    return next(found for found in examine() if found.name == name)


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER audit_keep_update ON org_unitversion",
        "ALTER TABLE org_unitversion DISABLE TRIGGER audit_keep_delete",
        "ALTER FUNCTION audit_keep_org_unitversion() SECURITY INVOKER",
        """CREATE OR REPLACE FUNCTION audit_keep_org_unitversion() RETURNS trigger
           LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END'""",
    ],
)
def test_a_history_that_is_not_kept_is_found_and_mended(cast, harm):
    assert finding().ok
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(harm)
    assert not finding().ok
    assert "org.unitversion" in finding().text
    assert triggers.install() == ["org.unitversion"]
    assert finding().ok
    UnitVersion.objects.filter(unit=cast.units.hamlet).update(name="Chi hội mới")
    assert Change.objects.latest("id").after == {"name": "Chi hội mới"}


def test_a_room_that_counts_another_thing_than_units_declared_is_told(db):
    IndicatorDefinition.objects.create(
        key="tally.begun",
        title_vi="Lượt",
        title_en="Times",
        kind=Kind.FLOW,
        measure="lượt",
        measure_en="times",
        source="declared",
        tier="commune",
        section="movement",
    )
    assert finding("indicators").ok
    indicator = Indicator(
        key="tally.begun",
        title="Người",
        kind=Kind.FLOW,
        measure=Measure("người", "người"),
        source=Records(model=Appointment, at="valid_from", label="role"),
        section="movement",
    )
    rooms.register(rooms.Room(key="tally", title="Đếm", path="dem", indicators=(indicator,)))
    try:
        pass_to_rooms(by=None)
        IndicatorDefinition.objects.update(passed_on="2023-07-01")
        assert not isinstance(catalogue()["tally.begun"], Passing)
        assert not finding("indicators").ok
        assert "tally.begun" in finding("indicators").text
    finally:
        rooms.unregister("tally")
