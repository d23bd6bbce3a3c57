"""Menu items as values with a permission; the left rail is drawn from nothing else."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.urls import URLResolver, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """The seven groups of the left rail, in their order."""

    TASKS = "tasks"
    FIGURES = "figures"
    PROGRAMMES = "programmes"
    REPORTS = "reports"
    DIRECTIVES = "directives"
    ORGANISATION = "organisation"
    ADMINISTRATION = "administration"


GROUP_TITLES = {
    Group.TASKS: _("Việc của tôi"),
    Group.FIGURES: _("Số liệu"),
    Group.PROGRAMMES: _("Chương trình"),
    Group.REPORTS: _("Báo cáo"),
    Group.DIRECTIVES: _("Chỉ đạo"),
    Group.ORGANISATION: _("Tổ chức"),
    Group.ADMINISTRATION: _("Quản trị"),
}


@dataclass(frozen=True)
class MenuItem:
    """One line of the rail. `permission` empty means: everyone who is signed in. `asks`: the page
    answers a question about figures, which its address carries."""

    group: Group
    title: str
    url_name: str
    permission: str = ""
    asks: bool = False

    @property
    def url(self) -> str:
        return address(self.url_name)


def address(name: str, *args: str) -> str:
    """As `reverse`, which works an address out anew each time: a page names dozens."""
    return _address(get_resolver(get_urlconf()), get_script_prefix(), name, args)


@lru_cache(maxsize=4096)
def _address(_resolver: URLResolver, _prefix: str, name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)
