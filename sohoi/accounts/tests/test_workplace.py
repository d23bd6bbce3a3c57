"""The working unit: where a person's pages open, and which units of today stand in its place."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from sohoi.accounts.actions import appoint
from sohoi.accounts.models import User
from sohoi.accounts.roles import COMMUNE_OFFICER, PROVINCE_OFFICER
from sohoi.accounts.workplace import Workplace
from sohoi.org import reorganising
from sohoi.org.models import Unit, today
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_by_code

ON = date(2025, 7, 1)
# Two provinces become one without districts, two communes one; one commune is split, a hamlet ends.
PLAN = "\n".join(
    (
        ",".join(HEADER),
        "found,,96,Tỉnh Cà Mau,province,VN",
        "merge,96,96",
        "merge,95,96",
        "found,,40001,Xã Tân Tiến,commune,96",
        "merge,32100,40001",
        "merge,32101,40001",
        "close,32100-02",
        "found,,40002,Xã Vĩnh Phước,commune,96",
        "found,,40003,Xã Vĩnh Đông,commune,96",
        "split,31900,40002",
        "split,31900,40003",
        "move,32200,,,,96",
        "close,970",
        "close,971",
        "close,956",
    )
).encode()


@pytest.fixture
def merged(cast):
    reorganising.reorganise(content=PLAN, on=ON, title="Thử", by=None)
    return cast


def at(user, query: str = "", session: dict | None = None) -> Workplace:
    found = User.objects.get(pk=user.pk)
    return Workplace(
        SimpleNamespace(
            GET=QueryDict(query), session={} if session is None else session, user=found
        )
    )


def codes(workplace: Workplace) -> list[str]:
    return [unit.code for unit in workplace.working_units]


def test_a_unit_that_stands_today_is_its_own_working_unit(cast):
    workplace = at(cast.hanh, "ky=2023-H1")
    assert (workplace.unit.code, codes(workplace)) == ("32100", ["32100"])
    assert workplace.unit_today.id == cast.units.commune.pk


def test_whatever_the_period_she_works_in_the_unit_that_followed(merged):
    for period, opened in (("2023-H1", "32100"), (str(today().year), "40001")):
        workplace = at(merged.hanh, f"ky={period}")
        assert (workplace.unit.code, codes(workplace)) == (opened, ["40001"])
        assert workplace.unit_today.code == "40001"
    # The name is the one of today, too.
    assert at(merged.hanh, "ky=2023-H1").unit_today.name == "Xã Tân Tiến"


def test_in_the_place_of_a_closed_district_stands_what_followed_its_communes(merged):
    for code, now in (("970", ["40001"]), ("971", ["32200"]), ("956", ["40002", "40003"])):
        workplace = at(merged.thu, f"ky=2023-H1&don_vi={code}")
        assert workplace.unit.code == code
        assert sorted(codes(workplace)) == now
    assert workplace.unit_today is None


def test_in_the_place_of_a_hamlet_that_only_ended_stands_its_commune(merged):
    workplace = at(merged.thu, "ky=2023-H1&don_vi=32100-02")
    assert (workplace.unit.code, codes(workplace)) == ("32100-02", ["40001"])


def test_a_split_commune_is_no_longer_hers_so_she_opens_on_the_part_that_is(merged):
    workplace = at(merged.xuan, "ky=2023-H1")
    assert (workplace.unit.code, codes(workplace)) == ("40002", ["40002"])


def test_what_went_to_another_province_is_not_among_her_working_units(merged):
    lines = (",".join(HEADER), "move,40002,,,,VN")
    reorganising.reorganise(
        content="\n".join(lines).encode(), on=date(2026, 1, 1), title="Chuyển", by=None
    )
    assert codes(at(merged.thu, "ky=2023-H1&don_vi=956")) == ["40003"]


def test_each_opens_on_the_unit_that_was_hers_in_the_period(merged):
    province = place_by_code("96", on=ON)
    ngan = User.objects.create(username="ngan", full_name="Lý Thị Ngân")
    before = {"valid_from": date(2021, 12, 31), "by": None}
    first = appoint(user=ngan, role=PROVINCE_OFFICER, unit=merged.units.other_province, **before)
    type(first).objects.filter(pk=first.pk).update(valid_to=ON)
    for user in (ngan, merged.la):
        appoint(user=user, role=PROVINCE_OFFICER, unit=Unit(pk=province.id), valid_from=ON, by=None)
    opened = {user.username: at(user, "ky=2023-H1").unit.code for user in (ngan, merged.la)}
    assert opened == {"ngan": "95", "la": "970"}
    assert at(ngan, f"ky={today().year}").unit.id == province.id
    assert at(merged.la, f"ky={today().year}").unit.id == province.id


def test_a_unit_that_was_hers_but_is_out_of_her_reach_now_does_not_open(merged):
    moved = User.objects.create(username="moi", full_name="Người Chuyển")
    old = appoint(
        user=moved,
        role=COMMUNE_OFFICER,
        unit=merged.units.ward,
        valid_from=date(2022, 1, 1),
        by=None,
    )
    type(old).objects.filter(pk=old.pk).update(valid_to=today() - timedelta(days=1))
    new = place_by_code("40002", on=today())
    appoint(user=moved, role=COMMUNE_OFFICER, unit=Unit(pk=new.id), valid_from=ON, by=None)
    assert at(moved, "ky=2023-H1").unit.code == "40002"
