"""Demo addresses: 718 with 2,370 members in Cà Mau, and the team of its shelter."""

from datetime import date
from typing import Any

from sohoi.org.models import Unit
from sohoi.programmes.addresses import actions
from sohoi.programmes.addresses.choices import Body, Gender, Kind, Result, Role
from sohoi.programmes.addresses.models import Address

FIRST, LAST = date(2021, 3, 1), date(2023, 6, 20)
# province, addresses, their members
NUMBERS = (("96", 718, 2370), ("95", 402, 1293))
SHELTER_TEAM = 7
TEAM = (Body.UNION, Body.POLICE, Body.JUSTICE, Body.HEALTH, Body.HAMLET_HEAD, Body.RESPECTED)


def load_demo(stage: Any) -> None:
    """Through the room's own actions, so that every rule and the history hold for the demo too."""
    for code, number, members in NUMBERS:
        province = stage.enter(code)
        places = stage.scatter(number, province.communes)
        for place, size in zip(places, stage.share(members, number, least=2), strict=True):
            _found(stage, stage.hamlet(province, place), size)
    _shelter(stage)
    _ended(stage)


def _found(stage: Any, unit: Unit, members: int, *, last: date = LAST) -> Address:
    individual = stage.random.random() < 0.6
    founded = stage.day(FIRST, last)
    keeper = stage.woman()
    address = actions.found_address(
        unit=unit,
        name=f"Nhà {keeper}" if individual else "Trụ sở sinh hoạt cộng đồng",
        kind=Kind.INDIVIDUAL if individual else Kind.COLLECTIVE,
        founded_on=founded,
        decision=f"{stage.random.randint(5, 240)}/QĐ-UBND",
        capacity=stage.random.randint(1, 4),
        by=stage.by,
    )
    for index in range(members):
        _join(stage, address, TEAM[index % len(TEAM)], founded, contact=index == 0)
    if stage.random.random() < 0.2:
        actions.record_review(
            address, year=2023, result=stage.random.choice(Result.values), by=stage.by
        )
    return address


def _join(stage: Any, address: Address, body: Body, day: date, *, contact: bool) -> None:
    is_man = body == Body.POLICE or stage.random.random() < 0.15
    actions.add_member(
        address,
        full_name=stage.man() if is_man else stage.woman(),
        gender=Gender.MALE if is_man else Gender.FEMALE,
        body=body,
        role=Role.CONTACT if contact else Role.MEMBER,
        joined_on=day,
        by=stage.by,
    )


def _shelter(stage: Any) -> None:
    """The team is registered on the province: its unit must not give the place away."""
    founded = date(2022, 3, 8)
    team = actions.found_address(
        unit=Unit(pk=stage.enter("96").place.id),
        name="Đội ngũ Nhà tạm lánh",
        kind=Kind.SHELTER_TEAM,
        founded_on=founded,
        by=stage.by,
    )
    for index in range(SHELTER_TEAM):
        _join(stage, team, TEAM[index % len(TEAM)], founded, contact=index == 0)


def _ended(stage: Any) -> None:
    """Addresses closed before the cut-off, which no figure of the half-year counts."""
    province = stage.enter("96")
    for place in stage.scatter(6, province.communes):
        unit = stage.hamlet(province, place)
        address = _found(stage, unit, 3, last=date(2022, 6, 30))
        actions.close_address(
            address, on=date(2023, 2, 1), reason="Người giữ địa chỉ chuyển đi.", by=stage.by
        )
