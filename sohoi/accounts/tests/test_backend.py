"""Who is signed in is read in one statement, and is nobody as soon as the account is closed."""

from datetime import timedelta

import pytest

from sohoi.accounts.actions import appoint, choose_columns, close_account, end_appointment
from sohoi.accounts.backend import Backend
from sohoi.accounts.roles import BRANCH_HEAD
from sohoi.org.models import today


def held(user) -> list[tuple]:
    return [(a.pk, a.user_id, a.role, a.unit_id) for a in user.appointments_today]


def test_she_comes_with_all_she_is_and_her_appointments_of_today(cast, django_assert_num_queries):
    later = today() + timedelta(days=1)
    appoint(user=cast.la, role=BRANCH_HEAD, unit=cast.units.hamlet, valid_from=today(), by=None)
    appoint(user=cast.la, role=BRANCH_HEAD, unit=cast.units.hamlet_2, valid_from=later, by=None)
    choose_columns(key="tai-khoan", columns=["state"], by=cast.la)
    with django_assert_num_queries(1):
        found = Backend().get_user(cast.la.pk)
        assert len(held(found)) == 2
    assert (found, found.username, found.full_name) == (cast.la, "la", cast.la.full_name)
    assert found.check_password("mat-khau-thu-nghiem")
    assert not found._state.adding
    assert found.list_columns == {"tai-khoan": ["state"]}
    assert held(found) == held(type(cast.la).objects.get(pk=cast.la.pk))


def test_an_account_without_a_role_is_known_and_may_nothing(cast):
    end_appointment(appointment=cast.la.appointments.get(), on=today(), by=None)
    assert Backend().get_user(cast.la.pk).appointments_today == []


@pytest.mark.parametrize("url", ["/", "/so-lieu/?don_vi=32100&ky=2023-H1"])
def test_who_is_signed_in_is_out_once_her_account_is_closed(cast, sign_in, url):
    client = sign_in(cast.hanh)
    assert client.get(url).status_code == 200
    close_account(user=cast.hanh, reason="Nghỉ việc.", by=cast.quan)
    assert client.get(url).status_code == 302
    assert Backend().get_user(cast.hanh.pk) is None
