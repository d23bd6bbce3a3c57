"""The frame, the gallery and the pages of mistakes."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from sohoi.ui.views import server_error

CSS = Path(__file__).resolve().parents[1] / "static" / "ui" / "css"


@pytest.mark.django_db
def test_the_gallery_shows_every_component_to_anyone(client):
    html = client.get(reverse("ui:gallery")).content.decode()
    parts = "tile chip stepper timeline empty facts tree tabs notice toast progress error-summary"
    for part in [*parts.split(), "crumbs", "cards", "pager"]:
        assert re.search(rf'class="[^"]*\b{part}\b', html), part


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do(client):
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


@pytest.mark.django_db
def test_who_is_signed_in_sees_her_unit_and_period_and_the_way_out(cast, sign_in):
    html = sign_in(cast.hanh).get("/").content.decode()
    assert "Xã Tân Đức" in html
    # A period narrows figures only.
    assert 'id="shell-period"' not in html
    board = sign_in(cast.hanh).get("/so-lieu/", follow=True).content.decode()
    assert 'id="shell-period"' in board
    assert f'action="{reverse("account_logout")}"' in html
    assert html.index('href="#content"') < html.index('id="menu"')


def test_the_page_of_a_failure_needs_nothing(rf, client):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    (sheet,) = re.findall(r'href="(/static/[^"]+)"', response.content.decode())
    assert client.get(sheet).getvalue().startswith(b"@font-face")
    assert render_to_string("500.html") == response.content.decode()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("text", ["lotus", "lotus-deep", "ink", "ink-soft"])
@pytest.mark.parametrize("ground", ["paper", "wash", "lotus-wash"])
def test_text_can_be_read_on_every_ground(text, ground):
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", (CSS / "tokens.css").read_text()))
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("tone", ["jade", "amber", "red", "sky"])
def test_states_can_be_read_on_their_wash_and_on_paper(tone):
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", (CSS / "tokens.css").read_text()))
    assert contrast(colours[tone], colours[f"{tone}-wash"]) >= 4.5
    assert contrast(colours[tone], colours["paper"]) >= 4.5
