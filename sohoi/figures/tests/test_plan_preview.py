"""Before a plan is applied it is said which closed periods it reaches back into."""

from datetime import date

import pytest

from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period, open_period
from sohoi.figures.tests.test_engine import H1
from sohoi.org import reorganising
from sohoi.org.consequences import consequences, plan_as_json
from sohoi.org.plan import HEADER

IN_TIME, LATER = date(2023, 6, 30), date(2023, 7, 1)
MOVE = "move,32100,,,,971"
FOUND = ("found,,c,Xã C,commune,970", "merge,32100,c")


@pytest.fixture
def closed(cast):
    for code in ("96", "95"):
        close_period(question=ask(code, H1), by=cast.thu)
    return cast


def said(*lines: str, on: date = IN_TIME) -> list[str]:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    plan = reorganising.preview(content, on)
    assert plan.faults == []
    return reorganising.kept(plan)


def names(*lines: str) -> list[str]:
    return [text.split(", có ")[1].split(": số")[0] for text in said(*lines)]


def test_a_plan_inside_a_closed_period_says_what_stays_and_of_which_units(closed):
    assert said(MOVE) == [
        "6 tháng đầu năm 2023 của Tỉnh Cà Mau đã khoá, số đến ngày 30/6/2023, có Huyện Đầm Dơi, "
        "Huyện Năm Căn, Xã Tân Đức: số đã chốt giữ nguyên; số tính lại mà khác thì hiện bên cạnh, "
        "kèm tên phương án này."
    ]
    assert said(MOVE, on=LATER) == []


def test_the_units_are_those_that_end_change_or_get_others_and_of_many_some_are_named(closed):
    assert names("rename,32100,,Xã Mới") == ["Huyện Đầm Dơi, Xã Tân Đức"]
    (one,) = names(*FOUND)
    assert one == "Huyện Đầm Dơi, Xã Tân Đức, Chi hội ấp 10, Chi hội ấp Tân Hoà"
    (one,) = names(*FOUND, "merge,32101,c", "move,32200,,,,970")
    assert one.endswith(" và 2 đơn vị khác")
    # What comes from another province is told of both.
    assert sorted(names("move,956,,,,96")) == [
        "Tỉnh Bạc Liêu, Huyện Phước Long",
        "Tỉnh Cà Mau",
    ]


def test_a_period_that_was_opened_again_is_not_closed(closed):
    open_period(question=ask("96", H1), reason="Sót hồ sơ.", by=closed.thu)
    assert said(MOVE) == []


def test_the_preview_shows_it_first_and_the_plan_is_applied_all_the_same(closed, sign_in):
    content = "\n".join((",".join(HEADER), MOVE))
    form = {"title": "Chuyển xã", "on": "30/6/2023", "content": content}
    client = sign_in(closed.quan)
    page = client.post("/don-vi/sap-xep/phuong-an/", form).content.decode()
    group = page.split("Nếu áp dụng")[1].split("</details>")[0]
    assert "Kỳ đã khoá mà phương án tác động tới" in group
    assert "6 tháng đầu năm 2023 của Tỉnh Cà Mau đã khoá" in group
    assert client.post("/don-vi/sap-xep/phuong-an/", form | {"apply": "1"}).status_code == 302
    assert ask("32100", "2023-H2").unit.parent_id == closed.units.district_2.pk


def test_programs_read_the_same(closed):
    content = "\n".join((",".join(HEADER), MOVE)).encode()
    plan = reorganising.preview(content, IN_TIME)
    kept = reorganising.kept(plan)
    assert (
        plan_as_json(plan, [], {}, kept)["kept"]
        == kept
        == consequences(plan, [], {}, kept)[0]["items"]
    )
