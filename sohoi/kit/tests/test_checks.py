"""Each fault that the system checks look for, seeded once; and the house as it stands."""

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks

from sohoi.kit import checks
from sohoi.kit.indicators import Indicator, Kind, Measure, Records
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.policies import open_to_all, requires, signed_in
from sohoi.kit.tests.conftest import plain_view


def faults(word: str = "") -> dict[str, str]:
    """Messages of the house's own checks that hold the word, by id."""
    return {f.id: f.msg for f in run_checks(tags=["sohoi"]) if word in f.msg}


def item(**changes) -> MenuItem:
    known = {"group": Group.PROGRAMMES, "title": "Phòng thử", "url_name": "probe"}
    return MenuItem(**(known | changes))


def indicator(key: str = "probe.people", **columns) -> Indicator:
    known = {"at": "username", "unit": "id", "label": "username"}
    source = Records(model=get_user_model(), **(known | columns))
    measure = Measure("người", "người")
    return Indicator(
        key=key, title=key, kind=Kind.FLOW, measure=measure, source=source, section="movement"
    )


def test_the_house_has_no_fault_and_many_pages():
    assert faults() == {}
    assert len(list(checks.url_patterns())) > 20


def test_a_view_without_a_policy_is_a_fault(mount):
    # Of its own: a policy given to the shared one in another test would stay with it.
    mount(lambda request: plain_view(request))
    assert faults("'thu/'").keys() == {"sohoi.E001"}


@pytest.mark.parametrize("decorate", [signed_in, requires("probe.view"), open_to_all(reason="thử")])
def test_each_policy_satisfies_the_check(mount, bring, decorate):
    bring()
    mount(decorate(plain_view))
    assert faults("'thu/'") == {}


def test_a_policy_that_asks_for_an_unknown_permission_is_a_fault(mount):
    mount(requires("probe.fly")(plain_view))
    assert faults("probe.fly").keys() == {"sohoi.E002"}


def test_a_menu_item_that_leads_nowhere_is_a_fault(bring):
    bring(menu=(item(url_name="probe:nowhere"),))
    assert faults("probe:nowhere").keys() == {"sohoi.E003"}


def test_a_menu_item_with_an_unknown_permission_is_a_fault(bring):
    bring(menu=(item(permission="probe.fly"),))
    assert faults("probe.fly").keys() == {"sohoi.E004"}


def test_a_menu_item_that_leads_somewhere_is_none(bring, mount):
    mount(signed_in(plain_view))
    bring(menu=(item(permission="probe.view"),))
    assert faults("probe") == {}


@pytest.mark.parametrize("part", ["permissions", "indicators"])
def test_a_key_of_another_room_is_a_fault(bring, part):
    wrong = {
        "permissions": Permission(key="other.view", sentence="xem", roles=frozenset()),
        "indicators": indicator("other.people"),
    }
    bring(**{part: (wrong[part],)})
    assert faults(wrong[part].key).keys() == {"sohoi.E005"}


@pytest.mark.parametrize("column", ["at", "amount", "who", "unit", "label", "until"])
def test_an_indicator_over_a_missing_column_is_a_fault(bring, column):
    bring(indicators=(indicator(**{column: "vanished"}),))
    assert faults("probe") == {"sohoi.E006": "probe.people: no column vanished."}


def test_an_indicator_over_real_columns_is_none(bring):
    bring(indicators=(indicator(),))
    assert faults("probe") == {}
