"""Headers that every answer of the product carries, whatever it is."""

import pytest

from sohoi.ui.headers import CONTENT_SECURITY_POLICY

ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def test_nothing_comes_from_elsewhere_and_nothing_is_inline():
    parts = (part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert dict(parts) == ALLOWED


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/dang-nhap/", 200),
        ("/gallery/", 200),
        ("/", 302),
        ("/khong-co/", 404),
        ("/static/ui/sohoi.css", 200),
        ("/static/khong-co.css", 404),
    ],
)
def test_every_answer_carries_the_policy(client, db, url, status):
    response = client.get(url)
    response.close()
    assert response.status_code == status
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_kept_by_no_cache(client, db):
    response = client.get("/dang-nhap/")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
