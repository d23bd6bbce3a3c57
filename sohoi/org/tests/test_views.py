"""The tree of units, its search, and the page of one unit."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from sohoi.org import views
from sohoi.org.actions import found_unit

TREE = "/don-vi/"


def test_the_tree_shows_her_own_units_and_no_others(cast, sign_in):
    page = sign_in(cast.mai).get(TREE).content.decode()
    assert "Huyện Đầm Dơi" in page
    assert "Bạc Liêu" not in page


def test_deeper_units_are_opened_when_asked(cast, sign_in):
    client = sign_in(cast.mai)
    assert "Xã Tân Đức" not in client.get(TREE).content.decode()
    opened = client.get(reverse("org:below", args=[cast.units.district.pk])).content.decode()
    assert "Xã Tân Đức" in opened
    other = reverse("org:below", args=[cast.units.other_province.pk])
    assert client.get(other).status_code == 404


def test_search_finds_without_accents_and_with_htmx_only_the_part_is_sent(cast, sign_in):
    client = sign_in(cast.mai)
    part = client.get(f"{TREE}?q=tan+duc", headers={"HX-Request": "true"}).content.decode()
    assert "Xã Tân Đức" in part
    assert "<html" not in part
    assert "Không tìm thấy" in client.get(f"{TREE}?q=zzz").content.decode()


def test_choosing_a_unit_stays_with_her(cast, sign_in):
    client = sign_in(cast.mai)
    client.get("/?don_vi=970")
    assert "Huyện Đầm Dơi" in client.get("/").content.decode()
    assert client.get("/?don_vi=95").status_code == 422
    assert "Huyện Đầm Dơi" in client.get("/").content.decode()


@pytest.mark.parametrize("unit", ["%00", "%27--", "95", "999", UUID(int=7)])
def test_a_unit_that_is_not_there_and_one_out_of_reach_are_said_alike(cast, sign_in, unit):
    page = sign_in(cast.mai).get(f"/?don_vi={unit}")
    assert page.status_code == 422
    assert "Không có đơn vị này trong phạm vi xem của chị." in page.content.decode()


def test_a_day_that_is_none_is_said_beside_it(cast, sign_in):
    client = sign_in(cast.mai)
    page = client.get(f"{TREE}?ngay=31/2/2023")
    assert page.status_code == 422
    assert "Không có ngày 31/2/2023 trong lịch" in page.content.decode()
    below = reverse("org:below", args=[cast.units.province.pk])
    assert client.get(f"{below}?ngay=31/2/2023").status_code == 422


def test_a_unit_picked_for_a_period_opens_its_figures(cast, sign_in):
    page = sign_in(cast.mai).get(f"{TREE}?ky=2023-H1&ngay=2023-06-30").content.decode()
    assert f"/so-lieu/?ky=2023-H1&amp;don_vi={cast.units.district.pk}" in page
    assert "30/6/2023" in page


def test_the_page_of_a_unit_tells_its_life_and_what_is_below(cast, sign_in):
    url = reverse("org:unit", args=[cast.units.commune.pk])
    page = sign_in(cast.hanh).get(url).content.decode()
    for text in ("Xã Tân Đức", "Chi hội ấp Tân Hoà", "từ 1/1/2021", "Huyện Đầm Dơi"):
        assert text in page
    hamlet = reverse("org:unit", args=[cast.units.hamlet.pk])
    assert "tưởng tượng" in sign_in(cast.hanh).get(hamlet).content.decode()
    assert sign_in(cast.xuan).get(url).status_code == 404


def test_the_tree_is_exported(cast, sign_in):
    answer = sign_in(cast.mai).get(f"{TREE}?export=xlsx")
    assert answer["Content-Disposition"].startswith('attachment; filename="don-vi-')


def test_more_units_cost_no_queries(cast, sign_in, django_assert_max_num_queries):
    client = sign_in(cast.mai)

    def cost() -> int:
        with django_assert_max_num_queries(20) as captured:
            client.get(TREE)
        return len(captured)

    client.get(TREE)
    one = cost()
    for number in range(3):
        found_unit(
            name=f"Huyện {number}",
            kind="district",
            code=f"9{number}",
            parent=cast.units.province,
            valid_from=cast.la.appointments.get().valid_from,
            by=None,
        )
    assert cost() == one


def test_hamlets_with_the_same_name_are_told_apart_by_their_commune(cast, units, sign_in):
    found_unit(
        name="Chi hội ấp 10",
        kind="branch",
        code="32101-02",
        parent=units.commune_2,
        valid_from=date(2021, 1, 1),
        by=None,
    )
    page = sign_in(cast.thu).get(f"{TREE}?q=ap+10").content.decode()
    assert "Tìm thấy 2 đơn vị." in page
    assert "thuộc Xã Tân Đức" in page
    assert "thuộc Xã Tạ An Khương" in page


def test_a_search_that_finds_too_many_says_how_many_are_left_out(cast, sign_in, monkeypatch):
    monkeypatch.setattr(views, "MOST_FOUND", 1)
    page = sign_in(cast.thu).get(f"{TREE}?q=xa").content.decode()
    assert "Hiện 1 trong 2" in page
