"""A task that counts leads to a list that holds as many, whatever she looked at before."""

import re
from collections.abc import Iterator

import pytest

from sohoi.accounts.models import User
from sohoi.accounts.tests.test_workplace import ON, PLAN
from sohoi.kit.rooms import rooms
from sohoi.kit.tasks import Task
from sohoi.lib.doubts import believing
from sohoi.org.queries import place_by_code
from sohoi.org.reorganising import reorganise
from tests.subject import ROOMS, THIRD, Subject, specimen_of, typed

pytestmark = pytest.mark.rooms
COUNT = re.compile(r"\d+")


@pytest.fixture
def waiting(cast):
    """A record of each room in a hamlet, in its commune and in another commune."""
    with believing(None):
        for room in ROOMS:
            make = specimen_of(room).make
            for unit in (cast.units.hamlet, cast.units.commune, cast.units.commune_2):
                make(unit)
    return cast


def told(who: User) -> Iterator[tuple[Task, int]]:
    """Her tasks that count what a list holds."""
    lists = {f"/{room.path}/" for room in rooms() if room.key in ROOMS}
    for room in rooms():
        for task in room.tasks(who) if room.tasks else ():
            if task.url.partition("?")[0] in lists and (count := COUNT.findall(task.title)):
                yield task, int(count[0])


@pytest.mark.parametrize("before", ["", "don_vi=32101&ky=2023-H1", "don_vi=970&ky=2023"])
def test_a_task_that_counts_leads_to_as_many(waiting, sign_in, before):
    counts = []
    for who in (waiting.thu, waiting.hanh):
        client = sign_in(who)
        for task, count in told(who):
            client.get(f"/so-lieu/?{before}")
            assert client.get(task.url).context["page"]["total"] == count, task
            counts.append(count)
    assert counts


def test_work_goes_on_in_the_merged_commune_while_she_reads_a_period_before(waiting, sign_in):
    reorganise(content=PLAN, on=ON, title="Nhập", by=None)
    counts = []
    for who in User.objects.filter(username__in=("thu", "hanh")):
        client = sign_in(who)
        client.get("/so-lieu/?ky=2023-H1", follow=True)
        for task, count in told(who):
            assert client.get(task.url).context["page"]["total"] == count == 3, task
            counts.append(count)
    assert counts


@pytest.mark.parametrize("room", ROOMS)
def test_a_record_is_begun_in_the_merged_commune_while_she_reads_a_period_before(
    cast, sign_in, room
):
    reorganise(content=PLAN, on=ON, title="Nhập", by=None)
    new, hamlet = place_by_code("40001"), cast.units.hamlet
    subject = Subject(room, cast, sign_in)
    client, url = sign_in(cast.thu), subject.url("create")
    client.get("/so-lieu/?ky=2023-H1&don_vi=32100", follow=True)
    # Of all the communes of her province, the one in which she works, and its hamlet.
    form = client.get(url).context["form"]
    offered = [value for value, _name in form.fields["unit"].widget.choices if value]
    assert offered == [str(new.id), str(hamlet.pk)]
    columns = subject.specimen.columns | {subject.specimen.text: THIRD}
    sent = typed(form, **columns)
    assert client.post(url, sent | {"unit": offered[0]}).status_code == 302
    assert subject.model.objects.get().unit_id == new.id
    assert subject.model.objects.under([new.id]).count() == 1
