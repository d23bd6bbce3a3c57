"""Indicators defined as data."""

from typing import get_args

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.kit.indicators import KIND_TITLES, VND, Kind
from sohoi.lib.ids import uuid7
from sohoi.lib.wording import Word
from sohoi.org.choices import Tier
from sohoi.org.models import Unit


class SourceKind(models.TextChoices):
    """Where the value of an indicator defined as data comes from."""

    DECLARED = "declared", _("đơn vị khai trong báo cáo")
    COUNT = "count", _("đếm hồ sơ trong sổ")
    TOTAL = "total", _("tổng của các chỉ tiêu khác")
    UNITS_WITH = "units_with", _("số đơn vị có phát sinh")
    RATE = "rate", _("tỷ lệ giữa hai chỉ tiêu")


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
    """An indicator added without code. It passes to a room that declares the same key.

    Its `owner` and what is below it use it, and nobody else; what has none came with the product
    and is used by all. `closed_on` is the day on which it was decided to end it with `valid_to`.
    `passed_on` is the day on which a room was met that counts it (decision 0026).

    `inputs` are the keys it is made of: the parts of a total; the one key counted by units_with;
    numerator and denominator of a rate. `parts` are figures that ought to add up to it. A filtered
    count names a record kind of a room, that kind's columns, and conditions that all hold.
    A definition keeps its meaning: another meaning is another row, which `follows` this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("của đơn vị"), null=True, related_name="+"
    )
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
    closed_on = models.DateField(_("quyết định ngừng ngày"), null=True, editable=False)
    passed_on = models.DateField(_("đếm từ sổ từ ngày"), null=True, editable=False)
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
            # Nothing that was shown vanishes: an end is decided before it comes.
            models.CheckConstraint(
                condition=Q(closed_on=None, valid_to=None)
                | Q(closed_on=None, owner=None)
                | Q(closed_on__isnull=False, valid_to__isnull=False, valid_to__gt=F("closed_on")),
                name="figures_definition_closed_ahead",
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
