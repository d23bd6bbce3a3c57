"""How tasks, accounts and roles read on their pages."""

from collections import Counter
from datetime import date, timedelta
from operator import attrgetter

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sohoi.accounts.models import User
from sohoi.accounts.roles import ROLES
from sohoi.kit.lists import Column, Filter
from sohoi.kit.rooms import permissions
from sohoi.kit.tasks import Task
from sohoi.lib import dates, numbers
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitVersion, today
from sohoi.org.queries import line_of, place_of

ACCOUNTS = (
    Column(
        key="full_name",
        title=gettext_lazy("Họ và tên"),
        value=attrgetter("full_name"),
        sort="sort_key",
    ),
    Column(
        key="username",
        title=gettext_lazy("Tên đăng nhập"),
        value=attrgetter("username"),
        sort="username",
    ),
    Column(key="roles", title=gettext_lazy("Vai trò"), value=lambda user: _held(user)),
    Column(
        key="state",
        title=gettext_lazy("Tình trạng"),
        value=lambda user: _("Đang dùng") if user.is_active else _("Đã đóng"),
        kind="chip",
        tone=lambda user: "done" if user.is_active else "plain",
    ),
)
ACCOUNT_FILTERS = (
    Filter(
        key="tinh-trang",
        title=gettext_lazy("Tình trạng"),
        choices=lambda: [("1", _("Đang dùng")), ("0", _("Đã đóng"))],
        lookup="is_active",
    ),
)
SOON = timedelta(days=14)


def task_list(tasks: list[Task], *, most: int | None = None) -> dict:
    """Tasks with the chip that says how urgent they are; beyond `most`, how many are left out."""
    shown = tasks[:most]
    left = len(tasks) - len(shown)
    more = ngettext(
        "Còn %(count)d việc nữa: xem tất cả", "Còn %(count)d việc nữa: xem tất cả", left
    )
    return {
        "rows": [{"task": task, "chip": _chip(task)} for task in shown],
        "more_text": more % {"count": left} if left else "",
        "more_url": "?tat-ca=1",
    }


def held_today(user: User) -> list[str]:
    """Her roles of today, each with its unit of today."""
    return [
        f"{ROLES[a.role].title} · {user.places_today[a.unit_id].name}"
        for a in user.appointments_today
        if a.role in ROLES
    ]


def _chip(task: Task) -> dict:
    if task.due is None:
        return {"text": _("Không có hạn"), "tone": "plain"}
    facts = {"day": dates.short(task.due)}
    if task.due < today():
        return {"text": _("Quá hạn %(day)s") % facts, "tone": "wrong"}
    if task.due <= today() + SOON:
        return {"text": _("Hạn %(day)s") % facts, "tone": "due"}
    return {"text": _("Hạn %(day)s") % facts, "tone": "plain"}


def role_rows() -> list[dict]:
    """Each role with its sentence and what it may do, as the rooms declare it."""
    declared = permissions().values()
    return [
        {
            "title": role.title,
            "sentence": role.sentence,
            "may": [p.sentence for p in declared if role.key in p.roles],
        }
        for role in ROLES.values()
    ]


def _held(user: User) -> str:
    """Her roles with their units, in one line."""
    return "; ".join(
        f"{ROLES[a.role].title if a.role in ROLES else a.role} · {a.unit_name or ''}"
        for a in user.held
    )


def appointment_told(user: User, *, role: str, unit: Unit, valid_from: date) -> list[str]:
    """What giving a role will mean, before it is given: who, where, and over how many."""
    here = place_of(unit.pk)
    above = [p.name for p in line_of(unit.pk)[:-1]]
    facts = {
        "name": user.full_name,
        "role": ROLES[role].title,
        "unit": here.name,
        "tier": Tier(here.tier).label,
        "above": ", ".join(reversed(above)),
        "day": dates.short(valid_from),
    }
    where = (
        _("%(name)s sẽ là %(role)s tại %(unit)s (%(tier)s, thuộc %(above)s) từ ngày %(day)s.")
        if above
        else _("%(name)s sẽ là %(role)s tại %(unit)s (%(tier)s) từ ngày %(day)s.")
    )
    reach = _reach(unit)
    whole = _("Phạm vi: cả %(unit)s, gồm %(parts)s.") if reach else _("Phạm vi: %(unit)s.")
    told = [where % facts, whole % {"unit": here.name, "parts": ", ".join(reach)}]
    return [*told, str(ROLES[role].sentence)]


def _reach(unit: Unit) -> list[str]:
    """How many units stand below, tier by tier."""
    words = {
        Tier.PROVINCE: _("%(count)s tỉnh, thành phố"),
        Tier.DISTRICT: _("%(count)s đơn vị cấp huyện"),
        Tier.COMMUNE: _("%(count)s đơn vị cấp xã"),
        Tier.BRANCH: _("%(count)s chi hội"),
        Tier.GROUP: _("%(count)s tổ phụ nữ"),
        Tier.ATTACHED: _("%(count)s đơn vị trực thuộc"),
    }
    below = UnitVersion.objects.on(today()).under([unit.pk]).exclude(unit_id=unit.pk)
    counts = Counter(below.order_by().values_list("kind__tier", flat=True))
    lang = get_language() or "vi"
    return [
        text % {"count": numbers.group(counts[tier], lang=lang)}
        for tier, text in words.items()
        if counts[tier]
    ]


def appointment_rows(users: list[User]) -> list[dict]:
    """Accounts with their appointments and the names of the units."""
    appointments = {user.pk: list(user.appointments.all()) for user in users}
    units = {a.unit_id for found in appointments.values() for a in found}
    # The latest name, also of a unit that has ended: her past stays readable.
    versions = UnitVersion.objects.filter(unit_id__in=units, valid_from__lte=today())
    names = dict(versions.order_by("valid_from").values_list("unit_id", "name"))
    return [
        {
            "user": user,
            "appointments": [
                {
                    "pk": a.pk,
                    "role": ROLES[a.role].title if a.role in ROLES else a.role,
                    "unit": names.get(a.unit_id, ""),
                    "valid_from": a.valid_from,
                    "valid_to": a.valid_to,
                    "is_over": a.valid_to is not None and a.valid_to <= today(),
                    "is_cancelled": a.valid_to == a.valid_from,
                }
                for a in appointments[user.pk]
            ],
        }
        for user in users
    ]
