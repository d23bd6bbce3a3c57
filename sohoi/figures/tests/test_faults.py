"""What no calendar holds is refused, no sum is too large, and what differs is put right."""

import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from sohoi.accounts.models import User
from sohoi.figures.asking.queries import ask
from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.definitions.actions import add_indicator
from sohoi.figures.definitions.documents import condition_texts
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount, repair
from sohoi.figures.explorer.queries import spans
from sohoi.figures.models import Delta, MonthlySums
from sohoi.figures.reading.documents import as_json
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import figures
from sohoi.figures.reading.sheets import Sheet
from sohoi.figures.tests.test_engine import H1, appointment, value
from sohoi.kit.refusals import Refused
from sohoi.lib.ids import uuid7
from sohoi.lib.periods import parse_period
from sohoi.org.models import Lot, LotMember
from sohoi.org.queries import Place


@pytest.mark.parametrize(
    ("column", "day"),
    [
        ("valid_from", "40000-01-01"),
        ("valid_from", "infinity"),
        ("valid_from", "-infinity"),
        ("valid_from", "1899-12-31"),
        ("valid_to", "40000-01-01"),
        ("valid_to", "infinity"),
    ],
)
def test_a_day_that_no_calendar_holds_is_refused_where_it_is_written(probe, column, day):
    row = appointment(probe, probe.units.hamlet, date(2023, 2, 1))
    row.save()
    table = row._meta.db_table
    with (
        pytest.raises(IntegrityError, match="calendar"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {column} = %s::date WHERE id = %s", [day, row.pk])
    fold()
    assert value(probe.units.province, "probe.begun") == 1


@pytest.mark.parametrize("taken", [1, -1])
def test_a_change_of_any_size_is_summed(probe, taken):
    """Whole and in parts of any order: nothing is too large, whatever was folded already."""
    largest, units = 2**63 - 1, probe.units
    for month in (1, 2, 2, 3):
        Delta.objects.create(
            unit_id=units.hamlet.pk,
            indicator="probe.begun",
            month=date(2023, month, 1),
            net=taken * largest,
        )
        assert value(units.province, "probe.begun") % largest == 0
        fold()
    assert not Delta.objects.exists()
    assert value(units.province, "probe.begun") == 4 * taken * largest


def test_what_differs_is_named_and_counted_again_from_the_records(probe):
    units = probe.units
    appointment(probe, units.hamlet, date(2023, 2, 1)).save()
    fold()
    assert recount()[1] == []
    MonthlySums.objects.filter(indicator="probe.begun", year=2023).update(m02=F("m02") + 40)
    LotMember.objects.filter(
        unit=units.hamlet, lot__in=Lot.objects.filter(unit=units.district)
    ).delete()
    assert recount()[1]

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("recount", stdout=out, stderr=StringIO())
    line = next(one for one in out.getvalue().splitlines() if "(96), kỳ 2023" in one)
    assert line.startswith("- probe.begun, Tỉnh Cà Mau (96), kỳ 2023, theo đơn vị ngày 31/12/2023")
    assert line.endswith(": đang là 41, đếm lại 1")

    out = StringIO()
    call_command("recount", "--repair", "--json", stdout=out, stderr=StringIO())
    repaired = json.loads(out.getvalue())["repaired"]
    assert repaired["memberships"] > 0
    assert "probe.begun" in repaired["indicators"]
    assert recount()[1] == []
    assert value(units.district, "probe.begun") == 1


def test_what_cannot_be_counted_again_is_left_as_it_was(probe, monkeypatch):
    """Lots laid anew under sums that were not would be another wrong figure."""

    def members() -> set[tuple]:
        return {*LotMember.objects.values_list("unit", "lot")}

    def fail(_keys) -> None:
        assert members() != before
        raise RuntimeError("interrupted")

    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    fold()
    LotMember.objects.filter(unit=probe.units.hamlet, lot__unit=probe.units.district).delete()
    before, sums = members(), [*MonthlySums.objects.order_by("pk").values()]
    monkeypatch.setattr("sohoi.figures.engine.recount.rebuild", fail)
    with pytest.raises(RuntimeError, match="interrupted"):
        repair(recount()[1])
    assert members() == before
    assert [*MonthlySums.objects.order_by("pk").values()] == sums


def test_a_person_who_is_not_named_is_nobody(probe):
    """In the count and in the recount alike."""
    table = appointment(probe, probe.units.hamlet, date(2023, 2, 1))._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN user_id DROP NOT NULL")
    for user in (None, probe.hanh, probe.hanh, probe.lan):
        appointment(probe, probe.units.hamlet, date(2023, 2, 1), user=user).save()
    assert value(probe.units.province, "probe.people") == 2
    assert recount()[1] == []


def test_a_count_since_a_later_day_is_nothing_yet_beside_other_periods(probe, sign_in):
    """The years before its start hold nothing: no error, whatever is asked with it."""
    appointment(probe, probe.units.hamlet, date(2022, 2, 1)).save()
    asked = "/so-lieu/kham-pha/?don_vi=96&ky=2023&so=years&chi_tieu=probe.since"
    page = sign_in(probe.thu).get(asked)
    assert page.status_code == 200
    found = [
        figures(unit=probe.units.province.pk, period=parse_period(year), keys=["probe.since"])
        for year in ("2021", "2022", "2023")
    ]
    assert [one.value for (one,) in found] == [0, 1, 1]


def test_a_composed_condition_is_worded_as_it_is():
    def words(where: Q) -> list[str]:
        return condition_texts(where, User, str)

    a, b, c = Q(username="lan"), Q(full_name="x"), Q(full_name="y")
    assert words(a & b) == ["username: lan", "full_name: x"]
    assert words(a & (b | c)) == ["username: lan", "full_name: x hoặc full_name: y"]
    assert words(~a) == ["trừ username: lan"]
    assert words(~(a & b)) == ["trừ (username: lan và full_name: x)"]
    assert words(a | (b & c)) == ["username: lan hoặc (full_name: x và full_name: y)"]
    assert words(~(a & (b | c))) == ["trừ (username: lan và (full_name: x hoặc full_name: y))"]
    assert words(Q()) == []


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2024-02-28", ["2020-02-28", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-28"]),
        ("2024-02-29", ["2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"]),
    ],
)
@pytest.mark.parametrize("period", ["2024-M02", "2024-Q1"])
def test_a_day_is_moved_from_the_one_that_was_asked_for(day, years, period):
    last = date.fromisoformat(day)
    unit = Place(uuid7(), "96", "Tỉnh", "province", "province", None)
    question = Question(unit=unit, period=parse_period(period), day=last, tree=last)
    assert [one.day.isoformat() for one in spans(question, "years")] == years


def test_a_term_is_counted_by_its_days_and_shown_beside_the_term_before(probe):
    """Congress XII met on 31/12/2021; the term ended with the merger on 1/7/2025."""
    for day in ("2021-12-30", "2021-12-31", "2022-05-01", "2025-06-30", "2025-07-01"):
        appointment(probe, probe.units.hamlet_2, date.fromisoformat(day)).save()
    keys = ("term:2016-2021", "term:2021-2026", "term:2025-2030")
    terms = [parse_period(key) for key in keys]
    assert [value(probe.units.hamlet_2, "probe.begun", term) for term in terms] == [1, 3, 1]
    question = ask(probe.units.hamlet_2.pk, terms[1])
    shown = [(one.period, one.day) for one in spans(question, "year")]
    assert shown == [(term, term.end) for term in terms[1::-1]]
    years = [one.period.key for one in spans(question, "months")]
    assert years == ["2022", "2023", "2024", "2025"]
    first = date(2021, 12, 31)
    begun = spans(ask(probe.units.hamlet_2.pk, terms[1], day=first), "months")
    assert [(one.period, one.day) for one in begun] == [(terms[1], first)]


def test_totals_of_totals_are_worked_out_once_each(probe, define, monkeypatch):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    made_of = ["probe.begun", "probe.since"]
    for level in range(19):
        keys = [f"probe.left_{level}", f"probe.right_{level}"]
        for key in keys:
            define(key, source="total", tier="", inputs=made_of, measure="người")
        made_of = keys
    read, worked_out = Sheet._read, Counter()

    def read_once(sheet, indicator):
        worked_out[indicator.key] += 1
        return read(sheet, indicator)

    monkeypatch.setattr(Sheet, "_read", read_once)
    assert value(probe.units.province, made_of[0]) == 2**19
    assert {*worked_out.values()} == {1}
    assert len(worked_out) == 2 + 2 * 18 + 1


def test_a_long_chain_of_totals_is_counted_and_no_longer_one_is_defined(probe, define, sign_in):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    made_of = "probe.begun"
    for level in range(480):
        define(f"probe.t{level}", source="total", tier="", inputs=[made_of], measure="người")
        made_of = f"probe.t{level}"
    assert value(probe.units.province, made_of) == 1
    found = evidence(ask(probe.units.province.pk, H1), catalogue()[made_of])
    assert found.total == 1
    details = {"title_vi": "Chồng", "title_en": "Deep", "section": "poverty", "source": "total"}
    with pytest.raises(Refused, match="482 tầng") as refusal:
        add_indicator(
            key="tinh.chong", inputs=[made_of, "probe.since"], kind="flow", by=probe.thu, **details
        )
    assert refusal.value.field == "inputs"


def test_six_levels_and_sixty_figures_are_the_most(probe, define):
    details = {"title_vi": "Tổng", "title_en": "Total", "section": "poverty", "source": "total"}

    def add(key: str, inputs: list[str]) -> None:
        add_indicator(key=key, inputs=inputs, kind="flow", by=probe.thu, **details)

    made_of = "probe.begun"
    for level in range(2, 7):
        add(f"tinh.tang_{level}", [made_of])
        made_of = f"tinh.tang_{level}"
    with pytest.raises(Refused, match="7 tầng"):
        add("tinh.tang_7", [made_of])
    inputs = [f"probe.part_{number}" for number in range(61)]
    for key in inputs:
        define(key)
    add("tinh.sau_muoi", inputs[:60])
    with pytest.raises(Refused, match="cộng 61 chỉ tiêu"):
        add("tinh.sau_muoi_mot", inputs)


def test_what_is_made_of_itself_is_left_out(probe, define):
    define("probe.one", source="total", tier="", inputs=["probe.two"], measure="người")
    define("probe.two", source="total", tier="", inputs=["probe.one"], measure="người")
    assert {"probe.one", "probe.two"} & catalogue().keys() == set()
    assert value(probe.units.province, "probe.begun") == 0


def test_a_rate_as_json_has_its_parts_in_their_own_unit(probe, define, declare):
    define("gold.pooled", measure="chỉ", measure_en="chi", scale=1000)
    define("gold.groups", measure="tổ", measure_en="groups")
    define(
        "gold.each",
        kind="rate",
        source="rate",
        tier="",
        inputs=["gold.pooled", "gold.groups"],
        measure="chỉ trên tổ",
        scale=100,
    )
    declare(probe.units.commune, "2023-H1", {"gold.pooled": 490_500, "gold.groups": 4})
    (figure,) = figures(unit=probe.units.commune.pk, period=H1, keys=["gold.each"])
    told = as_json(figure)
    assert (told["numerator"], told["denominator"], told["value"]) == (490.5, 4, 122.63)
