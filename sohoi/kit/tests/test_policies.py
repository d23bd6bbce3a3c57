"""Who gets past each policy, and what the others see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse

from sohoi.kit.policies import open_to_all, requires, signed_in
from sohoi.kit.tests.conftest import plain_view

HERE = "/thu/?q=hoa"


@pytest.mark.parametrize("decorate", [signed_in, requires("probe.view")])
def test_an_anonymous_reader_signs_in_and_comes_back(ask, bring, decorate):
    bring()
    response = decorate(plain_view)(ask(HERE, AnonymousUser()))
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next=/thu/%3Fq%3Dhoa"


def test_a_page_is_there_for_those_who_hold_the_permission_only(ask, bring, cast):
    bring()
    view = requires("probe.view")(plain_view)

    def sees(user) -> bool:
        try:
            return view(ask(HERE, user)).status_code == 200
        except Http404:
            return False

    people = ("hanh", "lan", "la", "thu", "mai", "quan", "xuan")
    assert {name for name in people if sees(getattr(cast, name))} == {"hanh", "xuan"}


def test_a_permission_that_no_room_declares_opens_nothing(ask, cast):
    with pytest.raises(Http404):
        requires("probe.view")(plain_view)(ask(HERE, cast.hanh))


def test_signed_in_lets_everyone_in_who_is(ask, cast):
    assert signed_in(plain_view)(ask(HERE, cast.quan)).status_code == 200


def test_an_open_page_asks_nobody_and_keeps_its_reason(ask):
    view = open_to_all(reason="chỉ có mẫu tưởng tượng")(plain_view)
    assert view(ask(HERE, AnonymousUser())).status_code == 200
    assert view.policy_reason == "chỉ có mẫu tưởng tượng"


def test_a_policy_is_written_on_the_view(bring):
    policies = [signed_in(plain_view).policy, requires("probe.view")(plain_view).policy]
    assert policies == ["signed in", "probe.view"]
    assert signed_in(plain_view).__name__ == "plain_view"
