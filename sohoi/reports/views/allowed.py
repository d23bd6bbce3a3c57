"""Which return a person reaches, and what she may do with it now."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sohoi.audit.undo import address
from sohoi.reports.choices import State
from sohoi.reports.models import Return, Round
from sohoi.reports.reorganising import answered_for


def url_of(answer: Return) -> str:
    return reverse("reports:return", args=[answer.pk])


def undo_url(page: str, moved: Return | Round, by: Any) -> str:
    """Where her last step of a return or a round, just taken, is taken back."""
    last = moved.steps.last()
    return address(page, moved.pk, at=last.at) if last and last.by_id == by.pk else ""


def answer_of(request: HttpRequest, pk: UUID, permission: str = "reports.view") -> Return:
    """The return with its round, if the person reaches its unit with the permission."""
    within = Return.objects.under(request.user.reach(permission)).select_related("round")
    return get_object_or_404(within.judged().named(), pk=pk)


def is_hers(user: Any, answer: Return) -> bool:
    """Of a unit for which she fills returns herself, or which that unit followed."""
    roots = user.reach("reports.fill")
    return answer.unit_id in roots or answer.unit_id in answered_for(roots)


def takes(user: Any, answer: Return, state: str) -> bool:
    """Whether the step to this state is hers to take, and so to take back."""
    unit = answer.unit_id
    if state == State.SUBMITTED:
        return is_hers(user, answer)
    checks = answer.district_checks and user.may("reports.check", unit)
    accepts = user.may("reports.accept", unit)
    return {
        State.CHECKED: checks,
        State.ACCEPTED: accepts,
        State.RETURNED: checks or accepts,
    }.get(State(state), False)


def may_do(user: Any, answer: Return) -> dict[str, bool]:
    """The decisions this person may take on the return now, and the step she may take back."""
    is_open, unit, state = answer.round.is_open, answer.unit_id, answer.state
    checks = is_open and answer.district_checks and user.may("reports.check", unit)
    accepts = is_open and user.may("reports.accept", unit)
    may_check = checks and state == State.SUBMITTED
    is_under_way = state in (State.SUBMITTED, State.CHECKED)
    returns = state == State.RETURNED and (checks or accepts)
    return {
        "may_check": may_check,
        "may_accept": accepts and answer.awaits_province,
        "may_send_back": may_check or (accepts and is_under_way),
        "may_reopen": accepts and state == State.ACCEPTED,
        "may_correct_reason": returns,
        "may_take_back": is_open and takes(user, answer, state),
    }
