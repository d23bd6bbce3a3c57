"""What several do at once, as real processes and connections: nothing is lost, nothing is wrong."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from threading import Thread
from types import SimpleNamespace

import docx
import pytest
from django.db import connection, transaction

from sohoi.accounts.models import User
from sohoi.config.bench import races
from sohoi.config.bench.scratch import Visit, lay_tables
from sohoi.figures.asking.queries import ask
from sohoi.figures.definitions.actions import add_indicator, load_definitions
from sohoi.figures.models import Statement
from sohoi.kit.refusals import Refused
from sohoi.org import reorganising
from sohoi.org.models import UnitVersion
from sohoi.reports import actions, text_actions
from sohoi.reports.issuing import close_and_issue, file_of
from sohoi.reports.models import IssuedFile, Narrative, Return, Round
from sohoi.reports.queries import asked_of
from sohoi.reports.rules import Cell
from tests import databases

pytestmark = pytest.mark.slow

ROUNDS, SECONDS = 5, 0.6
MOST_ROUNDS = 4 * ROUNDS
# Long enough for the other to come to where it waits, were it to wait.
_A_WHILE = 0.4
DAYS = {"cut_off": date(2023, 6, 30), "due": date(2023, 7, 5)}


@contextmanager
def own_database(kind: str, blocker) -> Iterator[None]:
    """A copy in which everything is committed; it is dropped at the end."""
    stood_on = connection.settings_dict["NAME"]
    name = f"{databases.house()}_races_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with blocker.unblock():
        databases.copy(databases.made(kind), name)
        databases.lead_to(name)
        try:
            yield
        finally:
            connection.close()
            databases.lead_to(stood_on)
            databases.drop(name)


def test_writers_folds_plans_and_definitions_killed_at_random_leave_no_wrong_figure(
    django_db_setup, django_db_blocker
):
    with own_database(databases.EMPTY, django_db_blocker):
        lay_tables(Visit)
        races.lay_field()
        score = races.Score()
        for seed in range(MOST_ROUNDS):
            races.play(score, seed, SECONDS)
            acted = {part for part, acts in score.done.items() if acts}
            # On a busy machine the slowest of them is killed before it has done anything.
            if score.rounds >= ROUNDS and acted == {*races.RACERS}:
                break
    assert (score.faults, score.differences, score.stale) == ([], [], 0)
    assert score.clean == score.rounds >= ROUNDS
    assert score.kills >= ROUNDS
    assert acted == {*races.RACERS}


@pytest.fixture
def office(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """A round is open and two communes have sent their returns, all of it committed."""
    with own_database(databases.CAST, django_db_blocker):
        load_definitions(by=None)
        people = SimpleNamespace(**{user.username: user for user in User.objects.all()})
        people.province = UnitVersion.objects.get(code="96").unit
        people.asked = actions.open_round(
            unit=people.province, period="2023-H1", by=people.thu, **DAYS
        )
        for code in ("32100", "32101"):
            answer = people.asked.returns.get(unit__versions__code=code)
            cells = {i.key: Cell(0) for i in asked_of(answer)}
            saved = actions.save_return(
                answer=answer, version=answer.version, cells=cells, by=people.hanh
            )
            sent = actions.submit_return(answer=saved, version=saved.version, by=people.hanh)
            actions.check_return(answer=sent, by=people.la)
        yield people


def meanwhile(other: Callable[[], object], ours: Callable[[], object]) -> object:
    """We act and have not committed yet while another acts. What the other got, or its error."""
    got = []

    def act() -> None:
        try:
            got.append(other())
        except Exception as error:
            got.append(error)
        finally:
            connection.close()

    thread = Thread(target=act)
    with transaction.atomic():
        ours()
        thread.start()
        thread.join(_A_WHILE)
    thread.join()
    return got[0]


def _states(office) -> list[str]:
    return sorted(office.asked.returns.exclude(state="draft").values_list("state", flat=True))


def test_nothing_is_accepted_in_a_round_that_is_being_closed(office):
    answer = office.asked.returns.filter(state="checked").first()
    got = meanwhile(
        lambda: actions.accept_return(answer=answer, by=office.thu),
        lambda: actions.close_round(asked=office.asked, by=office.thu),
    )
    assert isinstance(got, Refused)
    assert "khoá" in str(got)
    assert _states(office) == ["checked", "checked"]
    assert not Statement.objects.exists()


def test_a_round_is_closed_after_what_is_being_accepted(office):
    first, second = office.asked.returns.filter(state="checked")
    got = meanwhile(
        lambda: actions.close_round(asked=office.asked, by=office.thu),
        lambda: actions.accept_return(answer=first, by=office.thu),
    )
    assert got is None
    assert not Round.objects.get().is_open
    assert (Return.objects.get(pk=first.pk).state, second.state) == ("accepted", "checked")


def test_what_goes_back_while_all_are_accepted_is_left_and_the_others_are_accepted(office):
    answer = office.asked.returns.filter(state="checked").first()
    got = meanwhile(
        lambda: actions.accept_checked(asked=office.asked, by=office.mai),
        lambda: actions.send_back(answer=answer, reason="Thiếu", by=office.thu),
    )
    assert got == 1
    assert _states(office) == ["accepted", "returned"]


def test_two_who_accept_all_at_once_accept_each_once(office):
    got = meanwhile(
        lambda: actions.accept_checked(asked=office.asked, by=office.mai),
        lambda: actions.accept_checked(asked=office.asked, by=office.thu),
    )
    assert got == 0
    assert _states(office) == ["accepted", "accepted"]
    assert Statement.objects.count() == 2


def test_writers_of_two_returns_do_not_wait_for_each_other(office):
    first, second = office.asked.returns.filter(state="checked")
    done = []
    meanwhile(
        lambda: done.append(actions.accept_return(answer=second, by=office.mai)),
        lambda: actions.accept_return(answer=first, by=office.thu),
    )
    assert len(done) == 1


def test_of_two_who_open_the_same_round_one_is_refused(office):
    def begin():
        return actions.open_round(unit=office.province, period="2023", by=office.thu, **DAYS)

    got = meanwhile(begin, begin)
    assert isinstance(got, Refused)
    assert got.field == "period"
    assert Round.objects.filter(period="2023").count() == 1


def test_of_two_who_begin_the_same_text_one_is_refused(office):
    text = {"unit": office.province, "period": "2023-H1", "kind": "review", "body": "A"}

    def write():
        return text_actions.write_narrative(version=0, by=office.thu, **text)

    got = meanwhile(write, write)
    assert isinstance(got, Refused)
    assert Narrative.objects.get().version == 1


def _given(office) -> IssuedFile:
    asked = {"question": office.asked.question, "kind": "article", "form": "docx"}
    return file_of(header="", by=office.mai, **asked)


def test_two_who_first_ask_for_a_file_get_the_one_that_was_issued(office):
    actions.close_round(asked=office.asked, by=office.thu)
    got = meanwhile(lambda: _given(office), lambda: _given(office))
    assert got == IssuedFile.objects.get()


def test_a_file_asked_for_while_its_round_is_being_opened_is_drawn_anew(office):
    actions.close_round(asked=office.asked, by=office.thu)
    got = meanwhile(
        lambda: _given(office),
        lambda: actions.reopen_round(asked=office.asked, reason="Sót", by=office.thu),
    )
    assert got.content
    assert not IssuedFile.objects.exists()


def test_a_text_being_written_is_in_the_file_of_the_round_being_closed(office):
    text = {"unit": office.province, "period": "2023-H1", "kind": "article", "version": 0}
    got = meanwhile(
        lambda: close_and_issue(asked=office.asked, by=office.thu),
        lambda: text_actions.write_narrative(body="Viết lúc khoá.", by=office.thu, **text),
    )
    assert got is None
    issued = IssuedFile.objects.get(kind="article", form="txt")
    assert "Viết lúc khoá." in bytes(issued.content).decode()


def test_a_text_written_while_its_round_is_being_closed_is_refused(office):
    text = {"unit": office.province, "period": "2023-H1", "kind": "article", "version": 0}
    got = meanwhile(
        lambda: text_actions.write_narrative(body="Muộn.", by=office.thu, **text),
        lambda: close_and_issue(asked=office.asked, by=office.thu),
    )
    assert isinstance(got, Refused)
    assert not Narrative.objects.exists()


def test_an_indicator_added_while_a_round_is_being_closed_does_not_begin_in_it(office):
    words = {"key": "tinh.moi", "title_vi": "Mới", "source": "declared", "section": "poverty"}
    words |= {"kind": "flow", "measure": "hộ", "tier": "commune", "valid_from": date(2023, 1, 1)}
    got = meanwhile(
        lambda: add_indicator(by=office.thu, **words),
        lambda: actions.close_round(asked=office.asked, by=office.thu),
    )
    assert isinstance(got, Refused)


def test_a_file_asked_for_as_its_round_was_closed_says_what_was_kept(office):
    question = ask("96", "2023-H1")
    actions.close_round(asked=office.asked, by=office.thu)
    plan = "verb,code,to_code,name,kind,parent_code\nrename,970,,Huyện Khác,,".encode()
    on = date(2023, 3, 1)
    reorganising.reorganise(content=plan, on=on, title="Đổi tên", by=None)
    asked = {"kind": "annex", "form": "docx", "header": "union", "by": office.mai}
    made = docx.Document(BytesIO(file_of(question=question, **asked).content))
    names = {cell.text for table in made.tables for cell in table.row_cells(0)}
    assert "Đầm Dơi" in names


def test_a_text_being_written_below_is_in_the_file_that_is_issued_first(office):
    commune = UnitVersion.objects.get(code="32100").unit
    text = {"unit": commune, "period": "2023-H1", "kind": "article", "version": 0}
    asked = {"kind": "article", "form": "txt", "header": "", "by": office.mai}

    def close_and_ask() -> IssuedFile:
        actions.close_round(asked=office.asked, by=office.thu)
        return file_of(question=ask("32100", "2023-H1"), **asked)

    made = meanwhile(
        close_and_ask,
        lambda: text_actions.write_narrative(body="Viết lúc khoá.", by=office.thu, **text),
    )
    assert "Viết lúc khoá." in made.content.decode()
