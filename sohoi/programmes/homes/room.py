"""What the homes room brings."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import BRANCH_HEAD, COMMUNE_OFFICER, PROVINCE_OFFICER, READERS
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room
from sohoi.programmes.homes.demo import load_demo
from sohoi.programmes.homes.indicators import INDICATORS, RECORD_KINDS
from sohoi.programmes.homes.queries import tasks

ROOM = Room(
    key="homes",
    title=_("Mái ấm tình thương"),
    path="mai-am",
    permissions=(
        Permission(key="homes.view", sentence=_("xem hồ sơ nhà Mái ấm tình thương"), roles=READERS),
        Permission(
            key="homes.edit",
            sentence=_("đề nghị và sửa hồ sơ nhà Mái ấm tình thương"),
            roles=frozenset({BRANCH_HEAD, COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
        Permission(
            key="homes.decide",
            sentence=_("khảo sát, duyệt, khởi công, bàn giao hoặc rút một căn nhà"),
            roles=frozenset({COMMUNE_OFFICER, PROVINCE_OFFICER}),
        ),
    ),
    menu=(
        MenuItem(
            group=Group.PROGRAMMES,
            title=_("Mái ấm tình thương"),
            url_name="homes:list",
            permission="homes.view",
        ),
    ),
    indicators=INDICATORS,
    record_kinds=RECORD_KINDS,
    demo=load_demo,
    tasks=tasks,
)
