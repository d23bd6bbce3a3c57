"""Reads of the exemplars room: what waits to be publicised, and on which channels things were."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sohoi.accounts.roles import PROVINCE_OFFICER
from sohoi.kit.tasks import Task
from sohoi.org.models import today
from sohoi.programmes.exemplars.choices import Kind
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.records.tasks import list_url

WAITING_DAYS = 30


def with_channels(exemplars: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """Lets a list be narrowed by `channels`, their keys in one text."""
    on = Publication.objects.filter(exemplar=OuterRef("pk")).values("exemplar")
    return exemplars.alias(channels=Subquery(on.values(keys=StringAgg("channel", Value(" ")))))


def with_waiting(exemplars: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """Lets a list be narrowed by `waits`."""
    return exemplars.alias(waits=ExpressionWrapper(_waiting(), output_field=BooleanField()))


def _waiting() -> Q:
    """A model waits that was introduced over a month ago and that nobody has publicised yet."""
    month_ago = today() - timedelta(days=WAITING_DAYS)
    return Q(kind=Kind.MODEL, introduced_on__lt=month_ago, publicised_on=None)


def tasks(user: Any) -> list[Task]:
    """One line for each of her provinces: models that wait to be publicised."""
    provinces = [a.unit_id for a in user.appointments_today if a.role == PROVINCE_OFFICER]
    found = []
    for unit_id in provinces:
        count = Exemplar.objects.under([unit_id]).filter(_waiting()).count()
        if count:
            title = ngettext(
                "Tuyên truyền %(count)d mô hình đã giới thiệu",
                "Tuyên truyền %(count)d mô hình đã giới thiệu",
                count,
            )
            found.append(
                Task(
                    title=title % {"count": count},
                    url=list_url(Exemplar, unit_id, **{"cho-tuyen-truyen": "1"}),
                    unit=user.places_today[unit_id].name,
                    detail=_("Đã giới thiệu quá %(days)d ngày, chưa có lượt tuyên truyền nào.")
                    % {"days": WAITING_DAYS},
                )
            )
    return found
