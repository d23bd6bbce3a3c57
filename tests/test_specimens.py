"""What no room may get wrong, tried on the specimen that each gives in its `tests/acts.py`."""

import re
from html import unescape
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

import pytest
from django import forms
from django.urls import NoReverseMatch, reverse

from sohoi.figures.asking.queries import ask
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import figures
from sohoi.kit import rooms
from sohoi.kit.indicators import Records
from sohoi.kit.testing import PEOPLE
from sohoi.lib.periods import parse_period
from sohoi.lib.text import fold
from sohoi.org.forms import UnitField
from sohoi.ui.fields import DateField, ScaledField
from tests.subject import FIRST, ROOMS, SECOND, THIRD, Subject, fresh, typed

pytestmark = [pytest.mark.rooms, pytest.mark.parametrize("room", ROOMS)]

PERIOD, WHY = parse_period("2023-H1"), "Ghi nhầm"
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


def wrong_values(field: forms.Field) -> tuple[str, ...]:
    values = next((wrong for kind, wrong in WRONG if isinstance(field, kind)), ())
    return (*values, "") if field.required and values else values


def form_pages(subject: Subject) -> dict[str, tuple[str, forms.BaseForm]]:
    """The pages of the room that ask for something, as somebody finds them who may open them."""
    found = {}
    for name, page in subject.pages.items():
        who = next((w for w in ("hanh", "thu", *PEOPLE) if w in page.allowed.split()), None)
        if who is None:
            continue
        url = page.url(f"{subject.room}:{name}")
        answer = subject.signed_in(who).get(url)
        if answer.context and (form := answer.context.get("form")):
            found[url] = (who, form)
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
        client, asked = subject.signed_in(who), typed(form)
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
        answer = subject.signed_in(who).post(url, evil, follow=True)
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
    for who in subject.allowed("detail"):
        client = subject.signed_in(who)
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


def test_a_row_is_added_corrected_and_removed_from_its_pages(subject):
    specimen, record = subject.specimen, subject.make()
    detail = subject.url("detail", record)
    for model, (add, known) in specimen.rows.items():
        texts = specimen.text_of(model)
        given = {n: value(record) if callable(value) else value for n, value in known.items()}
        given |= dict.fromkeys(texts, SECOND)
        page, client = subject.url(subject.door(add), record), subject.doing(add)
        assert f'href="{page}"' in client.get(detail).content.decode()
        assert (
            client.post(page, typed(client.get(page).context["form"], **given)).status_code == 302
        )
        row = model.objects.get(**{model.within: record})
        assert {name: getattr(row, name) for name in given} == given
        edit, remove = subject.mending(model)
        pages = {verb: subject.url(subject.door(verb), row) for verb in (edit, remove) if verb}
        client = subject.doing(remove)
        shown = client.get(detail).content.decode()
        if edit:
            assert f'href="{pages[edit]}"' in shown
            shown = client.get(pages[edit]).content.decode()
            assert f"{row.display_name}, {record.display_name}" in unescape(shown)
            sent = typed(client.get(pages[edit]).context["form"], **dict.fromkeys(texts, THIRD))
            assert client.post(pages[edit], sent).context["form"].errors.keys() == {"reason"}
            assert client.post(pages[edit], sent | {"reason": WHY}).status_code == 302
            row = fresh(row)
            assert {getattr(row, name) for name in texts} == {THIRD}
        assert f'href="{pages[remove]}"' in shown
        asked = client.get(pages[remove]).content.decode()
        assert f"{row.display_name}, {record.display_name}" in unescape(asked)
        assert client.post(pages[remove], {"reason": ""}).status_code == 422
        assert fresh(row) == row
        assert client.post(pages[remove], {"reason": WHY}).status_code == 302
        assert not model.objects.filter(pk=row.pk).exists()
        page = client.get(detail).content.decode()
        assert f"Thêm {model._meta.verbose_name}" in page
        newest = page[page.index(f"Xoá {model._meta.verbose_name}") :]
        assert WHY in newest
        assert subject.who(remove).full_name in newest
        assert all(f"<del>{THIRD}</del>" in newest for _name in texts if edit)


def test_the_list_is_narrowed_by_each_word_of_a_column(subject):
    model, specimen = subject.model, subject.specimen
    columns = {field.name: field for field in model._meta.fields if field.choices}
    filters = import_module(f"sohoi.programmes.{subject.room}.documents").FILTERS
    records = subject.variants()
    records += [subject.make(until=step.state) for step in specimen.steps]
    records += [specimen.close(subject.make())]
    narrowed = [f for f in filters if f.lookup in columns or f.lookup == "state"]
    assert "state" in {f.lookup for f in narrowed}
    for one in narrowed:
        for word, _title in one.choices():
            page = subject.get(subject.url("list", query=f"?{one.key}={word}"))
            wanted = {r.code for r in records if getattr(r, one.lookup) == word}
            assert {r.code for r in records if r.code in page} == wanted, (one.key, word)


def test_the_evidence_of_a_figure_names_codes_and_no_name(subject):
    subject.variants()
    counted = [i for i in rooms.indicators().values() if i.key.startswith(f"{subject.room}.")]
    counted = [i for i in counted if isinstance(i.source, Records)]
    assert counted
    for indicator in counted:
        unit = subject.cast.units.province.pk
        found = evidence(ask(unit, PERIOD), indicator)
        (figure,) = figures(unit=unit, period=PERIOD, keys=[indicator.key])
        assert figure.value == sum(trace.amount for trace in found.records), indicator.key
        codes = set(indicator.source.model.objects.values_list("code", flat=True))
        labels = {trace.label for trace in found.records}
        assert labels, indicator.key
        assert labels <= codes
        assert [name for name in (FIRST, SECOND) if name in repr(found)] == [], indicator.key
