"""The frame around every page: menu, person, working unit and period, demo notice, language."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.accounts.roles import ROLES
from sohoi.accounts.workplace import CHOOSER
from sohoi.kit.menu import GROUP_TITLES, Group, address
from sohoi.kit.rooms import rooms
from sohoi.lib.periods import PARTS, Period, parse_period, part_title, terms_between
from sohoi.org.models import today

# Not kept of the address when another period is chosen: the old one, a day or a page of it.
NOT_KEPT = {"ky", *CHOOSER, "don_vi", "ngay", "page", "export"}


def shell(request: HttpRequest) -> dict:
    """Context processor. Lazy: an error page that shows no frame reads nothing."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict:
    if not hasattr(request, "workplace"):
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
    return {
        "user": {"full_name": request.user.full_name, "role_title": role},
        "menu": _menu(request),
        **_chosen(request),
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
            "period_choices": period_choices(
                question.period, request.workplace.first_year, today()
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


def _menu(request: HttpRequest) -> list[dict]:
    items = [
        (item, item.url)
        for room in rooms()
        for item in room.menu
        if not item.permission or request.user.may(item.permission)
    ]
    question = getattr(request, "question", None)
    # A page may lie below two items; the nearer one is where she is.
    here = max((url for _item, url in items if _is_within(request.path, url)), key=len, default="")
    groups: dict[Group, list[dict]] = {group: [] for group in Group}
    for item, url in items:
        asked = f"?{question.query}" if question and item.asks else ""
        groups[item.group].append(
            {"title": item.title, "url": f"{url}{asked}", "active": url == here}
        )
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


def period_choices(chosen: Period, first_year: int, day: date) -> dict:
    """Year and part of the chosen period, each with what else may be chosen; newest year first."""
    oldest, newest = min(first_year, chosen.start.year), max(day.year, chosen.start.year)
    return _period_choices(chosen, oldest, newest, get_language() or "vi")


# The same for everybody who looks at the period, and on every page.
@lru_cache(maxsize=1024)
def _period_choices(chosen: Period, oldest: int, newest: int, lang: str) -> dict:
    is_term = chosen.kind == "term"
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
