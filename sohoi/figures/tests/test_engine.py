"""The engine: every committed write is in every figure above it, folded or not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.engine.triggers import install
from sohoi.figures.engine.windows import cut
from sohoi.figures.models import Delta, Derivation, MonthlySums
from sohoi.figures.reading.queries import figures
from sohoi.kit import rooms
from sohoi.lib.ids import uuid7
from sohoi.lib.periods import parse_period

H1 = parse_period("2023-H1")


def value(unit, key, period=H1, **asked):
    (figure,) = figures(unit=unit.pk, period=period, keys=[key], **asked)
    return figure.value


def appointment(cast, unit, day, **fields) -> Appointment:
    return Appointment(
        user=fields.pop("user", cast.hanh),
        role=roles.BRANCH_HEAD,
        unit=unit,
        valid_from=day,
        **fields,
    )


@given(
    st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2024, 12, 31))),
    st.dates(date(2019, 1, 1), date(2024, 12, 31)),
)
def test_a_cut_holds_every_day_once(first, last):
    cut_days = cut(first, last)
    days = set()
    for start, end in cut_days.rest:
        days |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    if not cut_days.is_empty:
        start = cut_days.first or date(2018, 1, 1)
        assert (start.day, cut_days.end.day) == (1, 1)
        months = {start + timedelta(days=n) for n in range((cut_days.end - start).days)}
        assert not months & days
        days |= months
    begin = first or date(2018, 1, 1)
    assert days == {begin + timedelta(days=n) for n in range((last - begin).days + 1)}


@pytest.mark.parametrize("folding", [False, True])
def test_a_bulk_load_an_edit_of_many_and_a_removal_are_counted_at_once(probe, folding):
    def check(here: int, there: int) -> None:
        if folding:
            fold()
            assert not Delta.objects.exists()
        assert value(probe.units.province, "probe.begun") == here
        assert value(probe.units.other_province, "probe.begun") == there
        assert value(probe.units.centre, "probe.begun") == here + there
        assert recount()[1] == []

    days = [date(2023, 1, 1) + timedelta(days=7 * n) for n in range(20)]
    Appointment.objects.bulk_create(appointment(probe, probe.units.hamlet, day) for day in days)
    check(20, 0)
    Appointment.objects.filter(valid_from__lt=date(2023, 3, 1)).filter(
        unit=probe.units.hamlet, valid_from__gte=date(2023, 1, 1)
    ).update(unit=probe.units.other_commune)
    moved = sum(day < date(2023, 3, 1) for day in days)
    assert 0 < moved < 20
    check(20 - moved, moved)
    Appointment.objects.filter(unit=probe.units.other_commune, valid_from__gte=days[0]).delete()
    check(20 - moved, 0)


def test_rows_that_arrive_by_copy_are_counted(probe):
    with connection.cursor() as cursor:
        copy = "COPY accounts_appointment (id, user_id, role, unit_id, valid_from) FROM STDIN"
        with cursor.copy(copy) as rows:
            for _n in range(300):
                unit = probe.units.hamlet_2.pk
                rows.write_row((uuid7(), probe.lan.pk, roles.BRANCH_HEAD, unit, date(2023, 4, 5)))
    assert value(probe.units.district, "probe.begun") == 300
    assert recount()[1] == []


def test_a_table_emptied_at_once_leaves_nothing_behind(probe):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    fold()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE accounts_appointment")
    assert value(probe.units.province, "probe.begun") == 0
    assert recount()[1] == []


def test_a_row_that_goes_before_it_comes_was_never_there(probe):
    before = value(probe.units.commune, "probe.held", on=date(2023, 3, 15))
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE;"
            "ALTER TABLE accounts_appointment DROP CONSTRAINT accounts_appointment_days_in_order"
        )
    appointment(probe, probe.units.commune, date(2023, 3, 10), valid_to=date(2023, 2, 10)).save()
    for day in (date(2023, 2, 20), date(2023, 3, 15), date(2023, 6, 30)):
        assert value(probe.units.commune, "probe.held", on=day) == before
    assert recount()[1] == []


def test_a_declaration_that_changes_is_counted_anew_and_no_other_is_touched(probe):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    fold()
    assert install() == []
    kept = MonthlySums.objects.filter(indicator="probe.held")
    # A mark in the sums of another indicator shows whether they were built again.
    kept.update(m12=1000)
    marked = kept.count()
    Derivation.objects.filter(indicator="probe.begun").update(fingerprint="another")
    MonthlySums.objects.filter(indicator="probe.begun").delete()
    assert install() == ["probe.begun"]
    assert value(probe.units.province, "probe.begun") == 1
    assert kept.filter(m12=1000).count() == marked > 0


def test_an_indicator_that_is_gone_takes_its_sums_along(probe):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    rooms.unregister("probe")
    gone = install()
    assert "probe.begun" in gone
    assert not MonthlySums.objects.filter(indicator__startswith="probe.").exists()
    appointment(probe, probe.units.hamlet, date(2023, 2, 2)).save()
    assert not Delta.objects.exists()


def test_a_cut_off_inside_a_month_counts_to_that_day(probe):
    for day in (date(2023, 4, 30), date(2023, 5, 1), date(2023, 5, 15), date(2023, 5, 31)):
        appointment(probe, probe.units.hamlet, day, user=probe.lan).save()
    seen = [
        value(probe.units.province, "probe.begun", on=day)
        for day in (date(2023, 4, 30), date(2023, 5, 14), date(2023, 5, 15), date(2023, 5, 31))
    ]
    assert seen == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2023-M05", 2), ("2023-Q2", 3), ("2023-H1", 3), ("2023-9M", 4), ("2023", 5), ("2022", 1)],
)
def test_any_period_is_read_from_the_same_sums(probe, period, expected):
    days = ["2022-12-31", "2023-04-30", "2023-05-01", "2023-05-31", "2023-09-30", "2023-10-01"]
    for day in days:
        appointment(probe, probe.units.ward, date.fromisoformat(day)).save()
    assert value(probe.units.province, "probe.begun", parse_period(period)) == expected
