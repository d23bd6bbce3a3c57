"""A life of dated steps, whatever is recorded, corrected and taken back in it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st

from sohoi.kit.refusals import Refused
from sohoi.org.models import today
from sohoi.records.life import Life, Step


class State(TextChoices):
    """A seed's life; it may wither."""

    SOWN = "sown", "Gieo"
    GROWN = "grown", "Lớn"
    SEEN = "seen", "Thấy"
    EATEN = "eaten", "Ăn"
    WITHERED = "withered", "Héo"


LIFE = Life(
    steps=(
        Step(State.SOWN, "sown_on"),
        Step(State.GROWN, "grown_on"),
        Step(State.SEEN, "seen_on", by_hand=False),
        Step(State.EATEN, "eaten_on", after="grown_on"),
    ),
    end=Step(State.WITHERED, "withered_on"),
)
FIRST = date(2023, 1, 10)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["take", "close", "correct", "take_back", "see"]),
        st.sampled_from([s.value for s in State]),
        st.integers(-20, 40),
    ),
    max_size=12,
)


def seed(**days) -> SimpleNamespace:
    known = dict.fromkeys(("sown_on", "grown_on", "seen_on", "eaten_on", "withered_on"))
    return SimpleNamespace(**(known | {"sown_on": FIRST, "withered_reason": ""} | days))


def do(record: SimpleNamespace, act: str, step: str, on: date) -> None:
    if act == "see":
        if record.grown_on and record.seen_on is None and on >= record.grown_on:
            record.seen_on = on
    elif act == "close":
        LIFE.close(record, on, "Hạn")
    elif act == "take_back":
        LIFE.take_back(record, step)
    else:
        getattr(LIFE, act)(record, step, on)


def stands(record: SimpleNamespace) -> bool:
    """What the constraints of the database hold."""
    grown, seen, eaten = record.grown_on, record.seen_on, record.eaten_on
    last = max(filter(None, (record.sown_on, grown, seen, eaten)))
    return (
        (grown is None or grown >= record.sown_on)
        and (seen is None or (grown is not None and seen >= grown))
        and (eaten is None or (grown is not None and eaten >= grown))
        and (record.withered_on is None) == (record.withered_reason == "")
        and (record.withered_on is None or (eaten is None and record.withered_on >= last))
    )


@given(ACTS)
def test_whatever_is_done_the_days_stand_in_order_and_a_refusal_changes_nothing(acts):
    record = seed()
    for act, step, offset in acts:
        before = dict(vars(record))
        attempt = SimpleNamespace(**before)
        try:
            do(attempt, act, step, FIRST + timedelta(days=offset))
        except Refused:
            assert stands(record)
        else:
            record = attempt
        assert stands(record)


@given(ACTS)
def test_the_next_step_is_never_one_that_was_taken_and_the_last_can_be_taken_back(acts):
    record = seed()
    for act, step, offset in acts:
        try:
            do(attempt := SimpleNamespace(**vars(record)), act, step, FIRST + timedelta(offset))
        except Refused:
            continue
        record = attempt
    following, last = LIFE.next(record), LIFE.last(record)
    assert following is None or getattr(record, following.day) is None
    if last is not None and not (last.state == State.GROWN and record.seen_on):
        LIFE.take_back(record, last.state)
        assert getattr(record, last.day) is None
        assert stands(record)


def test_a_day_ahead_is_refused_beside_its_field():
    tomorrow = today() + timedelta(days=1)
    for act in (
        lambda record: LIFE.take(record, "grown", tomorrow),
        lambda record: LIFE.close(record, tomorrow, "Hạn"),
        lambda record: LIFE.correct(record, "sown", tomorrow),
    ):
        with pytest.raises(Refused) as refusal:
            act(seed())
        assert refusal.value.field == "on"


def test_a_step_on_which_another_stands_is_not_taken_back():
    with pytest.raises(Refused):
        LIFE.take_back(seed(grown_on=FIRST, seen_on=FIRST), "grown")


def test_a_step_that_follows_from_something_else_is_not_written_by_hand():
    record = seed(grown_on=FIRST)
    assert LIFE.next(record).state == State.EATEN
    with pytest.raises(Refused):
        LIFE.take(record, "seen", FIRST)
    with pytest.raises(Refused):
        LIFE.correct(seed(grown_on=FIRST, seen_on=FIRST), "seen", FIRST)
