"""Figures are sums of records and of accepted returns, for any unit, period and day."""

from datetime import date

import pytest

from sohoi.accounts import roles
from sohoi.accounts.actions import end_appointment, keep_role
from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import UnknownIndicator, catalogue
from sohoi.figures.engine.recount import recount
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import contradictions, figures
from sohoi.lib.periods import parse_period

H1 = parse_period("2023-H1")


def value(unit, key, *, period=H1, **asked):
    (figure,) = figures(unit=unit.pk, period=period, keys=[key], **asked)
    return figure.value


def begin(cast, unit, day, *, user=None):
    return keep_role(
        user=user or cast.hanh, role=roles.BRANCH_HEAD, unit=unit, valid_from=day, by=None
    )


def test_a_flow_counts_what_happened_in_the_period_in_every_unit_above(probe):
    begin(probe, probe.units.hamlet, date(2023, 1, 1))
    begin(probe, probe.units.commune_2, date(2023, 6, 30))
    begin(probe, probe.units.hamlet, date(2023, 7, 1))
    begin(probe, probe.units.hamlet, date(2022, 12, 31))
    assert value(probe.units.hamlet, "probe.begun") == 1
    assert value(probe.units.district, "probe.begun") == 2
    assert value(probe.units.province, "probe.begun") == 2
    assert value(probe.units.other_province, "probe.begun") == 0


def test_a_stock_is_the_state_on_the_day_and_the_last_day_still_counts(probe):
    held = begin(probe, probe.units.hamlet, date(2023, 3, 1))
    before = value(probe.units.commune, "probe.held", on=date(2023, 2, 28))
    assert value(probe.units.commune, "probe.held", on=date(2023, 3, 1)) == before + 1
    end_appointment(appointment=held, on=date(2023, 5, 1), by=None)
    assert value(probe.units.commune, "probe.held", on=date(2023, 4, 30)) == before + 1
    assert value(probe.units.commune, "probe.held", on=date(2023, 5, 1)) == before


def test_a_cut_off_inside_the_period_ends_the_flow(probe):
    begin(probe, probe.units.hamlet, date(2023, 5, 2))
    assert value(probe.units.province, "probe.begun", on=date(2023, 5, 1)) == 0
    assert value(probe.units.province, "probe.begun", on=date(2023, 5, 2)) == 1


def test_distinct_people_are_counted_once_in_each_unit_and_not_added_up(probe):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.hamlet_2, date(2023, 3, 1))
    begin(probe, probe.units.ward, date(2023, 3, 1), user=probe.lan)
    below = figures(
        unit=probe.units.province.pk, period=H1, keys=["probe.people"], by_children=True
    )
    assert [figure.value for figure in below] == [2, 1, 1]
    assert value(probe.units.commune, "probe.people") == 1


def test_a_figure_since_a_start_leaves_out_what_came_before(probe):
    begin(probe, probe.units.hamlet, date(2021, 12, 31))
    begin(probe, probe.units.hamlet, date(2022, 1, 1))
    begin(probe, probe.units.hamlet, date(2023, 6, 30))
    assert value(probe.units.hamlet, "probe.since") == 2


def test_a_rate_shows_both_parts_and_is_empty_over_zero(probe):
    (empty,) = figures(unit=probe.units.ward.pk, period=H1, keys=["probe.rate"])
    assert (empty.value, empty.denominator) == (None, 0)
    begin(probe, probe.units.ward, date(2022, 5, 1))
    begin(probe, probe.units.ward, date(2023, 5, 1))
    (rate,) = figures(unit=probe.units.ward.pk, period=H1, keys=["probe.rate"])
    assert (rate.value, rate.numerator, rate.denominator) == (50, 1, 2)


def test_declared_values_are_added_up_and_silence_is_not_zero(probe, define, declare):
    define("probe.bridges")
    (silent,) = figures(unit=probe.units.province.pk, period=H1, keys=["probe.bridges"])
    assert (silent.value, silent.reported, silent.expected) == (None, 0, 3)
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 2})
    declare(probe.units.ward, "2023-H1", {"probe.bridges": 3})
    declare(probe.units.commune_2, "2023-Q1", {"probe.bridges": 100})
    declare(probe.units.other_commune, "2023-H1", {"probe.bridges": 1000})
    (figure,) = figures(unit=probe.units.province.pk, period=H1, keys=["probe.bridges"])
    assert (figure.value, figure.basis) == (5, "declared")
    assert (figure.reported, figure.expected) == (2, 3)


def test_a_total_of_counted_and_declared_says_mixed(probe, define, declare):
    define("probe.declared", kind="flow")
    define("probe.total", source="total", tier="", inputs=["probe.begun", "probe.declared"])
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    declare(probe.units.commune, "2023-H1", {"probe.declared": 4})
    (figure,) = figures(unit=probe.units.province.pk, period=H1, keys=["probe.total"])
    assert (figure.value, figure.basis) == (5, "mixed")


def test_a_total_whose_part_nobody_provides_is_not_offered(define):
    define("probe.lonely", source="total", tier="", inputs=["gone.figure"])
    assert "probe.lonely" not in catalogue()


def test_units_with_counts_units_of_the_tier_not_amounts(probe, define, declare):
    define("probe.spaces", tier="district", kind="stock")
    define("probe.districts", source="units_with", tier="district", inputs=["probe.spaces"])
    declare(probe.units.district, "2023-H1", {"probe.spaces": 3})
    declare(probe.units.district_2, "2023-H1", {"probe.spaces": 0})
    assert value(probe.units.province, "probe.districts") == 1
    assert value(probe.units.district, "probe.districts") == 1
    assert value(probe.units.district_2, "probe.districts") == 0


def test_a_total_that_is_not_its_parts_is_shown_and_not_corrected(probe, define, declare):
    define("probe.poor")
    define("probe.near")
    define("probe.all", parts=["probe.poor", "probe.near"])
    values = {"probe.poor": 234, "probe.near": 271, "probe.all": 772}
    declare(probe.units.commune, "2023-H1", values)
    shown = figures(unit=probe.units.province.pk, period=H1, keys=values)
    (contradiction,) = contradictions(shown)
    assert contradiction.figure.value == 772
    assert (contradiction.other, contradiction.difference) == (505, 267)


def test_a_declared_value_beside_another_count_is_a_contradiction(probe, declare):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    declare(probe.units.commune, "2023-H1", {"probe.begun": 3})
    shown = figures(unit=probe.units.commune.pk, period=H1, keys=["probe.begun"])
    assert (shown[0].value, shown[0].declared) == (1, 3)
    assert [c.other for c in contradictions(shown)] == [3]


def test_evidence_lists_exactly_the_records_that_were_counted(probe):
    inside = begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.hamlet, date(2024, 2, 1))
    begin(probe, probe.units.other_commune, date(2023, 2, 1))
    behind = evidence(ask(probe.units.province.pk, H1), catalogue()["probe.begun"])
    assert behind.total == value(probe.units.province, "probe.begun") == 1
    assert [(t.id, t.unit, t.date) for t in behind.records] == [
        (inside.pk, "Chi hội ấp Tân Hoà", date(2023, 2, 1))
    ]


def test_evidence_is_narrowed_to_what_the_reader_may_see(probe):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.ward, date(2023, 2, 1))
    question = ask(probe.units.province.pk, H1)
    seen = evidence(question, catalogue()["probe.begun"], within=[probe.units.district.pk])
    assert {trace.unit for trace in seen.records} == {"Chi hội ấp Tân Hoà"}


def test_an_unknown_indicator_offers_the_nearest(probe):
    with pytest.raises(UnknownIndicator, match="probe.begun"):
        figures(unit=probe.units.province.pk, period=H1, keys=["probe.begin"])


def test_the_recount_agrees_with_every_figure(probe):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.ward, date(2022, 2, 1), user=probe.lan)
    cells, differences = recount()
    assert cells >= 4 * 12
    assert differences == []


@pytest.mark.parametrize("more", [0, 3])
def test_the_number_of_queries_does_not_grow_with_units_or_records(
    probe, define, declare, django_assert_num_queries, more
):
    define("probe.bridges")
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 2})
    for index in range(more):
        begin(probe, probe.units.hamlet, date(2023, 2, 1 + index))
    with django_assert_num_queries(12):
        figures(unit=probe.units.province.pk, period=H1, by_children=True)
