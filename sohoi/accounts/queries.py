"""Reads of accounts: the task list, and the accounts an administrator looks after."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from sohoi.accounts.models import Appointment, User
from sohoi.kit.rooms import rooms
from sohoi.kit.tasks import Task
from sohoi.org.models import UnitVersion, subtree, today


def tasks_of(user: User) -> list[Task]:
    """What she must do, from every room, the most urgent first; tasks without a date come last."""
    found = [task for room in rooms() if room.tasks for task in room.tasks(user)]
    return sorted(found, key=lambda task: (task.due is None, task.due, task.title))


def accounts_within(roots: Iterable[UUID]) -> QuerySet[User]:
    """Accounts appointed somewhere under the roots, and accounts with no appointment yet."""
    hers = Appointment.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(hers.filter(unit_id__in=subtree(roots))) | ~Exists(hers))


def with_roles(users: QuerySet[User]) -> QuerySet[User]:
    """Each with `held`: her appointments of today and what is to come, with names of the units."""
    # The latest name, also of a unit that has ended: her past stays readable.
    versions = UnitVersion.objects.filter(unit_id=OuterRef("unit_id"), valid_from__lte=today())
    name = Subquery(versions.order_by("-valid_from").values("name")[:1])
    held = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today()))
    held = held.annotate(unit_name=name).order_by("valid_from", "pk")
    return users.prefetch_related(Prefetch("appointments", held, to_attr="held"))
