"""Who sees which page, what a page does, and what it keeps when it refuses."""

from datetime import date
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.urls import reverse

from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.choices import State
from sohoi.programmes.addresses.models import Address, Member

LIST, CREATE = "/dia-chi-tin-cay/", "/dia-chi-tin-cay/moi/"
READ, EDIT = ("detail",), ("edit", "end", "member_add", "training", "review")


def _url(name: str, address: Address) -> str:
    return reverse(f"addresses:{name}", args=[address.pk])


def _typed(address: Address, **changes) -> dict:
    """What the edit page sends back."""
    known = {
        "unit": address.unit_id,
        "name": address.name,
        "kind": address.kind,
        "founded_on": address.founded_on.strftime("%d/%m/%Y"),
        "version": address.version,
    }
    return known | changes


@pytest.mark.parametrize("name", [*READ, *EDIT])
def test_an_anonymous_reader_is_sent_to_sign_in(client, found, name):
    response = client.get(_url(name, found()))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "names", "status"),
    [
        ("hanh", READ + EDIT, 200),
        ("thu", READ + EDIT, 200),
        ("mai", READ, 200),
        ("mai", EDIT, 404),
        ("la", EDIT, 404),
        ("lan", READ + EDIT, 404),
        ("xuan", READ + EDIT, 404),
        ("quan", READ + EDIT, 404),
    ],
)
def test_pages_are_there_for_those_who_may(cast, sign_in, found, who, names, status):
    address = found()
    client = sign_in(getattr(cast, who))
    seen = {name: client.get(_url(name, address)).status_code for name in names}
    assert seen == dict.fromkeys(names, status)


def test_a_branch_head_reads_her_hamlet_and_changes_nothing(cast, sign_in, found):
    own, other = found(unit=cast.units.hamlet), found(unit=cast.units.hamlet_2)
    client = sign_in(cast.lan)
    page = client.get(LIST).content.decode()
    assert own.code in page
    assert other.code not in page
    assert CREATE not in page
    page = client.get(_url("detail", own)).content.decode()
    assert not [name for name in EDIT if _url(name, own) in page]
    assert client.get(CREATE).status_code == 404


def test_a_member_is_reached_only_through_her_unit(cast, sign_in, found, join):
    member = join(found())
    page = reverse("addresses:member", args=[member.pk])
    end = reverse("addresses:member_end", args=[member.pk])
    response = sign_in(cast.mai).get(page)
    assert response.url == f"{_url('detail', member.address)}#{member.code}"
    assert sign_in(cast.mai).get(end).status_code == 404
    client = sign_in(cast.xuan)
    assert [client.get(url).status_code for url in (page, end)] == [404, 404]


def test_an_address_is_founded_from_the_page(cast, sign_in):
    typed = {
        "unit": cast.units.commune.pk,
        "name": "Địa chỉ tin cậy ấp 10",
        "kind": "individual",
        "decision": "15/QĐ-UBND",
        "founded_on": "8/3/2022",
        "place": "Nhà văn hoá ấp 10",
        "phone": "0290 3831 234",
        "capacity": "4",
    }
    response = sign_in(cast.hanh).post(CREATE, typed, follow=True)
    address = Address.objects.get()
    assert response.redirect_chain[0][0] == _url("detail", address)
    assert (address.capacity, address.phone) == (4, "0290 3831 234")


def test_the_province_registers_the_shelter_team_as_its_own(cast, sign_in):
    typed = {
        "unit": cast.units.province.pk,
        "name": "Đội ngũ Nhà tạm lánh",
        "kind": "shelter_team",
        "founded_on": "8/3/2022",
    }
    client = sign_in(cast.thu)
    refused = client.post(CREATE, typed | {"place": "Số 1 đường Hoa Sen"})
    assert refused.context["form"].errors.keys() == {"place"}
    assert client.post(CREATE, typed).status_code == 302
    assert Address.objects.get().unit_id == cast.units.province.pk


def test_the_shelter_is_edited_without_a_place_and_no_address_becomes_one(cast, sign_in, found):
    address, shelter = found(), found(kind="shelter_team")
    client = sign_in(cast.hanh)
    response = client.post(_url("edit", address), _typed(address, kind="shelter_team"))
    assert response.context["form"].errors.keys() == {"kind"}
    asked = client.get(_url("edit", shelter)).context["form"].fields.keys()
    assert asked == {"unit", "name", "decision", "founded_on", "version"}
    typed = _typed(shelter, name="Đội ngũ Nhà tạm lánh", place="Số 1 đường Hoa Sen")
    assert client.post(_url("edit", shelter), typed).status_code == 302
    shelter.refresh_from_db()
    assert (shelter.name, shelter.place) == ("Đội ngũ Nhà tạm lánh", "")


def test_an_address_of_another_unit_cannot_be_written(cast, sign_in, found):
    address = found()
    client = sign_in(cast.hanh)
    for url in (CREATE, _url("edit", address)):
        response = client.post(url, _typed(address, unit=cast.units.commune_2.pk))
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"unit"}
    assert Address.objects.get().unit_id == cast.units.commune.pk


def test_the_whole_life_from_the_pages(cast, sign_in, found):
    address, client = found(), sign_in(cast.hanh)
    person = {"full_name": "Trần Thị Út", "body": "police", "role": "contact"}
    for name, typed in (
        ("member_add", person | {"joined_on": "1/4/2022"}),
        ("training", {"held_on": "1/5/2022", "topic": "Kỹ năng tư vấn", "people": "12"}),
        ("review", {"year": "2022", "result": "needs_support"}),
    ):
        assert client.post(_url(name, address), typed).status_code == 302
    page = client.get(_url("detail", address)).content.decode()
    for text in ("Trần Thị Út", "Kỹ năng tư vấn", "Cần hỗ trợ thêm"):
        assert text in page
    end = reverse("addresses:member_end", args=[Member.objects.get().pk])
    assert end in page
    client.post(end, {"on": "1/6/2022"})
    client.post(_url("end", address), {"on": "1/2/2023", "reason": "Sáp nhập ấp"})
    address.refresh_from_db()
    assert address.state == State.CLOSED
    assert Member.objects.get().left_on == date(2022, 6, 1)
    page = client.get(_url("detail", address)).content.decode()
    assert "Sáp nhập ấp" in page
    assert not [n for n in ("end", "member_add", "training") if _url(n, address) in page]


def test_a_closing_that_is_refused_tells_why(cast, sign_in, found, join):
    address = found()
    join(address, joined_on=date(2022, 4, 1))
    typed = {"on": "20/3/2022", "reason": "Nhầm"}
    response = sign_in(cast.hanh).post(_url("end", address), typed)
    assert "1/4/2022" in response.content.decode()
    address.refresh_from_db()
    assert address.closed_on is None


def test_a_conflict_tells_and_keeps_what_was_typed(cast, sign_in, found):
    address, client = found(), sign_in(cast.hanh)
    typed = _typed(address, name="Nhà bà Tư", place="Đầu kênh 10")
    actions.edit_address(address, version=1, name="Nhà bà Năm", by=cast.thu)
    response = client.post(_url("edit", address), typed)
    page = response.content.decode()
    assert response.status_code == 422
    for text in ("vừa được người khác sửa", "Nhà bà Tư", "Đầu kênh 10"):
        assert text in page
    address.refresh_from_db()
    assert address.name == "Nhà bà Năm"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\x00b"),
        ("name", "x" * 121),
        ("kind", "palace"),
        ("unit", "drop table"),
        ("unit", "0190d5c0-0000-7000-8000-000000000000"),
        ("founded_on", "31/2/2023"),
        ("founded_on", "1/1/2099"),
        ("phone", "gọi tôi"),
        ("capacity", "-5"),
        ("capacity", "9" * 30),
        ("version", "abc"),
    ],
)
def test_bad_input_is_refused_beside_its_field(cast, sign_in, found, field, value):
    address = found()
    response = sign_in(cast.hanh).post(_url("edit", address), _typed(address, **{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    address.refresh_from_db()
    assert address.version == 1


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("member_add", {"full_name": "A", "body": "pirate", "role": "member"}, "body"),
        ("member_add", {"full_name": "A", "body": "union", "joined_on": "1/1/2020"}, "joined_on"),
        ("training", {"held_on": "1/5/2022", "topic": "A", "people": "0"}, "people"),
        ("review", {"year": "1999", "result": "active"}, "year"),
        ("review", {"year": "2021", "result": "active"}, "year"),
    ],
)
def test_a_bad_addition_is_refused_beside_its_field(cast, sign_in, found, name, typed, field):
    known = {"role": "member", "joined_on": "1/4/2022"} if name == "member_add" else {}
    response = sign_in(cast.hanh).post(_url(name, found()), known | typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_a_name_is_text_and_never_markup(cast, sign_in, found, join):
    address = found(name="<script>alert(1)</script>")
    join(address, full_name="<script>alert(1)</script>")
    client = sign_in(cast.hanh)
    for url in (LIST, *(_url(name, address) for name in READ + EDIT)):
        assert "<script>alert" not in client.get(url).content.decode()
    assert "&lt;script&gt;alert" in client.get(_url("detail", address)).content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=%27%3B--", "sort=-nothing", "ra-soat=x", "page=z"])
def test_a_strange_address_still_gives_a_list(cast, sign_in, found, query):
    found()
    assert sign_in(cast.hanh).get(f"{LIST}?{query}").status_code == 200


def test_the_list_searches_without_accents_and_filters(cast, sign_in, found):
    first, second = found(), found(name="Nhà bà Tư", kind="individual")
    actions.record_review(first, year=date.today().year - 1, result="active", by=cast.hanh)
    actions.close_address(first, on=date.today(), reason="Sáp nhập", by=cast.hanh)
    client = sign_in(cast.hanh)

    def searched(words: str) -> str:
        return urlsplit(client.post(LIST, {"q": words}).url).query

    def shown(query: str) -> set[str]:
        page = client.get(f"{LIST}?{query}").content.decode()
        return {address.code for address in (first, second) if address.code in page}

    assert shown("") == {first.code, second.code}
    assert shown(searched("ba tu")) == {second.code}
    assert shown("loai=collective") == {first.code}
    assert shown("tinh-trang=closed") == {first.code}
    assert shown("ra-soat=1") == {second.code}
    assert shown("ra-soat=0") == {first.code}


def test_the_history_shows_before_and_after(cast, sign_in, found):
    address = found(place="Đầu kênh 10")
    actions.edit_address(address, version=1, place="Cuối kênh 10", by=cast.hanh)
    page = sign_in(cast.mai).get(_url("detail", address)).content.decode()
    history = page[page.index("Lịch sử") :]
    assert history.index("Đầu kênh 10") < history.index("Cuối kênh 10")
    assert cast.hanh.full_name in history


def test_the_list_is_exported_as_it_is_seen(cast, sign_in, found):
    address = found(name="=1+1")
    found(unit=cast.units.other_commune, name="Địa chỉ tỉnh khác", by=cast.xuan)
    response = sign_in(cast.hanh).get(f"{LIST}?export=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="dia-chi-tin-cay.xlsx"'
    texts = ZipFile(BytesIO(response.content)).read("xl/sharedStrings.xml").decode()
    assert address.code in texts
    assert "=1+1" in texts
    assert "Địa chỉ tỉnh khác" not in texts


@pytest.mark.parametrize("page", ["list", "detail"])
def test_rows_cost_no_queries(cast, sign_in, found, join, django_assert_max_num_queries, page):
    address, client = found(), sign_in(cast.hanh)
    url = LIST if page == "list" else _url("detail", address)

    def cost() -> int:
        with django_assert_max_num_queries(20) as captured:
            client.get(url)
        return len(captured)

    join(address)
    client.get(url)
    one = cost()
    for _ in range(2):
        found()
        join(address)
    assert cost() == one
