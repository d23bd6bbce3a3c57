"""Mistakes in accounts are mended: with a reason, at once, and never without a trace."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sohoi.accounts import actions
from sohoi.accounts.models import User
from sohoi.accounts.roles import PROVINCE_OFFICER
from sohoi.audit.models import Entry
from sohoi.audit.queries import history_of
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.org.models import today


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def mistake(cast):
    """lan was made an officer of the whole province today."""
    return actions.appoint(
        user=cast.lan, role=PROVINCE_OFFICER, unit=cast.units.province, valid_from=today(), by=None
    )


def told(thing) -> tuple:
    """The latest entry of its history: who, why, and what changed from what to what."""
    entry = history_of(thing)[0]
    changes = [(c["field"], c["before"], c["after"]) for c in entry["changes"]]
    return entry["who"], entry["reason"], changes


def test_an_appointment_given_today_can_be_taken_back_at_once(cast, mistake):
    assert fresh(cast.lan).may("figures.view", cast.units.ward.pk)
    actions.cancel_appointment(appointment=mistake, reason="Giao nhầm đơn vị.", by=cast.quan)
    assert not fresh(cast.lan).may("figures.view", cast.units.ward.pk)
    assert fresh(cast.lan).may("figures.view", cast.units.hamlet.pk)
    assert not cast.lan.appointments.filter(pk=mistake.pk).on(today() + timedelta(days=1)).exists()
    change = ("đến trước ngày", "", dates.short(today()))
    assert told(mistake) == ("Đỗ Văn Quân", "Giao nhầm đơn vị.", [change])
    entry = Entry.objects.latest("at")
    assert (entry.verb, entry.object_id) == ("accounts.cancel_appointment", mistake.pk)


def test_to_end_one_given_today_ends_it_today(cast, mistake):
    actions.end_appointment(appointment=mistake, on=today(), reason="Đổi việc.", by=cast.quan)
    assert not fresh(cast.lan).may("figures.view", cast.units.ward.pk)


def test_a_name_is_put_right_and_the_one_before_stays_readable(cast):
    named = {"full_name": " Trần Thị  Lan Anh ", "username": "Lan.Anh"}
    actions.correct_user(user=cast.lan, reason="Ghi thiếu chữ đệm.", by=cast.quan, **named)
    lan = fresh(cast.lan)
    assert (lan.full_name, lan.username) == ("Trần Thị Lan Anh", "lan.anh")
    changes = [
        ("tên đăng nhập", "lan", "lan.anh"),
        ("họ và tên", "Trần Thị Lan", "Trần Thị Lan Anh"),
    ]
    assert told(lan) == ("Đỗ Văn Quân", "Ghi thiếu chữ đệm.", changes)


@pytest.mark.parametrize("username", ["hanh", "có dấu"])
def test_a_name_that_cannot_be_is_refused_and_nothing_changes(cast, username):
    with pytest.raises(Refused) as refusal:
        actions.correct_user(
            user=cast.lan, full_name="Khác", username=username, reason="Thử.", by=cast.quan
        )
    assert refusal.value.field == "username"
    assert (fresh(cast.lan).username, len(history_of(cast.lan))) == ("lan", 1)


def test_a_closed_account_is_opened_again(cast):
    actions.close_account(user=cast.hanh, reason="Nghỉ việc.", by=cast.quan)
    assert not fresh(cast.hanh).may("figures.view")
    actions.reopen_account(user=fresh(cast.hanh), reason="Đóng nhầm người.", by=cast.quan)
    assert fresh(cast.hanh).may("figures.view", cast.units.commune.pk)
    assert told(cast.hanh) == ("Đỗ Văn Quân", "Đóng nhầm người.", [("đang dùng", "không", "có")])
    assert history_of(cast.hanh)[1]["reason"] == "Nghỉ việc."


def test_nobody_closes_her_own_account(cast):
    with pytest.raises(Refused):
        actions.close_account(user=cast.quan, reason="Thử.", by=cast.quan)
    assert fresh(cast.quan).is_active


@pytest.mark.parametrize("page", ["appointment_end", "appointment_cancel"])
def test_nobody_ends_her_own_role_of_administrator(cast, sign_in, page):
    own, client = cast.quan.appointments.get(), sign_in(cast.quan)
    url = reverse(f"accounts:{page}", args=[own.pk])
    title = client.get(url).context["title"]
    assert "Quản trị" in title
    assert cast.quan.full_name in title
    answer = client.post(url, {"reason": "Nghỉ hưu."})
    assert answer.status_code == 422
    assert "Nhờ một người quản trị khác" in answer.content.decode()
    own.refresh_from_db()
    assert own.valid_to is None


def test_without_a_reason_nothing_is_changed(cast, mistake, sign_in):
    with pytest.raises(Refused) as refusal:
        actions.cancel_appointment(appointment=mistake, reason="  ", by=cast.quan)
    assert refusal.value.field == "reason"
    mistake.refresh_from_db()
    assert mistake.valid_to is None
    client = sign_in(cast.quan)
    for name, pk in (("user_close", cast.lan.pk), ("appointment_end", mistake.pk)):
        assert (
            client.post(reverse(f"accounts:{name}", args=[pk]), {"reason": " "}).status_code == 422
        )
    assert fresh(cast.lan).is_active


def test_the_administrator_mends_all_of_it_on_the_pages(cast, mistake, sign_in):
    client = sign_in(cast.quan)
    url = reverse("accounts:user", args=[cast.lan.pk])
    why = {"reason": "Giao nhầm."}
    client.post(reverse("accounts:appointment_cancel", args=[mistake.pk]), why)
    client.post(f"{url}sua/", {"full_name": "Trần Thị Lành", "username": "lan", **why})
    client.post(f"{url}dong/", why)
    page = client.get(url).content.decode()
    for text in (
        "Không có hiệu lực ngày nào",
        "<del>Trần Thị Lan</del>",
        "<ins>Trần Thị Lành</ins>",
        "Lý do: Giao nhầm.",
        "Đỗ Văn Quân",
        "Mở lại tài khoản",
    ):
        assert text in page
    client.post(f"{url}mo-lai/", why)
    assert fresh(cast.lan).is_active


def test_a_reorganisation_needs_no_reason_of_a_person(cast):
    held = cast.lan.appointments.get()
    actions.end_appointment(appointment=held, on=today(), by=None)
    assert not fresh(cast.lan).may("figures.view")
