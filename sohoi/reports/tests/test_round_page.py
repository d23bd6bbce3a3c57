"""The page of a round: who has reported, who is late, what contradicts."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sohoi.lib.periods import parse_period
from sohoi.org.actions import found_unit
from sohoi.org.models import Unit, today
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.coverage import coverage, differences_in
from sohoi.reports.models import Round
from sohoi.reports.tests.conftest import CUT_OFF, DUE, SOUND, cells_of

ROUNDS = reverse("reports:rounds")
OPENING = {"period": "H1", "year": "2023", "cut_off": "30/6/2023", "due": "5/7/2023"}


def _url(asked: Round, name: str = "round") -> str:
    return reverse(f"reports:{name}", args=[asked.pk])


def _confirmed(client, url: str, typed: dict):
    """What comes of it when the officer confirms what looks wrong."""
    form = client.post(url, typed).context["form"]
    return client.post(url, typed | {"believed": form.confirmation()})


def _shown(page: str, asked: Round) -> set[Unit]:
    """The units whose returns the page lists."""
    links = set(re.findall(r"/phieu/([0-9a-f-]{36})/", page))
    return {answer.unit for answer in asked.returns.all() if str(answer.pk) in links}


def test_coverage_counts_by_district(cast, asked, own, accept, send):
    accept(own)
    send(asked.returns.get(unit=cast.units.commune_2))
    found = {
        group.place.name: (group.sent, group.accepted, len(group.rows))
        for group in coverage(asked).groups
    }
    assert found == {"Huyện Đầm Dơi": (2, 1, 2), "Huyện Năm Căn": (0, 0, 1)}


def test_the_page_says_how_far_the_round_is(cast, sign_in, asked, own, accept):
    accept(own)
    page = sign_in(cast.mai).get(_url(asked))
    assert page.context["summary"]["accepted"] == 1
    assert page.context["summary"]["expected"] == 3
    assert "1/3" in page.content.decode()
    assert len(_shown(page.content.decode(), asked)) == 6


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("hanh", {"commune"}),
        ("la", {"district", "commune", "commune_2"}),
        ("mai", {"province", "district", "district_2", "commune", "commune_2", "ward"}),
    ],
)
def test_each_sees_her_own_part_of_the_round(cast, sign_in, asked, who, seen):
    page = sign_in(getattr(cast, who)).get(_url(asked)).content.decode()
    assert _shown(page, asked) == {getattr(cast.units, name) for name in seen}


@pytest.mark.parametrize("who", ["lan", "quan", "xuan"])
def test_others_do_not_see_the_round(cast, sign_in, asked, who):
    client = sign_in(getattr(cast, who))
    assert client.get(_url(asked)).status_code == 404
    if who == "xuan":
        assert _url(asked) not in client.get(ROUNDS).content.decode()
    else:
        assert client.get(ROUNDS).status_code == 404


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("tinh-trang=accepted", {"commune"}),
        ("tinh-trang=submitted", {"commune_2"}),
        ("qua-han=1", {"ward", "district", "district_2", "province"}),
        ("qua-han=1&tinh-trang=returned", set()),
        ("tinh-trang=khong-co", None),
    ],
)
def test_the_list_is_narrowed_and_the_summary_is_not(
    cast, sign_in, asked, own, accept, send, query, seen
):
    accept(own)
    send(asked.returns.get(unit=cast.units.commune_2))
    response = sign_in(cast.mai).get(f"{_url(asked)}?{query}")
    expected = {answer.unit for answer in asked.returns.all()}
    if seen is not None:
        expected = {getattr(cast.units, name) for name in seen}
    assert _shown(response.content.decode(), asked) == expected
    assert response.context["summary"]["expected"] == 3


def test_nobody_is_late_in_a_closed_round(cast, asked):
    assert {row.is_late for row in coverage(asked).rows} == {True}
    actions.close_round(asked=asked, by=cast.thu)
    asked.refresh_from_db()
    assert {row.is_late for row in coverage(asked).rows} == {False}


def test_contradictions_are_listed_with_unit_reason_and_link(
    cast, counted, sign_in, asked, own, fill
):
    saved = fill(own, {"trial.total": 20, counted: 3}, total="8 hộ chưa phân diện", begun="ghi sau")
    assert differences_in(asked, coverage(asked).rows) == []
    actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    found = differences_in(asked, coverage(asked).rows)
    assert {(d.remark.indicator.key, d.reason) for d in found} == {
        ("trial.total", "8 hộ chưa phân diện"),
        (counted, "ghi sau"),
    }
    page = sign_in(cast.la).get(_url(asked)).content.decode()
    assert "2 số liệu mâu thuẫn" in page
    assert "Các phần cộng lại là 12, tổng ghi 20" in page
    assert "8 hộ chưa phân diện" in page


def test_the_province_opens_a_round_from_the_page(cast, sign_in, indicators):
    client = sign_in(cast.thu)
    url = reverse("reports:round_open")
    assert url in client.get(ROUNDS).content.decode()
    for changes, field in (
        ({"period": "H9"}, "period"),
        ({"period": ""}, "period"),
        ({"year": "1899"}, "year"),
        ({"cut_off": "31/6/2023"}, "cut_off"),
        ({"cut_off": "31/12/2022"}, "cut_off"),
        ({"due": "1/6/2023"}, "due"),
    ):
        response = client.post(url, OPENING | changes)
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {field}
    assert Round.objects.count() == 0
    assert _confirmed(client, url, OPENING).status_code == 302
    found = Round.objects.get()
    assert (found.unit, found.cut_off, found.due) == (cast.units.province, CUT_OFF, DUE)


def test_the_periods_of_a_year_are_chosen_and_show_their_days(cast, sign_in, indicators):
    client, url = sign_in(cast.thu), reverse("reports:round_open")
    page = client.get(url).content.decode()
    parts = {
        value: title
        for _group, listed in client.get(url).context["form"].fields["period"].choices
        if isinstance(listed, list)
        for value, title in listed
    }
    assert len(parts) == 4 + 4 + 12
    assert parts["H1"] == "6 tháng đầu năm (1/1–30/6)"
    assert (parts["Q4"], parts["M02"]) == ("Quý IV (1/10–31/12)", "Tháng 2")
    assert '<option value="2024">2024</option>' in page
    for part, year, key in (("nam", "2024", "2024"), ("Q3", "2023", "2023-Q3")):
        typed = {"period": part, "year": year, "due": "5/1/2025"}
        assert _confirmed(client, url, typed).status_code == 302
        assert Round.objects.get(period=key).cut_off == parse_period(key).end


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "6 đơn vị sẽ quá hạn ngay"),
        ({"cut_off": "1/7/2023"}, "nằm sau kỳ, kỳ hết ngày 30/6/2023"),
    ],
)
def test_what_is_unusual_in_a_new_round_is_asked_once(cast, sign_in, indicators, changes, told):
    client, url = sign_in(cast.thu), reverse("reports:round_open")
    typed = OPENING | changes
    response = client.post(url, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors == {}
    assert told in page
    assert 'type="checkbox" name="believed"' in page
    assert client.post(url, typed | {"believed": "on"}).status_code == 422
    assert Round.objects.count() == 0
    believed = response.context["form"].confirmation()
    assert f'value="{believed}"' in page
    assert client.post(url, typed | {"believed": believed}).status_code == 302


def test_a_round_in_time_is_opened_without_asking(cast, sign_in, indicators):
    year = str(date.today().year + 1)
    typed = {"period": "H1", "year": year, "cut_off": "", "due": f"5/7/{year}"}
    assert sign_in(cast.thu).post(reverse("reports:round_open"), typed).status_code == 302


def test_the_days_of_a_round_are_put_right_with_a_reason_that_all_may_read(cast, sign_in, asked):
    client, url = sign_in(cast.thu), _url(asked, "round_change")
    assert url in client.get(_url(asked)).content.decode()
    typed = {"cut_off": "30/6/2023", "due": "10/7/2023", "reason": "Trùng ngày nghỉ"}
    assert client.post(url, typed | {"reason": ""}).status_code == 422
    assert client.post(url, typed).status_code == 302
    asked.refresh_from_db()
    assert asked.due == date(2023, 7, 10)
    page = sign_in(cast.hanh).get(_url(asked)).content.decode()
    history = page[page.index("Quá trình") :]
    assert "<del>5/7/2023</del>" in history
    assert "<ins>10/7/2023</ins>" in history
    assert "Trùng ngày nghỉ" in history
    assert cast.thu.full_name in history


def test_accepting_all_shows_what_is_unusual_with_its_reason(cast, sign_in, asked, own, fill, told):
    saved = fill(own, {"trial.gold": 49_050_000}, gold="đúng, có sổ")
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    actions.check_return(answer=sent, by=cast.la)
    page = sign_in(cast.mai).get(_url(asked, "round_accept")).content.decode()
    assert "Xã Tân Đức – Vàng hùn vốn: Khai 49.050, gấp một trăm lần kỳ trước (490,5)" in page
    assert "Lý do: đúng, có sổ" in page


def test_closing_names_who_would_be_left_out(cast, sign_in, asked, own, accept):
    accept(own)
    client = sign_in(cast.thu)
    page = client.get(_url(asked, "round_close")).content.decode()
    assert "Xã Tạ An Khương" in page
    assert "Xã Tân Đức" not in page
    client.post(_url(asked, "round_close"))
    asked.refresh_from_db()
    assert not asked.is_open
    assert "Đã khoá" in client.get(_url(asked)).content.decode()
    client.post(_url(asked, "round_reopen"), {"reason": "Thiếu một xã."})
    asked.refresh_from_db()
    assert asked.is_open


def test_a_second_click_on_close_is_told_and_changes_nothing(cast, sign_in, asked):
    client = sign_in(cast.thu)
    client.post(_url(asked, "round_close"))
    response = client.post(_url(asked, "round_close"), follow=True)
    assert "đã khoá rồi" in response.content.decode()


def test_everything_that_waits_is_accepted_from_the_page(cast, sign_in, asked, own, check):
    url = _url(asked, "round_accept")
    client = sign_in(cast.mai)
    assert url not in client.get(_url(asked)).content.decode()
    check(own)
    assert url in client.get(_url(asked)).content.decode()
    assert client.post(url).status_code == 302
    own.refresh_from_db()
    assert own.state == State.ACCEPTED


def test_the_list_of_rounds_leads_to_ones_own_return(cast, sign_in, asked, own):
    page = sign_in(cast.hanh).get(ROUNDS).content.decode()
    assert _url(asked) in page
    assert reverse("reports:return", args=[own.pk]) in page


@pytest.mark.parametrize("who", ["la", "mai"])
def test_communes_cost_no_queries(
    cast, counted, sign_in, units, django_assert_max_num_queries, who
):
    def cost(period: str) -> int:
        asked = actions.open_round(
            unit=units.province, period=period, cut_off=CUT_OFF, due=DUE, by=cast.thu
        )
        codes = ["32100", *(f"3215{number}" for number in range(added))]
        reason = {"total": "chưa phân diện"}
        rows = {code: cells_of(SOUND | {"trial.total": 20}, **reason) for code in codes}
        fill_returns(asked=asked, rows=rows, state=State.CHECKED, by=cast.thu)
        client = sign_in(getattr(cast, who))
        client.get(_url(asked))
        with django_assert_max_num_queries(20) as captured:
            assert client.get(_url(asked)).status_code == 200
        return len(captured)

    added = 0
    few = cost("2023-H1")
    added = 3
    for number in range(added):
        found_unit(
            name=f"Xã mới {number}",
            kind="commune",
            code=f"3215{number}",
            parent=units.district,
            valid_from=CUT_OFF,
            by=None,
        )
    assert cost("2023-Q2") == few


def test_a_round_is_not_closed_before_its_cut_off_and_says_when(cast, asked, sign_in):
    client, tomorrow = sign_in(cast.thu), today() + timedelta(days=1)
    page = reverse("reports:round", args=[asked.pk])
    assert _url(asked, "round_close") in client.get(page).content.decode()
    Round.objects.update(cut_off=tomorrow, due=tomorrow)
    assert _url(asked, "round_close") not in client.get(page).content.decode()
    said = client.post(_url(asked, "round_close"), follow=True).content.decode()
    assert "đến ngày ấy mới khoá được" in said
    asked.refresh_from_db()
    assert asked.is_open
