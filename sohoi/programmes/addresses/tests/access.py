"""Who may open which page of the addresses room: an address of hanh's commune and its team."""

from sohoi.kit.testing import Page, Specimen
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.tests import acts
from sohoi.programmes.addresses.tests.acts import FOUNDED, MEMBER, TRAINING

# A branch head keeps no address: this one belongs to the commune above her.
READERS = "hanh la thu mai"
KEEPERS = "hanh thu"


def access(cast) -> dict[str, Page]:
    unit = cast.units.commune
    one, her = {"pk": acts.found(unit).pk}, {"pk": acts.join(unit).pk}
    once, yearly = {"pk": acts.train(unit).pk}, {"pk": acts.review(unit).pk}
    of_one = ("edit", "remove", "end", "take_back", "member_add", "training", "review")
    return {
        "addresses:list": Page(f"{READERS} lan xuan"),
        "addresses:create": Page(f"{KEEPERS} xuan"),
        "addresses:detail": Page(READERS, one),
        **{f"addresses:{name}": Page(KEEPERS, one) for name in of_one},
        "addresses:member": Page(READERS, her),
        "addresses:member_end": Page(KEEPERS, her),
        "addresses:member_edit": Page(KEEPERS, her),
        "addresses:member_remove": Page(KEEPERS, her),
        "addresses:training_edit": Page(KEEPERS, once),
        "addresses:training_remove": Page(KEEPERS, once),
        "addresses:review_remove": Page(KEEPERS, yearly),
    }


def specimen() -> Specimen:
    def found(unit, **columns):
        return actions.found_address(unit=unit, **(FOUNDED | columns), by=None)

    def add(address, text):
        actions.add_member(address, **(MEMBER | {"full_name": text}), by=None)
        actions.record_training(address, **(TRAINING | {"topic": text}), by=None)
        years = address.reviews.count()
        actions.record_review(address, year=2022 + years, result="active", by=None)

    return Specimen(found, "name", add)
