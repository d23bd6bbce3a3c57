"""Writes of the homes room: propose, edit, take and mend steps, withdraw; its contributions."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.queries import made_by
from sohoi.kit.refusals import Refused, ask_back
from sohoi.lib.doubts import Doubt
from sohoi.org.models import today
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import LIFE, Contribution, Home
from sohoi.records import life_actions
from sohoi.records.actions import changing, create, edit, remove


def propose_home(*, by: Any, **details: Any) -> Home:
    """A hamlet finds a household in need and proposes a house."""
    return create(Home, details, code="MA", by=by, verb="homes.propose")


def edit_home(home: Home, *, version: int | None, by: Any, **changes: Any) -> Home:
    return edit(home, changes, version=version, by=by, verb="homes.edit")


def take_step(home: Home, *, step: str, on: date, by: Any, minutes: str = "") -> Home:
    """`step`, the next of the house's life, happened on that day; hand-over keeps the minutes."""
    with changing(home, by=by, verb="homes.step") as current:
        LIFE.take(current, step, on)
        current.minutes = minutes
        ask_back(without_money(current))
    return current


def without_money(home: Home) -> Doubt | None:
    """A house that is handed over has been paid for by somebody."""
    if home.handed_over_on is None or home.value_vnd:
        return None
    return Doubt(_("Bàn giao với 0 đồng: chưa ghi nguồn kinh phí nào."))


def correct_step(home: Home, *, step: str, on: date, reason: str, by: Any) -> Home:
    return life_actions.correct(home, step=step, on=on, reason=reason, by=by, verb="homes.correct")


def take_back_step(home: Home, *, step: str, reason: str, by: Any) -> Home:
    """The last step, or the withdrawal, was written by mistake."""
    with changing(home, by=by, verb="homes.take_back", reason=reason) as current:
        LIFE.take_back(current, step)
        if step == State.HANDED_OVER:
            current.minutes = ""
    return current


def withdraw_home(home: Home, *, on: date, reason: str, by: Any) -> Home:
    """The house will not be built; the reason stays. Raises Refused once it was handed over."""
    return life_actions.close(home, on=on, reason=reason, by=by, verb="homes.end")


def recall_proposal(home: Home, *, reason: str, by: Any) -> Home:
    """Who proposed a house takes the proposal back. Raises Refused once it was surveyed."""
    with changing(home, by=by, verb="homes.recall") as current:
        if not may_recall(current, by):
            raise Refused(_("Chỉ người đề nghị rút được đề nghị, khi chưa khảo sát."))
        LIFE.close(current, today(), reason)
    return current


def may_recall(home: Home, by: Any) -> bool:
    return home.state == State.PROPOSED and made_by(home, by)


def add_contribution(home: Home, *, by: Any, **details: Any) -> Contribution:
    """Money for the house from one source; the house's value follows by trigger."""
    return create(Contribution, details, within=home, by=by, verb="homes.add_contribution")


def edit_contribution(
    given: Contribution, *, version: int | None, reason: str, by: Any, **changes: Any
) -> Contribution:
    """A sum or its source was written wrongly."""
    verb = "homes.edit_contribution"
    return edit(given, changes, version=version, reason=reason, by=by, verb=verb)


def remove_contribution(given: Contribution, *, reason: str, by: Any) -> None:
    """A sum written by mistake."""
    remove(given, reason=reason, by=by, verb="homes.remove_contribution")
