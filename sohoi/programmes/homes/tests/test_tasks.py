"""Houses that wait, as tasks of those who decide on them."""

from datetime import date

from django.urls import reverse

from sohoi.programmes.homes.queries import tasks
from sohoi.programmes.homes.tests.acts import SPECIMEN


def test_a_started_house_is_to_be_handed_over_in_two_months(cast, propose, build):
    build(household="Đã bàn giao")
    home = propose(started_on=date(2023, 1, 22))
    (task,) = tasks(cast.hanh)
    assert task.title == "Bàn giao nhà cho hộ Nguyễn Thị Mừng"
    assert task.detail == f"{home.code} · Đã khởi công 22/1/2023"
    assert task.url == reverse("homes:detail", args=[home.pk])
    assert (task.unit, task.due) == ("Chi hội ấp Tân Hoà", date(2023, 3, 23))
    others = (cast.lan, cast.la, cast.mai, cast.xuan, cast.quan)
    assert [tasks(user) for user in others] == [[]] * len(others)


def test_a_proposal_of_a_hamlet_waits_for_the_commune_step_by_step(cast, propose):
    home = propose()
    propose(household="Lý Thị Đượm", proposed_on=date(2023, 1, 5))
    assert [(task.title, task.due) for task in tasks(cast.hanh)] == [
        ("Khảo sát hộ Lý Thị Đượm", None),
        ("Khảo sát hộ Nguyễn Thị Mừng", None),
    ]
    home = SPECIMEN.take(home, on=date(2023, 1, 20))
    assert "Duyệt nhà cho hộ Nguyễn Thị Mừng" in {task.title for task in tasks(cast.hanh)}
    SPECIMEN.take(home, on=date(2023, 1, 21))
    assert [task.title for task in tasks(cast.hanh)] == ["Khảo sát hộ Lý Thị Đượm"]


def test_the_commune_is_told_of_every_house_and_the_province_how_many(cast, propose):
    for number in range(25):
        propose(household=f"Hộ {number}")
    assert len(tasks(cast.hanh)) == 25
    (task,) = tasks(cast.thu)
    assert task.title == "Căn nhà được đề nghị, chờ khảo sát: 25"
    unit = cast.units.province.pk
    assert task.url == f"{reverse('homes:list')}?don_vi={unit}&tinh-trang=proposed"
    assert task.unit == "Tỉnh Cà Mau"
