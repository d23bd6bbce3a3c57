"""Where a reorganisation or a day makes one figure look like two, every door says the same."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.asking.queries import ask
from sohoi.figures.definitions.trial import try_out
from sohoi.kit.rooms import record_kinds
from sohoi.org.models import today
from sohoi.org.plan import HEADER
from sohoi.org.reorganising import reorganise
from tests.subject import ROOMS, specimen_of
from tests.truth import readers
from tests.truth.readers import LOST, Address

KEY = "probe.begun"
SPLIT = (
    *("found,,a,Xã A,commune,970", "found,,b,Xã B,commune,970"),
    *("split,32100,a", "split,32100,b", "move,32100-01,,,,a", "move,32100-02,,,,b"),
)


def plan(on: date, *lines: str) -> None:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    reorganise(content=content, on=on, title="Sắp xếp", by=None)


def begin(cast, unit, day: date) -> None:
    Appointment.objects.create(user=cast.hanh, role=roles.BRANCH_HEAD, unit=unit, valid_from=day)


def shown(annex: readers.Cells) -> dict[str, str]:
    """The row of the figure, by the heads of the annex."""
    return {head: text for (head, title), text in annex.items() if title == "begun"}


@pytest.fixture
def split(probe):
    """The commune counted one itself, its hamlet one; later it is split in two."""
    for unit in (probe.units.commune, probe.units.hamlet):
        begin(probe, unit, date(2023, 2, 1))
    plan(date(2025, 7, 1), *SPLIT)
    return probe


def test_what_lies_ahead_is_in_no_figure_of_a_running_period(probe, sign_in):
    """Neither the record of a coming day nor the place a hamlet will have."""
    ahead, period = today() + timedelta(days=20), str(today().year)
    for day in (today(), ahead):
        begin(probe, probe.units.hamlet, day)
    plan(ahead, "move,32100-01,,,,32101")
    client, asked = sign_in(probe.thu), Address("970", period, "", "")
    expected = {"970": 1, "32100": 1, "32101": 0}
    assert readers.board(client, asked)["970", KEY]["value"] == 1
    command = readers.command(asked, [KEY])
    assert {code: row["value"] for (code, _key), row in command.items()} == expected
    rows = readers.comma_separated(client, asked, [KEY])
    told = {code: row["value"] for (code, _key, of), row in rows.items() if of == period}
    assert told == expected
    book = readers.workbook(client, asked, KEY)
    assert {"970": 1} | {code: value for code, (value, _counts) in book.items()} == expected
    annex = {"Tổng số": "1", "Tân Đức": "1", "Tạ An Khương": "0"}
    assert shown(readers.annex(client, asked)) == shown(readers.written_annex(asked)) == annex


@pytest.mark.parametrize(
    ("tree", "columns"),
    [
        ("then", {"Tổng số": "2", "Tân Đức": "2", "Tạ An Khương": "0"}),
        ("now", {"Tổng số": "2", "A": LOST, "B": LOST, "Tạ An Khương": "0"}),
    ],
)
def test_the_command_writes_the_annex_in_the_tree_it_is_asked_for(split, sign_in, tree, columns):
    asked = Address("970", "2023-H1", "", tree)
    assert shown(readers.written_annex(asked)) == columns
    assert shown(readers.annex(sign_in(split.thu), asked)) == columns


def test_what_cannot_be_compared_is_said_in_these_words_at_every_door(split, sign_in):
    """It is neither a dash nor something nobody reported."""
    client, asked = sign_in(split.thu), Address("a", "2023-H1", "", "now")
    assert readers.board(client, asked)["a", KEY]["value"] == LOST
    assert shown(readers.annex(client, asked))["Tổng số"] == LOST
    assert shown(readers.written_annex(asked))["Tổng số"] == LOST
    page = client.get(f"/bao-cao/van-ban/annex/?{asked.query}", follow=True)
    (note,) = [note for note in page.context["notes"] if "begun" in note.text]
    assert (note.title, "không chia được" in note.text) == ("Không so sánh được", True)
    assert "Chưa có số liệu" not in page.content.decode()


@pytest.mark.rooms
@pytest.mark.parametrize("room", ROOMS)
def test_an_amount_that_a_split_does_not_divide_is_not_tried_out(cast, room):
    """Of records that have amounts: one of the commune itself, one of another."""
    one = specimen_of(room)
    for unit in (cast.units.commune, cast.units.commune_2):
        record = one.make(unit, until=one.steps[-1].state)
        for model in one.rows:
            one.add(record, model)
    plan(date(2025, 7, 1), *SPLIT)
    kinds = [kind for kind in record_kinds().values() if kind.model is one.model and kind.amounts]
    for kind in kinds:
        day, amount = kind.days[0], next(iter(kind.amounts))
        totals = one.model.objects.aggregate(Sum(amount))
        count = {"key": "tinh.x", "title_vi": "X", "section": "movement", "source": "count"}
        count |= {"kind": "flow", "record_kind": kind.key, "conditions": []}
        count |= {"date_column": day, "amount_column": amount}
        period = str(getattr(record, day).year)
        tried = {code: try_out(ask(code, period, tree="now"), **count) for code in ("a", "970")}
        seen = {code: (trial.value, trial.comparable) for code, trial in tried.items()}
        assert seen == {"a": (None, False), "970": (totals[f"{amount}__sum"], True)}
        assert seen["970"][0]
