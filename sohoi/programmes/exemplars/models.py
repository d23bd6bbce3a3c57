"""An exemplar and the publications that made it known."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.kit.lists import list_indexes
from sohoi.org.models import Unit, UnitScopedQuerySet
from sohoi.programmes.exemplars.choices import Channel, Field, Kind, State
from sohoi.records.life import Life, Step
from sohoi.records.models import Record, Row

LIFE = Life(
    steps=(
        Step(State.FOUND, "found_on"),
        Step(State.INTRODUCED, "introduced_on", "info"),
        Step(State.PUBLICISED, "publicised_on", "done", by_hand=False),
        Step(State.REPLICATED, "replicated_on", "done", after="introduced_on"),
    ),
)


@keeps_history()
class Exemplar(Record):
    """A good model, or an exemplary person or collective: found → introduced → publicised →
    replicated.

    `publicised_on` is the day of the first publication, kept by a trigger. A person is publicised
    only with her consent recorded (Law 91/2025/QH15 on personal data).
    """

    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("tên"), max_length=200)
    field = models.CharField(_("lĩnh vực"), max_length=12, choices=Field.choices)
    summary = models.TextField(_("tóm tắt"), max_length=4000, blank=True)
    found_on = models.DateField(_("ngày phát hiện"))
    introduced_on = models.DateField(_("ngày giới thiệu"), null=True)
    publicised_on = models.DateField(_("ngày tuyên truyền đầu tiên"), null=True)
    replicated_on = models.DateField(_("ngày nhân rộng"), null=True)
    replicated_to = models.CharField(_("nơi nhân rộng"), max_length=300, blank=True)
    consent_on = models.DateField(_("ngày đồng ý nêu tên"), null=True)
    consent_note = models.CharField(_("hình thức đồng ý"), max_length=300, blank=True)
    state = LIFE.state()
    life = LIFE
    called, searched = "title", ("title",)

    class Meta:
        indexes = [
            *list_indexes("exemplars", "state", "kind", "field"),
            models.Index(fields=["unit", "introduced_on"], name="exemplars_unit_introduced"),
            models.Index(fields=["unit", "publicised_on"], name="exemplars_unit_publicised"),
        ]
        constraints = [
            *LIFE.constraints("exemplars"),
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

    @property
    def needs_consent(self) -> bool:
        """A person whose consent to be named in public is not recorded yet."""
        return self.kind == Kind.PERSON and self.consent_on is None


@keeps_history()
class Publication(Row):
    """One appearance on one channel. Its unit is the exemplar's, kept so by the database."""

    code = models.CharField(_("mã"), max_length=20, unique=True)
    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel.choices)
    outlet = models.CharField(_("tên báo, đài, trang"), max_length=120, blank=True)
    title = models.CharField(_("tên bài"), max_length=200, blank=True)
    link = models.URLField(_("đường dẫn"), max_length=500, blank=True)
    published_on = models.DateField(_("ngày đăng"))

    objects = UnitScopedQuerySet.as_manager()
    within, called = "exemplar", "channel"

    class Meta:
        verbose_name = _("lượt tuyên truyền")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="exemplars_known_channel"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__iregex=r"^https?://"), name="exemplars_plain_link"
            ),
        ]
        indexes = [models.Index(fields=["unit", "published_on"], name="exemplars_published")]
