"""The task list and where to begin: nothing vanishes, the room she uses most comes first."""

import re
from datetime import timedelta

import pytest

from sohoi.audit.actions import record, writing
from sohoi.kit.rooms import Room, register, rooms, unregister
from sohoi.kit.tasks import Task
from sohoi.org.models import today

COUNT = 24


@pytest.fixture
def many():
    """A room with more tasks than one page shows, each due a day later than the one before."""

    def tasks(user) -> list[Task]:
        return [
            Task(title=f"Việc {n}", url="/", unit="Xã", due=today() + timedelta(days=n))
            for n in range(COUNT)
        ] + [Task(title="Việc không hạn", url="/", unit="Xã")]

    register(Room(key="probe", title="Phòng thử", path="thu", tasks=tasks))
    yield
    unregister("probe")


def shown(client, url: str = "/") -> list[str]:
    return re.findall(r'<a href="/">(Việc [^<]+)</a>', client.get(url).content.decode())


def test_what_the_page_leaves_out_is_counted_and_one_link_away(cast, sign_in, many):
    client = sign_in(cast.quan)
    assert shown(client) == [f"Việc {n}" for n in range(20)]
    page = client.get("/").content.decode()
    assert '<a href="?tat-ca=1">Còn 5 việc nữa: xem tất cả</a>' in page
    whole = shown(client, "/?tat-ca=1")
    assert whole == [*(f"Việc {n}" for n in range(COUNT)), "Việc không hạn"]
    assert "việc nữa" not in client.get("/?tat-ca=1").content.decode()


def test_no_room_leaves_tasks_out_by_itself(cast, sign_in):
    page = sign_in(cast.hanh).get("/").content.decode()
    assert "việc nữa" not in page


def begins(client) -> list[str]:
    part = client.get("/").content.decode().split("Bắt đầu nhanh")
    return re.findall(r"</svg>([^<]+)</a>", part[1]) if len(part) > 1 else []


@pytest.mark.rooms
def test_she_begins_with_what_she_may_write_and_uses_most(cast, sign_in):
    client = sign_in(cast.hanh)
    first = begins(client)
    assert len(first) >= 1
    *_others, last = (
        room for room in rooms() if first[-1] in [str(item.title) for item in room.starts]
    )
    with writing(cast.hanh):
        record(by=cast.hanh, verb=f"{last.key}.edit", thing=cast.units.commune)
    assert begins(client) == [first[-1], *first[:-1]]


@pytest.mark.rooms
def test_what_another_does_changes_nothing_for_her(cast, sign_in):
    client = sign_in(cast.hanh)
    first = begins(client)
    with writing(cast.thu):
        record(by=cast.thu, verb="homes.edit", thing=cast.units.commune)
    assert begins(client) == first


def test_whoever_writes_nothing_is_offered_nothing_to_begin(cast, sign_in):
    assert begins(sign_in(cast.mai)) == []
    assert begins(sign_in(cast.quan)) == ["Thêm tài khoản", "Phương án sắp xếp mới"]
