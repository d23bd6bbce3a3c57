"""The history: what is kept of each row, that it outlives the row, and that nobody changes it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, migrations, models, transaction

from sohoi.accounts.models import Appointment
from sohoi.accounts.roles import BRANCH_HEAD
from sohoi.audit import history, triggers
from sohoi.audit.actions import erase, writing
from sohoi.audit.history import keeps_history, kept_models
from sohoi.audit.models import Change, Entry
from sohoi.audit.queries import history_of, rows_of
from sohoi.org.models import UnitVersion


@pytest.fixture
def version(cast) -> UnitVersion:
    return UnitVersion.objects.get(unit=cast.units.hamlet)


def told(thing) -> list[tuple]:
    changes = Change.objects.filter(object_id=thing.pk).order_by("id")
    return [(c.what, c.before, c.after) for c in changes]


def run(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_new_row_leaves_what_it_says_and_an_update_the_columns_that_changed(version):
    UnitVersion.objects.filter(pk=version.pk).update(name="Chi hội mới", search_key="x")
    UnitVersion.objects.filter(pk=version.pk).update(name="Chi hội mới", sort_key="y")
    assert told(version) == [
        (
            "insert",
            None,
            {
                "parent_id": str(version.parent_id),
                "kind_id": "branch",
                "code": "32100-01",
                "name": "Chi hội ấp Tân Hoà",
                "valid_from": "2021-01-01",
            },
        ),
        ("update", {"name": "Chi hội ấp Tân Hoà"}, {"name": "Chi hội mới"}),
    ]


def test_a_row_that_goes_leaves_all_it_said(cast):
    end = date(2030, 1, 1)
    appointment = Appointment.objects.get(user=cast.lan)
    with writing(cast.thu, reason="Ghi nhầm"):
        Appointment.objects.filter(pk=appointment.pk).update(valid_to=end)
        Appointment.objects.filter(pk=appointment.pk).delete()
    last = Change.objects.get(object_id=appointment.pk, after__isnull=True)
    assert (last.actor_id, last.reason, last.parent_id) == (cast.thu.pk, "Ghi nhầm", cast.lan.pk)
    assert last.before == {
        "role": "branch_head",
        "unit_id": str(cast.units.hamlet.pk),
        "valid_from": "2021-01-01",
        "valid_to": "2030-01-01",
    }


def test_a_bulk_write_is_kept_row_by_row(cast):
    rows = [
        Appointment(user=cast.lan, role=BRANCH_HEAD, unit=cast.units.hamlet, valid_from=day)
        for day in (date(2001, 1, n) for n in range(1, 31))
    ]
    keys = [row.pk for row in rows]
    with writing(cast.quan):
        Appointment.objects.bulk_create(rows)
        Appointment.objects.filter(pk__in=keys).update(valid_to=date(2002, 1, 1))
    changes = Change.objects.filter(object_id__in=keys).order_by("id")
    assert {c.actor_id for c in changes} == {cast.quan.pk}
    assert [c.what for c in changes] == ["insert"] * 30 + ["update"] * 30
    assert {c.object_id for c in changes[30:]} == {*keys}


def test_the_rows_of_a_record_are_read_as_they_stood_after_each_writing(cast):
    appointment = Appointment.objects.get(user=cast.lan)
    Appointment.objects.filter(pk=appointment.pk).update(valid_to=date(2030, 1, 1))
    Appointment.objects.filter(pk=appointment.pk).delete()
    stood = [(row["unit_id"], row["valid_to"]) for _change, row in rows_of(cast.lan, Appointment)]
    assert stood == [(cast.units.hamlet.pk, None), (cast.units.hamlet.pk, date(2030, 1, 1))]


def test_a_frame_within_a_frame_gives_the_actor_back(cast, version):
    names = UnitVersion.objects.filter(pk=version.pk)
    names.update(name="a")
    with writing(cast.thu, reason="ngoài"):
        names.update(name="b")
        with writing(cast.mai, reason="trong"):
            names.update(name="c")
        names.update(name="d")
    names.update(name="e")
    changes = Change.objects.filter(object_id=version.pk).order_by("id")[1:]
    assert [(c.after["name"], c.actor_id, c.reason) for c in changes] == [
        ("a", None, ""),
        ("b", cast.thu.pk, "ngoài"),
        ("c", cast.mai.pk, "trong"),
        ("d", cast.thu.pk, "ngoài"),
        ("e", None, ""),
    ]


def test_a_table_that_is_emptied_keeps_its_history(cast):
    before = Change.objects.filter(kind="accounts.appointment").count()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("TRUNCATE accounts_appointment")
    assert not Appointment.objects.exists()
    assert (
        Change.objects.filter(kind="accounts.appointment").count() == before >= len(vars(cast)) - 1
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_change",
        "TRUNCATE audit_change",
        "UPDATE audit_change SET at = now() + interval '1 day'",
        "UPDATE audit_change SET actor_id = NULL WHERE actor_id IS NOT NULL",
        "UPDATE audit_change SET reason = 'khác'",
        """UPDATE audit_change SET after = after || '{"name": "khác"}'""",
        "UPDATE audit_change SET after = after - 'name'",
        """UPDATE audit_change SET after = after || '{"place": null}'""",
        "UPDATE audit_change SET before = '{}'",
    ],
)
def test_the_history_refuses_every_change(cast, version, sql):
    with writing(cast.thu):
        UnitVersion.objects.filter(pk=version.pk).update(name="Chi hội mới")
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)


def test_erasure_blanks_the_named_columns_of_one_thing_and_keeps_its_lines(cast, version):
    other = UnitVersion.objects.get(unit=cast.units.hamlet_2)
    for thing in (version, other):
        with writing(cast.thu, reason="Bà Mười đổi tên"):
            UnitVersion.objects.filter(pk=thing.pk).update(
                name="Chi hội bà Mười", code=f"M{thing.code}"
            )
    untouched = told(other)
    assert erase(thing=version, columns=["name", "latitude"], by=cast.mai) == 2
    _made, changed = told(version)
    assert changed == (
        "update",
        {"name": None, "code": "32100-01"},
        {"name": None, "code": "M32100-01"},
    )
    assert _made[2]["name"] is None
    assert told(other) == untouched
    assert "Bà Mười" not in {c.reason for c in Change.objects.filter(object_id=version.pk)}
    newest, oldest = history_of(version)
    assert newest["who"] == cast.thu.full_name
    assert {(c["field"], c["before"], c["after"]) for c in newest["changes"]} == {
        ("tên đơn vị", "", "đã xoá dữ liệu cá nhân"),
        ("mã", "32100-01", "M32100-01"),
    }
    entry = Entry.objects.latest("at")
    assert (entry.verb, entry.actor_id, entry.object_id) == ("audit.erase", cast.mai.pk, version.pk)


def test_who_may_only_add_to_the_history_can_neither_change_nor_erase_it(cast, version):
    role = f"probe_{uuid4().hex}"
    run(f"CREATE ROLE {role}")
    run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON org_unitversion TO {role}")
    run(f"GRANT SELECT, INSERT ON audit_change TO {role}")
    run(f"SET LOCAL ROLE {role}")
    UnitVersion.objects.filter(pk=version.pk).update(name="Chi hội mới")
    assert told(version)[-1] == (
        "update",
        {"name": "Chi hội ấp Tân Hoà"},
        {"name": "Chi hội mới"},
    )
    for sql in (
        "UPDATE audit_change SET after = NULL",
        "DELETE FROM audit_change",
        "TRUNCATE audit_change",
        f"SELECT audit_erase('org.unitversion', '{version.pk}', ARRAY['name'])",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            run(sql)
    run("RESET ROLE")


def test_triggers_go_with_the_declaration(cast, version, monkeypatch):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    kept = {k.kind: k for k in kept_models() if k.model is not UnitVersion}
    monkeypatch.setattr(history, "_kept", kept)
    assert triggers.install() == []
    UnitVersion.objects.filter(pk=version.pk).update(name="Chi hội mới")
    assert [what for what, *_values in told(version)] == ["insert"]


def test_a_migration_that_takes_a_column_away_is_not_stopped_by_the_trigger(cast, version):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    removal = migrations.Migration("0099_x", "org")
    removal.operations = [migrations.RemoveField("UnitVersion", "latitude")]
    triggers.set_aside([removal])
    assert triggers.missing() == ["org.unitversion"]
    run("ALTER TABLE org_unitversion DROP COLUMN latitude")
    run("UPDATE org_unitversion SET name = 'Chi hội mới'")


def test_a_declaration_that_could_not_be_kept_is_refused():
    class Numbered(models.Model):
        id = models.BigAutoField(primary_key=True)

        class Meta:
            app_label = "accounts"
            managed = False

        def __str__(self) -> str:
            return ""

    with pytest.raises(TypeError, match="UUID"):
        keeps_history()(Numbered)
    with pytest.raises(TypeError, match="no column home"):
        keeps_history(parent="home")(Appointment)
    with pytest.raises(TypeError, match="no column place"):
        keeps_history(without=("place",))(Appointment)


def test_every_kind_with_a_history_is_followed_on_its_table(db):
    assert len(kept_models()) >= 7
    assert triggers.missing() == []
    assert triggers.install() == []
