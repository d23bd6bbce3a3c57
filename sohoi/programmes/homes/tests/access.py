"""Who may open which page of the homes room: a house of hanh's hamlet, as lan proposed it."""

from sohoi.kit.testing import Page
from sohoi.programmes.homes.tests.acts import SPECIMEN

READERS = "hanh lan la thu mai"
RECORDERS = "hanh lan thu"
DECIDERS = "hanh thu"
DECISIONS = ("step", "correct", "take_back", "end", "add_contribution")


def access(cast) -> dict[str, Page]:
    home = SPECIMEN.make(cast.units.hamlet, by=cast.lan)
    one, given = {"pk": home.pk}, {"pk": SPECIMEN.add(home, by=cast.hanh).pk}
    return {
        "homes:list": Page(f"{READERS} xuan"),
        "homes:create": Page(f"{RECORDERS} xuan"),
        "homes:detail": Page(READERS, one),
        "homes:edit": Page(RECORDERS, one),
        "homes:recall": Page(RECORDERS, one),
        **{f"homes:{name}": Page(DECIDERS, one) for name in DECISIONS},
        "homes:edit_contribution": Page(DECIDERS, given),
        "homes:remove_contribution": Page(DECIDERS, given),
    }
