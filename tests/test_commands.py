"""The command line is a contract: what each command prints where, and how it ends."""

import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document

from sohoi.accounts.models import User
from sohoi.config import launcher
from sohoi.figures.definitions.actions import load_definitions
from sohoi.figures.engine.actions import Declaration, accept_statement
from sohoi.kit import rooms
from sohoi.org import lots
from sohoi.org.actions import end_unit
from sohoi.org.choices import SuccessionKind
from sohoi.org.models import Installation, Succession, Unit, today

PROVINCE = ("--unit", "96", "--period", "2023-H1")
KEY = "savings.raised_vnd"
FILES = {"review": {"docx", "pdf"}, "annex": {"docx", "pdf"}, "article": {"docx", "txt"}}
SHAPE = {
    "indicator": str,
    "title": str,
    "unit": str,
    "unit_name": str,
    "period": str,
    "kind": str,
    "value": int,
    "measure": str,
    "basis": str,
    "coverage": dict,
    "as_at": str,
}
DEAD = "postgresql://hoi:matkhau@127.0.0.1:1/sohoi"


@pytest.fixture
def declared(cast):
    """415 million đồng and 4.5 chỉ of gold, declared by hanh's commune and accepted."""
    load_definitions(by=None)
    values = {KEY: 415_000_000, "savings.gold_chi": 4500, "savings.gold_groups": 1}
    now = timezone.now()
    accept_statement(
        unit=cast.units.commune,
        period="2023-H1",
        asked=values,
        values={key: Declaration(value, cast.hanh, now) for key, value in values.items()},
        by=cast.thu,
    )


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


@pytest.mark.parametrize("name", launcher.COMMANDS)
def test_every_command_explains_itself(sohoi, name):
    answer = sohoi(name, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert name in answer.out


@pytest.mark.slow
def test_the_console_command_is_the_module():
    command = Path(sys.executable).with_name("sohoi")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert [name for name in launcher.COMMANDS if f"\n  {name} " not in done.stdout] == []


class TestFigures:
    def test_each_is_an_object_of_the_promised_shape(self, sohoi, declared):
        answer = sohoi("figures", *PROVINCE, "--indicator", KEY, "--json")
        (row,) = json.loads(answer.out)
        assert (answer.code, answer.err) == (0, "")
        assert {key: type(value) for key, value in row.items()} == SHAPE
        assert row | {"title": "", "as_at": ""} == {
            "indicator": KEY,
            "title": "",
            "unit": "96",
            "unit_name": "Tỉnh Cà Mau",
            "period": "2023-H1",
            "kind": "stock",
            "value": 415_000_000,
            "measure": "VND",
            "basis": "declared",
            "coverage": {"reported": 1, "expected": 3},
            "as_at": "",
        }
        assert datetime.fromisoformat(row["as_at"]).tzinfo

    def test_without_keys_every_indicator_is_told(self, sohoi, declared):
        rows = json.loads(sohoi("figures", *PROVINCE, "--json").out)
        keys = [row["indicator"] for row in rows]
        assert {KEY, "poverty.poor", "directives.breakthroughs"} <= set(keys)
        assert len(keys) == len(set(keys)) >= 18
        silent = next(row for row in rows if row["indicator"] == "poverty.poor")
        # Nobody has reported: not zero.
        assert (silent["value"], silent["as_at"]) == (None, None)

    def test_a_part_of_a_chi_is_a_number(self, sohoi, declared):
        answer = sohoi("figures", *PROVINCE, "--indicator", "savings.gold_chi", "--json")
        assert [(row["value"], row["measure"]) for row in json.loads(answer.out)] == [(4.5, "chỉ")]

    def test_the_units_below_follow(self, sohoi, declared):
        answer = sohoi("figures", *PROVINCE, "--by", "children", "--indicator", KEY, "--json")
        values = {row["unit_name"]: row["value"] for row in json.loads(answer.out)}
        assert values == {
            "Tỉnh Cà Mau": 415_000_000,
            "Huyện Đầm Dơi": 415_000_000,
            "Huyện Năm Căn": None,
        }

    def test_several_indicators_come_in_the_order_asked(self, sohoi, declared):
        wanted = ["savings.gold_chi", KEY]
        asked = [part for key in wanted for part in ("--indicator", key)]
        rows = json.loads(sohoi("figures", *PROVINCE, *asked, "--json").out)
        assert [row["indicator"] for row in rows] == wanted

    def test_a_person_reads_a_table(self, sohoi, declared):
        answer = sohoi("figures", *PROVINCE, "--indicator", KEY)
        assert answer.code == 0
        assert "415 triệu đồng" in " ".join(answer.out.split())

    @pytest.mark.parametrize(
        "period", ["2023-M06", "2023-Q2", "2023-H1", "2023-9M", "2023", "term:2021-2026"]
    )
    def test_every_period_of_the_contract_is_understood(self, sohoi, declared, period):
        answer = sohoi("figures", "--unit", "96", "--period", period, "--json")
        assert answer.code == 0
        assert {row["period"] for row in json.loads(answer.out)} == {period}

    def test_the_tree_of_today_is_the_tree_of_then_until_units_are_rearranged(
        self, sohoi, declared, cast
    ):
        asked = ("figures", *PROVINCE, "--indicator", KEY, "--json")
        then, now = (sohoi(*asked, "--tree", tree) for tree in ("then", "now"))
        assert (now.code, now.out) == (0, then.out)

        end_unit(unit=cast.units.commune, on=date(2025, 7, 1), by=None)
        Succession.objects.create(
            predecessor=cast.units.commune,
            successor=cast.units.commune_2,
            kind=SuccessionKind.MERGED,
            on=date(2025, 7, 1),
        )
        lots.refresh([cast.units.commune.pk])
        asked = ("figures", "--unit", "32101", *PROVINCE[2:], "--indicator", KEY, "--json")
        then, now = (json.loads(sohoi(*asked, "--tree", tree).out) for tree in ("then", "now"))
        assert then[0]["value"] is None
        assert now[0]["value"] == 415_000_000


def test_evidence_tells_what_is_behind_a_figure(sohoi, declared):
    answer = sohoi("evidence", *PROVINCE, "--indicator", KEY, "--json")
    found = json.loads(answer.out)
    assert (answer.code, [*found], found["total"]) == (0, ["total", "records"], 1)
    (record,) = found["records"]
    assert [*record] == ["id", "label", "unit", "date", "amount"]
    assert (record["unit"], record["amount"]) == ("Xã Tân Đức", 415_000_000)
    assert date.fromisoformat(record["date"]) == timezone.localdate()
    plain = sohoi("evidence", *PROVINCE, "--indicator", KEY)
    assert "Xã Tân Đức" in plain.out
    assert "1 hồ sơ" in plain.err


COMMANDS = {
    "figures": (),
    "evidence": ("--indicator", KEY),
    "report": ("--kind", "review", "--out", "never"),
}
AHEAD = today().year + 4
WRONG = {
    "unit": (("--unit", "zz", "--period", "2023-H1"), "“zz”"),
    "near unit": (("--unit", "960", "--period", "2023-H1"), "96 (Tỉnh Cà Mau)"),
    "unit of another time": (
        ("--unit", "96", "--period", "1990"),
        "Ngày 31/12/1990 không có Tỉnh Cà Mau (mã 96)",
    ),
    "period": (("--unit", "96", "--period", "2023-H9"), "2023-H1"),
    "period in words": (("--unit", "96", "--period", "quý hai"), "2023-Q2"),
    "date": ((*PROVINCE, "--on", "31/02/2023"), "31/02/2023"),
    "day outside": ((*PROVINCE, "--on", "1/7/2023"), "từ 1/1/2023 đến 30/6/2023"),
    "period ahead": (("--unit", "96", "--period", f"{AHEAD}-H1"), "chưa bắt đầu"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_argument_is_answered_with_what_is_right(
    sohoi, declared, tmp_path, monkeypatch, command, wrong
):
    monkeypatch.chdir(tmp_path)
    arguments, said = WRONG[wrong]
    answer = sohoi(command, *arguments, *COMMANDS[command])
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("command", ["figures", "evidence"])
def test_an_unknown_indicator_is_answered_with_the_nearest(sohoi, declared, command):
    answer = sohoi(command, *PROVINCE, "--indicator", "saving.raised", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert KEY in answer.err


def test_a_missing_argument_is_bad_use(sohoi, declared):
    answer = sohoi("figures", "--period", "2023-H1")
    assert (answer.code, answer.out) == (2, "")
    assert "--unit" in answer.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_without_units_says_how_to_begin(sohoi, db, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    answer = sohoi(command, *PROVINCE, *COMMANDS[command])
    assert (answer.code, answer.out) == (2, "")
    assert "make demo" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("command", [("figures", *PROVINCE, "--json"), ("demo", "--no-serve")])
def test_a_database_that_is_down_is_told_without_a_traceback(command):
    done = subprocess.run(
        [sys.executable, "-m", "sohoi", *command],
        env={**os.environ, "DATABASE_URL": DEAD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "matkhau" not in done.stderr


class TestReport:
    @pytest.fixture
    def report(self, sohoi, declared) -> Callable:
        return lambda kind, out: sohoi("report", *PROVINCE, "--kind", kind, "--out", out)

    @pytest.mark.parametrize("kind", FILES)
    def test_the_files_of_a_kind_are_written_and_named(self, report, tmp_path, kind):
        folder = tmp_path / "năm" / "2023"
        answer = report(kind, folder)
        names = {f"{kind}-96-2023-H1.{form}" for form in FILES[kind]}
        assert answer.code == 0
        assert {path.name for path in folder.iterdir()} == names
        assert {Path(line).name for line in answer.out.splitlines()} == names
        assert Document(folder / f"{kind}-96-2023-H1.docx").paragraphs
        heads = {path.suffix: path.read_bytes()[:4] for path in folder.iterdir()}
        assert heads.get(".pdf", b"%PDF") == b"%PDF"

    @pytest.mark.parametrize("out", ["file", "file/below"])
    def test_where_no_folder_can_be_nothing_is_written(self, report, tmp_path, out):
        (tmp_path / "file").write_text("giữ nguyên")
        answer = report("review", tmp_path / out)
        assert (answer.code, answer.out) == (2, "")
        assert "--out" in answer.err
        assert [path.name for path in tmp_path.iterdir()] == ["file"]
        assert (tmp_path / "file").read_text() == "giữ nguyên"

    def test_a_full_disk_leaves_what_was_there(self, report, tmp_path):
        assert report("article", tmp_path).code == 0
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            answer = report("article", tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert (answer.code, answer.out) == (2, "")
        assert "--out" in answer.err
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    def test_an_unknown_kind_is_bad_use(self, report, tmp_path):
        answer = report("poem", tmp_path)
        assert (answer.code, answer.out) == (2, "")
        assert "review" in answer.err


def test_recount_prints_one_json_value(sohoi, declared):
    answer = sohoi("recount", "--json")
    found = json.loads(answer.out)
    assert answer.code == 0
    assert {key: type(value) for key, value in found.items()} == {"cells": int, "differences": list}


def test_check_finds_what_to_do_and_says_so(sohoi, declared):
    answer = sohoi("check", "--json")
    rows = json.loads(answer.out)
    assert [*rows[0]] == ["name", "ok", "text"]
    assert {row["name"] for row in rows} >= {"database", "migrations", "units", "figures"}
    # The tests run with the demo's secret key, which real data must not have.
    wrong = [row for row in rows if row["name"] == "secret key"]
    assert (answer.code, wrong[0]["ok"]) == (1, False)
    assert "SOHOI_SECRET_KEY" in wrong[0]["text"]
    assert "secret key" in answer.err


def test_check_says_when_what_pages_fetch_is_not_there(sohoi, declared, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    rows = json.loads(sohoi("check", "--json").out)
    (found,) = [row for row in rows if row["name"] == "static files"]
    assert not found["ok"]
    assert str(tmp_path) in found["text"]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_is_done(sohoi, db, taken_port, command):
    answer = sohoi(command, "--port", taken_port)
    assert (answer.code, answer.out) == (2, "")
    assert f"--port {taken_port + 1}" in answer.err
    assert not Unit.objects.exists()


def test_the_demo_is_never_loaded_beside_real_data(sohoi, cast):
    units, users = Unit.objects.count(), User.objects.count()
    answer = sohoi("demo", "--no-serve")
    assert (answer.code, answer.out) == (2, "")
    assert "DATABASE_URL" in answer.err
    assert (Unit.objects.count(), User.objects.count()) == (units, users)
    assert not Installation.here().demo


@pytest.mark.slow
def test_an_interrupted_demo_leaves_nothing_and_can_be_begun_again(sohoi, db):
    reached = []

    def demo(stage) -> None:
        assert User.objects.exists()
        reached.append(Unit.objects.count())
        raise KeyboardInterrupt

    rooms.register(rooms.Room(key="aaa", title="Phòng thử", path="thu", demo=demo))
    try:
        for times in (1, 2):
            assert sohoi("demo", "--no-serve").code == 130
            assert len(reached) == times
            assert not Unit.objects.exists()
            assert not User.objects.exists()
            assert not Installation.objects.exists()
    finally:
        rooms.unregister("aaa")
    assert min(reached) > 1000
