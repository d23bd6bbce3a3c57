"""A house as the tests make it, and how each verb of the homes room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.models import Contribution
from sohoi.records.testing import WHY, Specimen

SPECIMEN = Specimen(
    "homes",
    {
        "household": "Nguyễn Thị Mừng",
        "poverty_class": "poor",
        "work": "new",
        "proposed_on": date(2023, 1, 10),
    },
    code="MA",
    rows={Contribution: ("add_contribution", {"funder": "donor", "amount_vnd": 5_000_000})},
    asked="hanh thu",
)
RECORDERS, DECIDERS = "hanh lan thu xuan", "hanh thu xuan"
MONEY = "add_contribution edit_contribution remove_contribution"


def recall(unit, by):
    return actions.recall_proposal(SPECIMEN.make(unit, by=by), reason=WHY, by=by)


def acts() -> dict[str, Act]:
    return SPECIMEN.acts(
        {RECORDERS: "propose edit", DECIDERS: f"step correct take_back end {MONEY}"},
        changes={"edit": {"note": "Dột"}, "edit_contribution": {"amount_vnd": 6}},
        recall=Act(RECORDERS, lambda unit: unit, recall, begins=True),
    )
