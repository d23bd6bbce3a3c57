"""How each verb of the addresses room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.lib.doubts import believing
from sohoi.org.models import today
from sohoi.programmes.addresses import actions

FOUNDED = {"name": "Nhà bà Tư", "kind": "individual", "founded_on": date(2022, 3, 8)}
MEMBER = {
    "full_name": "Nguyễn Thị Mừng",
    "body": "union",
    "role": "member",
    "joined_on": date(2022, 4, 1),
}
TRAINING = {"held_on": date(2022, 5, 1), "topic": "Tư vấn", "people": 5}
REVIEW = {"year": 2022, "result": "active"}
LATER, WHY = date(2023, 2, 1), {"reason": "Ghi nhầm"}
KEEPERS = "hanh thu xuan"


def found(unit, by=None):
    with believing(None):
        return actions.found_address(unit=unit, **FOUNDED, by=by)


def join(unit):
    return actions.add_member(found(unit), **MEMBER, by=None)


def train(unit):
    return actions.record_training(found(unit), **TRAINING, by=None)


def review(unit):
    return actions.record_review(found(unit), **REVIEW, by=None)


def close(address):
    return actions.close_address(address, on=today(), reason="Sáp nhập", by=None)


def acts() -> dict[str, Act]:
    return {
        "addresses.found": Act(KEEPERS, lambda unit: unit, found, begins=True),
        "addresses.edit": Act(
            KEEPERS,
            found,
            lambda one, by: actions.edit_address(one, version=one.version, place="Ấp 2", by=by),
            close=close,
            refused_when_closed=False,
        ),
        "addresses.remove": Act(
            KEEPERS, found, lambda one, by: actions.remove_address(one, **WHY, by=by)
        ),
        "addresses.end": Act(
            KEEPERS,
            found,
            lambda one, by: actions.close_address(one, on=LATER, **WHY, by=by),
            close=close,
        ),
        "addresses.take_back": Act(
            KEEPERS,
            lambda unit: close(found(unit)),
            lambda one, by: actions.take_back_step(one, step="closed", **WHY, by=by),
        ),
        **team(),
        **trainings(),
        **reviews(),
    }


def team() -> dict[str, Act]:
    return {
        "addresses.add_member": Act(
            KEEPERS,
            found,
            lambda one, by: actions.add_member(one, **MEMBER, by=by),
            close=close,
        ),
        "addresses.edit_member": Act(
            KEEPERS,
            join,
            lambda one, by: actions.edit_member(one, version=1, role="contact", **WHY, by=by),
        ),
        "addresses.end_member": Act(
            KEEPERS, join, lambda one, by: actions.end_member(one, on=LATER, by=by)
        ),
        "addresses.remove_member": Act(
            KEEPERS, join, lambda one, by: actions.remove_member(one, **WHY, by=by)
        ),
    }


def trainings() -> dict[str, Act]:
    return {
        "addresses.train": Act(
            KEEPERS,
            found,
            lambda one, by: actions.record_training(one, **TRAINING, by=by),
            close=close,
        ),
        "addresses.edit_training": Act(
            KEEPERS,
            train,
            lambda one, by: actions.edit_training(one, version=1, people=9, **WHY, by=by),
        ),
        "addresses.remove_training": Act(
            KEEPERS, train, lambda one, by: actions.remove_training(one, **WHY, by=by)
        ),
    }


def reviews() -> dict[str, Act]:
    return {
        "addresses.review": Act(
            KEEPERS,
            found,
            lambda one, by: actions.record_review(one, **REVIEW, by=by),
            close=close,
            refused_when_closed=False,
        ),
        "addresses.remove_review": Act(
            KEEPERS, review, lambda one, by: actions.remove_review(one, **WHY, by=by)
        ),
    }
