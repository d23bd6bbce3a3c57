"""Who may open which page of the homes room: a house of hanh's hamlet, as lan proposed it."""

from datetime import date

from sohoi.kit.testing import Page, Specimen
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.tests.acts import PROPOSAL

READERS = "hanh lan la thu mai"
RECORDERS = "hanh lan thu"
DECIDERS = "hanh thu"


def access(cast) -> dict[str, Page]:
    home = actions.propose_home(
        unit=cast.units.hamlet,
        household="Nguyễn Thị Mừng",
        poverty_class="poor",
        work="new",
        proposed_on=date(2023, 1, 10),
        by=cast.lan,
    )
    given = actions.add_contribution(home, funder="union", amount_vnd=5, by=cast.hanh)
    one = {"pk": home.pk}
    return {
        "homes:list": Page(f"{READERS} xuan"),
        "homes:create": Page(f"{RECORDERS} xuan"),
        "homes:detail": Page(READERS, one),
        "homes:edit": Page(RECORDERS, one),
        "homes:step": Page(DECIDERS, one),
        "homes:correct": Page(DECIDERS, one),
        "homes:take_back": Page(DECIDERS, one),
        "homes:end": Page(DECIDERS, one),
        "homes:recall": Page(RECORDERS, one),
        "homes:contribution": Page(DECIDERS, one),
        "homes:contribution_edit": Page(DECIDERS, {"pk": given.pk}),
        "homes:contribution_remove": Page(DECIDERS, {"pk": given.pk}),
    }


def specimen() -> Specimen:
    def give(home, text):
        sums = {"funder": "donor", "amount_vnd": 5_000_000}
        return actions.add_contribution(home, name=text, **sums, by=None)

    def propose(unit, **columns):
        return actions.propose_home(unit=unit, **(PROPOSAL | columns), by=None)

    return Specimen(propose, "household", give)
