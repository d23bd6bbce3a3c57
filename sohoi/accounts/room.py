"""What the accounts app brings: the task list and the administration of users."""

from django.utils.translation import gettext_lazy as _

from sohoi.accounts import roles
from sohoi.accounts.reorganising import FOLLOWER
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.permissions import Permission
from sohoi.kit.rooms import Room

ROOM = Room(
    key="accounts",
    title=_("Tài khoản"),
    path="",
    reorganised=FOLLOWER,
    permissions=(
        Permission(
            key="accounts.manage",
            sentence=_("thêm, giao vai trò và đóng tài khoản"),
            roles=frozenset({roles.ADMINISTRATOR}),
        ),
    ),
    starts=(
        MenuItem(
            group=Group.ADMINISTRATION,
            title=_("Thêm tài khoản"),
            url_name="accounts:user_add",
            permission="accounts.manage",
        ),
    ),
    menu=(
        MenuItem(group=Group.TASKS, title=_("Việc của tôi"), url_name="accounts:tasks"),
        MenuItem(
            group=Group.ADMINISTRATION,
            title=_("Tài khoản"),
            url_name="accounts:users",
            permission="accounts.manage",
        ),
    ),
)
