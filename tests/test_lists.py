"""Lists of records: by given name, states in their own order, blanks last, and always the same."""

from datetime import date

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

from sohoi.config.bench.lists import LISTING, Person, State
from sohoi.lib.text import person_sort_key, search_key
from sohoi.ui.lists import asking, choosing, drawing
from sohoi.ui.lists.sheets import whole_record

NAMES = ("Lê Văn Đặng", "Danh Út", "Trần Thị Danh", "Nguyễn Thị Ánh", "H'Hen Niê", "Y Phôn Êban")


@pytest.fixture
def people(cast) -> list[Person]:
    """Six people in three states, two of them without a day and without an amount."""
    with connection.schema_editor() as editor:
        editor.create_model(Person)
    states = [State.DONE, State.PROPOSED, State.APPROVED]
    made = [
        Person(
            code=f"MA-{n}",
            unit=cast.units.commune,
            full_name=name,
            search_key=search_key(name, f"MA-{n}"),
            sort_key=person_sort_key(name),
            state=states[n % 3],
            born_on=date(1980 + n, 1, 1) if n < 4 else None,
            amount_vnd=100 - n if n < 4 else None,
        )
        for n, name in enumerate(NAMES)
    ]
    return Person.objects.bulk_create(made)


@pytest.fixture
def listed(people, rf):
    """`listed("sort=state")`: given names in the order of the list, page by page."""

    def read(query: str = "", words: str = "", per_page: int = 50) -> list[str]:
        request = rf.get(f"/?{query}")
        request.session = SessionBase()
        if words:
            mark = asking.Memory(request, "do").keep_words(words)
            request.GET = request.GET.copy()
            request.GET["tim"] = mark
        asked = asking.Asked(request, LISTING, "do")
        walk = drawing.Walk(choosing.choose(Person.objects.all(), asked), asked)
        assert walk.count() <= len(NAMES)
        pages = [walk[n : n + per_page] for n in range(0, walk.count(), per_page)]
        return [person.full_name for page in pages for person in page]

    return read


def test_people_stand_in_the_order_of_given_names(listed):
    assert listed() == [
        "Nguyễn Thị Ánh",
        "Trần Thị Danh",
        "Lê Văn Đặng",
        "H'Hen Niê",
        "Danh Út",
        "Y Phôn Êban",
    ]
    assert listed("sort=-full_name") == listed()[::-1]


@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 50])
def test_states_stand_in_their_own_order_both_ways_and_over_pages(listed, per_page):
    found = listed("sort=state", per_page=per_page)
    assert found == [
        *sorted(["Danh Út", "H'Hen Niê"], key=person_sort_key),
        *sorted(["Trần Thị Danh", "Y Phôn Êban"], key=person_sort_key),
        *sorted(["Lê Văn Đặng", "Nguyễn Thị Ánh"], key=person_sort_key),
    ]
    backwards = listed("sort=-state", per_page=per_page)
    assert backwards == [*found[4:], *found[2:4], *found[:2]]


@pytest.mark.parametrize("column", ["born_on", "amount_vnd"])
def test_blanks_come_last_from_either_end(listed, column):
    blank = ["H'Hen Niê", "Y Phôn Êban"]
    for query in (f"sort={column}", f"sort=-{column}"):
        assert listed(query)[-2:] == blank
    assert listed(f"sort=-{column}")[:4] == listed(f"sort={column}")[:4][::-1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("h'hen", ["H'Hen Niê"]),
        ("H’HEN niê", ["H'Hen Niê"]),
        ("hʼhen", ["H'Hen Niê"]),
        ("hhen", ["H'Hen Niê"]),
        ("h hen", ["H'Hen Niê"]),
        ("hen", ["H'Hen Niê"]),
        ("danh trần", ["Trần Thị Danh"]),
        ("danh", ["Trần Thị Danh", "Danh Út"]),
        ("dang", ["Lê Văn Đặng"]),
        ("ma-3", ["Nguyễn Thị Ánh"]),
        ("MA3", ["Nguyễn Thị Ánh"]),
        ("anh", ["Nguyễn Thị Ánh"]),
        ("':* & | !", []),
        ("\\", []),
    ],
)
def test_words_are_found_in_any_spelling_and_order(listed, typed, found):
    assert listed(words=typed) == found


def test_far_down_and_among_rare_words_the_order_is_the_same(listed, monkeypatch):
    everyone, done = listed(), listed("sort=state", words="thi")
    monkeypatch.setattr("sohoi.ui.lists.walking.WALKED", 1)
    monkeypatch.setattr("sohoi.ui.lists.walking.FEW", 0)
    assert listed(per_page=2) == everyone
    assert listed("sort=state", words="thi", per_page=1) == done


def test_the_whole_record_leaves_out_only_what_the_house_needs(people, rf):
    request = rf.get("/")
    request.session = SessionBase()
    asked = asking.Asked(request, LISTING, "do")
    titles = [str(column.title) for column in whole_record(asked, Person.objects.all())]
    assert titles == ["Họ tên", "Mã", "Đơn vị", "Tình trạng", "Ngày sinh", "Số tiền"]
