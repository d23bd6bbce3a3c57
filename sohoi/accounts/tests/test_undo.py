"""What an administrator just did is taken back from the message that tells it, and only so far."""

import inspect
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from sohoi.accounts import actions
from sohoi.accounts.models import Appointment, User
from sohoi.accounts.roles import ADMINISTRATOR, BRANCH_HEAD
from sohoi.accounts.views import PARTS
from sohoi.audit import undo
from sohoi.audit.models import Change, Entry
from sohoi.audit.queries import history_of
from sohoi.org.models import today

WHY = {"reason": "Ghi nhầm."}
# Each act with its page and what is sent there, by names of `pages`.
ACTS = {
    "appoint": ("appoint", "appointing"),
    "end_appointment": ("appointment_end", "why"),
    "cancel_appointment": ("appointment_cancel", "why"),
    "correct_user": ("user_correct", "renaming"),
    "close_account": ("user_close", "why"),
    "reopen_account": ("user_reopen", "why"),
}
# A password was shown; `keep_role` is what a reorganisation does; chosen columns have their own
# button for the usual ones; `undo` is the way back itself.
WITHOUT = {"add_user", "set_password", "keep_role", "choose_columns", "undo"}


@pytest.fixture
def do(cast, sign_in):
    """`do("appoint")`: quan does it to lan on its page; the page he then sees."""

    def act(name: str) -> HttpResponse:
        page, sent = ACTS[name]
        held = cast.lan.appointments.order_by("pk").first()
        data = {
            "why": WHY,
            "renaming": {"full_name": "Trần Thị Lành", "username": "lanh", **WHY},
            "appointing": {
                "role": BRANCH_HEAD,
                "unit": cast.units.hamlet_2.pk,
                "valid_from": f"{today():%d/%m/%Y}",
                "agreed": "1",
            },
        }[sent]
        of = held if page.startswith("appointment") else cast.lan
        url = reverse(f"accounts:{page}", args=[of.pk])
        return sign_in(cast.quan).post(url, data, follow=True)

    return act


def rows() -> list[dict]:
    """All that accounts keep, but for when somebody signed in."""
    users = [row | {"last_login": None} for row in User.objects.order_by("pk").values()]
    return [*users, *Appointment.objects.order_by("pk").values()]


def ready(cast, name: str) -> list[dict]:
    """Things as the act needs them."""
    if name == "reopen_account":
        actions.close_account(user=cast.lan, by=None)
    return rows()


def button(page: HttpResponse) -> str:
    """Where the message's button leads; "" when it has none."""
    found = re.search(r'action="([^"]*/hoan-tac/[^"]*)"', page.content.decode())
    return found[1] if found else ""


def test_every_act_is_tried_here_or_has_no_way_back():
    written = {
        name
        for name, act in inspect.getmembers(actions, inspect.isfunction)
        if act.__module__ == actions.__name__ and "by" in inspect.signature(act).parameters
    }
    assert {name for name in written if not name.startswith("_")} == {*ACTS, *WITHOUT}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_as_a_whole(cast, do, sign_in, name):
    before = ready(cast, name)
    done = do(name)
    assert rows() != before
    page = sign_in(cast.quan).post(button(done), follow=True).content.decode()
    assert "Đã hoàn tác." in page
    assert rows() == before
    told = history_of(cast.lan, parts=PARTS)[0]
    assert (told["who"], told["reason"]) == ("Đỗ Văn Quân", "Hoàn tác")
    entry = Entry.objects.latest("at")
    assert (entry.verb, entry.actor_id) == ("accounts.undo", cast.quan.pk)


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_takes_it_back(cast, do, sign_in, name):
    actions.appoint(
        user=cast.thu, role=ADMINISTRATOR, unit=cast.units.province, valid_from=today(), by=None
    )
    ready(cast, name)
    url = button(do(name))
    done = rows()
    for other in (cast.thu, cast.hanh, cast.xuan):
        assert sign_in(other).post(url).status_code == 404
    assert rows() == done


def test_whoever_may_not_manage_any_more_undoes_nothing(cast, do, sign_in):
    url = button(do("correct_user"))
    actions.end_appointment(appointment=cast.quan.appointments.get(), on=today(), by=None)
    assert sign_in(cast.quan).post(url).status_code == 404
    assert User.objects.get(pk=cast.lan.pk).username == "lanh"


@pytest.mark.parametrize("name", ACTS)
def test_what_was_changed_since_is_not_undone(cast, do, sign_in, name):
    ready(cast, name)
    url = button(do(name))
    actions.correct_user(user=cast.lan, full_name="Lan Khác", username="khac", reason="x", by=None)
    done = rows()
    page = sign_in(cast.quan).post(url, follow=True).content.decode()
    assert "Sau đó đã có thay đổi khác" in page
    assert rows() == done


@pytest.mark.parametrize("name", ACTS)
def test_what_was_done_long_ago_is_not_undone(cast, do, sign_in, monkeypatch, name):
    ready(cast, name)
    url = button(do(name))
    done = rows()
    monkeypatch.setattr(undo, "FOR", timedelta(0))
    page = sign_in(cast.quan).post(url, follow=True).content.decode()
    assert "Đã quá 15 phút" in page
    assert rows() == done


def test_her_former_user_name_may_be_another_s_by_now(cast, do, sign_in):
    url = button(do("correct_user"))
    actions.add_user(username="lan", full_name="Lan Mới", password="x", by=None)
    page = sign_in(cast.quan).post(url, follow=True).content.decode()
    assert "“lan” đã có" in page
    assert User.objects.get(pk=cast.lan.pk).username == "lanh"


def test_an_account_and_a_password_have_no_way_back(cast, sign_in):
    client = sign_in(cast.quan)
    new = {"full_name": "Người Mới", "username": "moi"}
    added = client.post(reverse("accounts:user_add"), new, follow=True)
    user = User.objects.get(username="moi")
    renewed = client.post(reverse("accounts:user_password", args=[user.pk]), follow=True)
    assert (button(added), button(renewed)) == ("", "")
    url = undo.address("accounts:user_undo", user.pk, at=Change.objects.latest("id").at)
    assert client.post(url).status_code == 404
    assert User.objects.filter(pk=user.pk).exists()


def test_an_act_that_changed_nothing_does_not_offer_to_undo_the_one_before(cast, do):
    Change.objects.create(
        at=timezone.now() - timedelta(minutes=3),
        actor_id=cast.quan.pk,
        object_id=cast.lan.pk,
        kind="accounts.user",
        before={"is_active": False},
        after={"is_active": True},
    )
    assert button(do("reopen_account")) == ""


@pytest.mark.parametrize("at", ["", "x", "nan", "1e99", "1"])
def test_an_address_that_names_no_act_of_hers_leads_nowhere(cast, sign_in, at):
    url = reverse("accounts:user_undo", args=[cast.lan.pk])
    assert sign_in(cast.quan).post(f"{url}?luc={at}").status_code == 404
