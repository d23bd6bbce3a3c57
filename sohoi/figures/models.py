"""Indicators defined as data, and the values that units declare."""

from datetime import date
from functools import partial
from typing import get_args

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.kit.indicators import KIND_TITLES, VND, Kind
from sohoi.lib.ids import uuid7
from sohoi.lib.wording import Word
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitScopedQuerySet


class SourceKind(models.TextChoices):
    """Where the value of an indicator defined as data comes from."""

    DECLARED = "declared", _("đơn vị khai trong báo cáo")
    COUNT = "count", _("đếm hồ sơ trong sổ")
    TOTAL = "total", _("tổng của các chỉ tiêu khác")
    UNITS_WITH = "units_with", _("số đơn vị có phát sinh")
    RATE = "rate", _("tỷ lệ giữa hai chỉ tiêu")


# A sum of whole numbers of 64 bits: 38 digits hold ten billion billion of the largest.
_sum = partial(models.DecimalField, max_digits=38, decimal_places=0)
FIRST_MONTH, LAST_MONTH = date(1900, 1, 1), date(2200, 12, 1)
KEY_FORM = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
_COUNT = Q(source=SourceKind.COUNT)
_NO_RECORDS = Q(
    record_kind="",
    date_column="",
    since_column="",
    until_column="",
    who_column="",
    amount_column="",
    conditions=[],
)


@keeps_history()
class IndicatorDefinition(models.Model):
    """An indicator added without code. A room that declares the same key takes it over.

    `inputs` are the keys it is made of: the parts of a total; the one key counted by units_with;
    numerator and denominator of a rate. `parts` are figures that ought to add up to it. A filtered
    count names a record kind of a room, that kind's columns, and conditions that all hold.
    A definition keeps its meaning: another meaning is another row, which `follows` this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("mã"), unique=True, max_length=60)
    title_vi = models.CharField(_("tên chỉ tiêu"), max_length=200)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    note = models.TextField(_("cách tính ghi thêm"), max_length=2000, blank=True)
    kind = models.CharField(
        _("loại số"), max_length=10, choices=[(k.value, title) for k, title in KIND_TITLES.items()]
    )
    measure = models.CharField(_("đơn vị tính"), max_length=30)
    measure_en = models.CharField(_("đơn vị tính tiếng Anh"), max_length=30)
    scale = models.PositiveIntegerField(_("số phần nhỏ trong một đơn vị"), default=1)
    source = models.CharField(_("nguồn"), max_length=12, choices=SourceKind.choices)
    tier = models.CharField(_("cấp"), max_length=10, choices=Tier.choices, blank=True)
    inputs = ArrayField(
        models.CharField(max_length=60), verbose_name=_("tính từ"), default=list, blank=True
    )
    parts = ArrayField(
        models.CharField(max_length=60), verbose_name=_("các phần"), default=list, blank=True
    )
    record_kind = models.CharField(_("loại hồ sơ"), max_length=60, blank=True)
    date_column = models.CharField(_("tính theo ngày"), max_length=60, blank=True)
    since_column = models.CharField(_("tính từ ngày"), max_length=60, blank=True)
    until_column = models.CharField(_("tính đến trước ngày"), max_length=60, blank=True)
    started_on = models.DateField(_("luỹ kế từ ngày"), null=True, blank=True)
    who_column = models.CharField(_("đối tượng khác nhau"), max_length=60, blank=True)
    amount_column = models.CharField(_("cộng số"), max_length=60, blank=True)
    conditions = models.JSONField(_("điều kiện"), default=list, blank=True)
    section = models.CharField(_("mục"), max_length=30)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    rounding_mode = models.CharField(_("cách viết số"), max_length=12, default="exact")
    rounding_step = models.PositiveBigIntegerField(_("làm tròn đến"), default=0)
    rounding_word = models.CharField(_("từ chỉ hơn"), max_length=10, default="hơn")
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("ngừng dùng từ ngày"), null=True, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("thay cho"),
        null=True,
        blank=True,
        related_name="followed_by",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("người thêm"), null=True
    )
    added_at = models.DateTimeField(_("thêm lúc"), default=timezone.now)

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=SourceKind.DECLARED) | ~Q(tier=""),
                name="figures_declared_by_a_tier",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=KEY_FORM), name="figures_definition_key_form"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in Kind], source__in=SourceKind.values),
                name="figures_definition_known_words",
            ),
            models.CheckConstraint(
                condition=Q(source=SourceKind.RATE, kind=Kind.RATE.value)
                | (~Q(source=SourceKind.RATE) & ~Q(kind=Kind.RATE.value)),
                name="figures_definition_rate_is_rate",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[SourceKind.DECLARED, SourceKind.COUNT], inputs__len=0)
                | Q(source=SourceKind.TOTAL, inputs__len__gte=1)
                | (Q(source=SourceKind.UNITS_WITH, inputs__len=1) & ~Q(tier=""))
                | Q(source=SourceKind.RATE, inputs__len=2),
                name="figures_definition_inputs",
            ),
            models.CheckConstraint(
                condition=(_COUNT & ~Q(record_kind="")) | (~_COUNT & _NO_RECORDS),
                name="figures_definition_records",
            ),
            models.CheckConstraint(
                condition=~_COUNT
                | (Q(kind=Kind.STOCK.value, date_column="") & ~Q(since_column=""))
                | (
                    Q(kind__in=[Kind.FLOW.value, Kind.SINCE.value, Kind.DISTINCT.value])
                    & Q(since_column="", until_column="")
                    & ~Q(date_column="")
                ),
                name="figures_definition_day",
            ),
            models.CheckConstraint(
                condition=(
                    _COUNT & Q(kind=Kind.DISTINCT.value, amount_column="") & ~Q(who_column="")
                )
                | (Q(who_column="") & ~(_COUNT & Q(kind=Kind.DISTINCT.value))),
                name="figures_definition_who",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | (_COUNT & Q(kind=Kind.SINCE.value)),
                name="figures_definition_start",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="figures_definition_validity",
            ),
            models.CheckConstraint(
                condition=Q(scale__gt=0) & (~Q(measure=VND.symbol) | Q(scale=1)),
                name="figures_definition_scale",
            ),
            models.CheckConstraint(
                condition=Q(
                    rounding_word__in=get_args(Word),
                    rounding_mode__in=["exact", "words", "at_least"],
                    rounding_step=0,
                )
                | Q(rounding_word__in=get_args(Word), rounding_mode__in=["thousands", "money"])
                | Q(rounding_word__in=get_args(Word), rounding_mode="over", rounding_step__gt=0),
                name="figures_definition_rounding",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_vi


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
