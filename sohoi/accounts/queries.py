"""Reads of accounts: the task list, where to begin, the accounts an administrator looks after."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from sohoi.accounts.models import Appointment, User
from sohoi.kit.menu import Group, MenuItem
from sohoi.kit.rooms import rooms
from sohoi.kit.tasks import Task
from sohoi.org.models import UnitVersion, subtree, today

# So many of her last acts tell what she uses most.
LAST_ACTS = 200
_LAST_USED = """
    SELECT split_part(verb, '.', 1), count(*)
      FROM (SELECT verb FROM audit_entry WHERE actor_id = %s ORDER BY at DESC LIMIT %s) AS last
     GROUP BY 1"""


def tasks_of(user: User) -> list[Task]:
    """What she must do, from every room, the most urgent first; tasks without a date come last, in
    the order of their room. A room gives all of its tasks: the page alone leaves some out."""
    found = [task for room in rooms() if room.tasks for task in room.tasks(user)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def starts_of(user: User) -> list[MenuItem]:
    """Pages where she may begin something new, the room she used most of late first."""
    used, order = _last_used(user), [*Group]
    found = [
        (-used.get(room.key, 0), order.index(item.group), item)
        for room in rooms()
        for item in room.starts
        if user.may(item.permission)
    ]
    return [item for *_rank, item in sorted(found, key=lambda ranked: ranked[:2])]


def _last_used(user: User) -> dict[str, int]:
    """How many of her last acts were in each room."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_USED, [user.pk, LAST_ACTS])
        return dict(cursor.fetchall())


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
