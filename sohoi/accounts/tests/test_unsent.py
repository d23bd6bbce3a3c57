"""What was typed comes back to its writer, to nobody else, and nothing is written on the way."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from sohoi.accounts.models import User
from sohoi.accounts.unsent import COOKIE

ADD, SIGN_IN = reverse("accounts:user_add"), reverse("account_login")
TYPED = {"full_name": "Trần Thị Bưởi", "username": "buoi.td"}


@pytest.fixture
def browser(cast) -> Client:
    """A browser that holds pages to their CSRF token."""
    return Client(enforce_csrf_checks=True)


def enter(browser: Client, user: User) -> None:
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])


def sign_in(browser: Client, username: str, **data: str):
    hidden = hidden_of(browser.get(SIGN_IN))
    return browser.post(SIGN_IN, hidden | {"login": username, "password": PASSWORD} | data)


def hidden_of(response) -> dict[str, str]:
    """What the form of the page takes along."""
    html = response.content.decode().split("<main", 1)[-1].split("</form>", 1)[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return dict(found)


def filled(response) -> dict[str, str]:
    html = response.content.decode()
    return {
        name: value
        for name in TYPED
        for value in re.findall(rf'name="{name}" value="([^"]*)"', html)
    }


def wrote() -> bool:
    return User.objects.filter(username=TYPED["username"]).exists()


def test_a_session_that_ended_brings_her_back_to_the_filled_form(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    del browser.cookies["sessionid"]

    response = browser.post(ADD, sent)
    assert response.url == f"{SIGN_IN}?next={ADD}"
    assert "Đăng nhập lại để trở về" in browser.get(response.url).content.decode()
    response = sign_in(browser, "quan", next=ADD)
    assert response.url == ADD
    page = browser.get(ADD)
    assert (page.status_code, filled(page), wrote()) == (200, TYPED, False)
    assert "Chưa lưu: đây là những gì đã điền" in page.content.decode()

    assert browser.post(ADD, hidden_of(page) | TYPED).status_code == 302
    assert wrote()
    assert filled(browser.get(ADD)) == {}


def test_what_waits_for_a_last_agreement_comes_back_too(browser, cast):
    url = reverse("accounts:appoint", args=[cast.lan.pk])
    role = {"role": "branch_head", "unit": str(cast.units.hamlet_2.pk), "valid_from": "1/2/2023"}
    enter(browser, cast.quan)
    told = browser.post(url, hidden_of(browser.get(url)) | role)
    sent = hidden_of(told) | {"agreed": "1"}
    assert sent.items() >= role.items()
    del browser.cookies["sessionid"]

    browser.post(url, sent)
    assert sign_in(browser, "quan", next=url).url == url
    back = browser.get(url).context["form"]
    assert (back["role"].value(), back["unit"].value()) == ("branch_head", role["unit"])
    assert cast.lan.appointments.count() == 1


def test_somebody_else_who_signs_in_sees_nothing_of_it(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    del browser.cookies["sessionid"]
    browser.post(ADD, sent)

    other = User.objects.create(username="moi", full_name="Người mới")
    other.appointments.create(
        role="administrator", unit=cast.units.province, valid_from="2021-01-01"
    )
    enter(browser, other)
    page = browser.get(ADD)
    assert (page.status_code, filled(page)) == (200, {})
    assert TYPED["full_name"] not in page.content.decode()

    enter(browser, cast.quan)
    assert filled(browser.get(ADD)) == TYPED


def test_a_sign_in_in_another_tab_brings_her_back_too(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    sign_out = reverse("account_logout")
    browser.post(sign_out, hidden_of(browser.get(sign_out)))
    sign_in(browser, "quan")

    response = browser.post(ADD, sent)
    assert (response.status_code, response.url) == (302, ADD)
    page = browser.get(ADD)
    assert (filled(page), wrote()) == (TYPED, False)


def test_a_browser_that_changed_hands_writes_nothing_and_keeps_it_for_its_writer(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    browser.cookies.clear()
    sign_in(browser, "thu")

    response = browser.post(ADD, sent)
    text = response.content.decode()
    assert (response.status_code, wrote()) == (409, False)
    assert "Phạm Thị Thu" in text
    assert TYPED["full_name"] not in text

    sign_out = reverse("account_logout")
    browser.post(sign_out, hidden_of(browser.get(sign_out)))
    response = sign_in(browser, "quan")
    assert response.url == ADD
    assert filled(browser.get(ADD)) == TYPED


def test_signing_out_forgets_it(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    del browser.cookies["sessionid"]
    browser.post(ADD, sent)
    enter(browser, cast.quan)
    sign_out = reverse("account_logout")
    browser.post(sign_out, hidden_of(browser.get(sign_out)))
    enter(browser, cast.quan)
    assert filled(browser.get(ADD)) == {}


def test_a_stranger_cannot_have_anything_kept(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED
    del browser.cookies["sessionid"]
    before = Session.objects.count()
    for forged in ("", "doan-mo", sent["page_writer"] + "x"):
        response = browser.post(ADD, sent | {"page_writer": forged})
        assert response.url == f"{SIGN_IN}?next={ADD}"
    browser.post(ADD, sent | {"full_name": "a" * 300_000})
    assert COOKIE not in browser.cookies
    assert Session.objects.count() == before


def test_no_secret_is_kept_and_no_form_of_passwords_offers_it(browser, cast):
    enter(browser, cast.quan)
    sent = hidden_of(browser.get(ADD)) | TYPED | {"password9": "rat-bi-mat"}
    assert "page_writer" not in hidden_of(browser.get(reverse("account_change_password")))
    del browser.cookies["sessionid"]
    browser.post(ADD, sent)
    kept = [row.get_decoded() for row in Session.objects.all() if "forms" in row.get_decoded()]
    assert len(kept) == 1
    assert "B%C6%B0%E1%BB%9Fi" in str(kept)
    assert "bi-mat" not in str(kept)
    assert "csrf" not in str(kept)


def test_a_stale_page_without_a_form_says_how_to_go_on(browser, cast):
    enter(browser, cast.quan)
    response = browser.post(ADD, TYPED)
    assert response.status_code == 403
    assert f'href="{ADD}"' in response.content.decode()
