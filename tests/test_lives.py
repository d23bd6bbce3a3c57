"""The life of a record in each room: written, taken step by step, corrected, ended; by its verbs
and from its pages."""

from datetime import timedelta
from typing import Any

import pytest

from sohoi.kit import rooms
from sohoi.kit.refusals import Doubtful, Refused
from sohoi.kit.testing import PEOPLE
from sohoi.lib import dates
from sohoi.lib.doubts import believing
from sohoi.lib.text import fold, search_key
from sohoi.org import reorganising
from sohoi.org.models import today
from sohoi.org.plan import HEADER
from sohoi.records.life import Step
from sohoi.ui.lists.choosing import with_words
from tests.subject import FIRST, ROOMS, SECOND, THIRD, Subject, fresh, typed

pytestmark = [pytest.mark.rooms, pytest.mark.parametrize("room", ROOMS)]

DAY, WHY = timedelta(days=1), "Ghi nhầm"


def refused(subject: Subject, verb: str, thing: Any, **told: Any) -> str | None:
    """The field beside which it is refused."""
    with pytest.raises(Refused) as refusal:
        subject.do(verb, thing, **told)
    return refusal.value.field


def before(subject: Subject, step: Step) -> str:
    """The column of the day that a step may not precede."""
    steps = subject.life.steps
    return step.after or steps[steps.index(step) - 1].day


def taken(subject: Subject) -> list[Step]:
    """The steps that follow the first, where somebody takes them."""
    return subject.specimen.steps[1:] if "step" in subject.specimen.verbs else []


def test_what_is_written_is_stored_tidied_and_searchable(subject):
    name = subject.specimen.text
    first = subject.specimen.steps[0].state
    made = subject.make("  Ngọc   Bích Đượm ", until=first)
    record = fresh(made)
    assert getattr(record, name) == FIRST
    words = [getattr(record, column) for column in record.searched]
    assert name in record.searched
    assert made.search_key == search_key(*words, record.code)
    assert record.code.startswith(f"{subject.specimen.code}-")
    assert (record.state, record.version) == (first, 1)
    standing = subject.make()
    for model in subject.specimen.rows:
        texts = dict.fromkeys(subject.specimen.text_of(model), "  Cẩm   Tú Loan ")
        row = fresh(subject.specimen.add(standing, model, **texts))
        assert {getattr(row, name) for name in texts} <= {SECOND}


def test_a_beginning_of_tomorrow_is_refused_beside_its_day(subject):
    first = subject.specimen.steps[0].day
    with pytest.raises(Refused) as refusal:
        subject.make(**{first: today() + DAY})
    assert refusal.value.field == first
    assert subject.model.objects.count() == 0


def test_the_same_name_in_another_spelling_is_asked_about_once(subject):
    begin, name = subject.specimen.begin, subject.specimen.text
    hamlet, by = subject.cast.units.hamlet, subject.writer
    first = begin(unit=hamlet, by=by, **{name: FIRST})
    for spelling in (FIRST.upper(), fold(FIRST), "Ngoc  Bich Dượm"):
        told = {"unit": hamlet, "by": by, name: spelling}
        with pytest.raises(Doubtful) as asked:
            begin(**told)
        assert (asked.value.field, first.code[:3] in asked.value.message) == (name, True)
        with believing([doubt.key for doubt in asked.value.doubts]):
            begin(**told)
    begin(unit=subject.cast.units.hamlet_2, by=by, **{name: FIRST})
    assert subject.model.objects.count() == 5


def test_a_step_is_neither_skipped_nor_taken_twice_nor_too_early_nor_ahead(subject):
    steps = taken(subject)
    for step in steps:
        record = subject.make(until=subject.specimen.steps[steps.index(step)].state)
        was, first = record.state, getattr(record, before(subject, step))
        for other in {one.state for one in subject.life.steps} - {step.state}:
            refused(subject, "step", record, step=other, on=first)
        for on in (first - DAY, today() + DAY):
            assert refused(subject, "step", record, step=step.state, on=on) == "on"
        assert fresh(record).state == was
        subject.do("step", record, step=step.state, on=first)
        refused(subject, "step", record, step=step.state, on=first)
        assert (fresh(record).state, getattr(fresh(record), step.day)) == (step.state, first)


def test_a_step_is_corrected_and_taken_back(subject):
    for step in taken(subject):
        record = subject.make(until=step.state)
        was, day = subject.life.stepper(record), getattr(record, step.day)
        told = {"step": step.state, "reason": WHY}
        if "correct" in subject.specimen.verbs:
            for on in (getattr(record, before(subject, step)) - DAY, today() + DAY):
                assert refused(subject, "correct", record, on=on, **told) == "on"
            subject.do("correct", record, on=day + DAY, **told)
            assert getattr(fresh(record), step.day) == day + DAY
        subject.do("take_back", record, **told)
        assert getattr(fresh(record), step.day) is None
        refused(subject, "take_back", record, **told)
        subject.do("step", record, step=step.state, on=day)
        assert subject.life.stepper(fresh(record)) == was


def test_an_end_keeps_its_reason_and_nothing_follows(subject):
    life, record = subject.life, subject.make()
    assert ("end" in subject.specimen.verbs) == (life.end is not None)
    if life.end is None:
        return
    last = getattr(record, subject.specimen.steps[0].day)
    for on in (last - DAY, today() + DAY):
        assert refused(subject, "end", record, on=on) == "on"
    ended = subject.do("end", record, on=today(), reason=" Hộ  chuyển đi ")
    assert (ended.state, getattr(ended, life.end.day)) == (life.end.state, today())
    assert getattr(fresh(record), life.reason) == "Hộ chuyển đi"
    assert (life.next(ended), life.may_end(ended)) == (None, False)
    refused(subject, "end", record, on=today())
    for step in taken(subject):
        refused(subject, "step", record, step=step.state, on=today())


def test_what_came_to_its_last_step_is_not_ended(subject):
    if subject.life.end and taken(subject):
        record = subject.make(until=subject.specimen.steps[-1].state)
        assert subject.life.next(record) is None
        refused(subject, "end", record, on=today())


def test_a_correction_of_an_older_version_is_refused(subject):
    record, name = subject.make(), subject.specimen.text
    read = record.version
    subject.do("edit", record, version=read, **{name: f" {SECOND} "})
    assert refused(subject, "edit", record, version=read, **{name: THIRD}) is None
    now = fresh(record)
    assert (getattr(now, name), now.version) == (SECOND, read + 1)
    assert with_words(subject.model.objects, "search_key", SECOND).get() == now
    assert not with_words(subject.model.objects, "search_key", FIRST).exists()


def test_a_correction_keeps_the_steps_in_order(subject):
    first, *following = subject.specimen.steps
    for step in following[:1]:
        record = subject.make(until=step.state)
        late = getattr(record, step.day) + DAY
        assert refused(subject, "edit", record, **{first.day: late}) == first.day


def test_a_record_is_begun_from_its_page(subject):
    specimen, hamlet = subject.specimen, subject.cast.units.hamlet
    columns = specimen.columns | {"unit": hamlet, specimen.text: THIRD}
    form = subject.client.get(subject.url("create")).context["form"]
    answer = subject.client.post(subject.url("create"), typed(form, **columns))
    record = subject.model.objects.get()
    assert (answer.status_code, answer.url) == (302, record.get_absolute_url())
    assert {name: getattr(record, name) for name in columns} == columns


def test_only_whoever_may_begin_one_is_offered_to(subject):
    readers = subject.allowed("list")
    assert len(readers) > 2
    for name in readers:
        page = subject.signed_in(name).get(subject.url("list")).content.decode()
        assert (subject.url("create") in page) == (name in subject.allowed("create")), name


def test_a_life_is_written_from_its_pages(subject):
    record = subject.make(until=subject.specimen.steps[0].state)
    detail = subject.url("detail", record)
    for step in taken(subject):
        if record.state == subject.specimen.standing:
            subject.add(record)
        page, client = subject.url("step", record), subject.doing("step")
        form = client.get(page).context["form"]
        day = subject.specimen.day_of(record, step)
        assert client.post(page, typed(form, on=day)).status_code == 302
        record = fresh(record)
        assert (record.state, getattr(record, step.day)) == (step.state, day)
        marked = [s["title"] for s in client.get(detail).context["steps"] if s["state"] == "done"]
        assert marked[-1] == step.state.label
    if taken(subject):
        assert subject.doing("step").get(subject.url("step", record)).status_code == 302
    else:
        page, client = subject.url("end", record), subject.doing("end")
        assert client.post(page, {"on": dates.short(today()), "reason": THIRD}).status_code == 302
        assert fresh(record).state == subject.life.end.state
        assert THIRD in client.get(detail).content.decode()


def test_each_reader_is_offered_what_she_may_do_now(subject):
    life, specimen = subject.life, subject.specimen
    mend = "correct" if "correct" in specimen.verbs else "take_back"
    records = [subject.make(until=step.state) for step in specimen.steps]
    records += [specimen.close(subject.make())] if life.end else []
    doors = [subject.door(add) for add, _columns in specimen.rows.values()]
    standing, readers = subject.make(), subject.allowed("list")
    assert len(readers) > 3
    for name in readers:
        client = subject.signed_in(name)
        for record in records:
            now = {
                "edit": True,
                "step": life.next(record) is not None,
                "end": life.may_end(record),
                mend: life.last(record) is not None,
            }
            page = client.get(subject.url("detail", record)).content.decode()
            expected = {act for act, may in now.items() if may and name in subject.allowed(act)}
            known = [act for act in now if act in subject.pages]
            offered = {act for act in known if f'href="{subject.url(act, record)}"' in page}
            assert offered == expected, (name, record.state)
        page = client.get(subject.url("detail", standing)).content.decode()
        offered = {door for door in doors if f'href="{subject.url(door, standing)}"' in page}
        assert offered == {door for door in doors if name in subject.allowed(door)}, name


def test_each_reader_sees_the_records_of_her_own_units(subject):
    units = subject.cast.units
    near = {"hanh": 2, "lan": 1, "la": 3, "thu": 3, "mai": 3, "xuan": 0}
    places = (units.hamlet, units.hamlet_2, units.commune_2, units.other_commune)
    records = [subject.make(unit=unit) for unit in places]
    readers = subject.pages["list"].allowed.split()
    for name in readers:
        client = subject.signed_in(name)
        page = client.get(subject.url("list")).content.decode()
        seen = records[: near[name]] if name != "xuan" else records[3:]
        assert [r for r in records if r.code in page] == seen, name
        found = [r for r in records if client.get(r.get_absolute_url()).status_code == 200]
        assert found == seen, name
    assert len(readers) > 4


def test_a_day_before_its_records_is_no_day_for_a_unit_to_end(subject):
    plan = "\n".join((",".join(HEADER), "found,,40001,Xã Mới,commune,96", "merge,32101,40001"))
    done = subject.specimen.steps[-1].state
    record = subject.make(unit=subject.cast.units.commune_2, until=done)
    last = max(filter(None, (getattr(record, step.day) for step in subject.life.steps)))
    (fault,) = reorganising.preview(plan.encode(), last).faults
    assert (fault.code, "1 hồ sơ" in fault.text) == ("32101", True)
    assert reorganising.preview(plan.encode(), last + DAY).faults == []


def test_a_task_is_given_to_those_named_and_to_nobody_else(subject):
    record, cast = subject.make(), subject.cast
    tasks = next(one.tasks for one in rooms.rooms() if one.key == subject.room)
    given = {name: tasks(getattr(cast, name)) for name in PEOPLE}
    asked = subject.specimen.asked.split()
    assert [name for name, found in given.items() if found] == asked
    for name in asked:
        (task,) = given[name]
        page = subject.signed_in(name).get(task.url)
        assert (page.status_code, record.code in page.content.decode()) == (200, True), name
