"""A room comes to count what units declared: the past stays declared, each figure says which."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.catalogue.rules import Passing
from sohoi.figures.closing.actions import close_period
from sohoi.figures.definitions.actions import pass_to_rooms
from sohoi.figures.engine.recount import recount
from sohoi.figures.engine.triggers import install
from sohoi.figures.explorer import documents as explored
from sohoi.figures.explorer.queries import Exploration, answer_to
from sohoi.figures.models import FIRST_MONTH, IndicatorDefinition
from sohoi.figures.quality.documents import finding_row
from sohoi.figures.quality.queries import findings
from sohoi.figures.reading.choices import COUNTED
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import answers
from sohoi.figures.tests.conftest import ROOM
from sohoi.figures.tests.test_engine import appointment
from sohoi.kit import rooms
from sohoi.kit.indicators import Declared, Kind
from sohoi.org import reorganising
from sohoi.org.models import today
from sohoi.org.plan import HEADER
from sohoi.ui.tests.workbooks import above

PEOPLE = {"measure": "người", "measure_en": "people"}
FLOW, STOCK, DIFFERENT, SINCE = "probe.begun", "probe.held", "probe.people", "probe.since"
ROWS = {FLOW: "flow", STOCK: "stock", DIFFERENT: "flow", SINCE: "since"}
VALUES = {FLOW: 50, STOCK: 60, DIFFERENT: 40, SINCE: 900}
DAY = date(2023, 7, 1)
NOTE = "Kỳ bắt đầu trước 1/7/2023: đơn vị khai. Từ ngày ấy: đếm từ sổ."


@pytest.fixture
def declared(cast, define, declare):
    """Every commune declares the figures, and appointments are kept all the time."""
    for key, kind in ROWS.items():
        define(key, kind=kind, **PEOPLE)
    units = cast.units
    for unit in (units.commune, units.commune_2, units.ward):
        declare(unit, "2023-H1", VALUES)
    for day in (date(2023, 2, 1), date(2023, 8, 1), date(2023, 9, 1)):
        appointment(cast, units.hamlet, day).save()
    yield cast
    rooms.unregister("probe")


@pytest.fixture
def passed(declared):
    """The room counts from 1 July 2023 on."""
    come(ROOM)
    pass_to_rooms(by=None)
    IndicatorDefinition.objects.update(passed_on=DAY)
    return declared


def come(room) -> None:
    rooms.register(room)
    install()


def told(period: str, *keys: str, unit: str = "96", **asked) -> list[tuple]:
    return [(f.value, f.basis, f.reported) for f in answers(ask(unit, period, **asked), keys=keys)]


def test_they_pass_on_the_day_they_are_met_and_once(declared):
    rows = IndicatorDefinition.objects
    assert pass_to_rooms(by=None) == []
    come(ROOM)
    assert pass_to_rooms(by=None) == sorted(ROWS)
    assert {*rows.values_list("passed_on", flat=True)} == {today()}
    rows.update(passed_on=DAY)
    assert pass_to_rooms(by=None) == []
    assert {*rows.values_list("passed_on", flat=True)} == {DAY}


def test_what_nobody_declared_is_counted_from_the_beginning(probe, define):
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    define(FLOW, **PEOPLE)
    assert pass_to_rooms(by=None) == []
    assert IndicatorDefinition.objects.get().passed_on == FIRST_MONTH
    assert not isinstance(catalogue()[FLOW], Passing)
    assert told("2023-H1", FLOW) == [(1, "counted", 0)]


def test_what_was_counted_all_along_stays_so(probe, define, declare):
    declare(probe.units.commune, "2022-H2", {})
    declare(probe.units.commune, "2023-H1", {FLOW: 7})
    define(FLOW, **PEOPLE)
    assert pass_to_rooms(by=None) == []
    assert told("2023-H1", FLOW) == [(0, "counted", 1)]


def test_a_flow_is_declared_before_the_day_and_counted_from_it(passed):
    assert told("2023-H1", FLOW) == [(150, "declared", 3)]
    assert told("2023-H2", FLOW) == [(2, "counted", 0)]
    assert told("2023-H1", FLOW, unit="32100") == [(50, "declared", 1)]
    # What begins before the day is not counted in part.
    assert told("2023", FLOW) == [(None, "declared", 0)]
    assert told("2023-Q3", FLOW) == [(2, "counted", 0)]
    IndicatorDefinition.objects.update(passed_on=date(2023, 8, 15))
    assert told("2023-H2", FLOW) == [(None, "declared", 0)]
    assert told("2023-M09", FLOW) == [(1, "counted", 0)]


def test_a_stock_is_the_book_of_the_room_from_the_day_on(passed):
    assert told("2023-H1", STOCK) == [(180, "declared", 3)]
    ((value, basis, _reported),) = told("2023-H2", STOCK)
    come_before = answers(ask("96", "2023-H2"), keys=[FLOW])[0].value
    assert basis == "counted"
    assert value > come_before


def test_a_sum_since_a_start_stays_declared_until_the_records_reach_it(passed, declare):
    assert told("2023-H2", SINCE) == [(None, "declared", 0)]
    declare(passed.units.commune, "2023-H2", {SINCE: 950})
    assert told("2023-H2", SINCE) == [(950, "declared", 1)]
    rooms.unregister("probe")
    since = next(one for one in ROOM.indicators if one.key == SINCE)
    term = replace(since, source=replace(since.source, started_on=date(2023, 8, 15)))
    come(replace(ROOM, indicators=(term,)))
    assert told("2023-Q3", SINCE) == [(None, "declared", 0)]
    assert told("2023-Q4", SINCE) == [(1, "counted", 0)]
    rooms.unregister("probe")


def test_what_had_ended_before_the_room_came_is_asked_of_nobody_until_it_counts(passed):
    IndicatorDefinition.objects.filter(key=FLOW).update(valid_to=date(2023, 5, 1))
    (shown,) = [{f.key for f in answers(ask("96", "2023-H1"))}]
    assert FLOW not in shown
    assert FLOW in {f.key for f in answers(ask("96", "2023-M04"))}
    assert FLOW in {f.key for f in answers(ask("96", "2023-H2"))}
    assert told("2023-H1", FLOW) == [(150, "declared", 3)]


def test_different_people_were_added_up_and_are_told_apart_now(passed):
    (before,) = answers(ask("96", "2023-H1"), keys=[DIFFERENT])
    (after,) = answers(ask("96", "2023-H2"), keys=[DIFFERENT])
    assert (before.value, before.indicator.kind) == (120, Kind.FLOW)
    assert (after.value, after.indicator.kind) == (1, Kind.DISTINCT)


def test_what_is_made_of_them_follows(passed, define):
    define("probe.twice", source="total", tier="", inputs=[FLOW], **PEOPLE)
    define("probe.where", source="units_with", inputs=[FLOW], measure="xã")
    assert told("2023-H1", "probe.rate", "probe.twice", "probe.where") == [
        (83, "declared", 3),
        (150, "declared", 3),
        (3, "declared", 3),
    ]
    rate, total, units = told("2023-H2", "probe.rate", "probe.twice", "probe.where")
    assert (rate[1], total) == ("counted", (2, "counted", 0))
    # Who has any is known of what is declared only.
    assert units[0] is None


def test_behind_it_are_the_returns_and_then_the_records(passed):
    indicator = catalogue()[FLOW]
    assert [trace.amount for trace in evidence(ask("96", "2023-H1"), indicator).records] == [50] * 3
    days = [trace.date for trace in evidence(ask("96", "2023-H2"), indicator).records]
    assert days == [date(2023, 8, 1), date(2023, 9, 1)]


def test_a_return_of_before_answers_by_its_value_alone(passed, declare):
    declare(passed.units.commune, "2023-Q2", {}, asked=[FLOW])
    assert told("2023-Q2", FLOW, unit="32100") == [(None, "declared", 0)]
    declare(passed.units.commune, "2023-Q3", {}, asked=[FLOW])
    assert told("2023-Q3", FLOW, unit="32100") == [(2, "counted", 1)]


def test_what_is_typed_beside_a_count_stands_beside_it(passed, declare):
    declare(passed.units.commune, "2023-H2", {FLOW: 7})
    now, before = (answers(ask("96", period), keys=[FLOW])[0] for period in ("2023-H2", "2023-H1"))
    assert (now.value, now.declared, before.declared) == (2, 7, None)


def test_it_costs_no_query_beside_what_is_declared(
    passed, define, django_assert_num_queries, django_assert_max_num_queries
):
    define("probe.other")
    asked = Exploration(question=ask("96", "2024-H1"), compare="year")
    with django_assert_max_num_queries(20) as with_passing:
        answer_to(asked)
    IndicatorDefinition.objects.update(passed_on=FIRST_MONTH)
    with django_assert_num_queries(len(with_passing)):
        answer_to(asked)


def test_periods_side_by_side_say_that_the_source_changed(passed, sign_in):
    asked = Exploration(question=ask("96", "2024-H1"), keys=(FLOW,), compare="year")
    answer = answer_to(asked)
    cells = [answer.figure(FLOW, answer.places[0].id, p.key) for p in answer.periods]
    assert [(f.value, f.basis) for f in cells] == [(0, "counted"), (150, "declared")]
    head, *rows = explored.records(answer)
    source = head.index("Nguồn")
    assert [str(row[source]) for row in rows] == ["đếm từ sổ", "đơn vị khai"]
    client = sign_in(passed.thu)
    page = reverse("figures:explorer") + "?don_vi=96&ky=2024-H1&chi_tieu=probe.begun&so=year"
    assert f"begun. {NOTE}" in client.get(page).content.decode()
    book = client.get(f"{page}&export=xlsx").content
    assert f"Đổi nguồn: begun. {NOTE}" in above(book)
    for period, basis in (("2023-H1", "đơn vị khai"), ("2023-H2", "đếm từ sổ")):
        figure = reverse("figures:figure", args=[FLOW])
        text = client.get(f"{figure}?don_vi=96&ky={period}").content.decode()
        assert NOTE in text
        assert f"<dd>{basis}</dd>" in text


def test_a_program_is_told_the_basis(passed, capsys):
    for period, said in (("2023-H1", (150, "declared")), ("2023-H2", (2, "counted"))):
        asked = {"unit": "96", "period": period, "indicator": [FLOW], "json": True}
        call_command("figures", **asked)
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["value"], row["basis"]) == said


def test_a_jump_over_the_change_says_it(passed):
    found = [f for f in findings(ask("96", "2023-H2")) if f.figure.key == STOCK]
    assert found
    assert all(finding_row(one)["text"].endswith(NOTE) for one in found)
    IndicatorDefinition.objects.update(passed_on=date(2020, 1, 1))
    assert all(f.passed is None for f in findings(ask("96", "2023-H2")))


def test_without_its_room_it_is_declared_as_before_and_comes_again(passed):
    rooms.unregister("probe")
    assert told("2023-H1", FLOW) == [(150, "declared", 3)]
    assert told("2023-H2", FLOW) == [(None, "declared", 0)]
    come(ROOM)
    assert pass_to_rooms(by=None) == []
    assert told("2023-H2", FLOW) == [(2, "counted", 0)]


def test_the_recount_agrees_over_the_change(passed):
    cells, differences = recount()
    assert cells
    assert differences == []


def test_a_closed_period_keeps_what_was_declared(declared):
    close_period(question=ask("96", "2023-H1"), by=declared.thu)
    come(ROOM)
    pass_to_rooms(by=None)
    (figure,) = answers(ask("96", "2023-H1"), keys=[FLOW])
    assert (figure.value, figure.live, figure.basis) == (150, 150, "declared")
    assert isinstance(figure.indicator.source, Declared)
    assert [trace.amount for trace in evidence(figure.question, figure.indicator).records] == [
        50
    ] * 3


def test_a_split_loses_what_was_declared_then_and_what_was_counted_later(passed):
    plan = ["found,,32190,Xã A,commune,970", "found,,32191,Xã B,commune,970"]
    plan += ["split,32101,32190", "split,32101,32191"]
    content = "\n".join([",".join(HEADER), *plan]).encode()
    reorganising.reorganise(content=content, on=date(2024, 1, 1), title="Tách", by=None)
    before, after = (
        answers(ask("32190", period, tree="now"), keys=[FLOW, SINCE])
        for period in ("2023-H1", "2023-H2")
    )
    assert [figure.comparable for figure in before] == [False, False]
    # The commune itself had declared, and counted nothing of its own afterwards.
    assert [figure.comparable for figure in after] == [True, True]


def test_what_one_province_declared_for_itself_is_no_past_of_a_figure_of_all(passed):
    """The room counts for every unit, and the others never declared it."""
    IndicatorDefinition.objects.update(owner=passed.units.province)
    for code in ("96", "95"):
        for period in ("2023-H1", "2024-H1"):
            shown = {figure.key: figure.basis for figure in answers(ask(code, period))}
            assert (shown[FLOW], shown[SINCE]) == (COUNTED, COUNTED)
