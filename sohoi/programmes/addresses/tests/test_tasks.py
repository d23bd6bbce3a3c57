"""The yearly review as a task of the commune."""

from datetime import date

import pytest

from sohoi.org.models import today
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.queries import tasks

LAST_YEAR = today().year - 1


def test_addresses_without_a_review_make_one_task(cast, found):
    for number in range(1, 8):
        found(name=f"Địa chỉ tin cậy ấp {number}")
    reviewed = found(name="Đã rà soát")
    actions.record_review(reviewed, year=LAST_YEAR, result="active", by=cast.hanh)
    (task,) = tasks(cast.hanh)
    assert "7" in task.title
    assert str(LAST_YEAR) in task.title
    assert task.unit == "Xã Tân Đức"
    assert "ấp 5 và 2 địa chỉ khác" in task.detail
    assert "ấp 6" not in task.detail
    assert task.url.endswith("&ra-soat=1")


@pytest.mark.parametrize(
    "details",
    [
        {"kind": "shelter_team"},
        {"founded_on": date(LAST_YEAR + 1, 1, 1)},
        {"unit": "commune_2"},
    ],
)
def test_nothing_is_asked_of_the_shelter_the_newly_founded_and_other_communes(cast, found, details):
    if "unit" in details:
        details = {"unit": getattr(cast.units, details["unit"])}
    found(**details)
    assert tasks(cast.hanh) == []
    found()
    assert len(tasks(cast.hanh)) == 1


def test_a_closed_address_is_not_asked_for(cast, found):
    actions.close_address(found(), on=date(2023, 1, 1), reason="Nhầm", by=cast.hanh)
    assert tasks(cast.hanh) == []


def test_only_the_commune_is_asked(cast, found):
    found()
    assert len(tasks(cast.hanh)) == 1
    assert [tasks(user) for user in (cast.thu, cast.mai, cast.xuan, cast.quan)] == [[]] * 4
