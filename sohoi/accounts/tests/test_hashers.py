"""Passwords cost what OWASP asks, and those kept at another cost move over by themselves."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from sohoi.accounts.hashers import PasswordHasher


def test_a_password_is_kept_by_argon2id_at_the_cost_said(settings):
    settings.PASSWORD_HASHERS = ["sohoi.accounts.hashers.PasswordHasher"]
    kept = make_password("mật khẩu dài")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("mật khẩu dài", kept)
    assert not check_password("mật khẩu khác", kept)
    assert not PasswordHasher().must_update(kept)


def test_one_kept_at_another_cost_still_opens_and_is_kept_anew(settings):
    settings.PASSWORD_HASHERS = ["sohoi.accounts.hashers.PasswordHasher"]
    old = Argon2PasswordHasher().encode("mật khẩu dài", "muoimuoimuoimuoi")
    renewed: list[str] = []
    assert check_password("mật khẩu dài", old, setter=renewed.append)
    assert renewed == ["mật khẩu dài"]
