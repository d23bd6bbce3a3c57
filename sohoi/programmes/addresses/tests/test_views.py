"""What the pages of the room ask and tell beside what those of every room do."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sohoi.programmes.addresses.models import Address, Member, Review
from sohoi.programmes.addresses.tests.acts import LATER, SPECIMEN

CREATE = "/dia-chi-tin-cay/moi/"
SHELTER = {"name": "Đội ngũ Nhà tạm lánh", "kind": "shelter_team", "founded_on": "8/3/2022"}
join = SPECIMEN.add


def _url(name: str, address: Address) -> str:
    return reverse(f"addresses:{name}", args=[address.pk])


def _typed(address: Address, **changes) -> dict:
    """What the edit page sends back."""
    known = {name: getattr(address, name) for name in ("name", "kind", "version")}
    known |= {"unit": address.unit_id, "founded_on": address.founded_on.strftime("%d/%m/%Y")}
    return known | changes


def test_a_member_is_read_on_the_page_of_her_address(cast, sign_in, found):
    member = join(found())
    response = sign_in(cast.mai).get(reverse("addresses:member", args=[member.pk]))
    assert response.url == f"{_url('detail', member.address)}#{member.code}"


def test_the_province_registers_the_shelter_team_as_its_own(cast, sign_in):
    client, typed = sign_in(cast.thu), SHELTER | {"unit": cast.units.province.pk}
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
    typed = _typed(shelter, name=SHELTER["name"], place="Số 1 đường Hoa Sen")
    assert client.post(_url("edit", shelter), typed).status_code == 302
    shelter.refresh_from_db()
    assert (shelter.name, shelter.place) == (SHELTER["name"], "")


def test_a_member_leaves_from_her_page_and_a_closed_address_takes_nobody(cast, sign_in, found):
    member, client = join(address := found()), sign_in(cast.hanh)
    end = reverse("addresses:end_member", args=[member.pk])
    assert end in client.get(_url("detail", address)).content.decode()
    assert "Nguyễn Thị Mừng, Nhà bà Tư" in client.get(end).content.decode()
    client.post(end, {"on": "1/6/2022"})
    assert Member.objects.get().left_on == date(2022, 6, 1)
    assert end not in client.get(_url("detail", address)).content.decode()
    client.post(_url("end", address), {"on": "1/2/2023", "reason": "Sáp nhập ấp"})
    page = client.get(_url("detail", address)).content.decode()
    assert "Sáp nhập ấp" in page
    offered = [n for n in ("add_member", "train", "review") if _url(n, address) in page]
    assert offered == ["review"]


def test_a_closing_that_is_refused_tells_why(cast, sign_in, found):
    join(address := found())
    typed = {"on": "20/3/2022", "reason": "Nhầm"}
    response = sign_in(cast.hanh).post(_url("end", address), typed)
    assert "1/4/2022" in response.content.decode()
    address.refresh_from_db()
    assert address.closed_on is None


def test_a_telephone_is_digits_and_a_capacity_a_number(cast, sign_in, found):
    address, client = found(), sign_in(cast.hanh)
    response = client.post(_url("edit", address), _typed(address, phone="gọi tôi"))
    assert (response.status_code, {*response.context["form"].errors}) == (422, {"phone"})
    client.post(_url("edit", address), _typed(address, phone="0290 3831 234", capacity="4"))
    address.refresh_from_db()
    assert (address.capacity, address.phone) == (4, "0290 3831 234")


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("add_member", {"full_name": "A", "body": "union", "joined_on": "1/1/2020"}, "joined_on"),
        ("train", {"held_on": "1/5/2022", "topic": "A", "people": "0"}, "people"),
        ("review", {"year": "1999", "result": "active"}, "year"),
        ("review", {"year": "2021", "result": "active"}, "year"),
    ],
)
def test_a_bad_addition_is_refused_beside_its_field(cast, sign_in, found, name, typed, field):
    response = sign_in(cast.hanh).post(_url(name, found()), {"role": "member"} | typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_the_list_is_narrowed_to_what_waits_for_its_review(cast, sign_in, found):
    first, second = found(), found()
    join(first, Review, year=date.today().year - 1)
    client = sign_in(cast.hanh)

    def shown(query: str) -> set[str]:
        page = client.get(f"/dia-chi-tin-cay/?{query}").content.decode()
        return {address.code for address in (first, second) if address.code in page}

    assert shown("") == {first.code, second.code}
    assert shown("ra-soat=1") == {second.code}
    assert shown("ra-soat=0") == {first.code}


def test_a_year_in_the_history_is_no_quantity(cast, sign_in, found):
    join(address := found(), Review)
    page = sign_in(cast.mai).get(_url("detail", address)).content.decode()
    assert "<ins>2022</ins>" in page[page.index("Lịch sử") :]
    assert "2.022" not in page


def test_members_stand_in_the_order_of_given_names_and_those_who_left_last(cast, sign_in, found):
    address, here = found(), ["Nguyễn Thị Ánh", "Trần Thị Danh", "Lê Thị Đặng"]
    for name in reversed(here):
        join(address, full_name=name)
    gone = join(address, full_name="Võ Thị An")
    SPECIMEN.do("end_member", gone, on=LATER)
    page = sign_in(cast.hanh).get(_url("detail", address)).content.decode()
    names = re.findall("|".join([*here, "Võ Thị An"]), page)
    assert list(dict.fromkeys(names)) == [*here, "Võ Thị An"]
