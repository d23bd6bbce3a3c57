"""The frame around every page: menu, person, working unit and period, demo notice, language."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.accounts.roles import ROLES
from sohoi.accounts.workplace import CHOOSER
from sohoi.kit.menu import GROUP_TITLES, Group, MenuItem, address
from sohoi.kit.rooms import edition, rooms
from sohoi.lib.periods import PARTS, Period, parse_period, part_title, terms_between
from sohoi.org.models import today
from sohoi.ui.templatetags.ui import bar_links, grouped_options, rail_groups

# Not kept of the address when another period is chosen: the old one, a day or a page of it.
NOT_KEPT = {"ky", *CHOOSER, "don_vi", "ngay", "page", "export"}
IN_BAR = 4


def shell(request: HttpRequest) -> dict:
    """Context processor. Lazy: an error page that shows no frame reads nothing."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict:
    if not hasattr(request, "workplace"):
        return {"user": None, "demo_notice": "", "language_choices": []}
    common = {
        "language_url": address("set_language"),
        "demo_notice": _demo_notice(request),
        "language_choices": [
            {"key": key, "title": title, "selected": key == get_language()}
            for key, title in settings.LANGUAGES
        ],
    }
    if not request.user.is_authenticated:
        return {"user": None, **common}
    return {**common, **_for_person(request)}


def _for_person(request: HttpRequest) -> dict:
    appointments = request.user.appointments_today
    role = ROLES[appointments[0].role].title if appointments else _("Chưa có vai trò")
    return {
        "user": {"full_name": request.user.full_name, "role_title": role},
        **_menu(request),
        **_chosen(request),
        "password_url": address("account_change_password"),
        "sign_out_url": address("account_logout"),
    }


def _chosen(request: HttpRequest) -> dict:
    """The unit and period that a page of figures answers for; elsewhere the working unit, which is
    one of today. Units and accounts are looked after without either."""
    tree_url = address("org:tree")
    if question := getattr(request, "question", None):
        return {
            "unit": question.unit,
            "period": question.period.key,
            "unit_picker_url": f"{tree_url}?ky={question.period.key}&ngay={question.tree}",
            "period_options": _period_options(
                question.period, request.workplace.first_year, today(), get_language() or "vi"
            ),
            "period_action_url": request.path,
            "period_kept": [("don_vi", question.unit.id), *_kept(request)],
        }
    workplace = request.workplace
    unit = (workplace.unit_today or workplace.unit) if workplace.reads_records else None
    return {"unit": unit, "period": "", "unit_picker_url": tree_url}


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Of a tree only that of today: another one lies between the old period and today."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in NOT_KEPT
        for value in values
        if name != "cay" or value == "now"
    ]


def _demo_notice(request: HttpRequest) -> str:
    if not request.workplace.installation.demo:
        return ""
    return _("Bản trình diễn: đơn vị là thật; người, hộ và tên ấp, khóm là tưởng tượng.")


def _menu(request: HttpRequest) -> dict[str, str]:
    prefix = get_script_prefix()
    hers = [
        (number, url)
        for number, (url, permission) in enumerate(_pages(edition(), prefix))
        if not permission or request.user.may(permission)
    ]
    question = getattr(request, "question", None)
    # A page may lie below two items; the nearer one is where she is.
    here = max((url for _n, url in hers if _is_within(request.path, url)), key=len, default="")
    shown = tuple(number for number, _url in hers)
    asked = question.query if question else ""
    return _drawn_menu(shown, here, asked, edition(), prefix, get_language())


@lru_cache(maxsize=64)
def _pages(_edition: int, _prefix: str) -> list[tuple[str, str]]:
    """Address and permission of each item of the menu."""
    return [(item.url, item.permission) for item in _items()]


def _items() -> list[MenuItem]:
    return [item for room in rooms() for item in room.menu]


# The same for everybody who may open the same pages, wherever she is among them.
@lru_cache(maxsize=4096)
def _drawn_menu(
    shown: tuple[int, ...], here: str, asked: str, _edition: int, _prefix: str, _lang: str
) -> dict[str, str]:
    """The rail, and its first groups for the bar of a phone; `shown` are places among the items.
    From a page that answers a question, `asked`, the others that answer one are asked the same."""
    every = _items()
    groups: dict[Group, list[dict]] = {group: [] for group in Group}
    for item in (every[number] for number in shown):
        url = f"{item.url}?{asked}" if asked and item.asks else item.url
        told = {"title": item.title, "url": url, "active": item.url == here}
        groups[item.group].append(told)
    menu = _menu_groups(groups)
    return {"rail": rail_groups(menu), "bar": bar_links(menu[:IN_BAR])}


def _menu_groups(groups: dict[Group, list[dict]]) -> list[dict]:
    return [
        {
            "title": GROUP_TITLES[group],
            "icon": group.value,
            "anchor": f"menu-{group.value}",
            "items": items,
            # On a phone a group of several pages opens as a choice.
            "url": items[0]["url"] if len(items) == 1 else f"#menu-{group.value}",
            "active": any(item["active"] for item in items),
        }
        for group, items in groups.items()
        if items
    ]


def _is_within(path: str, url: str) -> bool:
    return path == url or (len(url) > 1 and path.startswith(url))


# The same for everybody who looks at the period, and on every page.
@lru_cache(maxsize=1024)
def _period_options(chosen: Period, first_year: int, day: date, _lang: str) -> dict[str, str]:
    """The choices as they are written into the two lists."""
    offered = period_choices(chosen, first_year, day)
    terms = (_("Nhiệm kỳ"), offered["terms"])
    return {
        "parts": grouped_options(offered["parts"]),
        "years": grouped_options([("", offered["years"]), terms]),
    }


def period_choices(chosen: Period, first_year: int, day: date) -> dict:
    """Year and part of the chosen period, each with what else may be chosen; newest year first."""
    oldest, newest = min(first_year, chosen.start.year), max(day.year, chosen.start.year)
    is_term, lang = chosen.kind == "term", get_language() or "vi"
    years = [str(year) for year in range(newest, oldest - 1, -1)]
    terms = {*terms_between(date(oldest, 1, 1), date(newest, 12, 31))}
    terms |= {chosen.key} if is_term else set()
    return {
        "years": [_choice(year, year, chosen.key[:4]) for year in years],
        "terms": [
            _choice(key, parse_period(key).short(lang), chosen.key)
            for key in sorted(terms, reverse=True)
        ],
        "parts": [("", [_choice("", _("Nhiệm kỳ"), "")])] if is_term else _parts(chosen.part, lang),
    }


def _parts(chosen: str, lang: str) -> list[tuple[str, list[dict]]]:
    groups: dict[str, list[dict]] = {}
    for part in PARTS:
        group = {"Q": _("Quý"), "M": _("Tháng")}.get(part[:1], "")
        title = part_title(part, lang)
        groups.setdefault(group, []).append(_choice(part, title[:1].upper() + title[1:], chosen))
    return [*groups.items()]


def _choice(key: str, title: str, chosen: str) -> dict:
    return {"key": key, "title": title, "selected": key == chosen}
