"""The life of a round and its returns, and what each step refuses."""

from datetime import date

import pytest

from sohoi.audit.models import Entry
from sohoi.figures.models import DeclaredValue, Statement
from sohoi.figures.reading.queries import figures
from sohoi.kit.refusals import Refused
from sohoi.lib.periods import PeriodError, parse_period
from sohoi.org.actions import found_unit
from sohoi.reports import actions
from sohoi.reports.choices import State
from sohoi.reports.models import Return, ReturnLine, Round, Step
from sohoi.reports.queries import saved_cells
from sohoi.reports.tests.conftest import CUT_OFF, DUE, PERIOD, SOUND, cells_of

H1 = parse_period(PERIOD)


def _figure(unit, key: str = "trial.total"):
    (found,) = figures(unit=unit.pk, period=H1, keys=[key])
    return found


def _states(answer: Return) -> list[str]:
    return list(answer.steps.values_list("state", flat=True))


def test_a_round_asks_every_unit_of_the_province_and_no_other(cast, asked):
    units = cast.units
    found = {answer.unit_id: (answer.tier, answer.state) for answer in asked.returns.all()}
    tiers = {
        "province": [units.province],
        "district": [units.district, units.district_2],
        "commune": [units.commune, units.commune_2, units.ward],
    }
    assert found == {
        unit.pk: (tier, State.DRAFT) for tier, listed in tiers.items() for unit in listed
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cut_off": date(2022, 12, 31)}, "cut_off"),
        ({"cut_off": date(2023, 7, 1), "asking": True}, "due"),
        ({"due": date(2023, 7, 6), "asking": True}, "due"),
        ({"due": date(2023, 6, 29)}, "due"),
        ({}, "period"),
    ],
)
def test_a_round_that_cannot_be_is_refused(cast, asked, changes, field):
    wanted = {"period": PERIOD, "cut_off": CUT_OFF, "due": DUE} | changes
    if "asking" in changes:
        wanted["period"] = "2023-Q2"
    with pytest.raises(Refused) as refusal:
        actions.open_round(unit=cast.units.province, by=cast.thu, **wanted)
    assert refusal.value.field == field
    assert Round.objects.count() == 1


def test_a_round_of_no_period_is_refused(cast, indicators):
    with pytest.raises(PeriodError):
        actions.open_round(
            unit=cast.units.province, period="2023-H3", cut_off=CUT_OFF, due=DUE, by=cast.thu
        )
    assert Round.objects.count() == 0


def test_values_become_figures_on_acceptance_and_not_before(cast, asked, own, send):
    sent = send(own)
    checked = actions.check_return(answer=sent, by=cast.la)
    assert (Statement.objects.count(), _figure(cast.units.commune).value) == (0, None)
    actions.accept_return(answer=checked, by=cast.mai)
    own.refresh_from_db()
    assert own.state == State.ACCEPTED
    found = _figure(cast.units.province)
    assert (found.value, found.reported, found.expected) == (12, 1, 3)
    assert _figure(cast.units.commune, "trial.gold").value == 490_500


def test_an_accepted_value_keeps_who_declared_it_and_when(cast, own, fill):
    fill(own, by=cast.hanh)
    line = ReturnLine.objects.get(filled_in=own, indicator="trial.poor")
    saved = Return.objects.get(pk=own.pk)
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    actions.accept_return(answer=actions.check_return(answer=sent, by=cast.la), by=cast.thu)
    value = DeclaredValue.objects.get(indicator="trial.poor")
    assert (value.value, value.declared_by, value.declared_at) == (5, cast.hanh, line.updated_at)
    assert value.statement.accepted_by == cast.thu


def test_the_steps_are_kept_with_who_and_in_order(cast, own, accept):
    accept(own)
    steps = Step.objects.filter(moved=own)
    assert [(step.state, step.by) for step in steps] == [
        (State.SUBMITTED, cast.hanh),
        (State.CHECKED, cast.la),
        (State.ACCEPTED, cast.thu),
    ]


def test_a_figure_vanishes_when_its_return_is_opened_again(cast, own, accept):
    accepted = accept(own)
    actions.reopen_return(answer=accepted, reason="Ghi nhầm số hộ", by=cast.mai)
    assert _figure(cast.units.province).value is None
    assert Statement.objects.count() == 0
    own.refresh_from_db()
    assert (own.state, own.steps.last().reason) == (State.RETURNED, "Ghi nhầm số hộ")
    assert own.lines.get(indicator="trial.total").value == 12


def test_a_corrected_return_gives_the_new_figure(cast, own, accept, fill):
    accepted = accept(own)
    back = actions.reopen_return(answer=accepted, reason="Ghi nhầm", by=cast.mai)
    saved = fill(back, {"trial.total": 13, "trial.near": 8})
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    actions.accept_return(answer=actions.check_return(answer=sent, by=cast.la), by=cast.thu)
    assert _figure(cast.units.province).value == 13
    assert Statement.objects.count() == 1


def test_a_return_is_sent_back_with_its_reason_and_keeps_what_was_filled(cast, own, send):
    actions.send_back(answer=send(own), reason="  Xem lại  số vàng ", by=cast.la)
    own.refresh_from_db()
    step = own.steps.last()
    assert (own.state, step.by, step.reason) == (State.RETURNED, cast.la, "Xem lại số vàng")
    assert own.lines.count() == 4


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_goes_back_without_a_reason(cast, own, send, reason):
    sent = send(own)
    with pytest.raises(Refused) as refusal:
        actions.send_back(answer=sent, reason=reason, by=cast.la)
    assert refusal.value.field == "reason"
    own.refresh_from_db()
    assert own.state == State.SUBMITTED


def test_a_district_is_accepted_without_a_check(cast, asked, send):
    answer = asked.returns.get(unit=cast.units.district)
    sent = send(answer, by=cast.la)
    with pytest.raises(Refused):
        actions.check_return(answer=sent, by=cast.la)
    actions.accept_return(answer=sent, by=cast.thu)
    assert _states(answer) == [State.SUBMITTED, State.ACCEPTED]
    assert _figure(cast.units.province, "trial.spaces").value == 1


def test_the_province_accepts_its_own_return_by_sending_it(cast, asked, send):
    answer = asked.returns.get(unit=cast.units.province)
    assert send(answer, by=cast.thu).state == State.ACCEPTED
    assert _figure(cast.units.province, "trial.target").value == 2


def test_a_commune_directly_below_the_province_needs_no_check(cast, indicators, send, units):
    commune = found_unit(
        name="Xã Đất Mũi",
        kind="commune",
        code="32244",
        parent=units.other_province,
        valid_from=date(2021, 1, 1),
        by=None,
    )
    asked = actions.open_round(
        unit=units.other_province, period=PERIOD, cut_off=CUT_OFF, due=DUE, by=cast.thu
    )
    sent = send(asked.returns.get(unit=commune))
    assert sent.state == State.SUBMITTED
    assert list(asked.returns.awaiting_province()) == [sent]
    assert not asked.returns.awaiting_district()
    with pytest.raises(Refused, match="không qua bước kiểm tra"):
        actions.check_return(answer=sent, by=cast.la)
    assert actions.accept_return(answer=sent, by=cast.thu).state == State.ACCEPTED
    assert _states(sent) == [State.SUBMITTED, State.ACCEPTED]
    verbs = Entry.objects.filter(object_id=sent.pk).values_list("verb", flat=True)
    assert set(verbs) == {"reports.save", "reports.submitted", "reports.accepted"}


def test_a_commune_is_not_accepted_past_its_district(cast, own, send):
    sent = send(own)
    with pytest.raises(Refused, match="Huyện chưa kiểm tra"):
        actions.accept_return(answer=sent, by=cast.thu)
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"trial.gold": None},
        {"trial.poor": 13},
        {"trial.total": 20},
    ],
    ids=["missing", "part over total", "total unlike its parts"],
)
def test_an_unsound_return_is_kept_but_not_sent(cast, own, fill, values):
    saved = fill(own, values)
    with pytest.raises(Refused) as refusal:
        actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert refusal.value.field in {"trial.gold", "trial.poor", "trial.total"}
    own.refresh_from_db()
    assert (own.state, own.steps.count()) == (State.DRAFT, 0)
    kept = {key: cell.value for key, cell in saved_cells(own).items()}
    assert kept == {k: v for k, v in (SOUND | values).items() if v is not None}


def test_a_total_unlike_its_parts_is_sent_with_a_reason_that_reaches_the_figure(cast, own, fill):
    saved = fill(own, {"trial.total": 20}, total="8 hộ chưa phân diện")
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    actions.accept_return(answer=actions.check_return(answer=sent, by=cast.la), by=cast.thu)
    value = DeclaredValue.objects.get(indicator="trial.total")
    assert (value.value, value.reason) == (20, "8 hộ chưa phân diện")


def test_a_count_may_be_left_alone_or_contradicted_with_a_reason(cast, counted, own, fill):
    saved = fill(own)
    saved = actions.save_return(
        answer=saved, version=saved.version, cells=cells_of({counted: 3}), by=cast.hanh
    )
    with pytest.raises(Refused) as refusal:
        actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert refusal.value.field == counted
    saved = actions.save_return(
        answer=saved, version=saved.version, cells=cells_of({counted: None}), by=cast.hanh
    )
    assert actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert own.lines.get(indicator=counted).value is None


def test_a_return_takes_only_what_it_asks(cast, own, fill):
    with pytest.raises(Refused, match=r"trial\.spaces"):
        fill(own, {"trial.spaces": 1})
    assert ReturnLine.objects.count() == 0


def test_a_round_is_closed_once_and_opened_once_with_a_reason(cast, asked):
    with pytest.raises(Refused, match="đang mở"):
        actions.reopen_round(asked=asked, reason="Thiếu một xã.", by=cast.thu)
    actions.close_round(asked=asked, by=cast.thu)
    with pytest.raises(Refused, match="đã khoá"):
        actions.close_round(asked=asked, by=cast.thu)
    with pytest.raises(Refused, match="lý do"):
        actions.reopen_round(asked=asked, reason=" ", by=cast.thu)
    actions.reopen_round(asked=asked, reason="Thiếu một xã.", by=cast.thu)
    asked.refresh_from_db()
    assert asked.is_open


def test_in_a_closed_round_nothing_is_written(cast, asked, own, fill, check):
    checked = check(asked.returns.get(unit=cast.units.commune_2))
    accepted = actions.accept_return(answer=checked, by=cast.thu)
    before = (Entry.objects.count(), ReturnLine.objects.count(), Step.objects.count())
    actions.close_round(asked=asked, by=cast.thu)
    attempts = (
        lambda: fill(own),
        lambda: actions.submit_return(answer=own, version=own.version, by=cast.hanh),
        lambda: actions.reopen_return(answer=accepted, reason="x", by=cast.thu),
        lambda: actions.send_back(answer=checked, reason="x", by=cast.thu),
        lambda: actions.accept_return(answer=checked, by=cast.thu),
        lambda: actions.check_return(answer=checked, by=cast.la),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="đã khoá"):
            attempt()
    after = (Entry.objects.count() - 2, ReturnLine.objects.count(), Step.objects.count())
    assert after == before
    assert _figure(cast.units.province).value == 12


def test_what_was_accepted_is_written_again_only_when_opened_again(cast, own, accept, fill):
    accepted = accept(own)
    with pytest.raises(Refused, match="Tỉnh đã chấp nhận"):
        fill(accepted, {"trial.total": 99})
    assert own.lines.get(indicator="trial.total").value == 12


def test_of_two_officers_the_second_is_told(cast, own, fill):
    first, second = Return.objects.get(pk=own.pk), Return.objects.get(pk=own.pk)
    fill(first, {"trial.poor": 1})
    with pytest.raises(Refused, match="người khác sửa"):
        fill(second, {"trial.poor": 2})
    assert own.lines.get(indicator="trial.poor").value == 1


def test_sending_twice_sends_once(cast, own, fill):
    saved = fill(own)
    actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    with pytest.raises(Refused, match="Đã gửi"):
        actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert _states(own) == [State.SUBMITTED]


def test_nobody_judges_what_she_did_not_see(cast, own, send, fill):
    seen = send(own)
    back = actions.send_back(answer=seen, reason="Xem lại", by=cast.la)
    saved = fill(back, {"trial.gold": 1})
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    with pytest.raises(Refused, match="người khác sửa"):
        actions.check_return(answer=sent, version=seen.version, by=cast.la)
    assert actions.check_return(answer=sent, version=sent.version, by=cast.la)


def test_all_that_wait_for_the_province_are_accepted_in_one_step(cast, asked, own, check, send):
    check(own)
    send(asked.returns.get(unit=cast.units.commune_2))
    send(asked.returns.get(unit=cast.units.district), by=cast.la)
    assert actions.accept_checked(asked=asked, by=cast.mai) == 2
    accepted = asked.returns.filter(state=State.ACCEPTED).values_list("unit_id", flat=True)
    assert set(accepted) == {cast.units.commune.pk, cast.units.district.pk}


def test_every_write_leaves_its_entry(cast, asked, own, accept):
    accept(own)
    verbs = Entry.objects.filter(verb__startswith="reports.").values_list("verb", flat=True)
    assert list(verbs.order_by("at", "id")) == [
        "reports.open_round",
        "reports.save",
        "reports.submitted",
        "reports.checked",
        "reports.accepted",
    ]
