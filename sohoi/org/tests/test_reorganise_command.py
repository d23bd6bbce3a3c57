"""`sohoi reorganise`: what it prints, and how it ends."""

import json

import pytest
from django.core.management import CommandError, call_command

from sohoi.org.models import Reorganisation
from sohoi.org.plan import HEADER

SPLIT = (
    "found,,40001,Xã Mới,commune,96",
    "found,,40002,Xã Khác,commune,96",
    "split,32100,40001",
    "split,32100,40002",
    "move,32100-01,,,,40001",
    "move,32100-02,,,,40002",
    "merge,32101,40002",
    "close,970",
    "rename,971,,Huyện Tên Mới",
)


@pytest.fixture
def run(tmp_path, capsys):
    """`run(*lines, "--apply")` gives (exit code, stdout, stderr)."""

    def call(*words: str, on: str = "2025-07-01") -> tuple[int, str, str]:
        path = tmp_path / "plan.csv"
        lines = [word for word in words if not word.startswith("--")]
        path.write_text("\n".join([",".join(HEADER), *lines]), encoding="utf-8")
        options = [word for word in words if word.startswith("--")]
        code, said = 0, ""
        try:
            call_command("reorganise", str(path), "--on", on, *options)
        except CommandError as error:
            code, said = error.returncode, str(error)
        out, err = capsys.readouterr()
        return code, out, err + said

    return call


def test_the_preview_says_what_would_be_and_changes_nothing(cast, run):
    code, out, err = run(*SPLIT)
    assert code == 0
    for text in (
        "Xã Tân Đức (32100) → Xã Mới (40001), Xã Khác (40002)",
        "Huyện Năm Căn (971) → Huyện Tên Mới (971)",
        "Chi hội ấp 10 (32100-02) từ Xã Tân Đức (32100) về Xã Khác (40002)",
        "la – Cán bộ Hội cấp huyện → hết hiệu lực",
        "Huyện: 3 → 2",
    ):
        assert text in out
    assert "--apply" in err
    assert not Reorganisation.objects.exists()


def test_the_same_as_json(cast, run):
    code, out, _err = run(*SPLIT, "--json", on="1/7/2025")
    said = json.loads(out)
    assert code == 0
    assert said["on"] == "2025-07-01"
    assert said["split"] == [{"from": "32100", "to": ["40001", "40002"], "undivided": 0}]
    assert said["merged"] == [{"from": "32101", "to": ["40002"]}]
    assert said["closed"] == ["970"]
    assert said["renamed"] == [{"code": "971", "to_code": "971", "name": "Huyện Tên Mới"}]
    assert {"code": "32100-01", "parent": "40001"} in said["moved"]
    assert said["counts"]["district"] == {"before": 3, "after": 2}
    assert {one["unit"] for one in said["touched"]} == {"32100", "970"}
    assert (said["faults"], said["applied"]) == ([], False)


def test_applied_once(cast, run):
    assert run(*SPLIT, "--apply", "--title=Nghị quyết")[0] == 0
    assert Reorganisation.objects.get().title == "Nghị quyết"
    code, out, err = run(*SPLIT, "--apply")
    assert (code, "đã được áp dụng" in out, "chưa có gì thay đổi" in err) == (1, True, True)


def test_a_plan_with_faults_is_a_finding(cast, run):
    code, out, _err = run("close,32100", "--apply", "--json")
    said = json.loads(out)
    assert code == 1
    (fault,) = said["faults"]
    assert (fault["row"], fault["unit"]) == (2, "32100")
    assert "32100-01, 32100-02" in fault["reason"]
    assert (said["applied"], said["closed"]) == (False, [])


def test_bad_use(cast, run, tmp_path):
    assert run(*SPLIT, on="31/2/2025")[0] == 2
    assert run(*SPLIT, f"--title={'x' * 201}")[0] == 2
    with pytest.raises(CommandError) as caught:
        call_command("reorganise", str(tmp_path / "none.csv"), "--on", "2025-07-01")
    assert caught.value.returncode == 2
