"""A list page: search, filters, order, pages and export, tried on the accounts of the cast."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model

from sohoi.kit import lists
from sohoi.kit.lists import Column, Filter, Listing
from sohoi.kit.pages import list_page
from sohoi.kit.tests.workbooks import cells

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


@pytest.fixture
def page(cast, ask) -> Callable[[str], dict]:
    """`page("q=x")`: the page object of the cast's accounts at that query."""

    def build(query: str = "") -> dict:
        request = ask(f"/thu/?{query}")
        return lists.build(request, lists.select(request, User.objects.all(), LISTING), LISTING)

    return build


def usernames(page: dict) -> list[str]:
    return [row["cells"][-1]["text"] for row in page["rows"]]


def query_of(url: str) -> dict:
    return {key: value for key, (value,) in parse_qs(urlsplit(url).query).items()}


def add_people(number: int) -> None:
    User.objects.bulk_create(
        User(username=f"nguoi{n:03}", full_name=f"Người {n}") for n in range(number)
    )


def test_a_list_begins_in_its_own_order(page):
    assert usernames(page()) == ["hanh", "la", "lan", "mai", "quan", "thu", "xuan"]


@pytest.mark.parametrize("typed", ["hạnh", "HẠNH", "  hanh ", "h%E1%BA%A1nh"])
def test_search_ignores_accents_case_and_spaces(page, typed):
    assert usernames(page(f"q={typed}")) == ["hanh"]


def test_search_that_finds_nothing_says_so(page):
    found = page("q=khong-co-ai")
    assert (found["rows"], found["total"], found["is_filtered"]) == ([], 0, True)
    assert found["clear_url"] == "/thu/"


def test_a_filter_narrows_and_is_shown_as_chosen(page):
    found = page("vai-tro=commune_officer")
    assert usernames(found) == ["hanh", "xuan"]
    (chosen,) = found["filters"]
    assert [c["value"] for c in chosen["choices"] if c["selected"]] == ["commune_officer"]


def test_search_and_filter_work_together(page):
    assert usernames(page("vai-tro=commune_officer&q=xu")) == ["xuan"]


@pytest.mark.parametrize("query", ["vai-tro=administrator", "vai-tro=x", "sort=password", "q=%00"])
def test_a_value_that_is_not_offered_changes_nothing(page, query):
    assert usernames(page(query)) == usernames(page())


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


def test_cells_are_written_the_vietnamese_way(page):
    (row,) = page("q=hanh")["rows"]
    assert [cell["text"] for cell in row["cells"]] == [
        "Nguyễn Thị Hạnh",
        "4.000",
        "2.500.000 đồng",
        "4/7/2023",
        "hanh",
    ]
    assert [cell["url"] for cell in row["cells"]] == ["/thu/hanh/", "", "", "", ""]


def test_pages_follow_each_other_without_gap(page):
    add_people(100)
    seen = [name for number in (1, 2, 3) for name in usernames(page(f"page={number}"))]
    assert seen == sorted(User.objects.values_list("username", flat=True))
    last = page("page=3")["pages"]
    assert (last["number"], last["count"], last["next_url"]) == (3, 3, "")
    assert (last["first_item"], last["last_item"]) == (101, 107)


@pytest.mark.parametrize(("asked", "shown"), [("0", 2), ("99", 2), ("x", 1), ("", 1)])
def test_a_page_that_is_not_there_becomes_one_that_is(page, asked, shown):
    add_people(60)
    assert page(f"page={asked}")["pages"]["number"] == shown


def test_the_query_stays_from_page_to_page(page):
    add_people(60)
    kept = {"q": "nguoi", "sort": "-ten"}
    found = page("q=nguoi&sort=-ten&page=2")
    assert query_of(found["pages"]["previous_url"]) == kept | {"page": "1"}
    assert query_of(found["export_url"]) == kept | {"export": "xlsx"}
    # Another order begins at the first page.
    assert query_of(found["columns"][0]["sort_url"]) == {"q": "nguoi", "sort": "ten"}


def show(ask, query: str = "", **headers):
    return list_page(
        ask(f"/thu/?{query}", **headers),
        queryset=User.objects.exclude(username="quan"),
        listing=LISTING,
        template="ui/list.html",
        key="tai-khoan",
    )


def test_a_part_of_the_page_is_the_list_alone(cast, ask):
    whole, part = show(ask), show(ask, headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<tbody>" in part.content


def test_an_export_holds_what_the_list_shows(cast, ask):
    add_people(60)
    hidden = User.objects.get(username="quan")
    response = show(ask, "export=xlsx&vai-tro=commune_officer")
    assert response["Content-Disposition"] == 'attachment; filename="tai-khoan.xlsx"'
    heads, *rows = cells(response.content)
    assert [text for _kind, text in heads] == ["Tên", "Số", "Tiền", "Ngày", "Đăng nhập"]
    assert [row[-1] for row in rows] == [("text", "hanh"), ("text", "xuan")]
    assert rows[0][1:3] == [("number", "4000"), ("number", "2500000")]
    everyone = cells(show(ask, "export=xlsx").content)
    assert len(everyone) == 1 + 6 + 60
    assert hidden.full_name not in str(everyone)


def test_rows_cost_no_queries(cast, ask, django_assert_num_queries):
    for number in (1, 3):
        User.objects.filter(appointments=None).delete()
        add_people(number)
        with django_assert_num_queries(2):
            assert show(ask, "q=nguoi").content.count(b"/thu/nguoi") == number


def test_an_empty_list_says_how_to_begin(db, ask):
    page = list_page(
        ask("/thu/"),
        queryset=User.objects.none(),
        listing=LISTING,
        template="ui/list.html",
        key="tai-khoan",
    ).content.decode()
    assert "Chưa có ai" in page
    assert 'href="/thu/moi/"' in page
