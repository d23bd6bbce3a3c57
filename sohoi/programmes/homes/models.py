"""A house and the money that builds it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.kit.lists import list_indexes
from sohoi.programmes.homes.choices import Funder, PovertyClass, State, Work
from sohoi.records.life import Life, Step
from sohoi.records.models import Record, Row

LIFE = Life(
    steps=(
        Step(State.PROPOSED, "proposed_on"),
        Step(State.SURVEYED, "surveyed_on"),
        Step(State.APPROVED, "approved_on", "info"),
        Step(State.STARTED, "started_on", "due"),
        Step(State.HANDED_OVER, "handed_over_on", "done", usual=(7, 400)),
    ),
    end=Step(State.WITHDRAWN, "withdrawn_on", "wrong"),
)


@keeps_history()
class Home(Record):
    """A house for a household of a woman in need.

    `value_vnd` is kept equal to the sum of the contributions by a trigger. `also_counted_by` names
    another body that counts the same house, so that nobody adds the two counts up.
    """

    household = models.CharField(_("hộ"), max_length=120)
    poverty_class = models.CharField(
        _("diện hộ khi xét"), max_length=15, choices=PovertyClass.choices
    )
    work = models.CharField(_("loại"), max_length=10, choices=Work.choices)
    area_m2 = models.PositiveIntegerField(_("diện tích (m²)"), null=True)
    labour_days = models.PositiveIntegerField(_("ngày công đóng góp"), default=0)
    also_counted_by = models.CharField(
        _("đơn vị khác cũng tính căn này"), max_length=120, blank=True
    )
    minutes = models.CharField(_("số biên bản bàn giao"), max_length=60, blank=True)
    note = models.TextField(_("ghi chú"), max_length=2000, blank=True)
    value_vnd = models.BigIntegerField(_("tổng giá trị"), default=0)
    proposed_on = models.DateField(_("ngày đề nghị"))
    surveyed_on = models.DateField(_("ngày khảo sát"), null=True)
    approved_on = models.DateField(_("ngày duyệt"), null=True)
    started_on = models.DateField(_("ngày khởi công"), null=True)
    handed_over_on = models.DateField(_("ngày bàn giao"), null=True)
    withdrawn_on = models.DateField(_("ngày rút"), null=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)
    state = LIFE.state()

    life = LIFE
    called, is_person, searched = "household", True, ("household",)

    class Meta:
        indexes = [
            *list_indexes("homes", "state", "work"),
            models.Index(fields=["unit", "handed_over_on"], name="homes_unit_handed_over"),
            models.Index(fields=["handed_over_on"], name="homes_handed_over"),
        ]
        constraints = [
            *LIFE.constraints("homes"),
            models.CheckConstraint(
                condition=Q(work__in=Work.values, poverty_class__in=PovertyClass.values),
                name="homes_known_words",
            ),
            models.CheckConstraint(condition=~Q(household=""), name="homes_household_named"),
            models.CheckConstraint(condition=Q(value_vnd__gte=0), name="homes_value_not_negative"),
        ]


@keeps_history()
class Contribution(Row):
    """Money for one house from one source, in đồng. Donors are named as they wish to be named."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="contributions")
    funder = models.CharField(_("nguồn"), max_length=10, choices=Funder.choices)
    name = models.CharField(_("tên nhà tài trợ"), max_length=120, blank=True)
    amount_vnd = models.BigIntegerField(_("số tiền"))
    within, called = "home", "funder"

    class Meta:
        verbose_name = _("nguồn kinh phí")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_vnd__gt=0), name="homes_contribution_positive"
            ),
            models.CheckConstraint(
                condition=Q(funder__in=Funder.values), name="homes_contribution_known_funder"
            ),
        ]
