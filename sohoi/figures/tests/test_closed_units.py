"""The units and words of a closed period are those of then, wherever exactly that is asked."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period, open_period
from sohoi.figures.definitions.actions import edit_indicator
from sohoi.figures.explorer import documents
from sohoi.figures.explorer.queries import Exploration, answer_to
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.queries import answers, line_to
from sohoi.figures.tests.test_engine import H1, appointment
from sohoi.org import reorganising
from sohoi.org.plan import HEADER

ON = date(2023, 3, 1)
FIGURE = "/so-lieu/probe.begun/?don_vi={}&ky=2023-H1"


@pytest.fixture
def closed(probe, define):
    define("probe.bridges", title_vi="Cầu", measure="cầu")
    for day in (1, 2, 3):
        appointment(probe, probe.units.hamlet, date(2023, 2, day)).save()
    close_period(question=ask("96", H1), by=probe.thu)
    return probe


def plan(*lines: str) -> None:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    reorganising.reorganise(content=content, on=ON, title="Sắp xếp", by=None)


def line(code: str, *roots) -> list[str]:
    question = ask(code, H1)
    return [unit.name for unit in line_to(question, [root.pk for root in roots])]


def value(code: str) -> tuple:
    (figure,) = answers(ask(code, H1), keys=["probe.begun"])
    return figure.place.name, figure.value, figure.live


def test_the_line_above_a_unit_is_that_of_then(closed, sign_in):
    before = ["Tỉnh Cà Mau", "Huyện Đầm Dơi", "Xã Tân Đức"]
    assert line("32100", closed.units.province) == before
    plan("move,32100,,,,971")
    assert line("32100", closed.units.province) == before
    assert line("32100", closed.units.centre) == ["Trung ương Hội", *before]
    assert line("32100", closed.units.commune) == before[-1:]
    page = sign_in(closed.thu).get(FIGURE.format("32100"))
    assert [crumb["title"] for crumb in page.context["line"]][1:] == before
    for crumb in page.context["line"][1:-1]:
        assert sign_in(closed.thu).get(crumb["url"]).status_code == 200
    open_period(question=ask("96", H1), reason="Sót.", by=closed.thu)
    assert line("32100", closed.units.province) == ["Tỉnh Cà Mau", "Huyện Năm Căn", "Xã Tân Đức"]


def test_a_unit_that_a_plan_ended_within_the_period_is_still_asked_for(closed, sign_in):
    plan("found,,c,Xã C,commune,970", "merge,32100,c")
    assert value("32100") == ("Xã Tân Đức", 3, 0)
    assert ask(closed.units.commune.pk, H1).unit.code == "32100"
    client = sign_in(closed.thu)
    below = client.get(FIGURE.format("970")).context["rows"]
    assert [row["unit"] for row in below] == ["Xã Tạ An Khương", "Xã Tân Đức"]
    assert {client.get(row["url"]).context["value_text"] for row in below} == {
        "0 người",
        "3 người",
    }
    # What followed it was not closed.
    assert value("c")[::2] == ("Xã C", None)


def test_a_code_means_whose_it_was(closed):
    plan("rename,32101,32109", "rename,32100,32101,Xã Tân Đức Mới")
    assert value("32100")[:2] == ("Xã Tân Đức", 3)
    assert value("32101")[:2] == ("Xã Tạ An Khương", 0)
    assert [ask("32101", H1, tree="now").unit.name, ask("32101", "2024").unit.name] == [
        "Xã Tân Đức Mới"
    ] * 2


def test_a_unit_of_then_is_shown_to_whoever_has_it_in_her_reach_today(closed, sign_in):
    plan("found,,c,Xã C,commune,971", "merge,32100,c")
    assert sign_in(closed.la).get(FIGURE.format("32100")).status_code == 422
    assert sign_in(closed.xuan).get(FIGURE.format("32100")).status_code == 422
    assert sign_in(closed.thu).get(FIGURE.format("32100")).status_code == 200


def explore(**asked):
    question = ask(
        "970", H1, **{name: asked.pop(name) for name in ("tree", "day") if name in asked}
    )
    keys = ("probe.begun", "probe.bridges")
    return answer_to(Exploration(question=question, keys=keys, units="both", **asked))


def retitle(closed) -> None:
    """By an officer of the province whose indicator it is."""
    row = IndicatorDefinition.objects.get(key="probe.bridges")
    IndicatorDefinition.objects.filter(pk=row.pk).update(owner=closed.units.province)
    edit_indicator(definition=row, title_vi="Cầu nông thôn", by=closed.thu)


def words(answer) -> tuple[set[str], list[str]]:
    return {str(i.title) for i in answer.indicators}, [place.name for place in answer.places]


def test_the_explorer_speaks_of_a_closed_period_as_it_was_closed(closed, sign_in):
    closing = words(explore())
    assert closing == (
        {"begun", "Cầu"},
        ["Huyện Đầm Dơi", "Xã Tạ An Khương", "Xã Tân Đức"],
    )
    retitle(closed)
    plan("move,32100,,,,971", "rename,32101,,Xã Mới")
    assert words(explore()) == closing
    assert words(explore(tree="now")) == ({"begun", "Cầu nông thôn"}, ["Huyện Đầm Dơi", "Xã Mới"])
    page = sign_in(closed.thu).get(reverse("figures:explorer"), {"don_vi": "970", "ky": "2023-H1"})
    choices = {
        key: title
        for _s, group in page.context["form"].fields["chi_tieu"].choices
        for key, title in group
    }
    assert choices["probe.bridges"] == "Cầu"


@pytest.mark.parametrize("compare", ["year", "months"])
def test_each_cell_of_the_explorer_opens_what_it_says(closed, sign_in, compare):
    plan("move,32100,,,,971")
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    shown = explore(compare=compare)
    client, seen = sign_in(closed.thu), []
    for table in documents.tables(shown, "don_vi", "ky"):
        for row in table["rows"]:
            for cell in filter(lambda one: one.url, row["cells"]):
                page = client.get(cell.url)
                figure = page.context["figure"]
                assert page.context["value_text"].split()[0] == cell.text, cell.url
                assert figure.place.name == row["title"]
                whole = client.get(page.context["url"]).context
                assert whole["value_text"] == page.context["value_text"]
                seen.append(cell.text)
    assert "3" in seen or compare == "months"


def test_the_cell_has_the_words_of_then(closed, sign_in):
    retitle(closed)
    cell = reverse("figures:explorer_cell", args=["probe.bridges"])
    client = sign_in(closed.thu)
    heads = [
        re.search(
            r"<h2[^>]*>([^<]*)</h2>", client.get(f"{cell}?don_vi=96&ky={period}").content.decode()
        )
        for period in ("2023-H1", "2023-H2")
    ]
    assert [head[1] for head in heads] == ["Cầu", "Cầu nông thôn"]
