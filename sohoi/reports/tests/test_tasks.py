"""Who is asked to do what, by when."""

from sohoi.reports import actions
from sohoi.reports.queries import tasks
from sohoi.reports.tests.conftest import DUE


def _titles(user) -> list[str]:
    return [task.title for task in tasks(user)]


def test_each_level_is_asked_for_its_own_return(cast, asked):
    for user, unit in ((cast.hanh, "Xã Tân Đức"), (cast.la, "Huyện Đầm Dơi")):
        (task,) = tasks(user)
        assert task.title == "Lập báo cáo 6 tháng đầu năm 2023"
        assert (task.unit, task.due) == (unit, DUE)
    assert [task.unit for task in tasks(cast.thu)] == ["Tỉnh Cà Mau"]


def test_nobody_else_is_asked(cast, asked):
    assert {name: _titles(getattr(cast, name)) for name in ("lan", "mai", "quan", "xuan")} == {
        name: [] for name in ("lan", "mai", "quan", "xuan")
    }


def test_the_district_checks_and_then_the_province_accepts(cast, asked, own, send):
    sent = send(own)
    assert "Kiểm tra 1 báo cáo của xã, 6 tháng đầu năm 2023" in _titles(cast.la)
    assert _titles(cast.hanh) == _titles(cast.mai) == []
    actions.check_return(answer=sent, by=cast.la)
    assert "Duyệt 1 báo cáo, 6 tháng đầu năm 2023" in _titles(cast.mai)
    assert _titles(cast.la) == ["Lập báo cáo 6 tháng đầu năm 2023"]


def test_a_return_sent_back_comes_with_its_reason(cast, own, send):
    actions.send_back(answer=send(own), reason="Xem lại số vàng", by=cast.la)
    (task,) = tasks(cast.hanh)
    assert task.title == "Sửa báo cáo bị trả lại, 6 tháng đầu năm 2023"
    assert task.detail == "Xem lại số vàng"


def test_a_closed_round_asks_nothing(cast, asked, own, send):
    send(own)
    actions.close_round(asked=asked, by=cast.thu)
    assert {name: _titles(getattr(cast, name)) for name in ("hanh", "la", "thu", "mai")} == {
        name: [] for name in ("hanh", "la", "thu", "mai")
    }
