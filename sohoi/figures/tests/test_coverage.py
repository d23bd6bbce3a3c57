"""Unknown is never a number: who was asked, who answered, and sums of the same units only."""

from datetime import date

import pytest

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.asking.queries import ask
from sohoi.figures.explorer.documents import records
from sohoi.figures.explorer.queries import Exploration, answer_to
from sohoi.figures.reading.documents import (
    as_json,
    contradiction_text,
    coverage_text,
    facts_of,
    row_of,
)
from sohoi.figures.reading.queries import contradictions, figures
from sohoi.lib.periods import parse_period
from sohoi.org.plan import HEADER
from sohoi.org.queries import children
from sohoi.org.reorganising import reorganise

H1 = parse_period("2023-H1")


def shown(unit, key, **asked):
    (figure,) = figures(unit=unit.pk, period=H1, keys=[key], **asked)
    return figure


def covered(figure):
    return figure.value, figure.reported, figure.expected, figure.not_asked


def begin(cast, unit, times=1, day=date(2023, 2, 1)):
    for _n in range(times):
        Appointment.objects.create(
            user=cast.hanh, role=roles.BRANCH_HEAD, unit=unit, valid_from=day
        )


@pytest.fixture
def rates(probe, define):
    """Households are declared; a rate of what is counted and of what is declared over them."""
    define("probe.households")
    define("probe.poor")
    fields = {"kind": "rate", "source": "rate", "tier": ""}
    define("probe.visits_each", inputs=["probe.begun", "probe.households"], **fields, scale=100)
    define("probe.poor_share", inputs=["probe.poor", "probe.households"], **fields, measure="%")
    return probe.units


def test_a_figure_added_after_the_returns_has_not_the_coverage_of_the_returns(
    probe, define, declare
):
    units = probe.units
    define("probe.old")
    declare(units.commune, "2023-H1", {"probe.old": 5})
    declare(units.ward, "2023-H1", {"probe.old": 4})
    define("probe.added")
    assert covered(shown(units.province, "probe.added")) == (None, 0, 3, 2)
    declare(units.commune_2, "2023-H1", {"probe.old": 1, "probe.added": 25})
    added = shown(units.province, "probe.added")
    assert covered(added) == (25, 1, 3, 2)
    assert covered(shown(units.province, "probe.old")) == (10, 3, 3, 0)
    words = "1/3 đơn vị đã báo cáo, 2 đơn vị chưa được hỏi chỉ tiêu này"
    assert coverage_text(added) == words
    assert {"title": "Độ phủ", "text": words} in facts_of(added)
    assert as_json(added)["coverage"] == {"reported": 1, "expected": 3, "not_asked": 2}
    assert row_of(added, added.indicator.measure)[-3:] == (1, 3, 2)
    asked = Exploration(question=ask("96", H1), keys=("probe.added",), compare="months")
    heads, first, *_rest = records(answer_to(asked))
    assert heads[10:13] == ["Đã báo cáo", "Phải báo cáo", "Chưa được hỏi"]
    assert first[10:13] == [0, 3, 0]


def test_a_count_is_vouched_for_only_where_it_was_asked(probe, declare):
    begin(probe, probe.units.hamlet)
    declare(probe.units.commune, "2023-H1", {}, asked=["probe.begun"])
    declare(probe.units.ward, "2023-H1", {}, asked=["probe.held"])
    assert covered(shown(probe.units.province, "probe.begun")) == (1, 1, 3, 1)


def test_the_number_of_units_is_unknown_where_nobody_was_asked(probe, define, declare):
    define("probe.spaces")
    define("probe.communes", source="units_with", inputs=["probe.spaces"])
    for unit in (probe.units.commune, probe.units.commune_2, probe.units.ward):
        declare(unit, "2023-H1", {})
    assert covered(shown(probe.units.province, "probe.communes")) == (None, 0, 3, 3)
    declare(probe.units.commune, "2023-H1", {"probe.spaces": 0})
    assert covered(shown(probe.units.province, "probe.communes")) == (0, 1, 3, 2)
    declare(probe.units.commune_2, "2023-H1", {"probe.spaces": 7})
    assert covered(shown(probe.units.province, "probe.communes")) == (1, 2, 3, 1)


def test_a_total_covers_the_units_that_answered_all_of_it(probe, define, declare):
    define("probe.a")
    define("probe.b")
    define("probe.both", source="total", tier="", inputs=["probe.a", "probe.b"])
    declare(probe.units.commune, "2023-H1", {"probe.a": 1})
    declare(probe.units.commune_2, "2023-H1", {"probe.b": 2})
    assert covered(shown(probe.units.province, "probe.both")) == (3, 0, 3, 2)
    declare(probe.units.ward, "2023-H1", {"probe.a": 1, "probe.b": 2})
    assert covered(shown(probe.units.province, "probe.both")) == (6, 1, 3, 2)


def test_a_rate_is_of_the_units_that_have_both(rates, probe, declare):
    for unit in (rates.hamlet, rates.commune_2, rates.ward):
        begin(probe, unit, 3)
    nobody = shown(rates.province, "probe.visits_each")
    assert (nobody.value, nobody.numerator, nobody.denominator) == (None, None, None)
    declare(rates.commune, "2023-H1", {"probe.households": 3})
    of_one = shown(rates.province, "probe.visits_each")
    assert (of_one.value, of_one.numerator, of_one.denominator) == (100, 3, 3)
    assert covered(of_one)[1:] == (1, 3, 0)
    below = figures(unit=rates.province.pk, period=H1, keys=["probe.visits_each"], by_children=True)
    assert {f.value for f in below if f.reported} == {100}
    for unit in (rates.commune_2, rates.ward):
        declare(unit, "2023-H1", {"probe.households": 3})
    whole = shown(rates.province, "probe.visits_each")
    assert (whole.value, whole.numerator, whole.denominator) == (100, 9, 9)
    assert covered(whole)[1:] == (3, 3, 0)


def test_a_rate_of_two_declared_figures_leaves_out_who_declared_one(rates, declare):
    declare(rates.commune, "2023-H1", {"probe.households": 100, "probe.poor": 10})
    declare(rates.commune_2, "2023-H1", {"probe.households": 100})
    declare(rates.ward, "2023-H1", {"probe.poor": 90})
    share = shown(rates.province, "probe.poor_share")
    assert (share.value, share.numerator, share.denominator) == (10, 10, 100)
    assert covered(share)[1:] == (1, 3, 2)
    assert shown(rates.ward, "probe.poor_share").value is None


def test_a_rate_where_nobody_who_stands_answered_is_unknown_whatever_is_asked_beside_it(
    rates, declare
):
    """One of two that merged answered: alone or among others, that is no rate of the new one."""
    merge = "found,,k,Xã Mới,commune,970\nmerge,32100,k\nmerge,32101,k"
    content = f"{','.join(HEADER)}\n{merge}".encode()
    reorganise(content=content, on=date(2023, 6, 15), title="Nhập", by=None)
    for unit in (rates.commune, rates.ward):
        declare(unit, "2023-H1", {"probe.households": 4, "probe.poor": 1})
    alone = shown(rates.district, "probe.poor_share")
    (_own, *below) = figures(
        unit=rates.province.pk, period=H1, keys=["probe.poor_share"], by_children=True
    )
    (among,) = [one for one in below if one.place.id == rates.district.pk]
    assert covered(alone) == covered(among) == (None, 0, 1, 0)


def test_a_rate_over_sums_and_numbers_of_units_is_of_the_same_units(rates, probe, define, declare):
    define("probe.near")
    define("probe.in_need", source="total", tier="", inputs=["probe.poor", "probe.near"])
    define("probe.with_poor", source="units_with", inputs=["probe.poor"], measure="xã")
    fields = {"kind": "rate", "source": "rate", "tier": "", "scale": 100}
    define("probe.need", inputs=["probe.in_need", "probe.households"], **fields)
    define("probe.spread", inputs=["probe.with_poor", "probe.households"], **fields)
    every = {"probe.households": 10, "probe.poor": 1, "probe.near": 2}
    declare(rates.commune, "2023-H1", every)
    declare(rates.commune_2, "2023-H1", {"probe.poor": 50, "probe.near": 0})
    need, spread = (shown(rates.province, key) for key in ("probe.need", "probe.spread"))
    assert (need.numerator, need.denominator) == (3, 10)
    assert (spread.numerator, spread.denominator) == (1, 10)


def test_a_rate_of_different_people_is_shown_when_everybody_answered(rates, probe, define, declare):
    fields = {"kind": "rate", "source": "rate", "tier": "", "scale": 100}
    define("probe.women_each", inputs=["probe.people", "probe.households"], **fields)
    begin(probe, rates.hamlet)
    begin(probe, rates.ward)
    declare(rates.commune, "2023-H1", {"probe.households": 1})
    partly = shown(rates.province, "probe.women_each")
    assert (partly.value, partly.numerator, partly.reported) == (None, None, 1)
    assert shown(rates.commune, "probe.women_each").value == 100
    for unit in (rates.commune_2, rates.ward):
        declare(unit, "2023-H1", {"probe.households": 1})
    whole = shown(rates.province, "probe.women_each")
    assert (whole.numerator, whole.denominator) == (1, 3)


def test_what_is_counted_is_compared_with_what_the_same_units_state(probe, declare):
    """One declares 5 beside 4, the others confirm without typing: the difference is 1."""
    for unit in (probe.units.hamlet, probe.units.commune_2, probe.units.ward):
        begin(probe, unit, 4)
    declare(probe.units.commune, "2023-H1", {"probe.begun": 5})
    declare(probe.units.commune_2, "2023-H1", {})
    declare(probe.units.ward, "2023-H1", {})
    figure = shown(probe.units.province, "probe.begun")
    assert (figure.value, figure.declared) == (12, 13)
    (found,) = contradictions([figure])
    assert found.difference == -1
    assert "đếm từ sổ 12 nhưng đơn vị khai 13, lệch 1" in contradiction_text(found)
    assert as_json(figure)["declared"] == 13
    assert shown(probe.units.ward, "probe.begun").declared is None
    declare(probe.units.commune, "2023-H1", {"probe.begun": 0})
    assert shown(probe.units.province, "probe.begun").declared == 8


def test_different_people_are_compared_where_they_were_declared(probe, declare):
    begin(probe, probe.units.hamlet)
    declare(probe.units.commune, "2023-H1", {"probe.people": 2})
    assert shown(probe.units.commune, "probe.people").declared == 2
    assert shown(probe.units.province, "probe.people").declared is None


def test_a_total_is_held_against_parts_of_the_same_units(probe, define, declare):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    declare(probe.units.commune, "2023-H1", {"probe.whole": 7, "probe.part": 7})
    declare(probe.units.ward, "2023-H1", {"probe.whole": 5})
    asked = {"unit": probe.units.province.pk, "period": H1, "keys": ["probe.whole", "probe.part"]}
    assert contradictions(figures(**asked)) == []
    declare(probe.units.ward, "2023-H1", {"probe.whole": 5, "probe.part": 4})
    assert [one.difference for one in contradictions(figures(**asked))] == [1]


def test_who_merged_in_the_period_answered_for_the_unit_that_followed(probe, define, declare):
    units = probe.units
    define("probe.bridges")
    define("probe.new")
    begin(probe, units.hamlet, 2)
    merge = "found,,k,Xã Mới,commune,970\nmerge,32100,k\nmerge,32101,k"
    reorganise(
        content=f"{','.join(HEADER)}\n{merge}".encode(),
        on=date(2023, 6, 15),
        title="Nhập",
        by=None,
    )
    declare(units.commune, "2023-H1", {"probe.bridges": 2, "probe.new": 1})
    declare(units.ward, "2023-H1", {"probe.bridges": 3})
    assert covered(shown(units.province, "probe.bridges")) == (5, 1, 2, 0)
    declare(units.commune_2, "2023-H1", {"probe.bridges": 4})
    assert covered(shown(units.province, "probe.bridges")) == (9, 2, 2, 0)
    assert covered(shown(units.province, "probe.new"))[1:] == (0, 2, 2)
    (new,) = [one for one in children(units.district.pk, on=H1.end) if one.code == "k"]
    (own,) = figures(unit=new.id, period=H1, keys=["probe.bridges"])
    assert covered(own) == (6, 1, 1, 0)


@pytest.mark.parametrize(
    "lines",
    [
        ["merge,32100,32101"],
        [
            *("found,,k,Xã Mới,commune,970", "found,,l,Xã Khác,commune,970", "merge,32100,k"),
            *("split,32101,k", "split,32101,l"),
        ],
    ],
)
def test_nobody_answered_for_what_was_there_before_or_came_out_of_a_split(
    probe, define, declare, lines
):
    """One commune answered and went into a unit that holds the records of another as well."""
    define("probe.bridges")
    plan = "\n".join([",".join(HEADER), *lines])
    reorganise(content=plan.encode(), on=date(2023, 6, 15), title="Nhập", by=None)
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 2})
    (heir,) = [
        one for one in children(probe.units.district.pk, on=H1.end) if one.code in ("k", "32101")
    ]
    (figure,) = figures(unit=heir.id, period=H1, keys=["probe.bridges"])
    assert covered(figure) == (2, 0, 1, 0)
