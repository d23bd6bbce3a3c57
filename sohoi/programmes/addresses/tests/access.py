"""Who may open which page of the addresses room: an address of hanh's commune and its team."""

from datetime import date

from sohoi.kit.testing import Page, Specimen
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.tests.acts import FOUNDED, MEMBER, TRAINING

# A branch head keeps no address: this one belongs to the commune above her.
READERS = "hanh la thu mai"
KEEPERS = "hanh thu"


def access(cast) -> dict[str, Page]:
    address = actions.found_address(
        unit=cast.units.commune,
        name="Địa chỉ tin cậy ấp Tân Hoà",
        kind="collective",
        founded_on=date(2022, 3, 8),
        by=cast.hanh,
    )
    member = actions.add_member(
        address,
        full_name="Nguyễn Thị Mừng",
        body="union",
        role="member",
        joined_on=date(2022, 4, 1),
        by=cast.hanh,
    )
    training = actions.record_training(
        address, held_on=date(2022, 5, 1), topic="Tư vấn", people=5, by=cast.hanh
    )
    review = actions.record_review(address, year=2022, result="active", by=cast.hanh)
    one, her = {"pk": address.pk}, {"pk": member.pk}
    once, yearly = {"pk": training.pk}, {"pk": review.pk}
    return {
        "addresses:list": Page(f"{READERS} lan xuan"),
        "addresses:create": Page(f"{KEEPERS} xuan"),
        "addresses:detail": Page(READERS, one),
        "addresses:edit": Page(KEEPERS, one),
        "addresses:remove": Page(KEEPERS, one),
        "addresses:end": Page(KEEPERS, one),
        "addresses:take_back": Page(KEEPERS, one),
        "addresses:member_add": Page(KEEPERS, one),
        "addresses:training": Page(KEEPERS, one),
        "addresses:review": Page(KEEPERS, one),
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
