"""What the records app brings: the page that takes the last act on a record back."""

from django.utils.translation import gettext_lazy as _

from sohoi.kit.rooms import Room

ROOM = Room(key="records", title=_("Hồ sơ"), path="ho-so")
