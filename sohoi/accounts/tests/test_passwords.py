"""A password opens whatever keyboard composes its letters, and its mistakes are in our words."""

import unicodedata

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import translation

SECRET = "mật khẩu của Hạnh"
APART = unicodedata.normalize("NFD", SECRET)
SIGN_IN, CHANGE = reverse("account_login"), reverse("account_change_password")


@pytest.mark.parametrize("kept", [SECRET, APART])
@pytest.mark.parametrize("typed", [SECRET, APART])
def test_set_on_one_keyboard_it_opens_on_another(client, cast, kept, typed):
    cast.hanh.set_password(kept)
    cast.hanh.save()
    response = client.post(SIGN_IN, {"login": "hanh", "password": typed})
    assert (response.status_code, response.url) == (302, "/")


def test_one_set_before_there_was_one_form_still_opens(client, cast):
    cast.hanh.password = make_password(APART)
    cast.hanh.save()
    assert client.post(SIGN_IN, {"login": "hanh", "password": APART}).status_code == 302


def test_a_name_pasted_with_what_cannot_be_seen_signs_in(client, cast):
    cast.hanh.set_password(SECRET)
    cast.hanh.save()
    typed = {"login": "\u200bhanh \ufeff", "password": SECRET}
    assert client.post(SIGN_IN, typed).status_code == 302


def test_each_sign_of_a_password_counts(cast):
    cast.hanh.set_password(f" {SECRET}\u200b")
    assert cast.hanh.check_password(f" {SECRET}\u200b")
    assert not cast.hanh.check_password(SECRET)


@pytest.mark.parametrize(
    ("new", "vi", "en"),
    [
        ("ngắn", "cần ít nhất 10 ký tự", "at least 10 characters"),
        ("password123", "nhiều người dùng", "common"),
        ("hanh.tan.duc1", "quá giống tên", "too much like"),
        ("", "Nhập mật khẩu mới.", "Enter new password."),
    ],
)
def test_a_weak_password_is_refused_in_our_words(sign_in, cast, new, vi, en):
    cast.hanh.username = "hanh.tan.duc"
    cast.hanh.set_password(SECRET)
    cast.hanh.save()
    client = sign_in(cast.hanh)
    for lang, said in (("vi", vi), ("en", en)):
        client.cookies["django_language"] = lang
        sent = {"oldpassword": SECRET, "password1": new, "password2": new}
        response = client.post(CHANGE, sent)
        with translation.override(lang):
            errors = " ".join(response.context["form"].errors["password1"])
        assert said in errors
