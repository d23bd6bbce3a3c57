"""Open returns of units that a reorganisation ends are finished by whoever follows."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.figures.asking.queries import ask
from sohoi.figures.quality.queries import silent_units
from sohoi.figures.reading.queries import answers
from sohoi.org import reorganising
from sohoi.org.plan import HEADER
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.models import Return
from sohoi.reports.queries import tasks
from sohoi.reports.tests.conftest import VALUES, cells_of

ON = date(2025, 7, 1)
FOUND = "found,,40001,Xã Mới,commune,96"
FOUND_2 = "found,,40002,Xã Khác,commune,96"
MERGED = (FOUND, "merge,32100,40001", "merge,32101,40001", "close,970")
SPLIT = (
    *(FOUND, FOUND_2, "split,32100,40001", "split,32100,40002", "merge,32101,40002", "close,970"),
    *("move,32100-01,,,,40001", "move,32100-02,,,,40002"),
)


def reorganise(*lines: str, on: date = ON) -> None:
    content = "\n".join([",".join(HEADER), *lines]).encode()
    reorganising.reorganise(content=content, on=on, title="Thử", by=None)


def urls_of(user) -> set[str]:
    # What she holds is remembered with the person for a request.
    user = type(user).objects.get(pk=user.pk)
    return {task.url for task in tasks(user)}


@pytest.fixture
def url(own) -> str:
    return reverse("reports:return", args=[own.pk])


def test_the_preview_names_the_open_returns(own):
    content = "\n".join([",".join(HEADER), *MERGED]).encode()
    said = reorganising.touched(reorganising.preview(content, ON))
    found = [t for t in said if t.unit_id == own.unit_id and t.what.startswith("báo cáo")]
    assert [t.what for t in found] == ["báo cáo 6 tháng đầu năm 2023 – Đang lập"]
    assert "đơn vị kế tiếp làm tiếp" in found[0].becomes


def test_who_answers_for_the_follower_finishes_the_return(cast, sign_in, own, fill, url):
    reorganise(*MERGED)
    assert url in urls_of(cast.hanh)
    assert 'name="trial.gold"' in sign_in(cast.hanh).get(url).content.decode()
    saved = fill(own)
    sent = actions.submit_return(answer=saved, version=saved.version, by=cast.hanh)
    assert (sent.unit_id, sent.state) == (cast.units.commune.pk, State.SUBMITTED)
    page = sign_in(cast.hanh).get(url).content.decode()
    assert "uyện kiểm tra" not in page
    assert [answer.pk for answer in Return.objects.awaiting_province()] == [own.pk]


def test_the_return_of_a_split_unit_is_finished_above(cast, sign_in, own, url):
    reorganise(*SPLIT)
    assert url in urls_of(cast.thu)
    assert url not in urls_of(cast.hanh)
    assert 'name="trial.gold"' in sign_in(cast.thu).get(url).content.decode()


def test_the_province_accepts_what_waited_for_a_district_that_is_gone(
    cast, sign_in, send, own, url
):
    send(own)
    accept = reverse("reports:return_accept", args=[own.pk])
    assert accept not in sign_in(cast.mai).get(url).content.decode()
    reorganise(*MERGED)
    assert accept in sign_in(cast.mai).get(url).content.decode()
    own.refresh_from_db()
    assert actions.accept_return(answer=own, by=cast.mai).state == State.ACCEPTED


def test_a_merger_between_the_cut_off_and_the_end_of_the_period_leaves_nobody_silent(
    cast, sign_in, indicators
):
    """The figures, the quality page and the page of the round speak of the same communes."""
    days = {"cut_off": date(2023, 5, 31), "due": date(2023, 6, 5)}
    asked = actions.open_round(unit=cast.units.province, period="2023-H1", by=cast.thu, **days)
    codes = {
        "commune": ("32100", "32101", "32200"),
        "district": ("970", "971"),
        "province": ("96",),
    }
    rows = {code: cells_of(VALUES[tier]) for tier, listed in codes.items() for code in listed}
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=cast.thu)
    reorganise(*MERGED, on=date(2023, 6, 15))
    question = ask("96", "2023-H1")
    (total,) = answers(question, keys=["trial.total"])
    assert (total.value, total.reported, total.expected) == (36, 3, 3)
    assert silent_units(question) == []
    summary = sign_in(cast.thu).get(reverse("reports:round", args=[asked.pk])).context["summary"]
    assert (summary["accepted"], summary["expected"]) == (3, 3)
