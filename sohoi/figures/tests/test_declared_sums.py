"""What units declare is kept as sums like records are: current, moved, counted again, repaired."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from sohoi.figures.engine.actions import withdraw_statement
from sohoi.figures.engine.entries import DECLARED
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.models import DeclaredValue, MonthlySums
from sohoi.figures.reading.queries import broken_down, figures
from sohoi.lib.periods import parse_period
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_by_code
from sohoi.org.reorganising import reorganise

H1 = parse_period("2023-H1")


@pytest.fixture
def bridges(probe, define, declare):
    define("probe.bridges")
    for unit, value in ((probe.units.commune, 2), (probe.units.commune_2, 3)):
        declare(unit, "2023-H1", {"probe.bridges": value})
    return probe.units


def shown(unit, *, period=H1, **asked):
    (figure,) = figures(unit=unit.pk, period=period, keys=["probe.bridges"], **asked)
    return figure.value


def test_a_value_is_in_every_sum_before_and_after_the_fold(bridges, probe, declare):
    assert (shown(bridges.province), shown(bridges.commune)) == (5, 2)
    fold()
    assert (shown(bridges.province), shown(bridges.commune)) == (5, 2)
    declare(bridges.commune, "2023-H1", {"probe.bridges": 10})
    declare(bridges.commune, "2023-Q1", {"probe.bridges": 100})
    assert shown(bridges.province) == 13
    fold()
    assert shown(bridges.province) == 13
    assert shown(bridges.province, period=parse_period("2023-Q1")) == 100
    for unit in (bridges.commune, bridges.commune_2):
        withdraw_statement(unit=unit, period="2023-H1", by=probe.thu)
    assert shown(bridges.province) is None
    fold()
    assert shown(bridges.province) is None
    assert recount()[1] == []


def test_a_period_is_whole_whatever_day_is_asked(bridges):
    assert shown(bridges.province, on=date(2023, 1, 15)) == 5


def test_zero_is_a_value(bridges, declare):
    declare(bridges.ward, "2023-H1", {"probe.bridges": 0})
    assert shown(bridges.district_2) == 0


def test_sums_move_with_the_units(bridges, declare):
    fold()
    declare(bridges.ward, "2023-H1", {"probe.bridges": 7})
    merge = "found,,k,Xã Mới,commune,971\nmerge,32100,k\nmerge,32101,k"
    content = f"{','.join(HEADER)}\n{merge}".encode()
    reorganise(content=content, on=date(2023, 3, 1), title="Nhập", by=None)
    assert (shown(bridges.district), shown(bridges.district_2)) == (None, 12)
    new = place_by_code("k", on=H1.end)
    (own,) = figures(unit=new.id, period=H1, keys=["probe.bridges"])
    assert (own.value, own.reported) == (5, 1)
    assert recount()[1] == []


def test_a_sum_that_is_wrong_is_named_and_counted_again(bridges):
    fold()
    kept = MonthlySums.objects.filter(indicator=DECLARED.key, year=2023)
    kept.update(m01=41)
    cells, differences = recount()
    assert cells
    found = {(one.indicator, one.period, one.declared) for one in differences}
    assert found == {("probe.bridges", "2023-H1", True)}
    out = StringIO()
    call_command("recount", "--repair", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["repaired"]["indicators"] == [DECLARED.key]
    assert recount()[1] == []
    assert shown(bridges.province) == 5


def test_a_sum_of_values_that_are_gone_is_named(bridges):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM figures_declaredvalue")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert {one.recounted for one in recount()[1]} == {0}


def test_what_is_declared_is_no_breakdown_of_what_is_counted(bridges, probe, declare):
    declare(bridges.ward, "2023-H1", {"probe.begun": 9})
    (figure,) = figures(unit=bridges.province.pk, period=H1, keys=["probe.begun"])
    assert (figure.value, broken_down(figure)) == (0, [])


def test_a_value_stands_for_the_unit_and_period_of_its_statement(bridges):
    DeclaredValue.objects.filter(unit=bridges.commune).update(unit=bridges.ward)
    with (
        pytest.raises(IntegrityError, match="figures_declared_of_statement"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)
