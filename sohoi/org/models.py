"""Units, their dated versions and the links from a unit to the ones that follow it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.lib.ids import uuid7
from sohoi.org.choices import SuccessionKind, Tier

# More ids than this take longer to hand on and to plan with than to be asked for again.
MOST_HANDED_ON = 300


def today() -> date:
    """The working day in Viet Nam."""
    return timezone.localdate()


class UnitKind(models.Model):
    """A kind of unit, as data: tỉnh, huyện, thị xã, xã, phường, chi hội …"""

    key = models.CharField(primary_key=True, max_length=20)
    title = models.CharField(_("tên cấp"), max_length=60)
    title_en = models.CharField(max_length=60)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title


class Unit(models.Model):
    """The identity of a unit. What changes with time is in its versions.

    `invented` marks hamlets made up for the demonstration.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invented = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Its latest name. Lists use `named()` instead, which asks once for all rows."""
        return str(self.versions.order_by("-valid_from").first() or self.pk)

    def hold(self) -> None:
        """Until the transaction ends: of two who begin the same for a unit at once, the second
        waits, and finds what the first began."""
        Unit.objects.select_for_update(no_key=True).get(pk=self.pk)


class UnitName(models.Func):
    """The name of a unit on a day, or the last it had before. As it is sent: to compose a subquery
    for every list takes longer than to answer it."""

    template = """(
        SELECT v.name FROM org_unitversion AS v, (VALUES (%(expressions)s)) AS asked(unit_id, day)
         WHERE v.unit_id = asked.unit_id AND v.valid_from <= asked.day
         ORDER BY v.valid_from DESC LIMIT 1)"""
    output_field = models.CharField()


class UnitScopedQuerySet(models.QuerySet):
    """For every record that belongs to a unit: narrow to the units under some roots on a date."""

    def under(self, roots: Iterable[UUID], *, on: date | None = None) -> "UnitScopedQuerySet":
        return self.filter(unit_id__in=subtree(roots, on=on))

    def among(self, *scopes: Iterable[UUID]) -> "UnitScopedQuerySet":
        """What is `under` every one of the scopes today, for a list. A few units are asked for once
        and handed to each of its queries: the planner then knows how many they are. Of many it
        takes half of all records to be theirs, and reads the list in its order."""
        one = "SELECT unit_id FROM org_subtree(%s::uuid[], %s)"
        scopes = {frozenset(roots) for roots in scopes}
        common = " INTERSECT ".join([one] * len(scopes))
        arguments = [argument for roots in scopes for argument in ([*roots], today())]
        sql = f"""
            SELECT CASE WHEN count(*) <= %s THEN coalesce(array_agg(u), '{{}}')::text END
              FROM ({common}) AS t (u)"""  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [MOST_HANDED_ON, *arguments])
            units = cursor.fetchone()[0]
        if units is None:
            hers = RawSQL(common, arguments)  # noqa: S611 - our own words, the values apart
            return self.filter(OneOf(F("unit_id"), hers))
        return self.filter(AnyOf(F("unit_id"), Value(units)))

    def named(self, *, on: date | None = None) -> "UnitScopedQuerySet":
        """Adds `unit_name`: the unit's name on the date, or the last it had before."""
        return self.annotate(unit_name=UnitName("unit_id", models.Value(on or today())))


class AnyOf(Func):
    """`AnyOf(column, "{id,id}")`: the column is one of these. As a constant, the ids are looked up
    in a table made once, also where a list is read in the order of an index."""

    template = "(%(expressions)s::uuid[]))"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()


class OneOf(Func):
    """`OneOf(column, query)`: the column is one of its answers. As a truth value it is looked up in
    a table made once, also where a list is read in the order of an index; else it would be joined.
    """

    template = "((%(expressions)s) IS TRUE)"
    arg_joiner = " IN "
    output_field = models.BooleanField()


def subtree(roots: Iterable[UUID], *, on: date | None = None) -> RawSQL:
    """The ids of `roots` and of every unit whose records count below them on the date.

    That includes units which ended before and are followed by one below the roots.
    """
    return RawSQL("SELECT unit_id FROM org_subtree(%s::uuid[], %s)", ([*roots], on or today()))


class VersionQuerySet(UnitScopedQuerySet):
    """Words for dated versions."""

    def on(self, day: date) -> "VersionQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


@keeps_history(parent="unit")
class UnitVersion(models.Model):
    """Name, kind, code and parent of a unit from `valid_from` until the day before `valid_to`.

    Held by the database: versions of one unit do not overlap; a code is used once on any date; a
    version lasts at least a day; a unit is never its own parent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    parent = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        related_name="child_versions",
        verbose_name=_("đơn vị cấp trên"),
    )
    kind = models.ForeignKey(UnitKind, models.PROTECT, verbose_name=_("cấp"))
    code = models.CharField(_("mã"), max_length=20)
    name = models.CharField(_("tên đơn vị"), max_length=120)
    sort_key = models.CharField(max_length=255)
    search_key = SearchVectorField(default="", editable=False)
    latitude = models.DecimalField(_("vĩ độ"), max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=8, decimal_places=5, null=True)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(_("đến trước ngày"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["parent", "valid_from"], name="org_version_parent"),
            models.Index(fields=["unit", "valid_from"], name="org_version_unit"),
            models.Index(fields=["code"], name="org_version_code"),
            GinIndex(fields=["search_key"], name="org_version_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="org_version_lasts_a_day",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("unit")), name="org_version_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On `on`, `predecessor` was followed, wholly or in part, by `successor`.

    A predecessor with several successors was split: what it counted cannot be divided.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions_from")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="successions_to")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="org_succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="org_succession_two_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Reorganisation(models.Model):
    """A plan that was applied, with the file it came from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    on = models.DateField(_("ngày hiệu lực"))
    title = models.CharField(_("tên"), max_length=200)
    content = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    applied_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    class Meta:
        ordering = ["-on", "-applied_at"]

    def __str__(self) -> str:
        return self.title


class Lot(models.Model):
    """Units whose records one unit adds up on the same tree days: `days`, open at either end.

    Every unit has one `own` lot that holds itself alone. What a unit adds up on a day is all its
    lots of that day. Written by `sohoi.org.lots` only.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lots")
    own = models.BooleanField(default=False)
    days = DateRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "own", "days"], name="org_lot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.days}"


class LotMember(models.Model):
    """A unit in a lot."""

    pk = models.CompositePrimaryKey("unit_id", "lot_id")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.lot_id}"


class Installation(models.Model):
    """One row: what this installation is. `demo` is said on every page and document."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    demo = models.BooleanField(default=False)
    default_period = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="org_installation_single")]

    def __str__(self) -> str:
        return "demo" if self.demo else "production"

    @classmethod
    def here(cls) -> "Installation":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, demo, default_period FROM org_installation")
            return cls(*(cursor.fetchone() or ()))
