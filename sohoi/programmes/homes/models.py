"""A house and the money that builds it."""

from itertools import pairwise

import pghistory
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from sohoi.lib.ids import uuid7
from sohoi.org.models import Unit, UnitScopedQuerySet
from sohoi.programmes.homes.choices import Funder, PovertyClass, State, Work

# Each step is the day on which it happened; the state follows from these days alone.
STEPS = {
    State.PROPOSED: "proposed_on",
    State.SURVEYED: "surveyed_on",
    State.APPROVED: "approved_on",
    State.STARTED: "started_on",
    State.HANDED_OVER: "handed_over_on",
}


def _in_order(earlier: str, later: str) -> Q:
    """No step is skipped and none precedes the one before. (NULL alone would pass a CHECK.)"""
    happened = Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})
    return Q(**{later: None}) | happened


def _state() -> Case:
    whens = [When(withdrawn_on__isnull=False, then=Value(State.WITHDRAWN))]
    whens += [
        When(**{f"{column}__isnull": False}, then=Value(state))
        for state, column in reversed(STEPS.items())
    ]
    return Case(*whens)


@pghistory.track(exclude=["state", "search_key"])
class Home(models.Model):
    """A house for a household of a woman in need: proposed → surveyed → approved → started →
    handed over; or withdrawn with a reason.

    `value_vnd` is kept equal to the sum of the contributions by a trigger. `also_counted_by` names
    another body that counts the same house, so that nobody adds the two counts up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã"), max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    household = models.CharField(_("hộ"), max_length=120)
    search_key = models.CharField(max_length=200)
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
    version = models.PositiveIntegerField(default=1)
    state = models.GeneratedField(
        expression=_state(),
        output_field=models.CharField(_("tình trạng"), max_length=12, choices=State.choices),
        db_persist=True,
    )

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "handed_over_on"], name="homes_unit_handed_over"),
            models.Index(fields=["handed_over_on"], name="homes_handed_over"),
        ]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=_in_order(earlier, later), name=f"homes_{later}_in_order"
                )
                for earlier, later in pairwise(STEPS.values())
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(handed_over_on=None), name="homes_not_both_ended"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=Greatest(*STEPS.values())),
                name="homes_withdrawn_last",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="homes_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(work__in=Work.values, poverty_class__in=PovertyClass.values),
                name="homes_known_words",
            ),
            models.CheckConstraint(condition=~Q(household=""), name="homes_household_named"),
            models.CheckConstraint(condition=Q(value_vnd__gte=0), name="homes_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def next_state(self) -> State | None:
        """The step that comes next; None when the house's life has ended."""
        states = list(STEPS)
        if self.state not in states[:-1]:
            return None
        return states[states.index(State(self.state)) + 1]


@pghistory.track()
class Contribution(models.Model):
    """Money for one house from one source, in đồng. Donors are named as they wish to be named."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.ForeignKey(Home, models.CASCADE, related_name="contributions")
    funder = models.CharField(_("nguồn"), max_length=10, choices=Funder.choices)
    name = models.CharField(_("tên nhà tài trợ"), max_length=120, blank=True)
    amount_vnd = models.BigIntegerField(_("số tiền"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_vnd__gt=0), name="homes_contribution_positive"
            ),
            models.CheckConstraint(
                condition=Q(funder__in=Funder.values), name="homes_contribution_known_funder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self.amount_vnd}"
