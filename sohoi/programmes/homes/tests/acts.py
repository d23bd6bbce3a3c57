"""How each verb of the homes room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.lib.doubts import believing
from sohoi.org.models import today
from sohoi.programmes.homes import actions

PROPOSAL = {
    "household": "Nguyễn Thị Mừng",
    "poverty_class": "poor",
    "work": "new",
    "proposed_on": date(2023, 1, 10),
}
DAY, LATER, WHY = date(2023, 2, 1), date(2023, 2, 9), {"reason": "Ghi nhầm"}
RECORDERS, DECIDERS = "hanh lan thu xuan", "hanh thu xuan"


def propose(unit, by=None):
    with believing(None):
        return actions.propose_home(unit=unit, **PROPOSAL, by=by)


def survey(unit):
    return actions.take_step(propose(unit), step="surveyed", on=DAY, by=None)


def give(unit):
    return actions.add_contribution(propose(unit), funder="union", amount_vnd=5, by=None)


def withdraw(home):
    return actions.withdraw_home(home, on=today(), reason="Hộ chuyển đi", by=None)


def acts() -> dict[str, Act]:
    return {
        "homes.propose": Act(RECORDERS, lambda unit: unit, propose, begins=True),
        "homes.edit": Act(
            RECORDERS,
            propose,
            lambda home, by: actions.edit_home(home, version=home.version, note="Dột", by=by),
            close=withdraw,
            refused_when_closed=False,
        ),
        "homes.recall": Act(
            RECORDERS,
            lambda unit: unit,
            lambda unit, by: actions.recall_proposal(propose(unit, by), **WHY, by=by),
            begins=True,
        ),
        "homes.step": Act(
            DECIDERS,
            propose,
            lambda home, by: actions.take_step(home, step="surveyed", on=DAY, by=by),
            close=withdraw,
        ),
        **mending(),
        "homes.end": Act(
            DECIDERS,
            propose,
            lambda home, by: actions.withdraw_home(home, on=DAY, **WHY, by=by),
            close=withdraw,
        ),
        **money(),
    }


def mending() -> dict[str, Act]:
    """What corrects a life, also one that has ended: of it, only what was last is taken back."""
    return {
        "homes.correct": Act(
            DECIDERS,
            survey,
            lambda home, by: actions.correct_step(home, step="surveyed", on=LATER, **WHY, by=by),
            close=withdraw,
            refused_when_closed=False,
        ),
        "homes.take_back": Act(
            DECIDERS,
            survey,
            lambda home, by: actions.take_back_step(home, step="surveyed", **WHY, by=by),
            close=withdraw,
        ),
    }


def money() -> dict[str, Act]:
    one = {"version": 1}
    return {
        "homes.add_contribution": Act(
            DECIDERS,
            propose,
            lambda home, by: actions.add_contribution(home, funder="union", amount_vnd=5, by=by),
            close=withdraw,
            refused_when_closed=False,
        ),
        "homes.edit_contribution": Act(
            DECIDERS,
            give,
            lambda given, by: actions.edit_contribution(given, amount_vnd=6, **WHY, **one, by=by),
        ),
        "homes.remove_contribution": Act(
            DECIDERS, give, lambda given, by: actions.remove_contribution(given, **WHY, by=by)
        ),
    }
