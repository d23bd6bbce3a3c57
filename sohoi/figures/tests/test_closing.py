"""A closed period says what it said: figures, words and units, with what changed since beside."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period, open_period
from sohoi.figures.definitions.actions import edit_indicator
from sohoi.figures.models import Closing, FrozenUnit, IndicatorDefinition
from sohoi.figures.reading.documents import as_json
from sohoi.figures.reading.queries import answers
from sohoi.figures.tests.conftest import ROOM
from sohoi.figures.tests.test_engine import H1, appointment
from sohoi.kit import rooms
from sohoi.kit.refusals import Refused
from sohoi.org import reorganising
from sohoi.org.models import today
from sohoi.org.plan import HEADER

BOARD = "/so-lieu/?don_vi=96&ky=2023-H1"


@pytest.fixture
def closed(probe, define, declare):
    define("probe.bridges", title_vi="Cầu", measure="cầu", owner=probe.units.province)
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 3})
    for day in (1, 2, 3):
        appointment(probe, probe.units.hamlet, date(2023, 2, day)).save()
    close_period(question=ask("96", H1), by=probe.thu)
    return probe


def told(code: str = "96", *keys: str) -> dict[str, tuple]:
    shown = answers(ask(code, H1), keys=keys or None)
    return {f.key: (f.value, f.live, f.has_drifted) for f in shown}


def test_a_late_record_stands_beside_what_was_closed(closed):
    before = told()
    assert before["probe.begun"][0] == 3
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    assert told()["probe.begun"] == (3, 4, True)
    assert told("32100")["probe.begun"] == (3, 4, True)
    assert {key: value for key, (value, *_rest) in told().items()} == {
        key: value for key, (value, *_rest) in before.items()
    }
    (figure,) = answers(ask("96", H1), keys=["probe.begun"])
    assert (as_json(figure)["value"], as_json(figure)["now"]) == (3, 4)


def test_a_plan_inside_a_closed_period_changes_nothing_of_it(closed):
    def below() -> dict[str, tuple]:
        shown = answers(ask("970", H1), keys=["probe.begun"], by_children=True)
        return {f.place.code: (f.place.name, f.value) for f in shown}

    before = below()
    content = f"{','.join(HEADER)}\nmove,32100,,,,971".encode()
    reorganising.reorganise(content=content, on=date(2023, 3, 1), title="Chuyển", by=None)
    assert below() == before
    (district,) = answers(ask("971", H1), keys=["probe.begun"])
    assert (district.value, district.live) == (0, 3)


def test_words_names_and_what_was_asked_stay(closed, define):
    before = [(f.key, str(f.indicator.title)) for f in answers(ask("96", H1))]
    assert ("probe.bridges", "Cầu") in before
    define("probe.later", valid_from=date(2020, 1, 1))
    row = IndicatorDefinition.objects.get(key="probe.bridges")
    edit_indicator(definition=row, title_vi="Cầu nông thôn", by=closed.thu)
    assert [(f.key, str(f.indicator.title)) for f in answers(ask("96", H1))] == before
    # Asked for by its own name it is there, as something that was not closed.
    (later,) = answers(ask("96", H1), keys=["probe.later"])
    assert later.frozen_at is None


def test_a_rate_of_a_room_that_is_gone_is_still_given_to_a_program(closed):
    rooms.unregister("probe")
    (figure,) = answers(ask("96", H1), keys=["probe.rate"])
    rooms.register(ROOM)
    assert as_json(figure)["value"] == 33


def test_another_question_is_answered_from_the_records(closed):
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    for asked in ({"day": "2023-05-31"}, {"tree": "now"}):
        (figure,) = answers(ask("96", H1, **asked), keys=["probe.begun"])
        assert (figure.value, figure.frozen_at) == (4, None)


def test_opened_again_with_a_reason_figures_follow_their_records(closed):
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    question = ask("96", H1)
    with pytest.raises(Refused, match="lý do"):
        open_period(question=question, reason=" ", by=closed.thu)
    open_period(question=question, reason="Sót một hồ sơ.", by=closed.thu)
    assert told()["probe.begun"] == (4, None, False)
    close_period(question=question, by=closed.thu)
    assert told()["probe.begun"] == (4, 4, False)
    assert [one.reason for one in Closing.objects.order_by("closed_at")] == ["Sót một hồ sơ.", ""]


def test_a_period_is_closed_once_and_not_before_its_last_day(closed):
    with pytest.raises(Refused, match="đã khoá"):
        close_period(question=ask("96", H1), by=closed.thu)
    ahead = ask("96", str(today().year))
    ahead = type(ahead)(unit=ahead.unit, period=ahead.period, day=date(2099, 1, 1), tree=ahead.tree)
    with pytest.raises(Refused, match="đến ngày ấy"):
        close_period(question=ahead, by=closed.thu)


def test_what_is_kept_cannot_be_written_over(closed):
    for act in (
        lambda: FrozenUnit.objects.update(cells=[]),
        lambda: FrozenUnit.objects.all().delete(),
        lambda: Closing.objects.update(day=date(2023, 5, 31)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_board_says_that_it_is_closed_and_what_is_another_number_now(closed, sign_in):
    page = sign_in(closed.thu).get(BOARD).content.decode()
    assert "Kỳ này đã khoá: số liệu giữ nguyên" in page
    assert "nay đã khác" not in page
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    page = sign_in(closed.thu).get(BOARD).content.decode()
    assert "Lúc khoá 3, nay theo hồ sơ là 4." in page


def test_a_unit_led_to_another_province_that_closes_later_says_what_it_said_first(closed):
    content = f"{','.join(HEADER)}\nmove,32100,,,,956".encode()
    reorganising.reorganise(content=content, on=date(2023, 3, 1), title="Chuyển", by=None)
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    close_period(question=ask("95", H1), by=closed.thu)
    shown = answers(ask("32100", H1), keys=["probe.begun"], by_children=True)
    assert [(f.place.code, f.value) for f in shown] == [
        ("32100", 3),
        ("32100-02", 0),
        ("32100-01", 3),
    ]


def test_a_unit_that_was_merged_away_since_has_nothing_now(closed):
    content = f"{','.join(HEADER)}\nmerge,32100,32101".encode()
    reorganising.reorganise(content=content, on=date(2023, 3, 1), title="Nhập", by=None)
    own = {code: told(code)["probe.bridges"] for code in ("970", "32101", "32100")}
    assert own == {"970": (3, 3, False), "32101": (None, 3, True), "32100": (3, None, True)}
