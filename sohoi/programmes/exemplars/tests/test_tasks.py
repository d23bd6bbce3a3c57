"""Models that nobody has publicised, as one task of the province's officer."""

from datetime import timedelta

from sohoi.org.models import today
from sohoi.programmes.exemplars.queries import WAITING_DAYS, tasks


def _before(days: int):
    return today() - timedelta(days=days)


def test_models_that_wait_are_one_task_whose_list_shows_the_same_ones(
    cast, sign_in, find, introduce, publish
):
    long_ago = _before(WAITING_DAYS + 1)
    waiting = [introduce(long_ago), introduce(long_ago, unit=cast.units.commune_2)]
    left_out = [
        find(),
        introduce(_before(WAITING_DAYS)),
        introduce(long_ago, kind="collective"),
        introduce(long_ago, kind="person"),
        introduce(long_ago, unit=cast.units.other_commune),
        publish(introduce(long_ago), _before(1)).exemplar,
    ]
    (task,) = tasks(cast.thu)
    assert "2 mô hình" in task.title
    assert task.unit == "Tỉnh Cà Mau"
    page = sign_in(cast.thu).get(task.url).content.decode()
    assert all(exemplar.code in page for exemplar in waiting)
    assert [exemplar.code for exemplar in left_out if exemplar.code in page] == []


def test_only_the_province_officer_is_asked(cast, introduce):
    introduce()
    assert len(tasks(cast.thu)) == 1
    others = (cast.hanh, cast.lan, cast.la, cast.mai, cast.xuan, cast.quan)
    assert [tasks(user) for user in others] == [[]] * len(others)


def test_nothing_that_waits_is_no_task(cast, find):
    find()
    assert tasks(cast.thu) == []
