"""The yearly review as a task of the commune."""

from datetime import date

import pytest

from sohoi.org.models import today
from sohoi.programmes.addresses.models import Review
from sohoi.programmes.addresses.queries import tasks
from sohoi.programmes.addresses.tests.acts import SPECIMEN

LAST_YEAR = today().year - 1


def test_addresses_without_a_review_make_one_task(cast, found):
    for number in range(1, 8):
        found(name=f"Địa chỉ tin cậy ấp {number}")
    SPECIMEN.add(found(name="Đã rà soát"), Review, year=LAST_YEAR)
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
        {"closed_on": date(2023, 1, 1)},
    ],
)
def test_nothing_is_asked_of_the_shelter_the_new_the_closed_and_other_communes(
    cast, found, details
):
    if "unit" in details:
        details = {"unit": getattr(cast.units, details["unit"])}
    found(**details)
    assert tasks(cast.hanh) == []
    found()
    assert len(tasks(cast.hanh)) == 1
