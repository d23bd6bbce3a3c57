"""The trail can only be added to, and the history shows before and after."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from sohoi.accounts.actions import close_account
from sohoi.audit.actions import record, writing
from sohoi.audit.models import Entry
from sohoi.audit.queries import history_of
from sohoi.org.models import UnitVersion


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET verb = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_the_trail_refuses_every_change(cast, sql):
    assert Entry.objects.exists()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_act_says_who_did_what_to_which_id(cast):
    close_account(user=cast.xuan, reason="Thử.", by=cast.quan)
    entry = Entry.objects.latest("at")
    assert (entry.actor_id, entry.verb, entry.kind, entry.object_id) == (
        cast.quan.pk,
        "accounts.close",
        "accounts.user",
        cast.xuan.pk,
    )


def test_a_write_that_fails_leaves_no_entry(cast):
    def act() -> None:
        with writing(cast.thu):
            record(by=cast.thu, verb="x.y", thing=cast.units.commune)
            raise InterruptedError

    before = Entry.objects.count()
    with pytest.raises(InterruptedError):
        act()
    assert Entry.objects.count() == before


def test_history_shows_before_after_and_by_whom_also_for_a_bulk_write(cast):
    version = UnitVersion.objects.get(unit=cast.units.commune)
    with writing(cast.thu):
        UnitVersion.objects.filter(pk=version.pk).update(
            name="Xã Tân Đức Mới", valid_to=date(2030, 1, 1)
        )
    newest, oldest = history_of(version)
    assert newest["who"] == "Phạm Thị Thu"
    assert {(c["field"], c["before"], c["after"]) for c in newest["changes"]} == {
        ("tên đơn vị", "Xã Tân Đức", "Xã Tân Đức Mới"),
        ("đến trước ngày", "", "1/1/2030"),
    }
    assert oldest["changes"] == []


def test_history_names_the_units_a_record_moved_between(cast):
    version = UnitVersion.objects.get(unit=cast.units.commune)
    with writing(cast.thu):
        version.parent = cast.units.district_2
        version.save()
    (change,) = history_of(version)[0]["changes"]
    assert (change["before"], change["after"]) == ("Huyện Đầm Dơi", "Huyện Năm Căn")
