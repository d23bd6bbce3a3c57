"""Lists of a hundred thousand records: their order, search, filters and pages."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _

from sohoi.config.bench.rows import Row, limit, milliseconds, p95
from sohoi.config.bench.scratch import lay_units, scratch
from sohoi.kit.lists import Column, Filter, Listing, list_indexes
from sohoi.lib.text import fold, person_sort_key, search_key
from sohoi.records.columns import column
from sohoi.records.models import Record
from sohoi.ui.lists.asking import Memory
from sohoi.ui.lists.pages import list_page

RECORDS, PROVINCES, COMMUNES, BRANCHES = 100_000, 2, 120, 2_400
ROUNDS = 30
MOST_MILLISECONDS = 50
DEEP = RECORDS // 50 // 2

_FAMILY = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Huỳnh Võ Đặng Danh Thạch Lý Hồ Bùi Đỗ"
).split()
_MIDDLE = ("Thị", "Thị", "Thị", "Thị", "Văn", "Thị Mỹ", "Thị Kim", "Ngọc", "Thị Thu", "Hồng")
_GIVEN = (
    "Mừng Lan Hạnh Thu Mai Út Bé Hoa Hoà Đặng Danh Ánh Ân An Diễm Tuyết Phượng Xuân Hương Hường "
    "Lý Nga Ngọc Oanh Phấn Quyên Rinh Sương Thắm Uyên Vân Xuyến Yến Đào Điệp Gấm Giang Hằng Huệ"
).split()


class State(models.TextChoices):
    """In their order, which is not that of the keys."""

    PROPOSED = "proposed", _("Đề nghị")
    APPROVED = "approved", _("Duyệt")
    DONE = "done", _("Bàn giao")


class Person(Record):
    """A record as a room has it."""

    full_name = models.CharField("họ tên", max_length=120)
    state = models.CharField("tình trạng", max_length=12, choices=State.choices)
    born_on = models.DateField("ngày sinh", null=True)
    amount_vnd = models.BigIntegerField("số tiền", null=True)

    called, is_person, searched = "full_name", True, ("full_name",)

    class Meta:
        app_label = "config"
        db_table = "bench_person"
        indexes = list_indexes("bench", "state")


LISTING = Listing(
    title="Danh sách đo",
    columns=(
        column(Person.full_name),
        column(Person.code),
        Column(key="unit", title="Đơn vị", value=lambda record: record.unit_name),
        column(Person.state, tone=lambda record: "plain"),
        column(Person.born_on),
        column(Person.amount_vnd),
    ),
    order=("sort_key",),
    record_url=lambda record: f"/do/{record.pk}/",
    filters=(
        Filter(key="loai", title="Loại", choices=lambda: State.choices, lookup="state"),
    ),
)  # fmt: skip
CASES = (
    ("in the order of given names", "", ""),
    ("states in their own order", "sort=state", ""),
    ("by a day, the last first", "sort=-born_on", ""),
    ("by an amount, blanks last", "sort=amount_vnd", ""),
    ("one state of three", "loai=done", ""),
    ("half-way down", f"page={DEEP}", ""),
    ("the last page", f"page={2 * DEEP}", ""),
    ("one state of three, half-way down", f"loai=done&page={DEEP // 3}", ""),
    ("search: two words in any order", "", "mừng danh"),
    ("search: a word half typed", "", "nguyen thi ph"),
    ("search: half of all", "", "Thị"),
    ("search: half of all, by state", "sort=state", "Thị"),
    ("search: a code", "", "MA-0012345"),
    ("search: nothing", "", "không có ai"),
)


def scale() -> str:
    return f"{RECORDS} records, {BRANCHES} branches of {COMMUNES} communes"


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """Fill the list, then ask for it: the whole answer, with its markup."""
    with scratch():
        units = lay_units(PROVINCES, COMMUNES, BRANCHES)
        with connection.schema_editor() as editor:
            editor.create_model(Person)
        _fill(units["branch"], progress)
        total = 2 * len(CASES)
        for place, roots in (("country", units["centre"]), ("commune", units["commune"][:1])):
            for done, (case, query, words) in enumerate(CASES):
                progress(done, total)
                took = milliseconds(_asked(roots, query, words), ROUNDS)
                yield limit(f"{place}: {case}, p95", p95(took), "ms", MOST_MILLISECONDS)
        yield from _beside_reading_all(units["centre"])


def _asked(roots: list, query: str, words: str) -> Callable[[], Any]:
    session: dict[str, Any] = {}
    request = RequestFactory().get("/do/")
    request.session, request.user = session, SimpleNamespace(may=lambda *_names: True)
    if words:
        query = f"{query}&tim={Memory(request, 'do').keep_words(words)}"
    request = RequestFactory().get(f"/do/?{query}", headers={"HX-Request": "true"})
    request.session, request.user = session, SimpleNamespace(may=lambda *_names: True)
    request.columns = SimpleNamespace(of=lambda _key: None)

    def answer() -> bytes:
        rows = Person.objects.among(roots, roots).named()
        return list_page(request, queryset=rows, listing=LISTING, key="do").content

    return answer


def _beside_reading_all(roots: list) -> Iterator[Row]:
    """The same search without the column of words, as a text that is looked through."""
    typed = "mừng danh"
    ours = p95(milliseconds(_asked(roots, "", typed), ROUNDS))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bench_person ADD folded text")
        cursor.execute(
            "UPDATE bench_person SET folded = array_to_string(tsvector_to_array(search_key), ' ')"
        )
        cursor.execute("VACUUM ANALYZE bench_person")

    def looked_through() -> None:
        likes = [f"%{word}%" for word in fold(typed).split()]
        where = """unit_id IN (SELECT unit_id FROM org_subtree(%s::uuid[], current_date))
                   AND folded LIKE %s AND folded LIKE %s"""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM bench_person WHERE {where}", [roots, *likes])  # noqa: S608
            cursor.execute(
                f"SELECT * FROM bench_person WHERE {where} ORDER BY sort_key, id LIMIT 50",  # noqa: S608
                [roots, *likes],
            )
            cursor.fetchall()

    theirs = p95(milliseconds(looked_through, ROUNDS))
    yield Row(
        case="search with its markup, beside two queries that look through all texts, p95",
        ours=ours,
        unit="ms",
        against="LIKE over all rows",
        theirs=theirs,
        most=1,
    )


def _fill(branches: list, progress: Callable[[int, int], None]) -> None:
    draw = random.Random(7)  # noqa: S311 - the same people in every run
    people = []
    for n in range(RECORDS):
        progress(n, RECORDS)
        name = f"{draw.choice(_FAMILY)} {draw.choice(_MIDDLE)} {draw.choice(_GIVEN)}"
        code = f"MA-{n:07}"
        born = date(1950, 1, 1) + timedelta(days=draw.randrange(20_000))
        people.append(
            Person(
                code=code,
                unit_id=draw.choice(branches),
                full_name=name,
                search_key=search_key(name, code),
                sort_key=person_sort_key(name),
                state=draw.choice(State.values),
                born_on=born if n % 9 else None,
                amount_vnd=draw.randrange(10**8) if n % 3 else None,
            )
        )
    Person.objects.bulk_create(people, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE bench_person")
