"""Who sees which page, what a page does, and what it keeps when it refuses."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.choices import State
from sohoi.programmes.addresses.models import Address, Member

LIST, CREATE = "/dia-chi-tin-cay/", "/dia-chi-tin-cay/moi/"
EDIT = ("edit", "end", "member_add", "training", "review")


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


def test_a_telephone_is_digits(cast, sign_in, found):
    address = found()
    typed = _typed(address, phone="gọi tôi")
    response = sign_in(cast.hanh).post(_url("edit", address), typed)
    assert (response.status_code, {*response.context["form"].errors}) == (422, {"phone"})


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
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


def test_a_year_in_the_history_is_no_quantity(cast, sign_in, found):
    address = found()
    actions.record_review(address, year=2022, result="active", by=cast.hanh)
    page = sign_in(cast.mai).get(_url("detail", address)).content.decode()
    assert "<ins>2022</ins>" in page[page.index("Lịch sử") :]
    assert "2.022" not in page


def test_members_stand_in_the_order_of_given_names_and_those_who_left_last(
    cast, sign_in, found, join
):
    address = found()
    for name in ("Lê Thị Đặng", "Trần Thị Danh", "Nguyễn Thị Ánh"):
        join(address, full_name=name)
    gone = join(address, full_name="Võ Thị An")
    Member.objects.filter(pk=gone.pk).update(left_on=date(2023, 1, 1))
    page = sign_in(cast.hanh).get(reverse("addresses:detail", args=[address.pk]))
    names = re.findall("Lê Thị Đặng|Trần Thị Danh|Nguyễn Thị Ánh|Võ Thị An", page.content.decode())
    assert list(dict.fromkeys(names)) == [
        "Nguyễn Thị Ánh",
        "Trần Thị Danh",
        "Lê Thị Đặng",
        "Võ Thị An",
    ]


def test_whoever_takes_a_row_away_is_told_which(cast, sign_in, found, join):
    member = join(found(), full_name="Võ Thanh Lài")
    for page in ("member_edit", "member_remove", "member_end"):
        asked = sign_in(cast.hanh).get(reverse(f"addresses:{page}", args=[member.pk]))
        assert "Võ Thanh Lài, Địa chỉ tin cậy ấp Tân Hoà" in asked.content.decode()
