"""The cast of every test: named people with their roles on a small tree of units."""

from datetime import date
from types import SimpleNamespace

import pytest

from sohoi.accounts import roles
from sohoi.accounts.actions import add_user, appoint
from sohoi.accounts.models import User
from sohoi.org.actions import load_units
from sohoi.org.models import UnitVersion

pytest_plugins = ["tests.databases"]

FOUNDED = date(2021, 1, 1)
PASSWORD = "mat-khau-thu-nghiem"

_UNITS = (
    # attribute, name, kind, code, parent attribute
    ("centre", "Trung ương Hội", "centre", "VN", None),
    ("province", "Tỉnh Cà Mau", "province", "96", "centre"),
    ("district", "Huyện Đầm Dơi", "district", "970", "province"),
    ("commune", "Xã Tân Đức", "commune", "32100", "district"),
    ("hamlet", "Chi hội ấp Tân Hoà", "branch", "32100-01", "commune"),
    ("hamlet_2", "Chi hội ấp 10", "branch", "32100-02", "commune"),
    ("commune_2", "Xã Tạ An Khương", "commune", "32101", "district"),
    ("district_2", "Huyện Năm Căn", "district", "971", "province"),
    ("ward", "Thị trấn Năm Căn", "township", "32200", "district_2"),
    ("other_province", "Tỉnh Bạc Liêu", "province", "95", "centre"),
    ("other_district", "Huyện Phước Long", "district", "956", "other_province"),
    ("other_commune", "Xã Vĩnh Phú Đông", "commune", "31900", "other_district"),
)
_PEOPLE = (
    # user name, full name, role, unit attribute
    ("hanh", "Nguyễn Thị Hạnh", roles.COMMUNE_OFFICER, "commune"),
    ("lan", "Trần Thị Lan", roles.BRANCH_HEAD, "hamlet"),
    ("la", "Lê Thị Lá", roles.DISTRICT_OFFICER, "district"),
    ("thu", "Phạm Thị Thu", roles.PROVINCE_OFFICER, "province"),
    ("mai", "Võ Thị Mai", roles.PROVINCE_LEADER, "province"),
    ("quan", "Đỗ Văn Quân", roles.ADMINISTRATOR, "province"),
    ("xuan", "Huỳnh Thị Xuân", roles.COMMUNE_OFFICER, "other_commune"),
)


def commit_cast() -> None:
    """Write units and people through their actions, once for the database all tests copy."""
    codes = {attribute: code for attribute, _name, _kind, code, _parent in _UNITS}
    rows = [
        {
            "code": code,
            "name": name,
            "kind": kind,
            "parent_code": codes.get(parent, ""),
            "lat": "",
            "lon": "",
            "valid_from": FOUNDED.isoformat(),
            "invented": "1" if kind == "branch" else "",
        }
        for _attribute, name, kind, code, parent in _UNITS
    ]
    load_units(rows=rows, by=None)
    units = _units()
    for username, full_name, role, unit in _PEOPLE:
        user = add_user(username=username, full_name=full_name, password=PASSWORD, by=None)
        appoint(user=user, role=role, unit=getattr(units, unit), valid_from=FOUNDED, by=None)


def _units() -> SimpleNamespace:
    versions = UnitVersion.objects.select_related("unit")
    found = {version.code: version.unit for version in versions}
    return SimpleNamespace(**{row[0]: found[row[3]] for row in _UNITS})


@pytest.fixture
def units(cast_database, db) -> SimpleNamespace:
    """A small tree: two provinces with their districts, communes and hamlets."""
    return _units()


@pytest.fixture
def cast(units) -> SimpleNamespace:
    """hanh, lan, la, thu, mai, quan (Cà Mau) and xuan (Bạc Liêu, the outsider); `units` beside."""
    people = {user.username: user for user in User.objects.all()}
    return SimpleNamespace(units=units, **people)


@pytest.fixture
def holder(cast):
    """`holder("homes.edit", unit)`: who of the cast may, the nearest to the unit first."""

    def nearest(permission: str, unit):
        near = (cast.lan, cast.hanh, cast.thu, cast.xuan)
        return next(person for person in near if person.may(permission, unit.pk))

    return nearest


@pytest.fixture
def sign_in(client, settings):
    """`sign_in(cast.hanh)` gives a client in which she is signed in."""

    def enter(user):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return enter
