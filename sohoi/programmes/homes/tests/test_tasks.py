"""Houses under construction as tasks of those who record the hand-over."""

from datetime import date

from django.urls import reverse

from sohoi.programmes.homes import actions
from sohoi.programmes.homes.models import LIFE
from sohoi.programmes.homes.queries import tasks


def test_a_started_house_is_to_be_handed_over_in_two_months(cast, propose, build):
    propose(household="Mới đề nghị")
    build(household="Đã bàn giao")
    home = propose()
    for day in (20, 21, 22):
        home = actions.take_step(
            home, step=LIFE.next(home).state, on=date(2023, 1, day), by=cast.hanh
        )
    (task,) = tasks(cast.hanh)
    assert home.code in task.title
    assert task.url == reverse("homes:detail", args=[home.pk])
    assert (task.unit, task.due) == ("Chi hội ấp Tân Hoà", date(2023, 3, 23))
    others = (cast.lan, cast.la, cast.mai, cast.xuan, cast.quan)
    assert [tasks(user) for user in others] == [[]] * len(others)
