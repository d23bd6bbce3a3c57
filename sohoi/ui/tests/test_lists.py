"""A list page: search, filters, order, pages and export, tried on the accounts of the cast."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from sohoi.kit.lists import Column, Filter, Listing
from sohoi.ui.lists import asking, choosing, drawing
from sohoi.ui.lists.pages import list_page
from sohoi.ui.tests.workbooks import above, cells, sheet

User = get_user_model()
LISTING = Listing(
    title="Tài khoản",
    columns=(
        Column(key="ten", title="Tên", value=lambda u: u.full_name, sort="full_name"),
        Column(key="so", title="Số", value=lambda u: 1000 * len(u.username), kind="number"),
        Column(key="tien", title="Tiền", value=lambda u: 2_500_000, kind="money"),
        Column(key="ngay", title="Ngày", value=lambda u: date(2023, 7, 4), kind="date"),
        Column(key="dang-nhap", title="Đăng nhập", value=lambda u: u.username, sort="username"),
    ),
    order=("username",),
    record_url=lambda user: f"/thu/{user.username}/",
    filters=(
        Filter(
            key="vai-tro",
            title="Vai trò",
            choices=lambda: [("commune_officer", "Cấp xã"), ("branch_head", "Chi hội")],
            lookup="appointments__role",
        ),
    ),
    search="username",
    create_url="/thu/moi/",
    empty_title="Chưa có ai",
    facts={"Đơn vị": "Tỉnh Cà Mau"},
)


class Columns(dict):
    """What the accounts keep of the columns somebody chose."""

    of = dict.get

    def keep(self, key: str, columns: list[str] | None) -> None:
        self[key] = columns


@pytest.fixture
def ask(rf, client) -> Callable[..., HttpRequest]:
    """`ask("sort=ten", {"q": "x"})`: a request in one and the same session."""
    columns = Columns()

    def make(query: str = "", data: dict | None = None, user: Any = None, **headers) -> HttpRequest:
        url = f"/thu/?{query}"
        request = rf.get(url, **headers) if data is None else rf.post(url, data, **headers)
        request.session, request.user, request.columns = client.session, user, columns
        return request

    return make


@pytest.fixture
def search(ask) -> Callable[..., str]:
    """`search(q="hanh")`: sends the form; the query it is answered with."""

    def send(at: str = "", **typed: str) -> str:
        request = ask(at, typed)
        answer = show(request)
        request.session.save()
        assert (answer.status_code, urlsplit(answer.url).path) == (302, "/thu/")
        return urlsplit(answer.url).query

    return send


@pytest.fixture
def page(cast, ask) -> Callable[[str], dict]:
    """`page("sort=ten")`: the page object of the cast's accounts at that query."""

    def build(query: str = "") -> dict:
        asked = asking.Asked(ask(query), LISTING, "tai-khoan")
        return drawing.build(asked, choosing.choose(User.objects.all(), asked))

    return build


def usernames(page: dict) -> list[str]:
    return [user.username for user in page["rows"].records]


def query_of(url: str) -> dict:
    return {key: value for key, (value,) in parse_qs(urlsplit(url).query).items()}


def add_people(number: int) -> None:
    User.objects.bulk_create(
        User(username=f"nguoi{n:03}", full_name=f"Người {n}") for n in range(number)
    )


def show(request: HttpRequest, listing: Listing = LISTING):
    return list_page(
        request,
        queryset=User.objects.exclude(username="quan"),
        listing=listing,
        template="ui/list.html",
        key="tai-khoan",
    )


def text_of(page: dict) -> str:
    return page["rows"].markup


def test_a_list_begins_in_its_own_order(page):
    assert usernames(page()) == ["hanh", "la", "lan", "mai", "quan", "thu", "xuan"]


@pytest.mark.parametrize("typed", ["hạnh", "HẠNH", "  hanh ", "ha\u0323nh"])
def test_search_ignores_accents_case_and_spaces(page, search, typed):
    assert usernames(page(search(q=typed))) == ["hanh"]


def test_search_that_finds_nothing_says_so(page, search):
    found = page(search(q="khong-co-ai"))
    assert (len(found["rows"]), found["total"], found["is_filtered"]) == (0, 0, True)
    assert found["clear_url"] == "/thu/"


def test_signs_alone_find_nothing(page, search):
    assert usernames(page(search(q="***"))) == []


def test_a_filter_narrows_and_is_shown_as_chosen(page):
    found = page("vai-tro=commune_officer")
    assert usernames(found) == ["hanh", "xuan"]
    (chosen,) = found["filters"]
    assert [c["key"] for c in chosen["choices"] if c["selected"]] == ["commune_officer"]


def test_search_and_filter_work_together(page, search):
    query = search(q="xu", **{"vai-tro": "commune_officer"})
    assert query_of(f"?{query}")["vai-tro"] == "commune_officer"
    assert usernames(page(query)) == ["xuan"]


@pytest.mark.parametrize(
    "query", ["vai-tro=administrator", "vai-tro=x", "sort=password", "tim=%00", "q=hanh"]
)
def test_a_value_that_is_not_offered_changes_nothing(page, query):
    assert usernames(page(query)) == usernames(page())


def test_a_nul_is_no_word(page, search):
    assert usernames(page(search(q="\0"))) == usernames(page())


def test_words_stand_in_no_address(ask, cast, search, page):
    query = search(q="Nguyễn Thị Hạnh", **{"vai-tro": "commune_officer"})
    shown = show(ask(query)).content.decode()
    addresses = re.findall(r'(?:href|action|hx-post)="([^"]*)"', shown)
    assert len(addresses) > 8
    assert "Nguyễn Thị Hạnh" in shown
    said = " ".join([query, *map(unquote, addresses)])
    assert [word for word in ("Nguy", "nguyen", "Hạnh") if word in said] == []


def test_two_tabs_keep_their_own_words(page, search):
    one, other = search(q="hanh"), search(q="mai")
    assert (usernames(page(one)), usernames(page(other))) == (["hanh"], ["mai"])
    # The same words again are the same search.
    assert search(q="hanh") == one


def test_as_many_searches_are_kept_as_said_and_a_forgotten_one_is_told(ask, page, search):
    first = search(q="hanh")
    for number in range(asking.KEPT):
        search(q=f"nguoi {number}")
    found = page(first)
    assert (found["is_forgotten"], len(found["rows"])) == (True, 7)
    assert "không còn được giữ" in show(ask(first)).content.decode()


def test_words_of_one_list_are_not_those_of_another(page, ask, search):
    query = search(q="hanh")
    asked = asking.Asked(ask(query), LISTING, "mai-am")
    assert (asked.words, asked.is_forgotten) == ("", True)


def test_a_search_begins_at_the_first_page_and_keeps_the_order(cast, search):
    query = query_of("?" + search("sort=-ten&page=3", q="nguoi"))
    assert sorted(query) == ["sort", "tim"]
    assert query["sort"] == "-ten"


def test_a_column_sorts_both_ways(page):
    assert usernames(page("sort=dang-nhap")) == usernames(page())
    assert usernames(page("sort=-dang-nhap")) == usernames(page())[::-1]


def test_a_head_offers_the_other_direction(page):
    heads = {head["key"]: head for head in page("sort=ten")["columns"]}
    assert heads["ten"]["sort_dir"] == "ascending"
    assert query_of(heads["ten"]["sort_url"]) == {"sort": "-ten"}
    assert query_of(heads["dang-nhap"]["sort_url"]) == {"sort": "dang-nhap"}
    assert heads["so"]["sort_url"] == ""
    assert [key for key, head in heads.items() if head["numeric"]] == ["so", "tien"]


def test_cells_are_written_the_vietnamese_way(page, search):
    assert text_of(page(search(q="hanh"))) == (
        '<tr><td data-label="Tên"><a href="/thu/hanh/">Nguyễn Thị Hạnh</a></td>'
        '<td data-label="Số" class="number">4.000</td>'
        '<td data-label="Tiền" class="number">2.500.000 đồng</td>'
        '<td data-label="Ngày" class="short">4/7/2023</td>'
        '<td data-label="Đăng nhập" class="short">hanh</td></tr>'
    )


def test_a_cell_never_becomes_markup(cast):
    evil = "<script>\"'&"
    column = Column(key="x", title=evil, value=lambda _row: evil, kind="chip", tone=lambda r: evil)
    written = drawing.body([1], [column, column], lambda _row: evil)
    assert evil not in written
    assert written.count("&lt;script&gt;&quot;&#x27;&amp;") == 5
    assert 'class="chip chip-plain"' in written


def test_pages_follow_each_other_without_gap(page):
    add_people(100)
    seen = [name for number in (1, 2, 3) for name in usernames(page(f"page={number}"))]
    assert seen == sorted(User.objects.values_list("username", flat=True))
    last = page("page=3")["pages"]
    assert (last["number"], last["count"], last["next_url"]) == (3, 3, "")
    assert (last["first_item"], last["last_item"]) == (101, 107)


def test_far_down_a_list_the_same_rows_come_in_the_same_order(page):
    add_people(700)
    seen = [name for number in range(1, 16) for name in usernames(page(f"page={number}"))]
    assert seen == sorted(User.objects.values_list("username", flat=True))


@pytest.mark.parametrize(("asked", "shown"), [("0", 2), ("99", 2), ("x", 1), ("", 1)])
def test_a_page_that_is_not_there_becomes_one_that_is(page, asked, shown):
    add_people(60)
    assert page(f"page={asked}")["pages"]["number"] == shown


def test_the_question_stays_from_page_to_page(page, search):
    add_people(60)
    kept = query_of("?" + search("sort=-ten", q="nguoi"))
    found = page(f"tim={kept['tim']}&sort=-ten&page=2")
    assert query_of(found["pages"]["previous_url"]) == kept | {"page": "1"}
    assert query_of(found["export_url"]) == kept | {"export": "xlsx"}
    # Another order begins at the first page.
    assert query_of(found["columns"][0]["sort_url"]) == kept | {"sort": "ten"}


def test_a_part_of_the_page_is_the_list_alone(cast, ask):
    whole, part = show(ask()), show(ask(headers={"HX-Request": "true"}))
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<tbody>" in part.content


def test_an_export_holds_what_the_list_shows(cast, ask):
    add_people(60)
    hidden = User.objects.get(username="quan")
    response = show(ask("export=xlsx&vai-tro=commune_officer"))
    assert response["Content-Disposition"] == 'attachment; filename="tai-khoan.xlsx"'
    heads, *rows = cells(response.content)
    assert [text for _kind, text in heads] == ["Tên", "Số", "Tiền (đồng)", "Ngày", "Đăng nhập"]
    assert [row[-1] for row in rows] == [("text", "hanh"), ("text", "xuan")]
    assert rows[0][1:3] == [("number", "4000"), ("number", "2500000")]
    everyone = cells(show(ask("export=xlsx")).content)
    assert len(everyone) == 1 + 6 + 60
    assert hidden.full_name not in str(everyone)


def test_an_export_says_what_was_asked_and_adds_up(cast, ask, search):
    query = search("sort=-ten", q="hanh", **{"vai-tro": "commune_officer"})
    content = show(ask(f"{query}&export=xlsx", user=cast.thu)).content
    title, *asked = above(content)
    assert (title, asked[:4], asked[-1]) == (
        "Tài khoản",
        [
            "Đơn vị: Tỉnh Cà Mau",
            "Vai trò: Cấp xã",
            "Tìm: hanh",
            "Xếp theo: Tên, từ cuối lên",
        ],
        "Người lập: Phạm Thị Thu",
    )
    assert [text for _kind, text in [*sheet(content).values()][-1]] == [
        "Tổng cộng",
        "4000",
        "2500000",
    ]


def test_a_column_is_hidden_until_chosen_and_stays_chosen(cast, ask, page):
    keep = {"columns": "chosen", "column": ["ngay", "dang-nhap", "khong-co"]}
    answer = show(ask("sort=ten&page=2", keep))
    assert answer.url == "/thu/?sort=ten&page=2"
    assert [head["key"] for head in page()["columns"]] == ["ten", "ngay", "dang-nhap"]
    heads = cells(show(ask("export=xlsx")).content)[0]
    assert [text for _kind, text in heads] == ["Tên", "Ngày", "Đăng nhập"]
    show(ask("", {"columns": "usual"}))
    assert [head["key"] for head in page()["columns"]] == ["ten", "so", "tien", "ngay", "dang-nhap"]


def test_a_full_export_holds_what_the_list_does_not_show(cast, ask):
    heads, *rows = cells(show(ask("export=full&vai-tro=commune_officer")).content)
    shown = ["Tên", "Số", "Tiền (đồng)", "Ngày", "Đăng nhập"]
    assert [text for _kind, text in heads][:5] == shown
    assert {"Đang dùng"} <= {text for _kind, text in heads}
    assert len(rows) == 2


def test_a_column_with_a_permission_is_there_for_its_holders_alone(cast, ask):
    secret = Column(
        key="kin",
        title="Kín",
        value=lambda u: "thấy",
        sort="full_name",
        permission="accounts.manage",
    )
    listing = replace(LISTING, columns=(*LISTING.columns, secret))
    ask_as = {name: ask("sort=-kin", user=getattr(cast, name)) for name in ("quan", "thu")}
    assert "thấy" in show(ask_as["quan"], listing).content.decode()
    assert "Kín" not in show(ask_as["thu"], listing).content.decode()
    for export in ("xlsx", "full", "print"):
        request = ask(f"export={export}", user=cast.thu)
        content = show(request, listing).content
        assert "thấy" not in (content.decode() if export == "print" else str(cells(content)))


def test_paper_holds_every_row_the_question_and_the_sums(cast, ask):
    add_people(60)
    paper = show(ask("export=print")).content.decode()
    assert paper.count("<tr>") == 1 + 66
    assert "165.000.000 đồng" in paper
    assert "Tỉnh Cà Mau" in paper
    assert "<nav" not in paper


def test_rows_cost_no_queries(cast, ask, search, django_assert_num_queries):
    query = search(q="nguoi")
    for number in (1, 3):
        User.objects.filter(appointments=None).delete()
        add_people(number)
        request = ask(query)
        # The session is read by whoever signs in anyway.
        assert request.session["list-tai-khoan"]
        with django_assert_num_queries(3):
            assert show(request).content.count(b"/thu/nguoi") == number


def test_an_empty_list_says_how_to_begin(db, ask):
    page = list_page(
        ask(), queryset=User.objects.none(), listing=LISTING, key="tai-khoan"
    ).content.decode()
    assert "Chưa có ai" in page
    assert 'href="/thu/moi/"' in page
