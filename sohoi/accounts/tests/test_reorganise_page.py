"""The screen of a reorganisation: faults beside their rows, consequences, then the change."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sohoi.accounts.actions import appoint
from sohoi.accounts.roles import ADMINISTRATOR
from sohoi.org.models import Reorganisation, UnitVersion
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_of

ON = date(2025, 7, 1)
PAGE = "/don-vi/sap-xep/phuong-an/"
TITLE = "Nghị quyết về sắp xếp đơn vị"
RENAME = "rename,32101,,Xã Tên Mới"


def plan_of(*lines: str) -> str:
    return "\n".join([",".join(HEADER), *lines])


def typed(*lines: str, **more) -> dict:
    return {"title": TITLE, "on": "1/7/2025", "content": plan_of(*lines)} | more


@pytest.fixture
def quan(cast, sign_in):
    return sign_in(cast.quan)


def test_an_uploaded_plan_is_shown_first_and_changes_nothing(cast, quan):
    lines = ("found,,40001,Xã Mới,commune,96", "merge,32100,40001", "merge,32101,40001")
    file = SimpleUploadedFile("a.csv", plan_of(*lines, "close,970").encode("utf-8-sig"))
    answer = quan.post(PAGE, {"title": TITLE, "on": "1/7/2025", "file": file})
    page = answer.content.decode()
    assert answer.status_code == 200
    for text in (
        "Xã Mới (40001), trực thuộc Tỉnh Cà Mau (96)",
        "Xã Tân Đức (32100) → Xã Mới (40001)",
        "hanh – Cán bộ Hội cấp xã → tiếp tục ở đơn vị kế tiếp",
        "2 đơn vị của Xã Tân Đức (32100) về Xã Mới (40001)",
        "Xã: 3 → 2",
        "Áp dụng phương án",
    ):
        assert text in page
    assert not UnitVersion.objects.filter(valid_from=ON).exists()


def test_what_was_shown_is_applied_and_listed(cast, quan):
    shown = quan.post(PAGE, typed(RENAME)).context["form"]
    again = {name: shown[name].value() for name in ("title", "on", "content")}
    answer = quan.post(PAGE, again | {"apply": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("org:reorganisations")
    assert TITLE in answer.content.decode()
    assert place_of(cast.units.commune_2.pk).name == "Xã Tên Mới"
    done = Reorganisation.objects.get()
    assert (done.on, done.applied_by) == (ON, cast.quan)
    file = quan.get(reverse("org:plan_file", args=[done.pk])).content
    assert RENAME in file.decode("utf-8-sig")
    refused = quan.post(PAGE, typed(RENAME, apply="1"))
    assert refused.status_code == 422
    assert "đã được áp dụng" in refused.content.decode()


def test_a_fault_stands_beside_its_row_and_nothing_typed_is_lost(quan):
    answer = quan.post(PAGE, typed("merge,99999,32100", "close,32100"))
    page = answer.content.decode()
    assert answer.status_code == 422
    rows = [fault["row"] for fault in answer.context["faults"]]
    assert rows == [2, 2, 3]
    for text in ("merge, 99999, 32100", "32100-01", TITLE, "1/7/2025", "close,32100"):
        assert text in page
    assert "Áp dụng phương án" not in page.replace("“Áp dụng phương án”", "")


def test_a_wrong_day_keeps_the_plan_that_was_uploaded(quan):
    file = SimpleUploadedFile("a.csv", plan_of(RENAME).encode())
    answer = quan.post(PAGE, {"title": "", "on": "31/2/2025", "file": file})
    assert answer.status_code == 422
    assert RENAME in answer.content.decode()
    assert set(answer.context["form"].errors) == {"title", "on"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2"])
def test_a_file_that_is_no_plan_is_refused_on_the_page(quan, content):
    file = SimpleUploadedFile("a.csv", content)
    answer = quan.post(PAGE, {"title": TITLE, "on": "1/7/2025", "file": file})
    assert answer.status_code == 422
    assert answer.context["faults"]


def test_without_a_plan_one_is_asked_for(quan):
    answer = quan.post(PAGE, {"title": TITLE, "on": "1/7/2025"})
    assert set(answer.context["form"].errors) == {"file"}


def test_units_of_another_province_are_out_of_her_reach(cast, quan):
    answer = quan.post(PAGE, typed("rename,31900,,Xã Khác", apply="1"))
    assert "phạm vi phụ trách" in answer.content.decode()
    answer = quan.post(PAGE, typed("merge,96,VN", "move,970,,,,VN", "move,971,,,,VN", apply="1"))
    assert "phạm vi phụ trách" in answer.content.decode()
    assert not Reorganisation.objects.exists()
    appoint(user=cast.quan, role=ADMINISTRATOR, unit=cast.units.centre, valid_from=ON, by=None)
    assert quan.post(PAGE, typed("rename,31900,,Xã Khác")).status_code == 200
