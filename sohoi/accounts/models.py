"""People who sign in, and their appointments: a role on a unit from a day to a day."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sohoi.accounts.roles import role_choices
from sohoi.audit.history import keeps_history
from sohoi.kit.rooms import permissions
from sohoi.lib.ids import uuid7
from sohoi.lib.text import KEY_LENGTH, person_sort_key, search_key
from sohoi.lib.typed import one_form
from sohoi.org.models import Unit, today
from sohoi.org.queries import Place, is_under, places_by_id

_HELD = """
    SELECT id, user_id, role, unit_id, valid_from, valid_to FROM accounts_appointment
     WHERE user_id = %(user)s AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
     ORDER BY valid_from, id"""


class UserManager(BaseUserManager):
    """Accounts are made by `accounts.actions.add_user`; nobody registers herself."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username__iexact=username)


@keeps_history(without=("password", "last_login", "list_columns"))
class User(AbstractBaseUser):
    """An account. There is no superuser: what a person may do comes from her appointments only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    # The columns she chose, by the key of the list. Here they cost no query: every page reads her.
    list_columns = models.JSONField(default=dict, editable=False)
    search_key = SearchVectorField(default="", editable=False)
    sort_key = models.CharField(max_length=KEY_LENGTH, default="", editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    is_staff = is_superuser = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9._-]+$"), name="accounts_username_plain"
            )
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="accounts_in_order"),
            GinIndex(fields=["search_key"], name="accounts_words"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def set_password(self, raw_password: str | None) -> None:
        """In one form, whether the keyboard composes letters or not."""
        super().set_password(raw_password and one_form(raw_password))

    def check_password(self, raw_password: str) -> bool:
        """As typed, then in the one form: a password set before there was one still opens."""
        composed = one_form(raw_password)
        return super().check_password(raw_password) or (
            composed != raw_password and super().check_password(composed)
        )

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """The keys of her name follow it, whoever writes it."""
        self.search_key = search_key(self.full_name, self.username)
        self.sort_key = person_sort_key(self.full_name)
        if update_fields is not None and "full_name" in update_fields:
            update_fields = {*update_fields, "search_key", "sort_key"}
        super().save(*args, update_fields=update_fields, **options)

    @cached_property
    def appointments_today(self) -> "list[Appointment]":
        return self.appointments_on(today())

    def appointments_on(self, day: date) -> "list[Appointment]":
        """The oldest first."""
        # Every page asks it: to compose it anew takes longer than to answer it.
        return list(Appointment.objects.raw(_HELD, {"user": self.pk, "day": day}))

    @cached_property
    def places_today(self) -> dict[UUID, Place]:
        """The units of her appointments, by id, as they are or last were."""
        return places_by_id({a.unit_id for a in self.appointments_today})

    def reach(self, permission: str) -> list[UUID]:
        """The units, with all below them, on which she holds the permission today."""
        declared = permissions().get(permission)
        if declared is None or not self.is_active:
            return []
        return [a.unit_id for a in self.appointments_today if a.role in declared.roles]

    def may(self, permission: str, unit_id: UUID | None = None) -> bool:
        """Holds the permission on this unit today; without a unit, on any."""
        roots = self.reach(permission)
        if not roots or unit_id is None:
            return bool(roots)
        return unit_id in roots or is_under(unit_id, roots)


class AppointmentQuerySet(models.QuerySet):
    """Words for appointments."""

    def on(self, day: date) -> "AppointmentQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


@keeps_history(parent="user")
class Appointment(models.Model):
    """A role on a unit, from `valid_from` until the day before `valid_to`.

    One that ends on its first day never was in force: it was given by mistake and taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(_("vai trò"), max_length=30, choices=role_choices)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="accounts_appointment_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"
