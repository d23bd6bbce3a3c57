"""Many returns in one step: the same result as one by one, the same refusals, and all or none."""

from datetime import datetime

import pytest
from django.utils.timezone import get_current_timezone

from sohoi.figures.models import DeclaredValue, Statement
from sohoi.kit.refusals import Refused
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.models import ReturnLine, Step
from sohoi.reports.rules import Cell
from sohoi.reports.tests.conftest import SOUND, cells_of

AT = datetime(2023, 7, 5, 15, 30, tzinfo=get_current_timezone())
ROWS = {
    "32100": cells_of(SOUND),
    "970": cells_of({"trial.spaces": 1}),
    "96": cells_of({"trial.target": 2}),
}


def _left(asked) -> dict:
    """Everything that returns leave behind, without ids and times."""
    values = DeclaredValue.objects.values_list(
        "statement__unit", "statement__period", "indicator", "value", "reason"
    )
    return {
        "states": set(asked.returns.values_list("unit", "state")),
        "lines": set(ReturnLine.objects.values_list("filled_in", "indicator", "value", "reason")),
        "steps": sorted(Step.objects.values_list("moved", "state"), key=str),
        "values": set(values),
    }


def test_the_fast_way_leaves_what_the_slow_way_leaves(cast, asked, own, accept, send):
    by_hand = {"970": cast.units.district, "96": cast.units.province}
    accept(own)
    for unit in by_hand.values():
        answer = send(asked.returns.get(unit=unit), by=cast.thu)
        if answer.state != State.ACCEPTED:
            actions.accept_return(answer=answer, by=cast.thu)
    slow = _left(asked)
    for model in (DeclaredValue, Statement, Step, ReturnLine):
        model.objects.all().delete()
    asked.returns.update(state=State.DRAFT)
    assert fill_returns(asked=asked, rows=ROWS, state=State.ACCEPTED, by=cast.thu, at=AT) == 3
    assert _left(asked) == slow
    assert len(slow["values"]) == 6


def test_time_and_person_are_those_given(cast, asked):
    fill_returns(asked=asked, rows=ROWS, state=State.ACCEPTED, by=cast.thu, at=AT)
    values = DeclaredValue.objects.values_list("declared_by", "declared_at")
    assert set(values) == {(cast.thu.pk, AT)}
    assert set(Step.objects.values_list("by", "at")) == {(cast.thu.pk, AT)}


def test_a_state_short_of_acceptance_makes_no_figure(cast, asked, own):
    rows = {"32100": ROWS["32100"]}
    fill_returns(asked=asked, rows=rows, state=State.CHECKED, by=cast.thu)
    own.refresh_from_db()
    assert (own.state, Statement.objects.count()) == (State.CHECKED, 0)
    actions.accept_return(answer=own, by=cast.thu)
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "cells", "told"),
    [
        ("32100", {"trial.poor": None}, "Hộ nghèo"),
        ("32100", {"trial.poor": 13}, "Hộ nghèo"),
        ("32100", {"trial.poor": -5}, "Hộ nghèo"),
        ("32100", {"trial.total": 20}, "Hộ đăng ký"),
        ("32100", {"trial.spaces": 1}, "trial.spaces"),
        ("32100", {"trial.unknown": 1}, "trial.unknown"),
        ("99999", {}, "99999"),
        ("31900", {}, "31900"),
    ],
)
def test_one_bad_row_refuses_all_and_is_named(cast, asked, code, cells, told):
    rows = {"970": ROWS["970"], code: ROWS["32100"] | cells_of(cells)}
    with pytest.raises(Refused, match=told) as refusal:
        fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=cast.thu)
    assert code in refusal.value.message
    assert ReturnLine.objects.count() == Step.objects.count() == Statement.objects.count() == 0
    assert set(asked.returns.values_list("state", flat=True)) == {State.DRAFT}


def test_a_return_already_begun_is_left_alone(cast, asked, own, fill):
    fill(own, {"trial.poor": 1})
    with pytest.raises(Refused, match="32100"):
        fill_returns(asked=asked, rows=ROWS, state=State.ACCEPTED, by=cast.thu)
    assert own.lines.get(indicator="trial.poor").value == 1


def test_nothing_enters_a_closed_round(cast, asked):
    actions.close_round(asked=asked, by=cast.thu)
    with pytest.raises(Refused, match="đã khoá"):
        fill_returns(asked=asked, rows=ROWS, state=State.ACCEPTED, by=cast.thu)
    assert ReturnLine.objects.count() == 0


def test_a_count_needs_no_row_and_another_number_its_reason(cast, counted, asked):
    rows = {"32100": ROWS["32100"] | {counted: Cell(3)}}
    with pytest.raises(Refused, match="Đếm từ sổ"):
        fill_returns(asked=asked, rows=rows, state=State.SUBMITTED, by=cast.thu)
    rows["32100"] = ROWS["32100"] | {counted: Cell(3, "ghi sổ sau")}
    assert fill_returns(asked=asked, rows=rows, state=State.SUBMITTED, by=cast.thu) == 1


def test_many_rows_cost_no_more_queries(cast, asked, django_assert_max_num_queries):
    rows = dict.fromkeys(("32100", "32101", "32200"), ROWS["32100"])
    with django_assert_max_num_queries(25):
        fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=cast.thu)
