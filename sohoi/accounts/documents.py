"""How tasks, accounts and roles read on their pages."""

from datetime import timedelta

from django.utils.translation import gettext as _

from sohoi.accounts.models import User
from sohoi.accounts.roles import ROLES
from sohoi.kit.rooms import permissions
from sohoi.kit.tasks import Task
from sohoi.lib import dates
from sohoi.org.models import UnitVersion, today

SOON = timedelta(days=14)


def task_rows(tasks: list[Task]) -> list[dict]:
    """Tasks with the chip that says how urgent they are."""
    return [{"task": task, "chip": _chip(task)} for task in tasks]


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
                }
                for a in appointments[user.pk]
            ],
        }
        for user in users
    ]
