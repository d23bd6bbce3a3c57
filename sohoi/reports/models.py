"""A reporting round of a province, the returns its units make, and the texts of its documents."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.figures.asking.rules import Question
from sohoi.figures.models import Closing
from sohoi.lib.ids import uuid7
from sohoi.lib.periods import Period, parse_period
from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitScopedQuerySet, UnitVersion, today
from sohoi.org.queries import place_of
from sohoi.reports.choices import OPEN, Act, Change, State
from sohoi.reports.rules import awaits_district, awaits_province


@keeps_history()
class Round(models.Model):
    """A province asks its units for a period. The period, the cut-off and the due date are three
    settings: the cut-off is not always the period's end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("tỉnh"))
    period = models.CharField(_("kỳ"), max_length=20)
    cut_off = models.DateField(_("ngày chốt số liệu"))
    due = models.DateField(_("hạn gửi"))
    opened_on = models.DateField(_("ngày mở"))
    closed_on = models.DateField(_("ngày khoá"), null=True)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="reports_round_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="reports_round_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.period

    @property
    def span(self) -> Period:
        return parse_period(self.period)

    @property
    def last_day(self) -> date:
        """The last day that counts: nothing ahead of today does."""
        return min(self.cut_off, today())

    @property
    def question(self) -> Question:
        """What its figures are kept by when it is closed."""
        unit, day = place_of(self.unit_id, on=self.cut_off), self.cut_off
        return Question(unit=unit, period=self.span, day=day, tree=day)

    @property
    def has_begun(self) -> bool:
        """Of a period that has not there are no figures and no documents."""
        return self.span.start <= today()

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def may_close(self) -> bool:
        """Its figures are kept when it is closed, and before the cut-off they are not whole."""
        return self.is_open and self.cut_off <= today()

    def hold(self) -> None:
        """Whoever closes the round or changes its days waits until the transaction ends; those who
        write in its returns do not wait for each other."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM reports_round WHERE id = %s FOR SHARE", [self.pk])


class RoundStep(models.Model):
    """One move of a round: who, when, why, and the days that hold from then on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    moved = models.ForeignKey(Round, models.CASCADE, related_name="steps")
    change = models.CharField(max_length=10, choices=Change.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    cut_off = models.DateField(_("ngày chốt số liệu"))
    due = models.DateField(_("hạn gửi"))

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(change=Change.CHANGED) | ~Q(reason=""),
                name="reports_round_changed_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.at}"


class ReturnQuerySet(UnitScopedQuerySet):
    """Words for returns."""

    def judged(self) -> "ReturnQuerySet":
        """Each with `district_checks`: whether the district that checks it still stands."""
        version_today = UnitVersion.objects.on(today()).filter(unit_id=OuterRef("checker_id"))
        return self.annotate(district_checks=Exists(version_today))

    def awaiting_district(self) -> "ReturnQuerySet":
        return self.judged().filter(state=State.SUBMITTED, district_checks=True)

    def awaiting_province(self) -> "ReturnQuerySet":
        unchecked = Q(state=State.SUBMITTED, district_checks=False)
        return self.judged().filter(Q(state=State.CHECKED) | unchecked)


class Return(models.Model):
    """What one unit reports in a round. `version` grows with each write, so that two officers do
    not overwrite one another. `checker` is the district above a commune on the cut-off day; where
    there was none, or it has ended since, the province accepts what the commune sends. `asked` are
    the indicators it asks, from the first time it is sent: nothing defined later is asked of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    checker = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    asked = ArrayField(models.CharField(max_length=60), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="reports_return_once"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | ~Q(asked=None), name="reports_sent_asks_known"
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="reports_return_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state}"

    @property
    def is_writable(self) -> bool:
        return self.state in OPEN and self.round.is_open

    @property
    def awaits_district(self) -> bool:
        """Of one that was read with `judged`, as is `awaits_province`."""
        return awaits_district(self.state, checked=self.district_checks)

    @property
    def awaits_province(self) -> bool:
        return awaits_province(self.state, checked=self.district_checks)


@keeps_history(parent="filled_in")
class ReturnLine(models.Model):
    """One value of a return, in the measure's smallest unit; empty until the unit fills it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filled_in = models.ForeignKey(Return, models.CASCADE, related_name="lines")
    indicator = models.CharField(_("chỉ tiêu"), max_length=60)
    value = models.BigIntegerField(_("giá trị"), null=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filled_in", "indicator"], name="reports_line_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="reports_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Step(models.Model):
    """One move of a return to a state: who, when, and why when it was sent or taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    moved = models.ForeignKey(Return, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act.choices, default=Act.MOVE)
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reason=""),
                name="reports_sent_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.MOVE) | ~Q(reason=""), name="reports_taken_back_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.at}"


@keeps_history()
class Narrative(models.Model):
    """A unit's own text of a document for a period; without one the standard text is used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    body = models.TextField(_("nội dung"), max_length=60_000)
    version = models.PositiveIntegerField(default=1)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "kind"], name="reports_narrative_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"


class IssuedFile(models.Model):
    """A file of a document of a closed period, byte for byte as it was first given out.

    `header` is "union" or "state", and empty for a news item, which has none. `sha256` is worked
    out by the database. The unit is one of the closing. Never changed: a trigger refuses it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    closing = models.ForeignKey(Closing, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    form = models.CharField(max_length=4)
    header = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.GeneratedField(
        expression=Func(
            Func("content", function="sha256"),
            Value("hex"),
            function="encode",
        ),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "unit", "kind", "form", "header"], name="reports_issued_once"
            ),
            models.CheckConstraint(
                condition=Q(header__in=["", "union", "state"]), name="reports_issued_known_header"
            ),
        ]

    def __str__(self) -> str:
        return self.name
