"""An exemplar and the publications that made it known."""

import pghistory
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from sohoi.lib.ids import uuid7
from sohoi.org.models import Unit, UnitScopedQuerySet
from sohoi.programmes.exemplars.choices import Channel, Field, Kind, State

STEPS = {
    State.FOUND: "found_on",
    State.INTRODUCED: "introduced_on",
    State.PUBLICISED: "publicised_on",
    State.REPLICATED: "replicated_on",
}


def _state() -> Case:
    return Case(
        *(
            When(**{f"{column}__isnull": False}, then=Value(state))
            for state, column in reversed(STEPS.items())
        )
    )


def _after_introduction(column: str) -> Q:
    return Q(**{column: None}) | Q(
        introduced_on__isnull=False, **{f"{column}__gte": F("introduced_on")}
    )


@pghistory.track(exclude=["state", "search_key"])
class Exemplar(models.Model):
    """A good model, or an exemplary person or collective: found → introduced → publicised →
    replicated.

    `publicised_on` is the day of the first publication, kept by a trigger. A person is publicised
    only with her consent recorded (Law 91/2025/QH15 on personal data).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã"), max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("tên"), max_length=200)
    search_key = models.CharField(max_length=260)
    field = models.CharField(_("lĩnh vực"), max_length=12, choices=Field.choices)
    summary = models.TextField(_("tóm tắt"), max_length=4000, blank=True)
    found_on = models.DateField(_("ngày phát hiện"))
    introduced_on = models.DateField(_("ngày giới thiệu"), null=True)
    publicised_on = models.DateField(_("ngày tuyên truyền đầu tiên"), null=True)
    replicated_on = models.DateField(_("ngày nhân rộng"), null=True)
    replicated_to = models.CharField(_("nơi nhân rộng"), max_length=300, blank=True)
    consent_on = models.DateField(_("ngày đồng ý nêu tên"), null=True)
    consent_note = models.CharField(_("hình thức đồng ý"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.GeneratedField(
        expression=_state(),
        output_field=models.CharField(_("tình trạng"), max_length=12, choices=State.choices),
        db_persist=True,
    )

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "introduced_on"], name="exemplars_unit_introduced"),
            models.Index(fields=["unit", "publicised_on"], name="exemplars_unit_publicised"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(introduced_on=None) | Q(introduced_on__gte=F("found_on")),
                name="exemplars_introduced_after_found",
            ),
            models.CheckConstraint(
                condition=_after_introduction("publicised_on"),
                name="exemplars_publicised_after_introduced",
            ),
            models.CheckConstraint(
                condition=_after_introduction("replicated_on"),
                name="exemplars_replicated_after_introduced",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PERSON)
                | Q(publicised_on=None)
                | Q(consent_on__isnull=False),
                name="exemplars_person_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, field__in=Field.values),
                name="exemplars_known_words",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="exemplars_titled"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def next_step(self) -> State | None:
        """The step an officer records by hand; publicising follows from the publications."""
        if self.introduced_on is None:
            return State.INTRODUCED
        return State.REPLICATED if self.replicated_on is None else None

    @property
    def needs_consent(self) -> bool:
        """A person whose consent to be named in public is not recorded yet."""
        return self.kind == Kind.PERSON and self.consent_on is None


@pghistory.track()
class Publication(models.Model):
    """One appearance on one channel. Its unit is the exemplar's, kept so by the database."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã"), max_length=20, unique=True)
    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel.choices)
    outlet = models.CharField(_("tên báo, đài, trang"), max_length=120, blank=True)
    title = models.CharField(_("tên bài"), max_length=200, blank=True)
    link = models.URLField(_("đường dẫn"), max_length=500, blank=True)
    published_on = models.DateField(_("ngày đăng"))

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="exemplars_known_channel"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__iregex=r"^https?://"), name="exemplars_plain_link"
            ),
        ]
        indexes = [models.Index(fields=["unit", "published_on"], name="exemplars_published")]

    def __str__(self) -> str:
        return f"{self.channel} {self.published_on}"
