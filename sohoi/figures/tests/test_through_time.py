"""What plans do to figures of then and of now, case by case; any life of them is tried in
`tests/test_truth.py`."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.asking.queries import ask
from sohoi.figures.definitions.trial import try_out
from sohoi.figures.engine.recount import recount
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_by_code
from sohoi.org.reorganising import reorganise

H1 = parse_period("2023-H1")


@pytest.fixture
def divided(probe):
    """A commune with a record of its own and one of a hamlet, split in two."""
    for unit in (probe.units.commune, probe.units.hamlet):
        Appointment.objects.create(
            user=probe.lan, role=roles.BRANCH_HEAD, unit=unit, valid_from=date(2023, 2, 1)
        )
    lines = (
        ",".join(HEADER),
        "found,,a,Xã A,commune,970",
        "found,,b,Xã B,commune,970",
        "split,32100,a",
        "split,32100,b",
        "move,32100-01,,,,a",
        "move,32100-02,,,,b",
    )
    on = date(2025, 7, 1)
    reorganise(content="\n".join(lines).encode(), on=on, title="Tách", by=None)
    return probe


def test_what_a_split_unit_counted_itself_is_not_divided(divided):
    def seen(code: str):
        (figure,) = figures(
            unit=place_by_code(code).id, period=H1, keys=["probe.begun"], tree="now"
        )
        return figure.value, figure.comparable

    assert seen("a") == (None, False)
    assert seen("b") == (None, False)
    assert seen("970") == (2, True)
    Appointment.objects.filter(unit=divided.units.commune, valid_from=date(2023, 2, 1)).delete()
    assert seen("a") == (1, True)
    assert seen("b") == (0, True)


HELD = {"date_column": "", "since_column": "valid_from", "until_column": "valid_to"}


@pytest.mark.parametrize(
    ("kind", "columns", "whole"),
    [("flow", {}, 2), ("stock", HELD, 5), ("distinct", {"who_column": "user"}, 1)],
)
def test_what_cannot_be_compared_is_not_tried_out_either(divided, kind, columns, whole):
    count = {"key": "tinh.x", "title_vi": "X", "section": "movement", "source": "count"}
    count |= {"kind": kind, "record_kind": "probe.appointment", "date_column": "valid_from"}
    count |= {"conditions": []} | columns
    tried = {code: try_out(ask(code, H1, tree="now"), **count) for code in ("a", "b", "970")}
    seen = {code: (trial.value, trial.comparable) for code, trial in tried.items()}
    assert seen == {"a": (None, False), "b": (None, False), "970": (whole, True)}


def test_the_page_of_a_trial_says_that_it_cannot_be_compared(divided, sign_in):
    asked = "?nguon=count:probe.appointment&don_vi=a&ky=2023-H1&cay=now"
    typed = {"title_vi": "X", "section": "movement", "kind": "flow", "date_column": "valid_from"}
    typed |= {"rounding_mode": "exact", "rounding_word": "hơn", "xem-thu": "1"}
    answer = sign_in(divided.thu).post(reverse("figures:definition_add") + asked, typed)
    said = "không so sánh được, vì có đơn vị cũ đã tách ra"
    assert answer.context["trial"]["text"] == said
    assert said in answer.content.decode()


def plan(on: date, *lines: str) -> None:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    reorganise(content=content, on=on, title=f"{on}", by=None)


def begun(cast, unit, on: date) -> Appointment:
    return Appointment.objects.create(
        user=cast.lan, role=roles.BRANCH_HEAD, unit_id=unit, valid_from=on
    )


def seen(code: str, *, day: date | None = None, tree: str = "now", period=H1):
    unit = place_by_code(code, on=day).id
    (figure,) = figures(unit=unit, period=period, keys=["probe.begun"], tree=tree)
    return figure.value, figure.comparable


def test_a_later_merger_does_not_read_an_earlier_one_anew(probe):
    """What counts for the time before a unit existed was decided on its first day."""
    plan(date(2023, 7, 1), "found,,c,Xã C,commune,970", "merge,32100,c")
    late = begun(probe, place_by_code("c", on=date(2023, 7, 1)).id, date(2023, 5, 15))
    before = {
        code: seen(code, day=date(2023, 6, 1), tree="then") for code in ("970", "971", "32100")
    }
    assert before == {"970": (1, True), "971": (0, True), "32100": (1, True)}
    plan(date(2024, 1, 1), "merge,32200,c")
    after = {code: seen(code, day=date(2023, 6, 1), tree="then") for code in before}
    assert after == before
    assert recount()[1] == []
    late.delete()
    assert seen("970", day=date(2023, 6, 1), tree="then") == (0, True)


@pytest.mark.parametrize("at_once", [True, False])
def test_what_was_closed_below_a_split_unit_is_not_divided_either(probe, at_once):
    begun(probe, probe.units.hamlet.pk, date(2023, 2, 1))
    close = ("close,32100-01",)
    split = (
        *("found,,a,Xã A,commune,970", "found,,b,Xã B,commune,970"),
        *("split,32100,a", "split,32100,b", "move,32100-02,,,,b"),
    )
    if at_once:
        plan(date(2025, 7, 1), *close, *split)
    else:
        plan(date(2024, 7, 1), *close)
        plan(date(2025, 7, 1), *split)
    assert [seen(code) for code in ("a", "b", "970")] == [(None, False), (None, False), (1, True)]
    assert seen("32100", day=date(2023, 6, 1), tree="then") == (1, True)


def test_a_split_of_what_came_out_of_a_split_is_told_of_both(probe):
    begun(probe, probe.units.commune.pk, date(2023, 2, 1))
    plan(
        date(2024, 7, 1),
        *("found,,c,Xã C,commune,970", "found,,d,Xã D,commune,970"),
        *("split,32100,c", "split,32100,d", "move,32100-01,,,,c", "move,32100-02,,,,d"),
    )
    plan(
        date(2025, 7, 1),
        *("found,,e,Xã E,commune,970", "found,,f,Xã F,commune,970"),
        *("split,c,e", "split,c,f", "move,32100-01,,,,e"),
    )
    assert {seen(code) for code in "def"} == {(None, False)}
    assert seen("970") == (1, True)
    assert recount()[1] == []


def test_what_merges_only_later_is_not_missed_before(probe):
    """The split is dated back to a day on which the other commune stood by itself."""
    record = begun(probe, probe.units.ward.pk, date(2023, 2, 1))
    # It would go on with the follower.
    Appointment.objects.filter(pk=record.pk).update(valid_to=date(2023, 3, 1))
    plan(date(2024, 9, 14), "merge,32200,32101")
    plan(
        date(2023, 6, 16),
        *("found,,a,Xã A,commune,970", "found,,b,Xã B,commune,970"),
        *("split,32101,a", "split,32101,b"),
    )
    then = {code: seen(code, day=date(2023, 6, 30), tree="then") for code in ("a", "970", "971")}
    assert then == {"a": (0, True), "970": (0, True), "971": (1, True)}
    assert [seen(code) for code in ("a", "970")] == [(None, False), (1, True)]
