"""A database of the benchmarks' own, and one kind of record to write into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
from django.core.management import CommandError, call_command
from django.db import connection, models

from sohoi.accounts.roles import READERS
from sohoi.kit import rooms
from sohoi.kit.indicators import VND, Indicator, Kind, Measure, Records
from sohoi.kit.permissions import Permission
from sohoi.org.actions import load_units
from sohoi.org.models import Unit, UnitVersion

NAME = "sohoi_bench"
BEGUN = date(2021, 1, 1)
VISIT = Measure("lượt", "lượt")


class Visit(models.Model):
    """A plain record: a unit, a woman, two days and an amount. No history is kept of it, so that
    nothing but the engine stands between the load with it and the load without."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False)
    woman = models.UUIDField()
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    amount_vnd = models.BigIntegerField()

    class Meta:
        app_label = "config"
        db_table = "bench_visit"
        indexes = [models.Index(fields=["unit", "begun_on"], name="bench_visit_unit")]

    def __str__(self) -> str:
        return str(self.pk)


def indicator(key: str, kind: Kind, measure: Measure = VISIT, **columns) -> Indicator:
    source = Records(model=Visit, label="id", **columns)
    return Indicator(
        key=f"bench.{key}", title=key, kind=kind, measure=measure, source=source, section="movement"
    )


BEGUN_VISITS = indicator("begun", Kind.FLOW, at="begun_on")
AMOUNT = indicator("amount", Kind.FLOW, VND, at="begun_on", amount="amount_vnd")
OPEN_VISITS = indicator("open", Kind.STOCK, since="begun_on", until="ended_on")
WOMEN = indicator("women", Kind.DISTINCT, at="begun_on", who="woman")


@contextmanager
def scratch(*indicators: Indicator) -> Iterator[None]:
    """Work in an empty database beside the configured one; it is dropped at the end.

    Raises CommandError when the account may not create databases.
    """
    configured = connection.settings_dict["NAME"]
    connection.ensure_connection()
    address = connection.connection.info.dsn, connection.connection.info.password
    _administer(address, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME}")
    switch_to(NAME)
    register(*indicators)
    try:
        lay_tables(Visit)
        call_command("migrate", verbosity=0)
        yield
    finally:
        rooms.unregister("bench")
        switch_to(configured)
        _administer(address, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def lay_tables(*kinds: type[models.Model]) -> None:
    """The tables of records that no migration knows."""
    with connection.schema_editor() as editor:
        for kind in kinds:
            editor.create_model(kind)


def register(*indicators: Indicator) -> None:
    """The room whose records the benchmarks write."""
    permission = Permission(key="bench.view", sentence="xem hồ sơ để đo", roles=READERS)
    rooms.register(
        rooms.Room(
            key="bench",
            title="Đo tốc độ",
            path="do",
            permissions=(permission,),
            indicators=indicators,
        )
    )


def _administer(address: tuple[str, str], *statements: str) -> None:
    dsn, password = address
    try:
        with psycopg.connect(dsn, password=password or None, autocommit=True) as server:
            for statement in statements:
                server.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise CommandError(
            "Tài khoản cơ sở dữ liệu không được tạo cơ sở dữ liệu tạm để đo. "
            "Cấp quyền CREATEDB, hoặc bỏ DATABASE_URL để đo trên máy chủ kèm theo.",
            returncode=2,
        ) from error


def switch_to(name: str) -> None:
    """Work in another database of the same server."""
    connection.close()
    connection.settings_dict["NAME"] = name


def lay_units(provinces: int, communes: int, branches: int) -> dict[str, list]:
    """A centre and that many units of each kind below it. Returns their ids by kind."""
    rows = [_row("VN", "centre", "")]
    rows += [_row(f"P{n}", "province", "VN") for n in range(provinces)]
    rows += [_row(f"C{n}", "commune", f"P{n % provinces}") for n in range(communes)]
    rows += [_row(f"B{n}", "branch", f"C{n % communes}") for n in range(branches)]
    load_units(rows=rows, by=None)
    found: dict[str, list] = {}
    versions = UnitVersion.objects.order_by("code")
    for kind, unit in versions.values_list("kind_id", "unit_id"):
        found.setdefault(kind, []).append(unit)
    return found


def _row(code: str, kind: str, parent: str) -> dict[str, str]:
    return {
        "code": code,
        "name": f"Đơn vị {code}",
        "kind": kind,
        "parent_code": parent,
        "lat": "",
        "lon": "",
        "valid_from": BEGUN.isoformat(),
        "invented": "1",
    }
