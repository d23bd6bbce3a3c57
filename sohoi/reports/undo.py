"""What somebody just did to a return, a round or a text is taken back at once.

A step has its inverse, which leaves its own step, trail and figures; of a text the history keeps
all. Only saving a draft has none: what was typed stands in the form, to be typed over.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

from sohoi.audit import undo as history
from sohoi.audit.actions import record, writing
from sohoi.audit.queries import row_of
from sohoi.figures.closing.actions import require_open
from sohoi.kit.refusals import OutOfReach
from sohoi.reports.actions import (
    change_round,
    close_round_again,
    correct_reason,
    reopen_round,
    step_again,
    take_back,
)
from sohoi.reports.choices import Act, Change, State
from sohoi.reports.models import Narrative, Return, ReturnLine, Round, RoundStep, Step
from sohoi.reports.steps import held


def hers(steps: Iterable[Any], *, at: datetime, by: Any) -> Any:
    """The step she took at that moment. Raises OutOfReach for one that is not hers."""
    for step in steps:
        if (step.at, step.by_id) == (at, by.pk):
            return step
    raise OutOfReach


def meant(answer: Return, step: Step) -> str:
    """The state that the step was about: whoever may no longer take it may not undo it."""
    if step.act != Act.TAKEN_BACK:
        return step.state
    return held(takewhile(lambda one: one != step, answer.steps.all()))[-1].state


def undo_step(*, answer: Return, step: Step, by: Any) -> None:
    """A step forward is taken back, one that was taken back is taken again, and of a reason that
    was put right the former holds. Raises Refused when something was done since, or too late."""
    with writing(by):
        steps = [*answer.steps.all()]
        _require_last(steps, step)
        match Act(step.act):
            case Act.MOVE:
                take_back(answer=answer, reason=history.undone(), by=by)
            case Act.TAKEN_BACK:
                step_again(answer=answer, by=by)
            case Act.REASON:
                correct_reason(answer=answer, reason=held(steps)[-2].reason, by=by)


def undo_accepting(*, asked: Round, at: datetime, by: Any) -> None:
    """All that she accepted in that moment, or none of it. Raises Refused as `undo_step` does."""
    with writing(by):
        steps = Step.objects.filter(moved__round=asked, at=at, by=by, state=State.ACCEPTED)
        answers = Return.objects.in_bulk(steps.values_list("moved", flat=True))
        if not answers:
            raise OutOfReach
        for step in steps:
            undo_step(answer=answers[step.moved_id], step=step, by=by)


def undo_round_step(*, asked: Round, step: RoundStep, by: Any) -> None:
    """Opening, closing, opening again, or other days: as before. Raises Refused when something was
    done in the round since, or too late."""
    why = history.undone()
    with writing(by, reason=why):
        current = Round.objects.select_for_update().get(pk=asked.pk)
        steps = [*current.steps.all()]
        _require_last(steps, step)
        _require_untouched(current, step.at)
        match Change(step.change):
            case Change.OPENED:
                record(by=by, verb="reports.withdraw_round", thing=current)
                current.delete()
            case Change.CHANGED:
                days = {"cut_off": steps[-2].cut_off, "due": steps[-2].due}
                change_round(asked=current, reason=why, by=by, **days)
            case Change.CLOSED:
                reopen_round(asked=current, reason=why, by=by)
            case Change.REOPENED:
                closed_on = _last_closed_on(current)
                close_round_again(asked=current, closed_on=closed_on, reason=why, by=by)


def undo_text(*, text: Narrative, at: datetime, by: Any) -> None:
    """The text as it was before; without one before, the standard text. Raises Refused when
    somebody saved it since or closed the period, or too late."""
    with writing(by, reason=history.undone()):
        text.unit.hold()
        require_open(text.unit_id, text.period)
        current = Narrative.objects.select_for_update().get(pk=text.pk)
        changes = history.changes_at(current.pk, at=at, by=by)
        history.take_back(current.pk, changes, put=_put)
        record(by=by, verb="reports.undo_narrative", thing=text)


def _put(text: Narrative) -> None:
    # Whoever has the text open that is taken back must see that it is another.
    text.version += 1
    text.save()


def _require_last(steps: list[Any], step: Any) -> None:
    if steps[-1] != step:
        raise history.done_since()
    history.in_time(step.at)


def _require_untouched(asked: Round, at: datetime) -> None:
    """No unit filled, sent or judged anything after that moment, nor does so meanwhile."""
    answers = [*asked.returns.select_for_update().values_list("pk", flat=True)]
    steps = Step.objects.filter(moved__in=answers, at__gt=at)
    lines = ReturnLine.objects.filter(filled_in__in=answers, updated_at__gt=at)
    if steps.exists() or lines.exists():
        raise history.done_since()


def _last_closed_on(asked: Round) -> Any:
    """What the round's last change, its opening again, took away."""
    last = history.changes_about(asked.pk).last()
    return row_of(Round, last.before)["closed_on"]
