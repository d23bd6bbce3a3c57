"""What accepted returns asked, answered and declared."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.lib.ids import uuid7
from sohoi.org.models import Unit, UnitScopedQuerySet


class AnswerSet(models.Model):
    """Which indicators a return asked and which of them it answered, for the many returns alike.

    What is counted is answered by vouching for the records, what is declared by a value. The id
    follows from the keys, so that nobody writes the same set twice; a set never changes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    asked = ArrayField(models.CharField(max_length=60))
    answered = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__contains=F("answered")), name="figures_answered_what_was_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.answered)}/{len(self.asked)}"


class Statement(models.Model):
    """A unit's accepted return for a period: it vouches for its records and declares its values."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(max_length=20)
    answers = models.ForeignKey(AnswerSet, models.PROTECT)
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


@keeps_history(parent="statement", without=("unit", "period", "month"))
class DeclaredValue(models.Model):
    """One value of a statement, in the measure's smallest unit, with who declared it and when.

    Unit and period are those of its statement (the database holds it), and `month` is the first of
    the period: values are added up without their statements.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="values")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    period = models.CharField(max_length=20)
    month = models.DateField()
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
        indexes = [
            models.Index(fields=["period", "indicator", "unit"], name="figures_declared_period")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
