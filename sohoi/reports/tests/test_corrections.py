"""What was done by mistake is taken back or put right, with a reason, and leaves its trace."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from sohoi.audit.models import Entry
from sohoi.figures.models import Statement
from sohoi.figures.reading.queries import figures
from sohoi.kit.refusals import Doubtful, Refused
from sohoi.lib.doubts import believing
from sohoi.lib.periods import parse_period
from sohoi.org.actions import found_unit
from sohoi.reports import actions
from sohoi.reports.choices import State
from sohoi.reports.models import Return, RoundStep
from sohoi.reports.tests.conftest import CUT_OFF, DUE, PERIOD


def _around(answer: Return) -> tuple:
    """State, accepted statements, and the figure of its unit."""
    answer.refresh_from_db()
    (found,) = figures(unit=answer.unit_id, period=parse_period(PERIOD), keys=["trial.total"])
    return answer.state, Statement.objects.count(), found.value


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("send", (State.DRAFT, 0, None)),
        ("check", (State.SUBMITTED, 0, None)),
        ("accept", (State.CHECKED, 0, None)),
    ],
)
def test_each_step_forward_is_taken_back_to_the_one_before(cast, own, request, after, before):
    done = request.getfixturevalue(after)(own)
    actions.take_back(answer=done, reason="Bấm nhầm", by=cast.thu)
    assert _around(own) == before
    last = own.steps.last()
    assert (last.act, last.state, last.reason) == ("taken_back", before[0], "Bấm nhầm")
    assert own.lines.get(indicator="trial.total").value == 12
    assert Entry.objects.latest("at").verb == "reports.taken_back"


@pytest.mark.parametrize("after", ["send", "check", "accept"])
def test_sending_back_is_taken_back_as_if_it_had_not_been(cast, own, request, after):
    done = request.getfixturevalue(after)(own)
    was = _around(own)
    act = actions.reopen_return if after == "accept" else actions.send_back
    back = act(answer=done, reason="Nhầm xã", by=cast.thu)
    actions.take_back(answer=back, reason="Nhầm xã", by=cast.thu)
    assert _around(own) == was


def test_what_the_unit_already_corrects_is_not_taken_from_it(cast, own, send, fill):
    back = actions.send_back(answer=send(own), reason="Xem lại", by=cast.la)
    saved = fill(back, {"trial.gold": 1})
    with pytest.raises(Refused, match="Đơn vị đã sửa"):
        actions.take_back(answer=saved, reason="Nhầm", by=cast.la)
    assert _around(own)[0] == State.RETURNED


def test_a_return_of_the_province_is_taken_back_to_its_draft(cast, asked, send):
    answer = asked.returns.get(unit=cast.units.province)
    actions.take_back(answer=send(answer, by=cast.thu), reason="Thiếu số", by=cast.thu)
    assert _around(answer)[:2] == (State.DRAFT, 0)


def test_steps_are_taken_back_one_after_another_and_sent_anew(cast, own, check):
    checked = check(own)
    sent = actions.take_back(answer=checked, reason="Chưa xem kỹ", by=cast.la)
    draft = actions.take_back(answer=sent, reason="Sót một số", by=cast.hanh)
    assert draft.state == State.DRAFT
    with pytest.raises(Refused, match="chưa có bước nào"):
        actions.take_back(answer=draft, reason="x", by=cast.hanh)
    sent = actions.submit_return(answer=draft, version=draft.version, by=cast.hanh)
    assert actions.check_return(answer=sent, by=cast.la).state == State.CHECKED


@pytest.mark.parametrize("act", [actions.take_back, actions.correct_reason])
def test_a_correction_wants_a_reason_and_the_version_that_was_seen(cast, own, send, act):
    back = actions.send_back(answer=send(own), reason="Xem lại", by=cast.la)
    with pytest.raises(Refused) as refusal:
        act(answer=back, reason="  ", by=cast.la)
    assert refusal.value.field == "reason"
    with pytest.raises(Refused, match="người khác sửa"):
        act(answer=back, version=back.version - 1, reason="Nhầm", by=cast.la)
    assert own.steps.count() == 2


def test_a_wrong_reason_is_put_right_and_the_first_is_kept(cast, own, send):
    back = actions.send_back(answer=send(own), reason="Xem lại số hộ", by=cast.la)
    actions.correct_reason(answer=back, reason="Xem lại số vàng", by=cast.la)
    steps = own.steps.filter(state=State.RETURNED)
    assert [(step.act, step.reason) for step in steps] == [
        ("move", "Xem lại số hộ"),
        ("reason", "Xem lại số vàng"),
    ]
    with pytest.raises(Refused):
        actions.correct_reason(
            answer=Return.objects.get(pk=own.round.returns.exclude(pk=own.pk).first().pk),
            reason="x",
            by=cast.la,
        )


def test_a_round_is_changed_with_its_reason_and_only_while_open(cast, asked, own):
    new = {"cut_off": date(2023, 6, 25), "due": date(2023, 7, 10)}
    actions.change_round(asked=asked, reason="Chốt sớm", by=cast.thu, **new)
    asked.refresh_from_db()
    assert (asked.cut_off, asked.due) == (date(2023, 6, 25), date(2023, 7, 10))
    step = asked.steps.last()
    assert (step.change, step.reason, step.by) == ("changed", "Chốt sớm", cast.thu)
    assert Entry.objects.latest("at").verb == "reports.change_round"
    with pytest.raises(Refused, match="vẫn như cũ"):
        actions.change_round(asked=asked, reason="x", by=cast.thu, **new)
    with pytest.raises(Refused) as refusal:
        actions.change_round(asked=asked, cut_off=CUT_OFF, due=DUE, reason=" ", by=cast.thu)
    assert refusal.value.field == "reason"
    actions.close_round(asked=asked, by=cast.thu)
    with pytest.raises(Refused, match="đã khoá"):
        actions.change_round(asked=asked, cut_off=CUT_OFF, due=DUE, reason="x", by=cast.thu)
    changes = asked.steps.values_list("change", flat=True)
    assert list(changes) == ["opened", "changed", "closed"]


def test_a_cut_off_on_which_other_units_stood_is_refused(cast, asked):
    found_unit(
        name="Xã mới",
        kind="commune",
        code="32199",
        parent=cast.units.district,
        valid_from=date(2023, 6, 30),
        by=None,
    )
    changed = {"cut_off": date(2023, 6, 29), "due": DUE, "reason": "Chốt sớm", "by": cast.thu}
    assert actions.change_round(asked=asked, **changed).cut_off == date(2023, 6, 29)
    with pytest.raises(Refused) as refusal:
        actions.change_round(asked=asked, **(changed | {"cut_off": CUT_OFF}))
    assert refusal.value.field == "cut_off"


def test_a_due_date_moved_into_the_past_counts_those_that_have_not_sent(cast, send, indicators):
    year = date.today().year
    asked = actions.open_round(
        unit=cast.units.province,
        period=str(year),
        cut_off=date(year, 1, 1),
        due=date(year + 1, 1, 31),
        by=cast.thu,
    )
    send(asked.returns.get(unit=cast.units.commune))
    wanted = {"asked": asked, "cut_off": date(year, 1, 1), "reason": "Chốt sớm", "by": cast.thu}
    assert actions.change_round(due=date(year + 1, 1, 30), asking=True, **wanted)
    with pytest.raises(Doubtful, match="5 đơn vị sẽ quá hạn ngay") as refusal:
        actions.change_round(due=date(year, 1, 1), asking=True, **wanted)
    with believing([doubt.key for doubt in refusal.value.doubts]):
        assert actions.change_round(due=date(year, 1, 1), asking=True, **wanted)


def test_a_number_a_hundred_times_the_last_is_sent_with_a_word(cast, asked, own, fill, told):
    saved = fill(own, {"trial.gold": 49_050_000})
    with pytest.raises(Refused, match="gấp một trăm lần") as refusal:
        actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert refusal.value.field == "trial.gold"
    saved = fill(saved, {"trial.gold": 49_050_000}, gold="đúng")
    assert actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)


def test_the_upgrade_finds_the_districts_and_undoes_checks_that_nobody_made(cast, asked, own):
    steps = import_module("sohoi.reports.migrations.0003_fill_steps_and_checkers")
    expected = dict(asked.returns.values_list("unit", "checker"))
    assert set(expected.values()) == {None, cast.units.district.pk, cast.units.district_2.pk}
    asked.returns.update(checker=None, asked=[])
    RoundStep.objects.all().delete()
    Return.objects.filter(unit=cast.units.province).update(state=State.CHECKED)
    Return.objects.filter(pk=own.pk).update(state=State.CHECKED)
    with connection.cursor() as cursor:
        for sql in (steps.CHECKERS, steps.UNCHECKED, steps.STEPS):
            cursor.execute(sql)
    assert dict(asked.returns.values_list("unit", "checker")) == expected
    assert Return.objects.get(unit=cast.units.province).state == State.SUBMITTED
    assert Return.objects.get(pk=own.pk).state == State.CHECKED
    assert [step.change for step in asked.steps.all()] == ["opened"]
