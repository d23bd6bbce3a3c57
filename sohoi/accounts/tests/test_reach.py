"""What a person may do: roles on units, from a day to a day, and nothing else."""

from datetime import timedelta

import pytest

from sohoi.accounts.actions import add_user, appoint, close_account, end_appointment
from sohoi.accounts.models import User
from sohoi.accounts.roles import ADMINISTRATOR, BRANCH_HEAD, ROLES
from sohoi.kit.refusals import Refused
from sohoi.kit.rooms import permissions
from sohoi.org.models import today


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_role_reaches_its_unit_and_all_below_and_nothing_beside(cast):
    units = cast.units
    assert cast.la.reach("figures.view") == [units.district.pk]
    assert cast.la.may("figures.view", units.hamlet.pk)
    assert not cast.la.may("figures.view", units.ward.pk)
    assert not cast.la.may("figures.view", units.province.pk)


def test_nobody_holds_an_unknown_permission(cast):
    assert cast.mai.reach("figures.everything") == []


def test_an_appointment_counts_from_its_first_day_until_the_day_before_its_end(cast):
    appointment = cast.hanh.appointments.get()
    end_appointment(appointment=appointment, on=today() + timedelta(days=1), by=None)
    assert fresh(cast.hanh).may("figures.view")
    end_appointment(appointment=appointment, on=today(), by=None)
    assert not fresh(cast.hanh).may("figures.view")
    appoint(
        user=cast.hanh,
        role=BRANCH_HEAD,
        unit=cast.units.hamlet,
        valid_from=today() + timedelta(days=1),
        by=None,
    )
    assert not fresh(cast.hanh).may("figures.view")


def test_a_closed_account_may_nothing(cast):
    close_account(user=cast.mai, reason="Thử.", by=cast.quan)
    assert not fresh(cast.mai).may("figures.view")


def test_the_administrator_sees_no_record(cast):
    held = {key for key, p in permissions().items() if ADMINISTRATOR in p.roles}
    assert held == {"accounts.manage", "org.reorganise"}
    assert len(permissions()) > 6


def test_every_role_and_permission_says_what_it_is(db):
    assert len(ROLES) == 6
    assert all(role.title and role.sentence for role in ROLES.values())
    assert all(p.sentence and p.roles <= ROLES.keys() for p in permissions().values())


@pytest.mark.parametrize("username", ["hanh", "HANH", "có dấu", "a b", ""])
def test_a_taken_or_strange_user_name_is_refused(cast, username):
    with pytest.raises(Refused) as refusal:
        add_user(username=username, full_name="Ai Đó", password="x" * 12, by=cast.quan)
    assert refusal.value.field == "username"


def test_an_unknown_role_is_refused(cast):
    with pytest.raises(Refused):
        appoint(
            user=cast.hanh, role="empress", unit=cast.units.commune, valid_from=today(), by=None
        )
