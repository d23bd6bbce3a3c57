"""How an address reads in its list and on its page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.kit.lists import Filter
from sohoi.lib.text import person_sort_key
from sohoi.programmes.addresses.choices import Result
from sohoi.programmes.addresses.models import Address, Member, Review, Training
from sohoi.programmes.addresses.queries import with_review, year_to_review
from sohoi.records.columns import MEND, UNIT, Act, Table, choices, column, columns

REVIEW_TONES = {Result.ACTIVE: "done", Result.NEEDS_SUPPORT: "due"}


def _review_choices() -> list[tuple[str, str]]:
    year = {"year": year_to_review()}
    return [("1", _("Chờ rà soát năm %(year)d") % year), ("0", _("Không phải chờ"))]


def in_team_first(members: Iterable[Member]) -> list[Member]:
    """Those who are in it by given name, then those who left, the latest first."""
    by_name = sorted(members, key=lambda member: person_sort_key(member.full_name))
    left = [member for member in by_name if member.left_on]
    here = [member for member in by_name if not member.left_on]
    return here + sorted(left, key=lambda member: member.left_on, reverse=True)


def _name_of(member: Member) -> str:
    gender = member.get_gender_display()
    return f"{member.full_name} ({gender})" if gender else member.full_name


def _closed(address: Address) -> str:
    return _("Địa chỉ đã kết thúc.") if address.closed_on else ""


COLUMNS = columns(
    Address.name,
    Address.code,
    UNIT,
    Address.kind,
    column(Address.founded_on, title=gettext_lazy("Thành lập")),
    Address.state,
)
FILTERS = (
    choices("loai", Address.kind),
    choices("tinh-trang", Address.state),
    Filter(
        key="ra-soat",
        title=gettext_lazy("Rà soát"),
        choices=_review_choices,
        lookup="review_due",
        prepare=with_review,
    ),
)
FACTS = columns(
    UNIT,
    Address.kind,
    Address.decision,
    Address.founded_on,
    Address.place,
    Address.phone,
    Address.capacity,
    Address.closed_on,
    Address.closed_reason,
)
MEMBERS = Table(
    model=Member,
    title=gettext_lazy("Thành viên"),
    columns=columns(
        column(Member.full_name, value=_name_of),
        Member.body,
        Member.role,
        Member.joined_on,
        Member.left_on,
    ),
    rows=in_team_first,
    wait=_closed,
    verb="addresses.add_member",
    acts=(
        Act(gettext_lazy("Thôi"), "addresses.end_member", lambda member: not member.left_on),
        Act(MEND, "addresses.edit_member"),
    ),
)
TRAININGS = Table(
    model=Training,
    title=gettext_lazy("Tập huấn"),
    columns=columns(Training.topic, Training.held_on, Training.people),
    add=gettext_lazy("Ghi buổi tập huấn"),
    order=("-held_on", "-pk"),
    wait=_closed,
    verb="addresses.train",
    acts=(Act(MEND, "addresses.edit_training"),),
)
REVIEWS = Table(
    model=Review,
    title=gettext_lazy("Rà soát hằng năm"),
    columns=columns(
        column(Review.year, value=lambda review: str(review.year), kind="text"),
        column(Review.result, tone=lambda review: REVIEW_TONES[Result(review.result)]),
    ),
    empty=gettext_lazy("Chưa rà soát năm nào."),
    add=gettext_lazy("Ghi kết quả rà soát"),
    order=("-year",),
    verb="addresses.review",
    acts=(Act(gettext_lazy("Gỡ"), "addresses.remove_review"),),
)
