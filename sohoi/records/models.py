"""The columns every record has, those of its rows, and which ids were already used to write one."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sohoi.lib import dates
from sohoi.lib.ids import uuid7
from sohoi.org.models import Unit, UnitScopedQuerySet
from sohoi.records.life import Life

# As much of a key as decides the order of names.
SORTED = 255


class Record(models.Model):
    """A record that belongs to a unit. `version` grows with each write.

    `called` is the column that officers call it by; `is_person` sorts that by given name.
    `searched` are the columns by whose words, accents ignored, it is found, beside its code.
    `ahead` are the days that may lie in the future.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã"), max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    search_key = SearchVectorField(default="", editable=False)
    sort_key = models.CharField(max_length=SORTED, default="", editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = UnitScopedQuerySet.as_manager()
    life: ClassVar[Life | None] = None
    called: ClassVar[str] = ""
    is_person: ClassVar[bool] = False
    searched: ClassVar[tuple[str, ...]] = ()
    ahead: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.app_label}:detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        """What officers call it; its code where nothing names it."""
        return getattr(self, self.called) if self.called else self.code


class Row(models.Model):
    """Something that belongs to one record, by the foreign key named `within`; `called` is the
    column that tells it from its like."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)

    within: ClassVar[str] = ""
    called: ClassVar[str] = ""
    ahead: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def display_name(self) -> str:
        """What officers tell it from its like by."""
        word = getattr(self, f"get_{self.called}_display", None)
        name = word() if word else getattr(self, self.called)
        return dates.short(name) if isinstance(name, date) else str(name)

    @property
    def record(self) -> Record:
        return getattr(self, self.within)


class Receipt(models.Model):
    """An id that somebody gave to what she wrote, and a keyed digest of what that was.

    The same again, from a page sent twice or a queue replayed, is answered with what was made;
    anything else under the id is refused, also when what was made has been taken back since.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
