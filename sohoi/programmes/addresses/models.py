"""A trusted address, its team, the team's training and the yearly reviews."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sohoi.audit.history import keeps_history
from sohoi.kit.lists import list_indexes
from sohoi.org.models import Unit, UnitScopedQuerySet
from sohoi.programmes.addresses.choices import Body, Gender, Kind, Result, Role, State
from sohoi.records.life import Life, Step
from sohoi.records.models import Record, Row

LIFE = Life(
    steps=(Step(State.ACTIVE, "founded_on", "done"),),
    end=Step(State.CLOSED, "closed_on"),
    act=_("Kết thúc"),
)


@keeps_history()
class Address(Record):
    """A place in the community where a woman in danger is received; or the team of the shelter.

    It counts from its founding decision (`founded_on`) until the day before `closed_on`. A shelter
    team has no place, telephone or capacity, and no address becomes or ceases to be one: where the
    shelter stands is sealed elsewhere and must not be readable here, not even in the history.
    """

    name = models.CharField(_("tên"), max_length=120)
    kind = models.CharField(_("loại"), max_length=15, choices=Kind.choices)
    decision = models.CharField(_("số quyết định thành lập"), max_length=60, blank=True)
    founded_on = models.DateField(_("ngày thành lập"))
    place = models.CharField(_("nơi đặt"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    capacity = models.PositiveSmallIntegerField(_("sức chứa (người)"), null=True)
    closed_on = models.DateField(_("ngày kết thúc"), null=True)
    closed_reason = models.CharField(_("lý do kết thúc"), max_length=300, blank=True)
    state = LIFE.state(max_length=10)
    is_shelter = models.GeneratedField(
        expression=Q(kind=Kind.SHELTER_TEAM),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    life = LIFE
    called, searched = "name", ("name",)

    class Meta:
        indexes = [
            *list_indexes("addresses", "state", "kind"),
            models.Index(fields=["unit", "founded_on"], name="addresses_unit_founded"),
        ]
        constraints = [
            # What a member repeats of its address: the foreign key over it is in 0002.
            models.UniqueConstraint(
                fields=["id", "unit", "is_shelter"], name="addresses_repeated_by_members"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SHELTER_TEAM) | Q(place="", phone="", capacity=None),
                name="addresses_shelter_has_no_place",
            ),
            *LIFE.constraints("addresses"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="addresses_known_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="addresses_named"),
        ]


@keeps_history(without=("is_shelter",))
class Member(Row):
    """A person of the team, from `joined_on` until the day before `left_on`.

    `unit` and `is_shelter` repeat the address's, held equal by the database, so that members are
    counted over their own columns. Her time lies within the address's life. `code` names nobody.
    """

    code = models.CharField(_("mã"), max_length=20, unique=True)
    address = models.ForeignKey(Address, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    is_shelter = models.BooleanField()
    full_name = models.CharField(_("họ và tên"), max_length=120)
    gender = models.CharField(_("giới tính"), max_length=10, choices=Gender.choices, blank=True)
    body = models.CharField(_("cơ quan, thành phần"), max_length=15, choices=Body.choices)
    role = models.CharField(_("vai trò"), max_length=10, choices=Role.choices)
    joined_on = models.DateField(_("ngày tham gia"))
    left_on = models.DateField(_("ngày thôi"), null=True)

    objects = UnitScopedQuerySet.as_manager()
    within, called = "address", "full_name"

    class Meta:
        verbose_name = _("thành viên")
        indexes = [models.Index(fields=["unit", "joined_on"], name="addresses_member_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="addresses_member_left_after_joining",
            ),
            models.CheckConstraint(
                condition=Q(body__in=Body.values, role__in=Role.values)
                & Q(gender__in=["", *Gender.values]),
                name="addresses_member_known_words",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="addresses_member_named"),
        ]


@keeps_history()
class Training(Row):
    """A training of the team: the day, what about, how many took part."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="trainings")
    held_on = models.DateField(_("ngày"))
    topic = models.CharField(_("nội dung"), max_length=200)
    people = models.PositiveSmallIntegerField(_("số người dự"))
    within, called = "address", "topic"

    class Meta:
        verbose_name = _("buổi tập huấn")
        constraints = [
            models.CheckConstraint(condition=Q(people__gt=0), name="addresses_training_attended"),
        ]


@keeps_history()
class Review(Row):
    """What the review of one year found; a second one of the year corrects the first."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("năm"))
    result = models.CharField(_("kết quả"), max_length=15, choices=Result.choices)
    within, called = "address", "year"

    class Meta:
        verbose_name = _("lần rà soát")
        constraints = [
            models.UniqueConstraint(fields=["address", "year"], name="addresses_one_review_a_year"),
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="addresses_review_known_result"
            ),
        ]
