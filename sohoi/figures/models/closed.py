"""Periods that were closed, and the figures kept of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from sohoi.lib.ids import uuid7
from sohoi.org.models import Unit


class Closing(models.Model):
    """A period that was closed for a unit and all below it: its figures are kept as they were.

    `day` is the last day that counted, and the day of the tree. `words` are the indicators that
    were asked, in order, each with its words of that time. A period that is opened again keeps its
    closing, with who opened it and why; only the last one holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    day = models.DateField()
    words = models.JSONField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period"],
                condition=Q(opened_at=None),
                name="figures_closing_holds_once",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(reason=""), name="figures_opened_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"


class FrozenUnit(models.Model):
    """One unit of a closing as it stood, with its figures in the order of the closing's words.

    A cell is a list in the order of `frozen.CELL`; 0 and null stand for a figure that counts
    nothing, or that nobody declares, where nobody reports. Never changed: a trigger refuses it.
    """

    pk = models.CompositePrimaryKey("closing_id", "unit_id")
    closing = models.ForeignKey(Closing, models.PROTECT)
    unit_id = models.UUIDField()
    parent_id = models.UUIDField(null=True)
    position = models.IntegerField()
    place = models.JSONField()
    cells = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["unit_id"], name="figures_frozen_unit"),
            models.Index(fields=["closing", "parent_id"], name="figures_frozen_below"),
            models.Index(KT("place__code"), name="figures_frozen_code"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}"
