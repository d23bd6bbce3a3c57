"""Many returns at once, under the same rules: for the demo, and for rounds once kept in Excel."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.figures.engine.actions import Answered, Declaration, write_statements
from sohoi.kit.indicators import Indicator
from sohoi.kit.refusals import Refused
from sohoi.org.choices import Tier
from sohoi.org.models import UnitVersion
from sohoi.reports.choices import State
from sohoi.reports.models import Return, ReturnLine, Round, Step
from sohoi.reports.queries import TIERS, asked_by, beside, typed_or_counted
from sohoi.reports.rules import EMPTY, Cell, mistakes
from sohoi.reports.wording import told

PATH = (State.SUBMITTED, State.CHECKED, State.ACCEPTED)


def fill_returns(
    *,
    asked: Round,
    rows: Mapping[str, Mapping[str, Cell]],
    state: State,
    by: Any,
    at: datetime | None = None,
) -> int:
    """Fill the returns of the units (by code) and bring them to `state`, all or none.

    Raises Refused naming the unit and the indicator of the first mistake. Returns how many.
    """
    at = at or timezone.now()
    with writing(by):
        if not Round.objects.select_for_update().get(pk=asked.pk).is_open:
            raise Refused(_("Kỳ báo cáo đã khoá."))
        answers = _answers(asked, rows)
        indicators = {
            tier: {i.key: i for i in asked_by(asked.unit_id, tier, asked)} for tier in TIERS
        }
        _require_sound(asked, answers, rows, indicators, complete=state in PATH)
        for answer in answers.values():
            answer.asked = [*indicators[answer.tier]] if state in PATH else None
        chosen = [(answers[code], cells) for code, cells in rows.items()]
        _write(asked, chosen, state, by, at)
        record(by=by, verb=f"reports.fill_{state}", thing=asked)
    return len(chosen)


def _answers(asked: Round, codes: Iterable[str]) -> dict[str, Return]:
    """The returns by the codes of their units; they must be there, and nobody have begun them."""
    units = dict(
        UnitVersion.objects.on(asked.cut_off).filter(code__in=codes).values_list("code", "unit_id")
    )
    untouched = asked.returns.filter(state=State.DRAFT, lines=None)
    known = {answer.unit_id: answer for answer in untouched.filter(unit_id__in=units.values())}
    for code in codes:
        if units.get(code) not in known:
            raise Refused(
                _("%(code)s: không có báo cáo của đơn vị này trong kỳ, hoặc đã có người lập.")
                % {"code": code}
            )
    return {code: known[units[code]] for code in codes}


def _require_sound(
    asked: Round,
    answers: Mapping[str, Return],
    rows: Mapping,
    indicators: Mapping[str, Mapping[str, Indicator]],
    *,
    complete: bool,
) -> None:
    units = [answer.unit_id for answer in answers.values()]
    near = beside(asked, typed_or_counted(asked.span), units) if complete else {}
    for code, cells in rows.items():
        answer = answers[code]
        known = indicators[answer.tier]
        if unknown := cells.keys() - known.keys():
            raise Refused(
                _("%(code)s: phiếu không có chỉ tiêu %(keys)s.")
                % {"code": code, "keys": ", ".join(sorted(unknown))}
            )
        if not complete:
            continue
        counted = near[answer.unit_id].counted if answer.tier == Tier.COMMUNE else {}
        remarks = mistakes(known.values(), cells, counted, near[answer.unit_id].before)
        for key, remark in remarks.items():
            raise Refused(f"{code}, {known[key].title}: {told(remark)}")


def _write(asked: Round, chosen: list, state: State, by: Any, at: datetime) -> None:
    answers = [answer for answer, _cells in chosen]
    ReturnLine.objects.bulk_create(
        ReturnLine(
            filled_in=answer,
            indicator=key,
            value=cell.value,
            reason=cell.reason,
            updated_by=by,
            updated_at=at,
        )
        for answer, cells in chosen
        for key, cell in cells.items()
        if cell != EMPTY
    )
    steps = PATH[: PATH.index(state) + 1] if state in PATH else ()
    Step.objects.bulk_create(
        Step(moved=answer, state=step, by=by, at=at)
        for step in steps
        for answer in answers
        if step != State.CHECKED or answer.checker_id
    )
    Return.objects.bulk_update(answers, ["asked"])
    written = Return.objects.filter(pk__in=[answer.pk for answer in answers])
    written.update(state=state, version=F("version") + 1)
    if state == State.CHECKED:
        written.filter(checker=None).update(state=State.SUBMITTED)
    if state == State.ACCEPTED:
        _vouch(asked, chosen, by, at)


def _vouch(asked: Round, chosen: list, by: Any, at: datetime) -> None:
    """Accepted: statements and declared values, as `accept_statement` writes them one by one."""
    write_statements(
        period=asked.period,
        answers=[
            Answered(
                answer.unit_id,
                answer.asked,
                {
                    key: Declaration(cell.value, by, at, cell.reason)
                    for key, cell in cells.items()
                    if cell.value is not None
                },
            )
            for answer, cells in chosen
        ],
        by=by,
        at=at,
    )
