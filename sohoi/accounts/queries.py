"""Reads of accounts: the task list, and the accounts an administrator looks after."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from sohoi.accounts.models import Appointment, User
from sohoi.kit.rooms import rooms
from sohoi.kit.tasks import Task
from sohoi.lib.text import fold
from sohoi.org.models import subtree


def tasks_of(user: User) -> list[Task]:
    """What she must do, from every room, the most urgent first; tasks without a date come last."""
    found = [task for room in rooms() if room.tasks for task in room.tasks(user)]
    return sorted(found, key=lambda task: (task.due is None, task.due, task.title))


def accounts_within(roots: Iterable[UUID]) -> QuerySet[User]:
    """Accounts appointed somewhere under the roots, and accounts with no appointment yet."""
    here = Appointment.objects.filter(unit_id__in=subtree(roots))
    return User.objects.filter(Q(appointments__in=here) | Q(appointments=None)).distinct()


def matching(users: QuerySet[User], text: str) -> list[User]:
    """Accounts whose user name or full name has the text, accents ignored."""
    wanted = fold(text)
    listed = users.prefetch_related("appointments").order_by("username")
    return [u for u in listed if wanted in fold(f"{u.username} {u.full_name}")]
