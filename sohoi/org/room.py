"""What the organisation app brings: the tree of units and the page of each."""

from django.utils.translation import gettext_lazy as _

from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.rooms import Room

ROOM = Room(
    key="org",
    title=_("Tổ chức"),
    path="don-vi",
    menu=(MenuItem(group=Group.ORGANISATION, title=_("Đơn vị"), url_name="org:tree"),),
)
