"""What the engine keeps: changes, monthly sums, and what its triggers were derived from."""

from datetime import date
from functools import partial

from django.db import models
from django.db.models import Q

# A sum of whole numbers of 64 bits: 38 digits hold ten billion billion of the largest.
_sum = partial(models.DecimalField, max_digits=38, decimal_places=0)
FIRST_MONTH, LAST_MONTH = date(1900, 1, 1), date(2200, 12, 1)


class Delta(models.Model):
    """A change of a counted figure that is not yet folded into the sums: append-only.

    Written by the triggers that `engine/triggers.py` derives, in the writer's transaction; no row
    is shared between writers, so none waits for another. `month` is its first day.
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.CharField(max_length=60)
    unit_id = models.UUIDField()
    month = models.DateField()
    breakdown = models.CharField(max_length=200, default="")
    net = _sum()

    class Meta:
        constraints = [
            # A day that no calendar of ours holds is refused where it is written.
            models.CheckConstraint(
                condition=Q(month__gte=FIRST_MONTH, month__lte=LAST_MONTH),
                name="figures_delta_month_in_calendar",
            ),
        ]

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
    m01 = _sum(default=0)
    m02 = _sum(default=0)
    m03 = _sum(default=0)
    m04 = _sum(default=0)
    m05 = _sum(default=0)
    m06 = _sum(default=0)
    m07 = _sum(default=0)
    m08 = _sum(default=0)
    m09 = _sum(default=0)
    m10 = _sum(default=0)
    m11 = _sum(default=0)
    m12 = _sum(default=0)

    def __str__(self) -> str:
        return f"{self.indicator} {self.lot_id} {self.year}"


class Derivation(models.Model):
    """What the triggers in the database were derived from, to see which declarations changed."""

    indicator = models.CharField(primary_key=True, max_length=60)
    table = models.CharField(max_length=63)
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.indicator
