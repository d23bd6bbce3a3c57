"""A task that counts leads to a list that holds as many, whatever she looked at before."""

import re

import pytest

from sohoi.kit.rooms import rooms
from sohoi.lib.doubts import believing
from tests.subject import ROOMS, specimen_of

COUNT = re.compile(r"\d+")


@pytest.mark.rooms
@pytest.mark.parametrize("before", ["", "don_vi=32101&ky=2023-H1", "don_vi=970&ky=2023"])
def test_a_task_that_counts_leads_to_as_many(cast, sign_in, before):
    with believing(None):
        for room in ROOMS:
            make = specimen_of(room).make
            for unit in (cast.units.hamlet, cast.units.commune, cast.units.commune_2):
                make(unit)
    told = 0
    lists = {f"/{room.path}/" for room in rooms() if room.key in ROOMS}
    asked = [(room, who) for room in rooms() for who in (cast.thu, cast.hanh) if room.tasks]
    for room, who in asked:
        client = sign_in(who)
        for task in room.tasks(who):
            if task.url.partition("?")[0] in lists and (count := COUNT.findall(task.title)):
                client.get(f"/so-lieu/?{before}")
                page = client.get(task.url).context["page"]
                assert str(page["total"]) == count[0], task
                told += 1
    assert told
