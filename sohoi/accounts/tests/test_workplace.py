"""The working unit: where a person's pages open, and which units of today stand in its place."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from sohoi.accounts.models import User
from sohoi.accounts.workplace import Workplace
from sohoi.kit.refusals import Refused
from sohoi.org import reorganising
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
    workplace = at(cast.hanh)
    assert (workplace.unit.code, codes(workplace)) == ("32100", ["32100"])
    assert workplace.unit_today.id == cast.units.commune.pk


def test_she_works_in_the_unit_that_followed_hers(merged):
    workplace = at(merged.hanh)
    assert codes(workplace) == ["40001"]
    assert workplace.unit_today.name == "Xã Tân Tiến"


def test_in_the_place_of_a_closed_district_stands_what_followed_its_communes(merged):
    for code, now in (("970", ["40001"]), ("971", ["32200"]), ("956", ["40002", "40003"])):
        gone = place_by_code(code, on=ON - timedelta(days=1))
        workplace = at(merged.thu, f"don_vi={gone.id}")
        assert workplace.unit.code == code
        assert sorted(codes(workplace)) == now
    assert workplace.unit_today is None


def test_in_the_place_of_a_hamlet_that_only_ended_stands_its_commune(merged):
    gone = place_by_code("32100-02", on=ON - timedelta(days=1))
    assert codes(at(merged.thu, f"don_vi={gone.id}")) == ["40001"]


def test_a_code_is_that_of_today(merged):
    with pytest.raises(Refused, match="Không có đơn vị này"):
        _unit = at(merged.thu, "don_vi=956").unit


def test_a_split_commune_is_no_longer_hers_so_she_opens_on_the_part_that_is(merged):
    assert codes(at(merged.xuan)) == ["40002"]


def test_what_went_to_another_province_is_not_among_her_working_units(merged):
    lines = (",".join(HEADER), "move,40002,,,,VN")
    reorganising.reorganise(
        content="\n".join(lines).encode(), on=date(2026, 1, 1), title="Chuyển", by=None
    )
    gone = place_by_code("956", on=ON - timedelta(days=1))
    assert codes(at(merged.thu, f"don_vi={gone.id}")) == ["40003"]


def test_the_unit_she_looked_at_stays_with_her_while_it_is_hers(merged):
    session = {}
    at(merged.thu, "don_vi=40003", session)
    assert at(merged.thu, session=session).unit.code == "96"
    assert at(merged.thu, "don_vi=40003", session).unit.code == "40003"
    assert at(merged.thu, session=session).unit.code == "40003"
    assert at(merged.hanh, session=session).unit.code == "40001"
