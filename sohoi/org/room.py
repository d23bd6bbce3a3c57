"""What the organisation app brings: the tree of units, the page of each, reorganisations."""

from django.utils.translation import gettext_lazy as _

from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room

ROOM = Room(
    key="org",
    title=_("Tổ chức"),
    path="don-vi",
    permissions=(
        Permission(
            key="org.reorganise",
            sentence=_(
                "sắp xếp đơn vị theo văn bản: lập mới, nhập, tách, chuyển, đổi tên, kết thúc"
            ),
            # The key in `accounts.roles`, which stands above this app: whoever looks after units
            # and appointments, since a reorganisation moves both.
            roles=frozenset({"administrator"}),
        ),
    ),
    starts=(
        MenuItem(
            group=Group.ADMINISTRATION,
            title=_("Phương án sắp xếp mới"),
            url_name="org:reorganise",
            permission="org.reorganise",
        ),
    ),
    menu=(
        MenuItem(group=Group.ORGANISATION, title=_("Đơn vị"), url_name="org:tree"),
        MenuItem(
            group=Group.ADMINISTRATION,
            title=_("Sắp xếp đơn vị"),
            url_name="org:reorganisations",
            permission="org.reorganise",
        ),
    ),
)
