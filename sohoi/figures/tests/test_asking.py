"""A question is one value: what an address says is answered, what it leaves out is proposed, and
what cannot be is said."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sohoi.accounts.actions import appoint
from sohoi.accounts.models import User
from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER
from sohoi.figures.asking.queries import ask, other_trees
from sohoi.figures.asking.rules import Question, WrongQuestion, moved
from sohoi.lib.ids import uuid7
from sohoi.lib.periods import parse_period
from sohoi.org import reorganising
from sohoi.org.models import Unit, today
from sohoi.org.plan import HEADER
from sohoi.org.queries import Place, place_by_code
from sohoi.ui.tests.workbooks import above

BOARD, H1 = "/so-lieu/", "2023-H1"
END, ON = date(2023, 6, 30), date(2025, 7, 1)
MERGE = """found,,96,Tỉnh Cà Mau,province,VN
merge,96,96
merge,95,96
found,,40001,Xã Tân Tiến,commune,96
merge,32100,40001
merge,32101,40001
move,32200,,,,96
move,31900,,,,96
close,970
close,971
close,956"""


@pytest.fixture
def merged(cast):
    content = f"{','.join(HEADER)}\n{MERGE}".encode()
    reorganising.reorganise(content=content, on=ON, title="Nhập", by=None)
    return cast


def asked(page) -> dict[str, str]:
    """The question of the address at which the page was shown in the end."""
    url = page.redirect_chain[-1][0] if getattr(page, "redirect_chain", None) else ""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def read(question: Question) -> Question:
    """The question that its own address asks."""
    said = question.parameters
    return ask(said["don_vi"], said["ky"], day=said.get("ngay"), tree=said.get("cay"))


@pytest.mark.parametrize("day", [None, date(2023, 3, 14)])
@pytest.mark.parametrize("tree", ["then", "now", "2024-02-29"])
def test_an_address_reads_as_it_was_written(merged, day, tree):
    question = ask("96", H1, day=day, tree=tree)
    assert read(question) == question


def test_a_code_is_read_on_the_day_of_the_tree(merged):
    then, now = ask("96", H1), ask("96", H1, tree="now")
    assert then.unit.id != now.unit.id
    assert (then.is_regrouped, now.is_regrouped) == (False, True)
    assert then.stem == "96-2023-H1"
    assert now.stem == f"96-2023-H1-don-vi-{today()}"


def test_a_unit_that_came_later_is_asked_by_the_units_of_today(merged):
    question = ask("40001", H1)
    assert question.tree == today()
    assert [one.unit.code for one in other_trees(question)] == ["32100", "32101"]
    with pytest.raises(WrongQuestion, match=r"Ở chỗ ấy là: .*32100.*32101"):
        ask("40001", H1, tree="then")


def test_a_unit_that_is_gone_is_told_with_what_followed_it(merged):
    gone = place_by_code("32100", on=END)
    assert ask(gone.id, str(today().year)).unit.code == "40001"
    with pytest.raises(WrongQuestion) as refusal:
        ask(place_by_code("970", on=END).id, str(today().year))
    assert refusal.value.field == "don_vi"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("don_vi", ("nobody", H1, {})),
        ("don_vi", (str(uuid7()), H1, {})),
        ("ky", ("96", "2023-H9", {})),
        ("ky", ("96", "2030-H1", {})),
        ("ngay", ("96", H1, {"day": "31/6/2023"})),
        ("ngay", ("96", H1, {"day": "1/7/2023"})),
        ("ngay", ("96", "{year}", {"day": "31/12/{year}"})),
        ("cay", ("96", H1, {"tree": "x"})),
        ("cay", ("96", H1, {"tree": "2023-06-29"})),
    ],
)
def test_an_impossible_part_is_refused_by_its_name(cast, sign_in, part, words):
    unit, period, more = words
    year = str((today() + timedelta(days=31)).year if today().month == 12 else today().year)
    period = period.replace("{year}", year)
    more = {name: text.replace("{year}", year) for name, text in more.items()}
    with pytest.raises(WrongQuestion) as refusal:
        ask(unit, period, **more)
    assert refusal.value.field == part
    named = {"day": "ngay", "tree": "cay"}
    query = {"don_vi": unit, "ky": period} | {named[name]: text for name, text in more.items()}
    for page in (BOARD, reverse("figures:quality"), reverse("reports:document", args=["annex"])):
        answer = sign_in(cast.thu).get(page, query)
        assert answer.status_code == 422
        assert "Không xem được trang này" in answer.content.decode()


def test_a_running_period_counts_until_today_and_says_so(cast, sign_in):
    year = str(today().year)
    question = ask("96", year)
    assert question.day == min(today(), parse_period(year).end)
    page = sign_in(cast.thu).get(BOARD, {"don_vi": "96", "ky": year}, follow=True)
    if question.day != question.period.end:
        assert asked(page)["ngay"] == today().isoformat()
        assert f"số đến ngày {today().day}/{today().month}" in page.content.decode()


@given(
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.sampled_from(["2024", "2024-H1", "2024-Q1", "2024-M02"]),
)
def test_a_day_is_moved_within_its_period(day, key):
    period = parse_period(key)
    day = min(max(day, period.start), period.end)
    earlier = period.previous_year()
    found = moved(day, period, earlier)
    assert earlier.contains(found)
    assert (found == earlier.end) or (found.month, found.day) in {
        (day.month, day.day),
        (2, 28),
    }


def test_an_address_leads_to_the_whole_question_and_the_session_only_proposes(cast, sign_in):
    client = sign_in(cast.thu)
    page = client.get(BOARD, {"ky": H1}, follow=True)
    assert asked(page) == {"don_vi": "96", "ky": H1, "ngay": "2023-06-30"}
    # Another tab looks at something else; the first shows what its address asks.
    client.get(BOARD, {"don_vi": "970", "ky": "2022"})
    shown = client.get(BOARD, {"don_vi": "96", "ky": H1})
    assert shown.context["request"].question == page.context["request"].question
    assert asked(client.get(BOARD, follow=True)) == asked(page)


def test_every_link_of_a_page_of_figures_carries_its_question(probe, sign_in):
    client = sign_in(probe.thu)
    query = "don_vi=970&ky=2023-H1&ngay=2023-03-14"
    page = client.get(f"{BOARD}?{query}").content.decode().replace("&amp;", "&")
    for url in (BOARD, reverse("figures:explorer"), reverse("figures:quality")):
        assert f'href="{url}?{query}"' in page
    assert f"/so-lieu/probe.begun/?{query}" in page
    assert f"/bao-cao/van-ban/?{query}" in page


def test_the_chooser_of_periods_keeps_the_unit_and_the_tree(merged, sign_in):
    page = sign_in(merged.thu).get(BOARD, {"don_vi": "40001", "ky": H1, "cay": "now"})
    kept = dict(page.context["shell"]["period_kept"])
    assert kept == {"don_vi": place_by_code("40001").id, "cay": "now"}
    chosen = {**kept, "nam": "2024", "phan": "Q2"}
    answer = sign_in(merged.thu).get(BOARD, chosen, follow=True)
    whole = {"don_vi": "40001", "ky": "2024-Q2", "ngay": "2024-06-30", "cay": "now"}
    assert asked(answer) == whole


def test_nothing_is_written_under_half_a_question(cast, sign_in):
    url = reverse("reports:narrative", args=["review"])
    typed = {"body": "Lời văn.", "version": "0"}
    assert sign_in(cast.thu).post(url, typed).status_code == 422
    assert sign_in(cast.thu).post(f"{url}?don_vi=96&ky=2023-H1", typed).status_code == 302


def test_a_unit_out_of_reach_and_one_that_is_not_there_are_answered_alike(cast, sign_in):
    client = sign_in(cast.hanh)
    pages = {
        client.get(BOARD, {"don_vi": unit, "ky": H1}).content.decode()
        for unit in ("95", "31900", "nobody", str(cast.units.other_province.pk))
    }
    # Apart from what differs on every page.
    assert len({page.split("<main")[1] for page in pages}) == 1


def test_each_opens_on_the_unit_that_was_hers_in_the_period(merged, sign_in):
    province = place_by_code("96")
    ngan = User.objects.create(username="ngan", full_name="Lý Thị Ngân")
    before = {"valid_from": date(2021, 12, 31), "by": None}
    first = appoint(user=ngan, role=PROVINCE_OFFICER, unit=merged.units.other_province, **before)
    type(first).objects.filter(pk=first.pk).update(valid_to=ON)
    appoint(user=ngan, role=PROVINCE_OFFICER, unit=Unit(pk=province.id), valid_from=ON, by=None)
    client = sign_in(ngan)
    assert asked(client.get(BOARD, {"ky": H1}, follow=True))["don_vi"] == "95"
    client = sign_in(ngan)
    assert asked(client.get(BOARD, {"ky": "2025-H2"}, follow=True))["don_vi"] == "96"


def test_a_unit_that_was_hers_but_is_out_of_her_reach_now_does_not_open(merged, sign_in):
    new = place_by_code("31900")
    moved_on = User.objects.create(username="moi", full_name="Người Chuyển")
    old = appoint(
        user=moved_on,
        role=COMMUNE_OFFICER,
        unit=merged.units.ward,
        valid_from=date(2022, 1, 1),
        by=None,
    )
    type(old).objects.filter(pk=old.pk).update(valid_to=ON)
    appoint(user=moved_on, role=COMMUNE_OFFICER, unit=Unit(pk=new.id), valid_from=ON, by=None)
    page = sign_in(moved_on).get(BOARD, {"ky": H1}, follow=True)
    assert asked(page)["don_vi"] == "31900"


def test_the_workbook_of_a_figure_says_its_day_and_its_tree(probe, sign_in):
    client, facts = sign_in(probe.thu), ["Đơn vị: Tỉnh Cà Mau (96)", "Kỳ: 6 tháng đầu năm 2023"]
    last = ["Số đến ngày: 30/6/2023"]
    told = {
        "": last,
        "&ngay=2023-03-14": ["Số đến ngày: 14/3/2023"],
        "&cay=now": [*last, "Cách xếp: Xếp theo đơn vị hiện nay"],
        "&cay=2024-02-29": [*last, "Cách xếp: Xếp theo đơn vị ngày 29/2/2024"],
    }
    for more, expected in told.items():
        page = f"/so-lieu/probe.begun/?don_vi=96&ky=2023-H1{more}&export=xlsx"
        _title, *notes = above(client.get(page).content)
        assert notes[: len(facts) + len(expected)] == facts + expected
        assert len(notes) == len(facts + expected) + 1, "and when it was added up"


def test_files_of_different_questions_have_different_names():
    unit = Place(uuid7(), "96", "Tỉnh", "province", "province", None)
    period = parse_period(H1)
    days = (END, date(2023, 3, 14))
    stems = {
        Question(unit=unit, period=period, day=day, tree=tree).stem
        for day in days
        for tree in (day, today(), date(2024, 1, 1))
    }
    assert len(stems) == 6
