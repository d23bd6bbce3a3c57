"""Loading the demonstration: the two provinces of 2023 with their cast, records and returns."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sohoi.accounts import roles
from sohoi.accounts.actions import add_user, appoint
from sohoi.accounts.models import User
from sohoi.config.stage import (
    BAC_LIEU,
    CA_MAU,
    HOME_COMMUNE,
    OTHER_COMMUNE,
    Stage,
    province_on_stage,
)
from sohoi.figures.definitions.actions import load_definitions
from sohoi.figures.engine.fold import fold
from sohoi.kit.rooms import rooms
from sohoi.lib.doubts import believing
from sohoi.org.actions import load_units
from sohoi.org.models import Installation, Unit, UnitVersion
from sohoi.org.reorganising import reorganise
from sohoi.records.together import together

PERIOD = "2023-H1"
PASSWORD = "so-hoi-2023"  # noqa: S105 - printed for everyone who runs the demo
DATA = Path(settings.BASE_DIR) / "sohoi" / "org" / "data"
UNITS, MERGER = DATA / "units-2023.csv", DATA / "reorganisation-2025-07-01.csv"
MERGED_ON = date(2025, 7, 1)
MERGER_TITLE = "Nghị quyết 202/2025/QH15 về sắp xếp đơn vị hành chính cấp tỉnh"
APPOINTED = date(2021, 12, 31)

# user name, full name, role, code of the unit
CAST = (
    ("lan", "Trần Thị Lan", roles.BRANCH_HEAD, f"{HOME_COMMUNE}-01"),
    ("hanh", "Nguyễn Thị Hạnh", roles.COMMUNE_OFFICER, HOME_COMMUNE),
    ("la", "Lê Thị Lá", roles.DISTRICT_OFFICER, "970"),
    ("thu", "Phạm Thị Thu", roles.PROVINCE_OFFICER, CA_MAU),
    ("mai", "Võ Thị Mai", roles.PROVINCE_LEADER, CA_MAU),
    ("quan", "Đỗ Văn Quân", roles.ADMINISTRATOR, CA_MAU),
    ("xuan", "Huỳnh Thị Xuân", roles.COMMUNE_OFFICER, OTHER_COMMUNE),
    ("ngan", "Lý Thị Ngân", roles.PROVINCE_OFFICER, BAC_LIEU),
)


class NotADemo(Exception):
    """The database holds somebody's real data; the demo is never loaded into it."""


def is_loaded() -> bool:
    """Raises NotADemo when there are units but no demo."""
    if Installation.here().demo:
        return True
    if Unit.objects.exists():
        raise NotADemo(
            "Cơ sở dữ liệu này đã có dữ liệu thật nên không nạp dữ liệu trình diễn. "
            "Đặt DATABASE_URL tới một cơ sở dữ liệu trống, "
            "hoặc bỏ DATABASE_URL để dùng máy chủ kèm theo."
        )
    return False


def load(progress: Callable[[str, int, int], None]) -> None:
    """Everything or nothing: one transaction, so that an interrupted load leaves an empty database.

    `progress(what, done, total)` is called before each step.
    """
    loaders = [room for room in rooms() if room.demo]
    # Returns come last: they declare what the records of the other rooms do not count.
    loaders.sort(key=lambda room: (room.key == "reports", room.key))
    total = len(loaders) + 3
    with transaction.atomic(), believing(None):
        progress("Đơn vị", 0, total)
        with UNITS.open(encoding="utf-8", newline="") as file:
            load_units(rows=csv.DictReader(file), by=None)
        Installation.objects.create(demo=True, default_period=PERIOD)
        progress("Tài khoản, chỉ tiêu", 1, total)
        load_definitions(by=None)
        cast = load_cast()
        provinces = {code: province_on_stage(code) for code in (CA_MAU, BAC_LIEU)}
        writers = {CA_MAU: cast["thu"], BAC_LIEU: cast["ngan"]}
        stage = Stage(by=cast["thu"], provinces=provinces, writers=writers)
        for done, room in enumerate(loaders, start=2):
            # The rooms' records were written in the units of 2023; rounds go on in those of today.
            if room is loaders[-1]:
                progress("Sắp xếp đơn vị 2025", done, total)
                _merge(cast)
            progress(str(room.title), done + 1, total)
            with together():
                room.demo(stage)
        fold()
        progress("Xong", total, total)


def _merge(cast: dict[str, User]) -> None:
    """The two provinces become one, without districts; the district's officer moves up."""
    reorganise(content=MERGER.read_bytes(), on=MERGED_ON, title=MERGER_TITLE, by=None)
    province = UnitVersion.objects.on(MERGED_ON).select_related("unit").get(code=CA_MAU).unit
    appoint(
        user=cast["la"], role=roles.PROVINCE_OFFICER, unit=province, valid_from=MERGED_ON, by=None
    )


def load_cast() -> dict[str, User]:
    """One account for each role, and two of the neighbouring province."""
    users = {}
    for username, full_name, role, code in CAST:
        unit = UnitVersion.objects.on(APPOINTED).select_related("unit").get(code=code).unit
        user = add_user(username=username, full_name=full_name, password=PASSWORD, by=None)
        appoint(user=user, role=role, unit=unit, valid_from=APPOINTED, by=None)
        users[username] = user
    return users
