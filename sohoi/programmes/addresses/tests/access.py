"""Who may open which page of the addresses room: an address of hanh's commune and its team."""

from sohoi.kit.testing import Page
from sohoi.programmes.addresses.models import Member, Review, Training
from sohoi.programmes.addresses.tests.acts import SPECIMEN

# A branch head keeps no address: this one belongs to the commune above her.
READERS = "hanh la thu mai"
KEEPERS = "hanh thu"
OF_ONE = ("edit", "remove", "end", "take_back", "add_member", "train", "review")


def access(cast) -> dict[str, Page]:
    address = SPECIMEN.make(cast.units.commune)
    one = {"pk": address.pk}
    her, once, yearly = ({"pk": SPECIMEN.add(address, m).pk} for m in (Member, Training, Review))
    return {
        "addresses:list": Page(f"{READERS} lan xuan"),
        "addresses:create": Page(f"{KEEPERS} xuan"),
        "addresses:detail": Page(READERS, one),
        **{f"addresses:{name}": Page(KEEPERS, one) for name in OF_ONE},
        "addresses:member": Page(READERS, her),
        **{f"addresses:{name}_member": Page(KEEPERS, her) for name in ("end", "edit", "remove")},
        "addresses:edit_training": Page(KEEPERS, once),
        "addresses:remove_training": Page(KEEPERS, once),
        "addresses:remove_review": Page(KEEPERS, yearly),
    }
