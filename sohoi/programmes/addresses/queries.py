"""Reads of the addresses room: which addresses wait for their yearly review."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sohoi.accounts.roles import COMMUNE_OFFICER
from sohoi.kit.tasks import Task
from sohoi.org.models import today
from sohoi.org.queries import Place
from sohoi.programmes.addresses.choices import State
from sohoi.programmes.addresses.models import Address, Review
from sohoi.records.tasks import list_url

NAMED_IN_A_TASK = 5


def year_to_review() -> int:
    """The last full year: it is reviewed once it is over."""
    return today().year - 1


def with_review(addresses: QuerySet[Address]) -> QuerySet[Address]:
    """Lets a list be narrowed by `review_due`."""
    return addresses.alias(review_due=ExpressionWrapper(_due(), output_field=BooleanField()))


def _due() -> Q:
    """It works, was there in the year to review, and nobody has reviewed it."""
    year = year_to_review()
    done = Review.objects.filter(address=OuterRef("pk"), year__gte=year)
    asked = Q(state=State.ACTIVE, is_shelter=False, founded_on__year__lte=year)
    return asked & ~Exists(done)


def tasks(user: Any) -> list[Task]:
    """One line for each of her communes that has addresses waiting for a review."""
    communes = [a.unit_id for a in user.appointments_today if a.role == COMMUNE_OFFICER]
    return [task for unit_id in communes if (task := _review_task(user.places_today[unit_id]))]


def _review_task(commune: Place) -> Task | None:
    waiting = Address.objects.under([commune.id]).filter(_due())
    names = list(waiting.order_by("sort_key", "pk").values_list("name", flat=True))
    if not names:
        return None
    title = ngettext(
        "Rà soát %(count)d địa chỉ tin cậy của năm %(year)d",
        "Rà soát %(count)d địa chỉ tin cậy của năm %(year)d",
        len(names),
    )
    shown = "; ".join(names[:NAMED_IN_A_TASK])
    more = len(names) - NAMED_IN_A_TASK
    return Task(
        title=title % {"count": len(names), "year": year_to_review()},
        url=list_url(Address, commune.id, **{"ra-soat": "1"}),
        unit=commune.name,
        detail=_("%(names)s và %(more)d địa chỉ khác") % {"names": shown, "more": more}
        if more > 0
        else shown,
    )
