"""What no room may get wrong, tried on the specimen that each gives in its `tests/access.py`."""

import re
from functools import cached_property
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import unquote_plus
from zipfile import ZipFile

import pytest
from django import forms
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from sohoi.kit import rooms
from sohoi.kit.testing import PEOPLE, Specimen
from sohoi.lib.doubts import believing
from sohoi.lib.text import fold
from sohoi.org.forms import UnitField
from sohoi.ui.fields import DateField, ScaledField

ROOMS = [name.rpartition(".")[2] for name in settings.ROOMS]
pytestmark = [pytest.mark.rooms, pytest.mark.parametrize("room", ROOMS)]

FIRST, SECOND, THIRD = "Ngọc Bích Đượm", "Cẩm Tú Loan", "Kim Hường Nhị"
EVIL = "<script>alert(1)</script>"
UNKNOWN = "0190d5c0-0000-7000-8000-000000000000"
MOST_QUERIES = 20
STRANGE = ("%00", "%27%3B--", "-nothing", "z", "9" * 30, "%F0%9F%8C%B8", "%ED%A0%80", "x" * 3000)
# What no field of the kind takes, the first that fits; rounds of them are sent together.
WRONG = (
    (UnitField, ("drop table", UNKNOWN)),
    (DateField, ("31/2/2023", "hôm kia", "9" * 30)),
    (ScaledField, ("nhiều", "9" * 30, "1e5")),
    (forms.ChoiceField, ("palace", "a\0b")),
    (forms.IntegerField, ("abc", "1.5")),
    (forms.BooleanField, ()),
    (forms.CharField, ("a\0b", "x" * 100_001)),
)


class Subject:
    """A room with its specimen, and somebody who may write it."""

    def __init__(self, room: str, cast: Any, sign_in: Any):
        self.room, self.cast, self.sign_in = room, cast, sign_in
        self.tables = import_module(f"sohoi.programmes.{room}.tests.access")
        self.specimen: Specimen = self.tables.specimen()
        self.edit = rooms.verbs()[f"{room}.edit"]
        people = (cast.hanh, cast.thu)
        self.writer = next(p for p in people if p.may(self.edit.permission, cast.units.hamlet.pk))

    def make(self, text: str = FIRST, unit: Any = None, **columns: Any) -> Any:
        columns = {self.specimen.text: text} | columns
        with believing(None):
            return self.specimen.make(unit or self.cast.units.hamlet, **columns)

    def add(self, record: Any, text: str = SECOND) -> None:
        with believing(None):
            self.specimen.add(record, text)

    def corrected(self, record: Any, text: str, by: Any) -> None:
        record.refresh_from_db()
        with believing(None):
            self.edit.action(record, version=record.version, by=by, **{self.specimen.text: text})

    def url(self, name: str, record: Any = None, query: str = "") -> str:
        given = {"kwargs": {"pk": record.pk}} if record else {}
        return reverse(f"{self.room}:{name}", **given) + query

    @cached_property
    def client(self) -> Any:
        return self.sign_in(self.writer)

    def search(self, words: str) -> str:
        """The address of the list narrowed by these words, which it must not say."""
        answer = self.client.post(self.url("list"), {"q": words})
        assert answer.status_code == 302
        assert fold(words) not in fold(unquote_plus(answer.url))
        return answer.url

    def get(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()


@pytest.fixture
def subject(room, cast, sign_in) -> Subject:
    return Subject(room, cast, sign_in)


def typed(form: forms.BaseForm) -> dict[str, str]:
    """What a browser sends back of a form that nobody touched."""
    sent = {}
    for field in form:
        value = field.field.widget.format_value(field.value())
        value = value[0] if isinstance(value, list) and value else value
        if value not in (None, [], "", False):
            sent[field.html_name] = value
    return sent


def wrong_values(field: forms.Field) -> tuple[str, ...]:
    values = next((wrong for kind, wrong in WRONG if isinstance(field, kind)), ())
    return (*values, "") if field.required and values else values


def form_pages(subject: Subject) -> dict[str, tuple[str, forms.BaseForm]]:
    """The pages of the room that ask for something, as somebody finds them who may open them."""
    found = {}
    for name, page in subject.tables.access(subject.cast).items():
        who = next((w for w in ("hanh", "thu", *PEOPLE) if w in page.allowed.split()), None)
        if who is None:
            continue
        answer = subject.sign_in(getattr(subject.cast, who)).get(page.url(name))
        if answer.context and (form := answer.context.get("form")):
            found[page.url(name)] = (who, form)
    return found


def test_a_conflict_tells_and_keeps_what_was_typed(subject):
    record, column = subject.make(), subject.specimen.text
    edit = subject.url("edit", record)
    sent = typed(subject.client.get(edit).context["form"]) | {column: THIRD}
    subject.corrected(record, SECOND, by=subject.cast.thu)
    answer = subject.client.post(edit, sent)
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.content.decode()
    assert THIRD in answer.content.decode()
    record.refresh_from_db()
    assert getattr(record, column) == SECOND


def test_what_no_field_takes_is_refused_beside_it(subject):
    pages = form_pages(subject)
    assert len(pages) >= 3
    for url, (who, form) in pages.items():
        client, asked = subject.sign_in(getattr(subject.cast, who)), typed(form)
        wrong = {name: wrong_values(field) for name, field in form.fields.items()}
        for round_ in range(max(map(len, wrong.values()), default=0)):
            sown = {name: values[round_] for name, values in wrong.items() if len(values) > round_}
            answer = client.post(url, asked | sown)
            assert answer.status_code == 422, url
            accepted = sown.keys() - answer.context["form"].errors.keys()
            assert accepted == set(), (url, {name: sown[name] for name in accepted})


def test_text_is_text_and_never_markup(subject):
    record = subject.make(EVIL)
    subject.add(record, EVIL)
    shown = [subject.get(subject.url(name, record)) for name in ("detail", "edit")]
    shown.append(subject.get(subject.url("list")))
    assert [page for page in shown if "<script>alert" in page] == []
    assert all("&lt;script&gt;alert" in page for page in shown)
    for url, (who, form) in form_pages(subject).items():
        evil = {n: EVIL for n, f in form.fields.items() if isinstance(f, forms.CharField)}
        answer = subject.sign_in(getattr(subject.cast, who)).post(url, evil, follow=True)
        assert "<script>alert" not in answer.content.decode(), url


def test_a_strange_address_is_answered_calmly(subject):
    record, client = subject.make(), subject.client
    page = client.get(subject.url("list")).context["page"]
    keys = ["q", "tim", "sort", "page", "export", *(chosen["key"] for chosen in page["filters"])]
    urls = [subject.url("list", query=f"?{key}={value}") for key in keys for value in STRANGE]
    assert {url: s for url in urls if (s := client.get(url).status_code) != 200} == {}
    assert record.code in subject.get(subject.url("list", query="?sort=-nothing&page=z"))
    own = subject.url("detail", record)
    for odd in (UNKNOWN, "z", "9" * 50, "%00", "../..", "%F0%9F%8C%B8"):
        assert client.get(own.replace(str(record.pk), odd)).status_code == 404


def test_the_list_is_searched_without_accents(subject):
    wanted, other = subject.make(FIRST), subject.make(SECOND)

    def shown(words: str) -> set[str]:
        page = subject.get(subject.search(words))
        return {record.code for record in (wanted, other) if record.code in page}

    assert shown(fold(FIRST)) == shown(FIRST.upper()) == shown(wanted.code) == {wanted.code}
    assert shown("không có ai") == set()
    assert other.code in subject.get(subject.url("list"))


def test_the_list_is_exported_as_it_is_seen(subject):
    own = subject.make("=1+1")
    subject.make("Người tỉnh khác", unit=subject.cast.units.other_commune)
    answer = subject.client.get(subject.url("list", query="?export=xlsx"))
    name = subject.url("list").strip("/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    book = ZipFile(BytesIO(answer.content))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert own.code in texts
    assert "=1+1" in texts
    whole = subject.client.get(subject.url("list", query="?export=full")).content
    assert ">None<" not in ZipFile(BytesIO(whole)).read("xl/sharedStrings.xml").decode()
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "Người tỉnh khác" not in texts
    narrowed = subject.client.get(f"{subject.search('không có ai')}&export=xlsx").content
    assert own.code not in ZipFile(BytesIO(narrowed)).read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("page", ["list", "detail"])
def test_rows_cost_no_queries(subject, django_assert_max_num_queries, page):
    record = subject.make()
    url = subject.url("list") if page == "list" else subject.url("detail", record)

    def cost() -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as captured:
            subject.get(url)
        return len(captured)

    subject.add(record)
    subject.get(url)
    one = cost()
    for text in (SECOND, THIRD):
        subject.add(subject.make(text))
        subject.add(record, text)
    assert cost() == one


def test_the_history_shows_before_and_after_and_who(subject):
    record = subject.make(FIRST)
    subject.corrected(record, SECOND, by=subject.cast.thu)
    page = subject.get(subject.url("detail", record))
    history = page[page.index("Lịch sử") :]
    assert history.index(FIRST) < history.index(SECOND)
    assert subject.cast.thu.full_name in history


def test_nobody_writes_into_a_unit_out_of_her_reach(subject):
    record, foreign = subject.make(), subject.cast.units.other_commune
    for url in (subject.url("create"), subject.url("edit", record)):
        sent = typed(subject.client.get(url).context["form"])
        answer = subject.client.post(url, sent | {"unit": foreign.pk})
        assert answer.status_code == 422
        assert "unit" in answer.context["form"].errors
    assert type(record).objects.get().unit_id == record.unit_id


def test_a_page_offers_only_what_its_reader_may_open(subject):
    record = subject.make()
    subject.add(record)
    own = subject.url("list")
    for who in subject.tables.access(subject.cast)[f"{subject.room}:detail"].allowed.split():
        client = subject.sign_in(getattr(subject.cast, who))
        page = client.get(subject.url("detail", record)).content.decode()
        links = {href for href in re.findall(r'href="([^"#]+)', page) if href.startswith(own)}
        dead = {href for href in links if client.get(href).status_code not in {200, 302}}
        assert dead == set(), who


def test_the_pages_of_a_record_have_their_names(room):
    for name in ("list", "create"):
        reverse(f"{room}:{name}")
    for name in ("detail", "edit"):
        with pytest.raises(NoReverseMatch):
            reverse(f"{room}:{name}")
