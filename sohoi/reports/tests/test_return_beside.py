"""The page of a return says what was said before, what is unusual, and how to take a step back."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from sohoi.figures.engine.triggers import install
from sohoi.figures.tests.test_engine import appointment
from sohoi.reports import actions
from sohoi.reports.choices import State
from sohoi.reports.models import Return
from sohoi.reports.tests.conftest import CUT_OFF, DUE

TYPED = {"trial.total": "12", "trial.poor": "5", "trial.near": "7"}


def _url(answer: Return, name: str = "return") -> str:
    return reverse(f"reports:{name}", args=[answer.pk])


def _typed(answer: Return, *, gold: str = "490,5", send: bool = False) -> dict:
    typed = TYPED | {"trial.gold": gold, "version": answer.version}
    return typed | ({"submit": "1"} if send else {"save": "1"})


@pytest.mark.parametrize("who", ["hanh", "la", "mai"])
def test_what_was_said_before_stands_beside_each_value(cast, sign_in, own, told, fill, who):
    fill(own)
    page = sign_in(getattr(cast, who)).get(_url(own))
    rows = {
        row["field"].name: (row["before"], row["year_ago"])
        for section in page.context["sections"]
        for row in section["rows"]
    }
    assert rows["trial.gold"] == ("490,5", "470")
    assert rows["trial.poor"] == ("5", "5")
    assert page.context["compared"] == {"before": "6T cuối 2022", "year_ago": "6T đầu 2022"}
    for text in ("6T cuối 2022", "6T đầu 2022", "490,5", "470"):
        assert text in page.content.decode()


@pytest.mark.parametrize("who", ["hanh", "thu"])
def test_the_link_of_a_count_shows_as_many_whatever_she_looked_at_before(
    cast, sign_in, counted, own, who
):
    install()
    units = cast.units
    for unit, day in (
        (units.hamlet, date(2023, 2, 1)),
        (units.hamlet_2, date(2023, 5, 1)),
        (units.ward, date(2023, 2, 1)),
        *((units.hamlet, date(2022, month, 1)) for month in (2, 3, 4)),
    ):
        appointment(cast, unit, day).save()
    client = sign_in(getattr(cast, who))
    client.get("/so-lieu/?ky=2022", follow=True)
    page = client.get(_url(own))
    rows = [row for section in page.context["sections"] for row in section["rows"]]
    (row,) = [row for row in rows if row["field"].name == counted]
    query = parse_qs(urlsplit(row["count_url"]).query)
    assert (query["don_vi"], query["ky"]) == (["32100"], ["2023-H1"])
    assert row["counted"] == client.get(row["count_url"]).context["value_text"] == "2 lượt"


def test_a_year_is_compared_with_one_period_only(cast, sign_in, indicators):
    asked = actions.open_round(
        unit=cast.units.province, period="2023", cut_off=CUT_OFF, due=DUE, by=cast.thu
    )
    page = sign_in(cast.hanh).get(_url(asked.returns.get(unit=cast.units.commune)))
    assert page.context["compared"] == {"before": "2022", "year_ago": ""}


@pytest.mark.parametrize("odd", ["49.050", "4,9"])
def test_an_unusual_value_is_kept_told_and_sent_with_a_word(cast, sign_in, own, told, odd):
    client = sign_in(cast.hanh)
    response = client.post(_url(own), _typed(own, gold=odd), follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "1 số khác thường" in page
    assert "kỳ trước (490,5)" in page
    own.refresh_from_db()
    response = client.post(_url(own), _typed(own, gold=odd, send=True))
    assert response.context["form"].errors.keys() == {"trial.gold"}
    assert "ghi lý do hoặc ghi “đúng”" in response.content.decode()
    assert 'name="trial.gold:reason"' in response.content.decode()
    assert 'name="trial.poor:reason"' not in response.content.decode()
    own.refresh_from_db()
    typed = _typed(own, gold=odd, send=True) | {"trial.gold:reason": "đúng"}
    assert client.post(_url(own), typed).status_code == 302
    own.refresh_from_db()
    for name in ("return", "return_check"):
        page = sign_in(cast.la).get(_url(own, name)).content.decode()
        assert "kỳ trước (490,5)" in page
        assert "Lý do: đúng" in page


def test_a_usual_value_is_told_nothing(cast, sign_in, own, told):
    client = sign_in(cast.hanh)
    page = client.post(_url(own), _typed(own), follow=True).content.decode()
    assert "khác thường" not in page
    assert "một trăm lần" not in page


@pytest.mark.parametrize(
    ("after", "who", "state"),
    [
        ("send", "hanh", State.DRAFT),
        ("check", "la", State.SUBMITTED),
        ("accept", "mai", State.CHECKED),
    ],
)
def test_whoever_took_a_step_takes_it_back(cast, sign_in, own, request, after, who, state):
    done = request.getfixturevalue(after)(own)
    url = _url(own, "return_take_back")
    others = {"hanh", "la", "mai", "thu"} - {who} - ({"thu"} if who == "mai" else set())
    for other in others:
        client = sign_in(getattr(cast, other))
        assert url not in client.get(_url(own)).content.decode()
        assert client.post(url, {"version": done.version, "reason": "x"}).status_code == 404
    client = sign_in(getattr(cast, who))
    assert url in client.get(_url(own)).content.decode()
    assert client.post(url, {"version": done.version, "reason": ""}).status_code == 422
    typed = {"version": done.version, "reason": "Bấm nhầm"}
    assert client.post(url, typed).status_code == 302
    own.refresh_from_db()
    assert own.state == state
    page = client.get(_url(own)).content.decode()
    assert "Thu lại bước “" in page
    assert "Bấm nhầm" in page


def test_a_wrong_reason_is_corrected_where_the_unit_reads_it(cast, sign_in, own, send):
    back = actions.send_back(answer=send(own), reason="Xem lại số hộ", by=cast.la)
    url = _url(own, "return_reason")
    assert sign_in(cast.hanh).get(url).status_code == 404
    client = sign_in(cast.la)
    assert "Xem lại số hộ" in client.get(url).content.decode()
    typed = {"version": back.version, "reason": "Xem lại số vàng"}
    assert client.post(url, typed).status_code == 302
    page = sign_in(cast.hanh).get(_url(own)).content.decode()
    notice = page[page.index("trả lại ngày") : page.index("Quá trình")]
    assert "Xem lại số vàng" in notice
    assert "Xem lại số hộ" not in notice
    assert "Xem lại số hộ" in page


def test_what_was_recalled_still_shows_why_it_had_come_back(cast, sign_in, own, send, fill):
    back = actions.send_back(answer=send(own), reason="Xem lại số vàng", by=cast.la)
    saved = fill(back, {"trial.gold": 1_000})
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    actions.take_back(answer=sent, reason="Sót số", by=cast.hanh)
    page = sign_in(cast.hanh).get(_url(own)).content.decode()
    assert "Xem lại số vàng" in page[page.index("trả lại ngày") : page.index("Quá trình")]
