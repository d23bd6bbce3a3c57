"""The frame around every page: menu, person, working unit and period, demo notice, language."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.accounts.roles import ROLES
from sohoi.kit.menu import GROUP_TITLES, Group, address
from sohoi.kit.rooms import rooms
from sohoi.lib.periods import Period, parse_period
from sohoi.org.models import today


def shell(request: HttpRequest) -> dict:
    """Context processor. Lazy: an error page that shows no frame reads nothing."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict:
    if not hasattr(request, "place"):
        return {"user": None, "menu": [], "demo_notice": "", "language_choices": []}
    common = {
        "demo_notice": _demo_notice(request),
        "language_choices": [
            {"key": key, "title": title, "selected": key == get_language()}
            for key, title in settings.LANGUAGES
        ],
    }
    if not request.user.is_authenticated:
        return {"user": None, "menu": [], **common}
    return {**common, **_for_person(request)}


def _for_person(request: HttpRequest) -> dict:
    appointments = request.user.appointments_today
    role = ROLES[appointments[0].role].title if appointments else _("Chưa có vai trò")
    period = request.place.period
    return {
        "user": {
            "full_name": request.user.full_name,
            "role_title": role,
            "unit_name": request.place.unit.name if request.place.unit else "",
        },
        "menu": _menu(request),
        "unit": request.place.unit,
        "period": {"key": period.key, "title": _period_title(period)},
        "unit_picker_url": address("org:tree"),
        "period_choices": period_choices(period, today()),
        "period_action_url": request.path,
    }


def _demo_notice(request: HttpRequest) -> str:
    if not request.place.installation.demo:
        return ""
    return _("Bản trình diễn: đơn vị là thật; người, hộ và tên ấp, khóm là tưởng tượng.")


def _menu(request: HttpRequest) -> list[dict]:
    items = [
        (item, item.url)
        for room in rooms()
        for item in room.menu
        if not item.permission or request.user.may(item.permission)
    ]
    # A page may lie below two items; the nearer one is where she is.
    here = max((url for _item, url in items if _is_within(request.path, url)), key=len, default="")
    groups: dict[Group, list[dict]] = {group: [] for group in Group}
    for item, url in items:
        groups[item.group].append({"title": item.title, "url": url, "active": url == here})
    return [
        {
            "title": GROUP_TITLES[group],
            "icon": group.value,
            "items": items,
            "url": items[0]["url"],
            "active": any(item["active"] for item in items),
        }
        for group, items in groups.items()
        if items
    ]


def _is_within(path: str, url: str) -> bool:
    return path == url or (len(url) > 1 and path.startswith(url))


def _period_title(period: Period) -> str:
    title = period.title(get_language() or "vi")
    return title[:1].upper() + title[1:]


def period_choices(chosen: Period, day: date) -> list[dict]:
    """The chosen period and the usual ones of its year and of this year, newest first."""
    years = sorted({chosen.start.year, day.year, day.year - 1}, reverse=True)
    keys = [f"{year}{suffix}" for year in years for suffix in ("", "-9M", "-H1", "-Q1")]
    if chosen.key not in keys:
        keys.insert(0, chosen.key)
    return [
        {"key": key, "title": _period_title(parse_period(key)), "selected": key == chosen.key}
        for key in keys
    ]
