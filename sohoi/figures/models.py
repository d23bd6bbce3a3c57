"""Indicators defined as data, and the values that units declare."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.kit.indicators import Kind
from sohoi.lib.ids import uuid7
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitScopedQuerySet


class SourceKind(models.TextChoices):
    """Where the value of an indicator defined as data comes from."""

    DECLARED = "declared", _("đơn vị khai trong báo cáo")
    TOTAL = "total", _("tổng của các chỉ tiêu khác")
    UNITS_WITH = "units_with", _("số đơn vị có phát sinh")
    RATE = "rate", _("tỷ lệ giữa hai chỉ tiêu")


class IndicatorDefinition(models.Model):
    """An indicator added without code. A room that declares the same key takes it over.

    `inputs` are the keys it is made of: the parts of a total; the one key counted by units_with;
    numerator and denominator of a rate. `parts` are figures that ought to add up to it.
    """

    key = models.CharField(primary_key=True, max_length=60)
    title_vi = models.CharField(_("tên chỉ tiêu"), max_length=200)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    measure = models.CharField(_("đơn vị tính"), max_length=30)
    measure_en = models.CharField(max_length=30)
    scale = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=12, choices=SourceKind.choices)
    tier = models.CharField(max_length=10, choices=Tier.choices, blank=True)
    inputs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    parts = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    section = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField(default=0)
    rounding_mode = models.CharField(max_length=12, default="exact")
    rounding_step = models.PositiveBigIntegerField(default=0)
    rounding_word = models.CharField(max_length=10, default="hơn")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=SourceKind.DECLARED) | ~Q(tier=""),
                name="figures_declared_by_a_tier",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_vi


class Statement(models.Model):
    """A unit's accepted return for a period: it vouches for its records and declares its values."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(max_length=20)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="figures_statement_once")
        ]
        indexes = [models.Index(fields=["period", "unit"], name="figures_statement_period")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"


@pghistory.track()
class DeclaredValue(models.Model):
    """One value of a statement, in the measure's smallest unit, with who declared it and when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="values")
    indicator = models.CharField(_("chỉ tiêu"), max_length=60)
    value = models.BigIntegerField(_("giá trị"))
    reason = models.CharField(_("lý do khác số từ sổ"), max_length=300, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "indicator"], name="figures_declared_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="figures_declared_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Delta(models.Model):
    """A change of a counted figure that is not yet folded into the sums: append-only.

    Written by the triggers that `sohoi.figures.triggers` derives, in the writer's transaction; no
    row is shared between writers, so none waits for another. `month` is its first day.
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.CharField(max_length=60)
    unit_id = models.UUIDField()
    month = models.DateField()
    breakdown = models.CharField(max_length=200, default="")
    net = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.month}: {self.net:+}"


class MonthlySums(models.Model):
    """What the records of a lot's members add up to, month by month of one year.

    A flow is the sum of its months; a stock the running sum of its net changes. The values of the
    breakdown's columns are joined by the unit separator, U+001F.
    """

    pk = models.CompositePrimaryKey("lot_id", "year", "indicator", "breakdown")
    lot_id = models.BigIntegerField()
    year = models.SmallIntegerField()
    indicator = models.CharField(max_length=60)
    breakdown = models.CharField(max_length=200, default="")
    m01 = models.BigIntegerField(default=0)
    m02 = models.BigIntegerField(default=0)
    m03 = models.BigIntegerField(default=0)
    m04 = models.BigIntegerField(default=0)
    m05 = models.BigIntegerField(default=0)
    m06 = models.BigIntegerField(default=0)
    m07 = models.BigIntegerField(default=0)
    m08 = models.BigIntegerField(default=0)
    m09 = models.BigIntegerField(default=0)
    m10 = models.BigIntegerField(default=0)
    m11 = models.BigIntegerField(default=0)
    m12 = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.indicator} {self.lot_id} {self.year}"


class Derivation(models.Model):
    """What the triggers in the database were derived from, to see which declarations changed."""

    indicator = models.CharField(primary_key=True, max_length=60)
    table = models.CharField(max_length=63)
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.indicator
