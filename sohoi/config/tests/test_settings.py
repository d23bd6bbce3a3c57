"""Settings that tests replace for speed, proved as the product has them."""

from django.contrib.auth.hashers import identify_hasher, make_password

from sohoi.config import settings as product


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert identify_hasher(make_password("mật khẩu dài")).algorithm == "argon2"
