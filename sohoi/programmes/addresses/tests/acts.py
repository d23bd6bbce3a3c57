"""An address as the tests make it, and how each verb of its room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.programmes.addresses.models import Member, Review, Training
from sohoi.records.testing import Specimen

JOINED, HELD, LATER = date(2022, 4, 1), date(2022, 5, 1), date(2023, 2, 1)
PERSON = {"full_name": "Nguyễn Thị Mừng", "body": "union", "role": "member", "joined_on": JOINED}
SPECIMEN = Specimen(
    "addresses",
    {"name": "Nhà bà Tư", "kind": "individual", "founded_on": date(2022, 3, 8)},
    code="DC",
    rows={
        Member: ("add_member", PERSON),
        Training: ("train", {"held_on": HELD, "topic": "Tư vấn", "people": 5}),
        Review: ("review", {"year": lambda one: 2022 + one.reviews.count(), "result": "active"}),
    },
    asked="hanh",
)
KEEPERS = "hanh thu xuan"
LIFE, TEAM = "found edit remove end take_back", "add_member edit_member end_member remove_member"
EVENTS = "train edit_training remove_training review remove_review"


def acts() -> dict[str, Act]:
    return SPECIMEN.acts(
        {KEEPERS: f"{LIFE} {TEAM} {EVENTS}"},
        closed_to="add_member train",
        changes={
            "edit": {"place": "Ấp 2"},
            "edit_member": {"role": "contact"},
            "end_member": {"on": LATER},
            "edit_training": {"people": 9},
        },
    )
