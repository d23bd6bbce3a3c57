"""The explorer: any indicators, units and periods beside each other, and the way behind each."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.asking.queries import ask as question_of
from sohoi.figures.asking.rules import Question, WrongQuestion
from sohoi.figures.explorer import documents
from sohoi.figures.explorer.queries import (
    DIMENSIONS,
    Exploration,
    TooMany,
    answer_to,
    layouts,
    spans,
)
from sohoi.figures.reading.queries import figures
from sohoi.lib.ids import uuid7
from sohoi.lib.periods import parse_period
from sohoi.org.plan import HEADER
from sohoi.org.queries import Place, place_by_code
from sohoi.org.reorganising import reorganise
from sohoi.ui.tests.workbooks import above, cells

H1 = parse_period("2023-H1")
PATH = "/so-lieu/kham-pha/"
PERIODS = st.sampled_from(["2023-M02", "2023-Q4", "2023-H2", "2024-9M", "2024"])
TERMS = st.sampled_from(["term:2016-2021", "term:2021-2026", "term:2025-2030"])


def begin(cast, unit, *days):
    for day in days:
        Appointment.objects.create(
            user=cast.hanh, role=roles.BRANCH_HEAD, unit=unit, valid_from=day
        )


def ask(unit="96", *, day=None, tree=None, **asked):
    question = question_of(unit, H1, day=day, tree=tree)
    return answer_to(Exploration(question=question, **{"keys": ("probe.begun",)} | asked))


def read_table(shown, rows="don_vi", columns="ky"):
    (table,) = documents.tables(shown, rows, columns)
    return {row["title"]: [cell.text for cell in row["cells"]] for row in table["rows"]}


def test_the_same_period_last_year_and_the_change_stand_beside(probe):
    begin(probe, probe.units.hamlet, date(2022, 3, 1), date(2022, 6, 30), date(2022, 7, 1))
    begin(probe, probe.units.hamlet, date(2023, 1, 1), date(2023, 5, 1), date(2023, 6, 30))
    assert read_table(ask())["Tỉnh Cà Mau"] == ["3", "2", "+1 (+50 %)"]


def test_a_half_of_a_tenth_of_a_per_cent_is_rounded_up(probe, define, declare):
    define("probe.bridges")
    for period, number in (("2022-H1", 80), ("2023-H1", 185)):
        declare(probe.units.commune, period, {"probe.bridges": number})
    shown = read_table(ask("32100", keys=("probe.bridges",)))
    assert shown["Xã Tân Đức"] == ["185", "80", "+105 (+131,3 %)"]


def test_nothing_is_said_of_a_change_from_what_nobody_knows(probe, declare, sign_in):
    """A zero in the books of units of which none has reported is not known."""
    begin(probe, probe.units.hamlet, date(2023, 1, 1), date(2023, 5, 1))
    declare(probe.units.commune, "2023-H1", {})
    assert read_table(ask())["Tỉnh Cà Mau"] == ["2", "0", "–"]
    page = sign_in(probe.thu)
    query = f"{PATH}?don_vi=96&ky=2023-H1&chi_tieu=probe.begun"
    _heads, first, *_rest = cells(page.get(f"{query}&export=xlsx").content)
    assert [text for _kind, text in first][-3:] == ["2", "0", "–"]
    declare(probe.units.commune, "2022-H1", {})
    assert read_table(ask())["Tỉnh Cà Mau"] == ["2", "0", "+2"]


def test_units_below_are_rows_and_rows_can_become_columns(probe):
    begin(probe, probe.units.hamlet, date(2023, 3, 1))
    shown = ask(units="both", compare="months")
    rows = read_table(shown)
    assert rows["Tỉnh Cà Mau"] == rows["Huyện Đầm Dơi"] == ["0", "0", "1", "0", "0", "0"]
    assert rows["Huyện Năm Căn"] == ["0"] * 6
    turned = read_table(shown, "ky", "don_vi")
    assert turned["Tháng 3 năm 2023"] == ["1", "1", "0"]


@pytest.mark.parametrize(("rows", "columns"), layouts())
def test_every_layout_shows_every_figure_once(probe, rows, columns):
    begin(probe, probe.units.hamlet, date(2023, 3, 1))
    shown = ask(units="both", compare="quarters", keys=("probe.begun", "probe.held"))
    links = [
        cell.url
        for table in documents.tables(shown, rows, columns)
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert len(links) == len({*links}) == len(shown.cells) == 2 * 3 * 2


def test_figures_are_those_of_the_board(probe):
    begin(probe, probe.units.hamlet, date(2023, 3, 1), date(2023, 4, 9))
    begin(probe, probe.units.commune_2, date(2022, 3, 1))
    keys = ("probe.begun", "probe.held", "probe.people", "probe.since", "probe.rate")
    shown = ask(units="both", compare="years", keys=keys)
    for period in shown.periods:
        expected = figures(
            unit=probe.units.province.pk, period=period, keys=keys, by_children=True, tree=H1.end
        )
        for figure in expected:
            seen = shown.figure(figure.key, figure.place.id, period.key)
            assert seen.value == figure.value, (period.key, figure.key, figure.place.name)


@given(key=PERIODS, share=st.floats(0, 1))
def test_a_cut_off_is_moved_to_the_same_day_of_earlier_years(key, share):
    place = Place(uuid7(), "96", "Tỉnh", "province", "province", None)
    period = parse_period(key)
    days = (period.end - period.start).days
    day = date.fromordinal(period.start.toordinal() + round(share * days))
    question = Question(unit=place, period=period, day=day, tree=day)
    for compare in ("year", "years"):
        for one in spans(question, compare):
            assert one.period.contains(one.day)
            # The last day stays the last day; 29 February becomes the 28th.
            assert (one.day == one.period.end) or abs(one.day.day - day.day) <= 1
    for compare in ("months", "quarters"):
        parts = spans(question, compare)
        assert parts[0].period.start == period.start
        assert parts[-1].day == day


@given(key=TERMS, share=st.floats(0, 1))
def test_a_cut_off_in_a_term_is_as_many_days_after_the_start_of_earlier_ones(key, share):
    place = Place(uuid7(), "96", "Tỉnh", "province", "province", None)
    term = parse_period(key)
    days = round(share * (term.end - term.start).days)
    day = term.start + timedelta(days=days)
    question = Question(unit=place, period=term, day=day, tree=day)
    for one in spans(question, "years"):
        assert one.period.contains(one.day)
        assert one.day == one.period.end or (one.day - one.period.start).days == days
    for compare in ("months", "quarters"):
        parts = spans(question, compare)
        assert parts[-1].day == day
        periods = [part.period for part in parts]
        assert periods == [term] or all(term.contains(period.start) for period in periods)


def test_a_cut_off_leaves_out_what_came_after_it_in_both_years(probe, declare):
    declare(probe.units.commune, "2023-H1", {})
    begin(probe, probe.units.hamlet, date(2022, 5, 1), date(2022, 5, 2), date(2023, 5, 2))
    shown = ask(day=date(2023, 5, 1))
    assert read_table(shown)["Tỉnh Cà Mau"] == ["0", "1", "-1 (-100 %)"]


def test_a_unit_that_is_gone_is_followed_into_the_tree_of_today(probe, declare):
    declare(probe.units.commune, "2022-H1", {})
    begin(probe, probe.units.commune, date(2023, 3, 1))
    begin(probe, probe.units.commune_2, date(2023, 3, 1))
    merge = "found,,k,Xã Mới,commune,970\nmerge,32100,k\nmerge,32101,k"
    content = f"{','.join(HEADER)}\n{merge}".encode()
    reorganise(content=content, on=date(2025, 7, 1), title="Nhập", by=None)
    old, new = place_by_code("32100", on=H1.end), place_by_code("k")
    assert read_table(ask(old.id)) == {"Xã Tân Đức": ["1", "0", "+1"]}
    assert read_table(ask(old.id, tree="now")) == {"Xã Mới": ["2", "0", "+2"]}
    assert read_table(ask(new.id)) == {"Xã Mới": ["2", "0", "+2"]}
    # Two units became this one: what it was then is not one unit.
    with pytest.raises(WrongQuestion, match="Xã Tân Đức"):
        ask(new.id, tree="then")


def test_too_large_a_question_is_refused_before_it_is_read(probe, django_assert_max_num_queries):
    asked = Exploration(question=question_of("96", H1), keys=("probe.begun",))
    with django_assert_max_num_queries(3), pytest.raises(TooMany) as refusal:
        answer_to(asked, most=1)
    assert (refusal.value.cells, refusal.value.most) == (2, 1)


def test_the_queries_depend_neither_on_units_nor_on_periods(probe, sign_in):
    page = sign_in(probe.thu)
    keys = "chi_tieu=probe.begun&chi_tieu=probe.people&chi_tieu=probe.rate"
    numbers = []
    for query in ("don_vi=96&ky=2023-Q1&xem=below", "don_vi=96&ky=2023&xem=both&so=months"):
        page.get(f"{PATH}?{query}&{keys}")
        with CaptureQueriesContext(connection) as captured:
            page.get(f"{PATH}?{query}&{keys}")
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 20


def test_the_page_shows_what_was_asked(probe, sign_in):
    begin(probe, probe.units.hamlet, date(2023, 3, 1))
    page = sign_in(probe.thu).get(
        f"{PATH}?don_vi=96&ky=2023-H1&xem=below&bang=don_vi-ky&chi_tieu=probe.begun"
    )
    text = page.content.decode()
    assert "Huyện Đầm Dơi" in text
    assert "Cùng kỳ năm trước (2022)" in text
    assert page.context["tables"][0]["title"] == "begun (người)"


def test_a_cut_off_outside_the_period_is_told_beside_its_field(probe, sign_in):
    asked = f"{PATH}?don_vi=96&ky=2023-H1&ngay=1/9/2023&chi_tieu=probe.begun"
    client = sign_in(probe.thu)
    page = client.get(asked)
    (error,) = page.context["form"].errors["ngay"]
    assert page.status_code == 422
    assert "từ 1/1/2023 đến 30/6/2023" in error
    assert "1/9/2023" in page.content.decode()
    # Nothing is shown in the place of what was asked, nor put into a file.
    assert "tables" not in page.context
    assert client.get(f"{asked}&export=xlsx").status_code == 422


@pytest.mark.parametrize("query", ["xem=x", "so=x", "bang=ky-ky", "chi_tieu=no.such"])
def test_an_unknown_value_never_breaks_the_page(probe, sign_in, query):
    page = sign_in(probe.thu).get(f"{PATH}?don_vi=96&ky=2023-H1&{query}")
    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_cell_opens_on_what_is_behind_it(probe, sign_in):
    begin(probe, probe.units.hamlet, date(2023, 3, 1), date(2022, 3, 1), date(2022, 4, 1))
    page = sign_in(probe.thu)
    shown = page.get(f"{PATH}?don_vi=96&ky=2023-H1&chi_tieu=probe.begun")
    cell = shown.context["tables"][0]["rows"][0]["cells"][0]
    part = page.get(cell.url, headers={"HX-Request": "true"})
    texts = [fact["text"] for fact in part.context["facts"]]
    assert part.context["value_text"] == "1 người"
    assert "đếm từ sổ" in texts
    assert texts[-1] == "2 người"
    assert b"<html" not in part.content
    assert b"<html" in page.get(cell.url).content


# What began of three in each unit: until the end of the period or until 14 March, in the district
# as it was or with the township that came to it.
FOUND = {"&cay=now": "6", "&ngay=14/3/2023": "2", "&ngay=14/3/2023&cay=now": "4"}


@pytest.mark.parametrize("more", FOUND)
def test_a_cell_opens_with_the_day_and_the_tree_of_its_table(probe, sign_in, more):
    days = [date(year, month, 1) for year in (2022, 2023) for month in (2, 3, 5)]
    for unit in (probe.units.hamlet, probe.units.ward):
        begin(probe, unit, *days)
    content = f"{','.join(HEADER)}\nmove,32200,,,,970\nclose,971".encode()
    reorganise(content=content, on=date(2025, 7, 1), title="Chuyển", by=None)
    client = sign_in(probe.thu)
    shown = client.get(f"{PATH}?don_vi=970&ky=2023-H1&chi_tieu=probe.begun{more}")
    question = shown.context["request"].question
    (row,) = shown.context["tables"][0]["rows"]
    now, before = (cell for cell in row["cells"] if cell.url)
    assert [now.text, before.text] == [FOUND[more]] * 2
    for cell, day in ((now, question.day), (before, question.day.replace(year=2022))):
        behind = client.get(cell.url).context
        whole = client.get(behind["url"]).context
        assert behind["value_text"] == whole["value_text"] == f"{cell.text} người"
        for asked in (behind["request"].question, whole["request"].question):
            assert (asked.day, asked.tree) == (day, question.tree)


def test_a_cell_names_its_parts_and_the_returns_behind_it(probe, define, declare, sign_in):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    declare(probe.units.commune, "2023-H1", {"probe.whole": 772, "probe.part": 682})
    page = sign_in(probe.thu)
    shown = page.get(f"{PATH}?don_vi=96&ky=2023-H1&chi_tieu=probe.whole")
    part = page.get(shown.context["tables"][0]["rows"][0]["cells"][0].url)
    assert part.context["parts"] == [("probe.part", "682 hộ")]
    (warning,) = part.context["warnings"]
    assert "772" in warning
    assert [trace.unit for trace in part.context["evidence"].records] == ["Xã Tân Đức"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("don_vi={own}&ky=2023-H1", 200),
        ("don_vi={own}&ky=2023-H1&ngay=14/3/2023", 200),
        ("don_vi={other}&ky=2023-H1", 422),
        ("don_vi=nobody&ky=2023-H1", 422),
        ("don_vi={own}&ky=2023-H9", 422),
        ("don_vi={own}&ky=2023-H1&ngay=31/6/2023", 422),
        ("don_vi={own}&ky=2023-H1&cay=1900-01-01", 422),
    ],
)
def test_a_cell_of_another_unit_looks_like_one_that_is_not_there(probe, sign_in, query, status):
    Appointment.objects.create(
        user=probe.xuan,
        role=roles.BRANCH_HEAD,
        unit=probe.units.other_commune,
        valid_from=date(2023, 3, 1),
    )
    asked = query.format(other=probe.units.other_commune.pk, own=probe.units.commune.pk)
    url = reverse("figures:explorer_cell", args=["probe.begun"])
    assert sign_in(probe.hanh).get(f"{url}?{asked}").status_code == status


def test_the_files_hold_what_is_shown(probe, declare, sign_in):
    declare(probe.units.commune, "2022-H1", {})
    begin(probe, probe.units.hamlet, date(2023, 3, 1))
    page = sign_in(probe.thu)
    query = f"{PATH}?don_vi=96&ky=2023-H1&xem=both&bang=don_vi-ky&chi_tieu=probe.begun"
    lines = page.get(f"{query}&export=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3 * 2
    assert "probe.begun,begun,96,Tỉnh Cà Mau,2023-H1,2023-06-30,2023-06-30,1,người" in lines[1]
    heads, first, *_rest = cells(page.get(f"{query}&export=xlsx").content)
    assert heads[2] == ("text", "6 tháng đầu năm 2023")
    assert [text for _kind, text in first] == ["begun (người)", "Tỉnh Cà Mau", "1", "0", "+1"]


def test_files_of_other_choices_have_other_names_and_notes(probe, sign_in):
    client, names, notes = sign_in(probe.thu), set(), set()
    begun, held = "&chi_tieu=probe.begun", "&chi_tieu=probe.held"
    choices = (begun, held, begun + held, f"{begun}&xem=below&so=years", f"{begun}&so=months")
    for chosen in choices:
        query = f"{PATH}?don_vi=96&ky=2023-H1{chosen}"
        book = client.get(f"{query}&export=xlsx")
        text = client.get(f"{query}&export=csv")["Content-Disposition"]
        assert text == book["Content-Disposition"].replace(".xlsx", ".csv")
        names.add(text.split('"')[1])
        notes.add(tuple(above(book.content)))
    assert names == {
        "so-lieu-96-2023-H1-probe.begun.csv",
        "so-lieu-96-2023-H1-probe.held.csv",
        "so-lieu-96-2023-H1-2-chi-tieu.csv",
        "so-lieu-96-2023-H1-probe.begun-below-years.csv",
        "so-lieu-96-2023-H1-probe.begun-months.csv",
    }
    assert len(notes) == len(choices)
    assert {note for told in notes for note in told} >= {
        "Chỉ tiêu: begun; held",
        "Đơn vị trong bảng: Các đơn vị trực thuộc",
        "So sánh: Cùng kỳ của năm năm liền",
        "Hàng và cột của bảng: Chỉ tiêu × kỳ",
    }


def test_every_dimension_is_a_row_a_column_or_a_table():
    assert {frozenset(pair) for pair in layouts()} == {
        frozenset({*DIMENSIONS} - {one}) for one in DIMENSIONS
    }
