"""What somebody just did to a return, a round or a text is taken back from the message, and what
figures and steps say follows."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from sohoi.accounts.actions import end_appointment, keep_role
from sohoi.accounts.roles import BRANCH_HEAD
from sohoi.audit import undo
from sohoi.audit.models import Change, Entry
from sohoi.figures.models import DeclaredValue, Statement
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.org.models import today
from sohoi.reports import actions, text_actions
from sohoi.reports import undo as taking_back
from sohoi.reports.choices import State
from sohoi.reports.models import Narrative, Return, ReturnLine, Round
from sohoi.reports.tests.conftest import CUT_OFF, DUE, PERIOD

WHY = {"reason": "Xem lại số vàng"}
# Who does it, on which page of the commune's return, brought there by which acts.
STEPS = {
    "send": ("hanh", "return", "fill"),
    "send again": ("hanh", "return", "fill send back"),
    "check": ("la", "return_check", "fill send"),
    "accept": ("thu", "return_accept", "fill send check"),
    "send back": ("la", "return_back", "fill send"),
    "send back what was checked": ("mai", "return_back", "fill send check"),
    "open again": ("thu", "return_back", "fill send check accept"),
    "correct the reason": ("la", "return_reason", "fill send back"),
    "recall the sending": ("hanh", "return_take_back", "fill send"),
    "recall the second sending": ("hanh", "return_take_back", "fill send back send"),
    "recall the check": ("la", "return_take_back", "fill send check"),
    "recall the acceptance": ("thu", "return_take_back", "fill send check accept"),
    "recall the sending back": ("la", "return_take_back", "fill send back"),
    "recall the opening again": ("thu", "return_take_back", "fill send check accept reopen"),
}
ROUND = {
    "change": ("round_change", {"cut_off": "25/6/2023", "due": "10/7/2023", **WHY}),
    "close": ("round_close", {}),
    "reopen": ("round_reopen", {"reason": "Thiếu một xã."}),
}


# Saving a draft leaves it open in its form; the others are ways back themselves.
WITHOUT = {"save_return", "step_again", "close_round_again"}
TRIED = {
    *("submit_return", "check_return", "accept_return", "send_back", "reopen_return"),
    *("correct_reason", "take_back", "accept_checked"),
    *("open_round", "change_round", "close_round", "reopen_round"),
}


def test_every_act_is_tried_here_or_has_no_way_back():
    written = {
        name
        for name, act in inspect.getmembers(actions, inspect.isfunction)
        if act.__module__ == actions.__name__ and "by" in inspect.signature(act).parameters
    }
    assert {name for name in written if not name.startswith("_")} == TRIED | WITHOUT


@pytest.fixture
def reach(cast, fill) -> Callable[..., Return]:
    """`reach(answer, "fill send")`: the return after these acts, by those whose they are."""
    acts = {
        "fill": lambda answer: fill(answer),
        "send": lambda a: actions.submit_return(answer=a, version=a.version, by=cast.hanh),
        "check": lambda answer: actions.check_return(answer=answer, by=cast.la),
        "accept": lambda answer: actions.accept_return(answer=answer, by=cast.thu),
        "back": lambda answer: actions.send_back(answer=answer, by=cast.la, **WHY),
        "reopen": lambda answer: actions.reopen_return(answer=answer, by=cast.thu, **WHY),
    }

    def go(answer: Return, path: str) -> Return:
        for name in path.split():
            answer = acts[name](answer)
        return answer

    return go


@pytest.fixture
def do(cast, sign_in, own, reach) -> Callable[..., str]:
    """`do("check")`: the act on its page; where the message's button leads."""

    def act(name: str) -> str:
        who, page, _path = STEPS[name]
        own.refresh_from_db()
        typed = {"version": own.version, **WHY}
        if page == "return":
            lines = {line.indicator: str(line.value) for line in own.lines.all()}
            typed |= lines | {"trial.gold": "490,5", "submit": "1"}
        if page == "return_reason":
            typed["reason"] = "Xem lại số hộ"
        url = reverse(f"reports:{page}", args=[own.pk])
        return button(sign_in(getattr(cast, who)).post(url, typed, follow=True))

    return act


def button(page: HttpResponse) -> str:
    found = re.search(r'action="([^"]*/hoan-tac/[^"]*)"', page.content.decode())
    return found[1] if found else ""


def rows() -> list:
    """All that the reports and their figures hold, but for versions, steps and new ids."""
    return [
        [*Return.objects.order_by("pk").values("pk", "state", "unit", "checker")],
        [*ReturnLine.objects.order_by("pk").values()],
        [*Round.objects.order_by("pk").values()],
        [*Statement.objects.order_by("unit", "period").values("unit", "period", "accepted_by")],
        [*DeclaredValue.objects.order_by("indicator").values("indicator", "value", "declared_by")],
        [*Narrative.objects.order_by("pk").values("pk", "body")],
    ]


def shown(answer: Return, client) -> tuple:
    """The figure of the unit, its steps, why it came back, and the tasks of its officer."""
    (found,) = figures(unit=answer.unit_id, period=parse_period(PERIOD), keys=["trial.total"])
    page = client.get(reverse("reports:return", args=[answer.pk])).context
    back = page["sent_back"]
    tasks = client.get("/").context["tasks"]["rows"]
    told = [(row["task"].title, row["task"].detail) for row in tasks]
    return found.value, back and back.reason, told, [step["state"] for step in page["steps"]]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_back_with_its_figures(cast, sign_in, own, reach, do, name):
    who, _page, path = STEPS[name]
    reach(own, path)
    before = rows(), shown(own, sign_in(cast.hanh))
    url = do(name)
    assert name == "correct the reason" or rows() != before[0]
    page = sign_in(getattr(cast, who)).post(url, follow=True).content.decode()
    assert "Đã hoàn tác." in page
    assert (rows(), shown(own, sign_in(cast.hanh))) == before
    step, entry = own.steps.last(), Entry.objects.filter(object_id=own.pk).latest("at")
    assert step.by == getattr(cast, who)
    assert entry.actor_id == step.by_id
    assert step.reason in ("Hoàn tác", WHY["reason"])


@pytest.mark.parametrize("name", STEPS)
def test_only_whoever_took_the_step_undoes_it(cast, sign_in, own, reach, do, name):
    reach(own, STEPS[name][2])
    url = do(name)
    done = rows()
    others = {"hanh", "la", "thu", "mai", "xuan", "quan"} - {STEPS[name][0]}
    met = {who: sign_in(getattr(cast, who)).post(url).status_code for who in others}
    assert met == dict.fromkeys(others, 404)
    assert rows() == done


@pytest.mark.parametrize("name", STEPS)
def test_a_step_after_which_something_was_done_is_not_undone(cast, sign_in, own, reach, do, name):
    who, _page, path = STEPS[name]
    reach(own, path)
    url = do(name)
    own.refresh_from_db()
    if own.state == State.DRAFT:
        reach(own, "send")
    else:
        actions.take_back(answer=own, reason="Nhầm", by=cast.mai)
    done = rows()
    page = sign_in(getattr(cast, who)).post(url, follow=True).content.decode()
    assert "Sau đó đã có thay đổi khác" in page
    assert rows() == done


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_long_ago_is_not_undone(cast, sign_in, own, reach, do, monkeypatch, name):
    who, _page, path = STEPS[name]
    reach(own, path)
    url = do(name)
    done = rows()
    monkeypatch.setattr(undo, "FOR", timedelta(0))
    page = sign_in(getattr(cast, who)).post(url, follow=True).content.decode()
    assert "Đã quá 15 phút" in page
    assert rows() == done


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("send back", "Đơn vị đã sửa"),
        ("recall the sending", "Sau đó đã có thay đổi khác"),
    ],
)
def test_what_the_unit_writes_meanwhile_is_not_taken_from_it(
    cast, sign_in, own, reach, do, fill, name, told
):
    who, _page, path = STEPS[name]
    reach(own, path)
    url = do(name)
    own.refresh_from_db()
    fill(own, {"trial.gold": 1_000})
    page = sign_in(getattr(cast, who)).post(url, follow=True).content.decode()
    assert told in page
    assert own.lines.get(indicator="trial.gold").value == 1_000


def test_in_a_round_that_was_closed_nothing_is_undone(cast, sign_in, asked, own, reach, do):
    reach(own, "fill")
    url = do("send")
    actions.close_round(asked=asked, by=cast.thu)
    page = sign_in(cast.hanh).post(url, follow=True).content.decode()
    assert "Kỳ báo cáo đã khoá" in page
    own.refresh_from_db()
    assert own.state == State.SUBMITTED


def test_whoever_holds_the_role_no_more_undoes_nothing(cast, sign_in, own, reach, do):
    reach(own, STEPS["check"][2])
    url = do("check")
    held = cast.la.appointments.get()
    keep_role(user=cast.la, role=BRANCH_HEAD, unit=held.unit, valid_from=today(), by=None)
    end_appointment(appointment=held, on=today(), by=None)
    assert sign_in(cast.la).post(url).status_code == 404
    own.refresh_from_db()
    assert own.state == State.CHECKED


def test_the_province_s_own_return_is_taken_back_with_its_figures(cast, asked, fill):
    answer = fill(asked.returns.get(unit=cast.units.province), by=cast.thu)
    before = rows()
    sent = actions.submit_return(answer=answer, version=answer.version, by=cast.thu)
    for expected in (before, rows()):
        step = answer.steps.last()
        taking_back.undo_step(answer=sent, step=step, by=cast.thu)
        sent.refresh_from_db()
        assert rows() == expected


@pytest.fixture
def accept_all(cast, sign_in, asked, own, reach) -> Callable[[], str]:
    """`accept_all()`: mai accepts what waits, at first two returns; where the button leads."""
    for answer in (own, asked.returns.get(unit=cast.units.commune_2)):
        reach(answer, "fill send check")
    url = reverse("reports:round_accept", args=[asked.pk])
    return lambda: button(sign_in(cast.mai).post(url, follow=True))


def test_all_that_was_accepted_at_once_is_taken_back_at_once(cast, sign_in, accept_all):
    before, back = rows(), accept_all()
    assert Statement.objects.count() == 2
    assert sign_in(cast.thu).post(back).status_code == 404
    assert "Đã hoàn tác." in sign_in(cast.mai).post(back, follow=True).content.decode()
    assert rows() == before
    assert button(sign_in(cast.mai).get("/")) == ""


def test_of_what_was_accepted_at_once_nothing_is_taken_back_when_one_moved_on(
    cast, sign_in, own, accept_all
):
    back = accept_all()
    actions.take_back(answer=Return.objects.get(pk=own.pk), reason="Nhầm", by=cast.thu)
    done = rows()
    page = sign_in(cast.mai).post(back, follow=True).content.decode()
    assert "Sau đó đã có thay đổi khác" in page
    assert rows() == done


def test_when_nothing_waited_there_is_nothing_to_undo(cast, sign_in, asked):
    url = reverse("reports:round_accept", args=[asked.pk])
    assert button(sign_in(cast.mai).post(url, follow=True)) == ""


def test_a_round_opened_by_mistake_goes_until_a_unit_begins(cast, sign_in, indicators):
    before, client = rows(), sign_in(cast.thu)
    opening = {"period": "H1", "year": "2023", "cut_off": "30/6/2023", "due": "5/7/2023"}
    url = reverse("reports:round_open")
    believed = client.post(url, opening).context["form"].confirmation()
    back = button(client.post(url, opening | {"believed": believed}, follow=True))
    assert Round.objects.exists()
    assert sign_in(cast.mai).post(back).status_code == 404
    page = sign_in(cast.thu).post(back, follow=True)
    assert (page.request["PATH_INFO"], rows()) == (reverse("reports:rounds"), before)
    assert Entry.objects.latest("at").verb == "reports.withdraw_round"
    assert Change.objects.filter(kind="reports.round").latest("id").reason == "Hoàn tác"


def in_round(client, asked: Round, name: str) -> str:
    page, typed = ROUND[name]
    url = reverse(f"reports:{page}", args=[asked.pk])
    return button(client.post(url, typed | {"believed": "*"}, follow=True))


@pytest.mark.parametrize("name", ROUND)
def test_a_round_is_as_it_was(cast, sign_in, asked, name):
    if name == "reopen":
        actions.close_round(asked=asked, by=None)
        Round.objects.update(opened_on=CUT_OFF, closed_on=DUE)
    before = rows()
    back = in_round(sign_in(cast.thu), asked, name)
    assert rows() != before
    assert sign_in(cast.mai).post(back).status_code == 404
    page = sign_in(cast.thu).post(back, follow=True).content.decode()
    assert "Đã hoàn tác." in page
    assert rows() == before
    assert asked.steps.last().reason == "Hoàn tác"


@pytest.mark.parametrize("name", ["open", *ROUND])
def test_what_units_do_since_keeps_a_round_as_it_is(cast, sign_in, asked, own, fill, name):
    back = undo.address("reports:round_undo", asked.pk, at=asked.steps.last().at)
    if name != "open":
        if name == "reopen":
            actions.close_round(asked=asked, by=None)
        back = in_round(sign_in(cast.thu), asked, name)
    if name == "close":
        actions.reopen_round(asked=asked, reason="Thiếu một xã.", by=None)
    else:
        fill(own)
    done = rows()
    page = sign_in(cast.thu).post(back, follow=True).content.decode()
    assert "Sau đó đã có thay đổi khác" in page
    assert rows() == done


@pytest.mark.parametrize("name", ROUND)
def test_a_round_changed_long_ago_stays(cast, sign_in, asked, monkeypatch, name):
    if name == "reopen":
        actions.close_round(asked=asked, by=None)
    back = in_round(sign_in(cast.thu), asked, name)
    done = rows()
    monkeypatch.setattr(undo, "FOR", timedelta(0))
    assert "Đã quá 15 phút" in sign_in(cast.thu).post(back, follow=True).content.decode()
    assert rows() == done


@pytest.fixture
def write(cast, sign_in, indicators) -> Callable[[str], str]:
    """`write("…")`: the province's own words on their page; where the button leads."""

    def save(body: str) -> str:
        text = Narrative.objects.first()
        typed = {"body": body, "version": text.version if text else 0}
        url = reverse("reports:narrative", args=["review"]) + f"?don_vi=96&ky={PERIOD}"
        return button(sign_in(cast.thu).post(url, typed, follow=True))

    return save


@pytest.mark.parametrize("first", ["", "Lời văn cũ."])
def test_a_text_is_as_it_was(cast, sign_in, write, first):
    if first:
        made = {"unit": cast.units.province, "period": PERIOD, "kind": "review"}
        text_actions.write_narrative(body=first, version=0, by=None, **made)
    before, back = rows(), write("Lời văn mới.")
    assert rows() != before
    assert sign_in(cast.mai).post(back).status_code == 404
    assert "Đã hoàn tác." in sign_in(cast.thu).post(back, follow=True).content.decode()
    assert rows() == before


def test_a_text_that_somebody_saved_since_is_not_undone(cast, sign_in, write, monkeypatch):
    back = write("Lời văn mới.")
    with monkeypatch.context() as late:
        late.setattr(undo, "FOR", timedelta(0))
        assert "Đã quá 15 phút" in sign_in(cast.thu).post(back, follow=True).content.decode()
    text = Narrative.objects.get()
    made = {"unit": cast.units.province, "period": PERIOD, "kind": "review", "version": 1}
    text_actions.write_narrative(body="Của người khác.", by=None, **made)
    assert "thay đổi khác" in sign_in(cast.thu).post(back, follow=True).content.decode()
    text.refresh_from_db()
    assert text.body == "Của người khác."
