"""What the figures app brings: the figures of a unit and the way from each to its records."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import PROVINCE_LEADER, PROVINCE_OFFICER, READERS
from sohoi.figures.closing.documents import kept_texts
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.reorganising import Follower
from sohoi.kit.rooms import Room

ROOM = Room(
    key="figures",
    title=_("Số liệu"),
    path="so-lieu",
    reorganised=Follower(kept=kept_texts),
    permissions=(
        Permission(
            key="figures.view", sentence=_("xem số liệu của đơn vị mình trở xuống"), roles=READERS
        ),
        Permission(
            key="figures.define",
            sentence=_("thêm, sửa và ngừng dùng chỉ tiêu của tỉnh"),
            roles=frozenset({PROVINCE_OFFICER, PROVINCE_LEADER}),
        ),
    ),
    menu=(
        MenuItem(
            group=Group.FIGURES,
            title=_("Bảng số liệu"),
            url_name="figures:board",
            permission="figures.view",
            asks=True,
        ),
        MenuItem(
            group=Group.FIGURES,
            title=_("Khám phá số liệu"),
            url_name="figures:explorer",
            permission="figures.view",
            asks=True,
        ),
        MenuItem(
            group=Group.FIGURES,
            title=_("Chất lượng số liệu"),
            url_name="figures:quality",
            permission="figures.view",
            asks=True,
        ),
        MenuItem(
            group=Group.FIGURES,
            title=_("Danh mục chỉ tiêu"),
            url_name="figures:definitions",
            permission="figures.view",
        ),
    ),
)
