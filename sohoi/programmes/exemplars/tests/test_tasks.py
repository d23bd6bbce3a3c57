"""Models that nobody has publicised, as one task of the province's officer."""

from datetime import timedelta

from sohoi.org.models import today
from sohoi.programmes.exemplars.queries import WAITING_DAYS, tasks
from sohoi.programmes.exemplars.tests.acts import SPECIMEN


def test_models_that_wait_are_one_task_whose_list_shows_the_same_ones(
    cast, sign_in, find, introduce
):
    lately = today() - timedelta(days=WAITING_DAYS)
    long_ago = {"introduced_on": lately - timedelta(days=1)}
    publicised = introduce(**long_ago)
    SPECIMEN.add(publicised, published_on=today() - timedelta(days=1))
    left_out = [
        find(),
        introduce(introduced_on=lately),
        introduce(kind="collective", **long_ago),
        introduce(kind="person", **long_ago),
        introduce(unit=cast.units.other_commune, **long_ago),
        publicised,
    ]
    assert tasks(cast.thu) == []
    waiting = [introduce(**long_ago), introduce(unit=cast.units.commune_2, **long_ago)]
    (task,) = tasks(cast.thu)
    assert "2 mô hình" in task.title
    assert task.unit == "Tỉnh Cà Mau"
    page = sign_in(cast.thu).get(task.url).content.decode()
    assert [e.code for e in (*waiting, *left_out) if e.code in page] == [e.code for e in waiting]
