"""A reorganisation: what a plan does, and every fault for which it is refused whole."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sohoi.org import reorganising
from sohoi.org.actions import found_unit, load_units
from sohoi.org.models import LotMember, Reorganisation, Succession, Unit, UnitVersion
from sohoi.org.plan import HEADER
from sohoi.org.queries import children, is_under, place_by_code, place_of

DATA = Path(__file__).parents[1] / "data"
ON, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
FOUND = "found,,40001,Xã Mới,commune,96"
MERGE = "merge,32100,40001"
MERGE_2 = "merge,32101,40001"
CLOSE = "close,970"


def file_of(*lines: str, header: str = ",".join(HEADER)) -> bytes:
    return "\n".join([header, *lines]).encode()


def faults(*lines: str, on: date = ON) -> list[tuple[int | None, str]]:
    found = reorganising.preview(file_of(*lines), on).faults
    assert all(fault.text for fault in found)
    return [(fault.row, fault.code) for fault in found]


def apply(*lines: str, on: date = ON) -> Reorganisation:
    return reorganising.reorganise(content=file_of(*lines), on=on, title="Thử", by=None)


def test_a_merged_commune_takes_its_hamlets_along_and_the_past_stays(units):
    apply(FOUND, MERGE, MERGE_2, CLOSE)
    new = place_by_code("40001", on=ON)
    assert {p.code for p in children(new.id, on=ON)} == {"32100-01", "32100-02"}
    assert {p.code for p in children(units.commune.pk, on=BEFORE)} == {"32100-01", "32100-02"}
    assert place_of(units.commune.pk, on=BEFORE).name == "Xã Tân Đức"
    assert {p.code for p in children(units.province.pk, on=ON)} == {"971", "40001"}
    assert is_under(units.commune.pk, [new.id], on=ON)
    assert is_under(units.district.pk, [units.province.pk], on=ON)
    assert not is_under(units.district.pk, [new.id], on=ON)


def test_a_split_unit_counts_above_all_that_follow_it(units):
    apply(
        FOUND,
        "found,,40002,Xã Khác,commune,96",
        "split,32100,40001",
        "split,32100,40002",
        "move,32100-01,,,,40001",
        "move,32100-02,,,,40002",
        "merge,32101,40002",
        CLOSE,
    )
    first, second = (place_by_code(code, on=ON).id for code in ("40001", "40002"))
    assert not is_under(units.commune.pk, [first, second], on=ON)
    assert is_under(units.commune.pk, [units.province.pk], on=ON)
    assert is_under(units.hamlet.pk, [first], on=ON)
    assert is_under(units.hamlet_2.pk, [second], on=ON)


def test_a_renamed_unit_stays_itself(units):
    apply("rename,32101,,Xã Tên Mới")
    now = place_of(units.commune_2.pk, on=ON)
    assert (now.name, now.code) == ("Xã Tên Mới", "32101")
    assert place_of(units.commune_2.pk, on=BEFORE).name == "Xã Tạ An Khương"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["fuse,32100,40001"], [(2, "32100")], id="unknown verb"),
        pytest.param([FOUND, "merge,99999,40001"], [(3, "99999")], id="unknown unit"),
        pytest.param(["found,,40001,Xã,commune,98"], [(2, "98")], id="unknown parent"),
        pytest.param(["found,,40001,Xã,thon,96"], [(2, "40001")], id="unknown kind"),
        pytest.param(["merge,32101"], [(2, "32101")], id="no target"),
        pytest.param([FOUND, "split,32101,40001"], [(3, "32101")], id="split into one"),
        pytest.param(
            [FOUND, "split,32101,40001", "split,32101,40001"],
            [(4, "32101")],
            id="split alike",
        ),
        pytest.param([FOUND, MERGE_2, "close,32101"], [(4, "32101")], id="ends twice"),
        pytest.param(
            ["move,32100-01,,,,32101", "move,32100-01,,,,32200"],
            [(3, "32100-01")],
            id="twice",
        ),
        pytest.param(["close,32100"], [(2, "32100")], id="hamlets lost"),
        pytest.param([CLOSE], [(2, "970")], id="communes lost"),
        pytest.param(["found,,32200,Xã Trùng,commune,96"], [(2, "32200")], id="code in use"),
        pytest.param(["rename,32101,32200"], [(2, "32200")], id="code renamed into use"),
        pytest.param(["move,970,,,,32100"], [(2, "970")], id="cycle"),
        pytest.param(["move,32100-01,,,,32100-01"], [(2, "32100-01")], id="own parent"),
        pytest.param(["close,971", "move,32200,,,,971"], [(3, "971")], id="parent that ends"),
        pytest.param(["found,,40001,Xã,commune,96,chín"], [(2, "40001")], id="point in letters"),
    ],
)
def test_a_plan_with_a_fault_is_refused_with_its_row(units, lines, expected):
    assert faults(*lines) == expected
    with pytest.raises(reorganising.PlanRefused):
        apply(*lines)
    assert not UnitVersion.objects.filter(valid_from=ON).exists()
    assert not Reorganisation.objects.exists()


def test_the_day_must_come_after_the_last_change_of_the_units(units):
    found_unit(
        name="Chi hội sau", kind="branch", code="x", parent=units.ward, valid_from=ON, by=None
    )
    apply("rename,32101,,Xã Tên Mới")
    assert faults("rename,32101,,Xã Tên Khác", on=date(2025, 1, 1)) == [(2, "32101")]


def test_all_faults_are_told_at_once(units):
    lines = (
        "merge,99999,40001",
        "close,970",
        "found,,40001,Xã Mới,thon,96",
        "move,32200,,,,970",
        "close,32101,,Xã Tạ An Khương",
    )
    assert faults(*lines) == [
        (2, "99999"),
        (3, "970"),
        (4, "40001"),
        (5, "970"),
        (6, "32101"),
    ]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param(["move,32100-01,,,,32200-09"], [2], id="a parent that is not there"),
        pytest.param(["move,32101,,,,32100-01"], [2], id="a commune under a hamlet"),
        pytest.param(["merge,32101,32100-01"], [2], id="a commune into a hamlet"),
        pytest.param(
            ["merge,970,96", "move,32100,,,,971", "move,32101,,,,971"],
            [2],
            id="a district into a province",
        ),
        pytest.param(["rename,32101"], [2], id="renamed to nothing"),
        pytest.param(["move,32101,,,,970"], [None], id="nothing changes"),
        pytest.param(["rename,32101,,Xã A, B"], [2], id="a comma in the name"),
        pytest.param([f"rename,32101,,{'x' * 121}"], [2], id="too long a name"),
        pytest.param(["found,,40001,Xã,commune,96,105,9"], [2], id="points changed about"),
        pytest.param(["found,,40001,Xã,commune,96,NaN,9"], [2], id="no number"),
        pytest.param(["", "fuse,1,2"], [3], id="rows are counted as in the file"),
    ],
)
def test_a_row_that_cannot_be_done_is_refused(units, lines, rows):
    assert [row for row, _code in faults(*lines)] == rows


def test_what_stands_below_later_forbids_the_day(units):
    found_unit(
        name="Chi hội sau",
        kind="branch",
        code="32101-01",
        parent=units.commune_2,
        valid_from=date(2025, 8, 1),
        by=None,
    )
    assert faults("merge,32101,32100") == [(2, "32101-01")]
    assert faults("found,,32101-01,Chi hội,branch,32100") == [(2, "32101-01")]
    assert faults("merge,32101,32100", on=date(2025, 8, 1)) == [(2, "32101-01")]
    assert faults("merge,32101,32100", on=date(2025, 8, 2)) == []


def test_two_plans_may_begin_on_the_same_day(units):
    apply(FOUND, MERGE)
    apply("merge,32101,40001", "rename,971,,Huyện Tên Mới")
    new = place_by_code("40001", on=ON)
    assert Succession.objects.filter(successor=new.id).count() == 2
    assert faults("rename,32101,,Xã Khác") == [(2, "32101")]
    assert faults("move,32100-01,,,,40001") == [(2, "32100-01")]


def test_a_unit_goes_into_one_that_was_there_before(units):
    apply("merge,32101,32100")
    assert is_under(units.commune_2.pk, [units.commune.pk], on=ON)
    assert UnitVersion.objects.filter(unit=units.commune).count() == 1


def test_a_file_is_read_as_excel_saves_it(units):
    lines = "\r\n".join([";".join(HEADER), "rename;32101;;Xã Tên Mới;;;;;"])
    plan = reorganising.preview(b"\xef\xbb\xbf" + lines.encode(), ON)
    assert (plan.faults, plan.changed) == ([], [units.commune_2.pk])


@pytest.mark.parametrize(
    "content",
    [b"", b"ma,ten\n1,2\n", b"verb,code,to_code\n", "verb,cũ\n".encode("cp1258", "replace")],
)
def test_a_file_that_is_no_plan_is_told_so(units, content):
    assert reorganising.preview(content, ON).faults


def test_a_plan_is_applied_once(units):
    apply("rename,32101,,Xã Tên Mới")
    (fault,) = reorganising.preview(file_of("rename,32101,,Xã Tên Mới"), ON).faults
    assert "đã được áp dụng" in fault.text
    lines = "\r\n".join([";".join(HEADER), "rename;32101;;Xã Tên Mới;;;;;ghi chú"])
    (fault,) = reorganising.preview(lines.encode("utf-8-sig"), ON).faults
    assert "đã được áp dụng" in fault.text


@pytest.mark.slow
def test_the_plan_of_2025_divides_nothing_twice_and_loses_nothing(db):
    with (DATA / "units-2023.csv").open(encoding="utf-8", newline="") as file:
        load_units(rows=csv.DictReader(file), by=None)
    content = (DATA / "reorganisation-2025-07-01.csv").read_bytes()
    plan = reorganising.preview(content, ON)
    assert plan.faults == []
    kinds = Counter(standing.kind for standing in plan.after.values())
    assert (kinds["commune"], kinds["ward"], kinds["province"]) == (55, 9, 1)
    assert not kinds.keys() & {"township", "district", "city", "town"}
    communes = [s for s in plan.before.values() if s.kind in ("commune", "ward", "township")]
    assert len(communes) == 164
    assert {s.id for s in communes} <= plan.followers.keys()
    assert len(plan.ended("split")) == 19
    hamlets = {u for u, s in plan.before.items() if s.kind == "branch"}
    assert len(hamlets) == 1672
    assert hamlets <= plan.after.keys()

    reorganising.reorganise(content=content, on=ON, title="Nghị quyết 202/2025/QH15", by=None)
    old = place_by_code("96", on=BEFORE)
    new = place_by_code("96", on=ON)
    assert old.id != new.id
    assert Succession.objects.filter(on=ON).count() == 2 + 145 + 41
    # Every unit ever known counts in the new province, or is above it.
    counted = LotMember.objects.filter(lot__unit_id=new.id).values("unit_id").distinct().count()
    assert counted == Unit.objects.count() - 1
