"""What several do at once to lots, sums and their recount, in the order in which it went wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from sohoi.accounts.models import Appointment, User
from sohoi.accounts.roles import BRANCH_HEAD
from sohoi.figures.definitions.actions import add_indicator
from sohoi.figures.engine import queries as sums
from sohoi.figures.engine.fold import fold
from sohoi.figures.engine.recount import recount
from sohoi.figures.engine.triggers import install
from sohoi.figures.models import Delta
from sohoi.figures.tests.conftest import ROOM
from sohoi.kit import rooms
from sohoi.org import lots
from sohoi.org.actions import end_unit, found_unit
from sohoi.org.models import Unit, UnitVersion
from sohoi.org.plan import HEADER
from sohoi.org.reorganising import reorganise
from tests import databases
from tests.test_races import meanwhile, own_database

pytestmark = pytest.mark.slow


@contextmanager
def _book(room: rooms.Room, blocker) -> Iterator[SimpleNamespace]:
    """A commune without a record so far; all that the room counts is folded and committed."""
    with own_database(databases.CAST, blocker):
        rooms.register(room)
        try:
            install()
            thu = User.objects.get(username="thu")
            yield SimpleNamespace(commune=UnitVersion.objects.get(code="32101").unit, thu=thu)
        finally:
            rooms.unregister(room.key)


@pytest.fixture
def book(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    with _book(ROOM, django_db_blocker) as it:
        yield it


@pytest.fixture
def uncounted(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The commune has a record, but of a kind that nothing counts yet."""
    with _book(replace(ROOM, indicators=()), django_db_blocker) as it:
        _write(it.commune)
        yield it


def _write(unit: Unit) -> None:
    user = User.objects.get(username="hanh")
    Appointment.objects.create(user=user, role=BRANCH_HEAD, unit=unit, valid_from=date(2023, 2, 1))


def _write_and_fold(unit: Unit) -> None:
    _write(unit)
    fold()


def _move() -> None:
    content = "\n".join([",".join(HEADER), "move,32101,,,,971"]).encode()
    reorganise(content=content, on=date(2023, 3, 1), title="Chuyển xã", by=None)


def _define(by: User) -> None:
    add_indicator(
        key="tinh.heads",
        title_vi="Chi hội trưởng",
        section="movement",
        source="count",
        record_kind="probe.appointment",
        kind="flow",
        date_column="valid_from",
        by=by,
    )


def elsewhere(act: Callable[[], object]) -> None:
    """Another acts and has committed."""
    assert meanwhile(act, lambda: None) is None


def _is_counted() -> None:
    """In sums that were folded, and as the records say."""
    fold()
    assert not Delta.objects.exists()
    cells, differences = recount()
    assert cells
    assert differences == []


def test_a_first_record_folded_while_its_unit_moves_counts_where_the_unit_went(book):
    assert meanwhile(lambda: _write_and_fold(book.commune), _move) is None
    _is_counted()


def test_what_is_defined_while_a_unit_moves_counts_where_the_unit_went(uncounted):
    assert meanwhile(lambda: _define(uncounted.thu), _move) is None
    _is_counted()


def test_a_unit_that_moves_while_an_indicator_is_defined_takes_its_count_along(uncounted):
    assert meanwhile(_move, lambda: _define(uncounted.thu)) is None
    _is_counted()


def test_a_unit_that_ends_while_another_is_founded_below_it_leaves_no_lot_stale(book):
    got = meanwhile(
        lambda: end_unit(unit=book.commune, on=date(2024, 1, 1), by=None),
        lambda: found_unit(
            name="Chi hội ấp Mới",
            kind="branch",
            code="32101-01",
            parent=book.commune,
            valid_from=date(2023, 1, 1),
            by=None,
            invented=True,
        ),
    )
    assert got is None
    with transaction.atomic():
        assert lots.refresh() == 0


def test_a_table_is_not_emptied_by_whoever_sees_an_older_moment(book):
    """What others committed since would be left in the sums of no record."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT FROM accounts_appointment")
        elsewhere(lambda: _write(book.commune))
        with pytest.raises(DatabaseError, match="read committed"), transaction.atomic():
            cursor.execute("TRUNCATE accounts_appointment")
    _is_counted()


def test_all_is_counted_again_as_of_one_moment(book, monkeypatch):
    """Another writes and folds after the sums were read and before the records are."""
    read = sums.counted

    def read_and_overtaken(*asked, **more):
        answers = read(*asked, **more)
        elsewhere(lambda: _write_and_fold(book.commune))
        return answers

    _write_and_fold(book.commune)
    before = Appointment.objects.count()
    monkeypatch.setattr(sums, "counted", read_and_overtaken)
    assert recount()[1] == []
    assert Appointment.objects.count() > before
