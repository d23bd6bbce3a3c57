"""What a reorganisation touches here: open returns stay with their unit, and who finishes them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sohoi.kit.reorganising import Follower, Followers, Touched
from sohoi.lib.periods import parse_period
from sohoi.org.models import today
from sohoi.reports.choices import State
from sohoi.reports.models import Return


def touched(followers: Followers, on: date) -> list[Touched]:
    waiting = Return.objects.filter(unit_id__in=[*followers], round__closed_on=None)
    waiting = waiting.exclude(state=State.ACCEPTED).select_related("round")
    follower = _("giữ ở đơn vị cũ; người phụ trách đơn vị kế tiếp làm tiếp")
    above = _("giữ ở đơn vị cũ; đơn vị cấp trên làm tiếp vì không có một đơn vị kế tiếp duy nhất")
    return [
        Touched(
            _("Báo cáo còn mở của đơn vị kết thúc"),
            answer.unit_id,
            _("báo cáo %(period)s – %(state)s")
            % {
                "period": parse_period(answer.round.period).title(),
                "state": answer.get_state_display(),
            },
            follower if len(followers[answer.unit_id]) == 1 else above,
        )
        for answer in waiting.order_by("round__period", "pk")
    ]


_ENDED = """
    SELECT t.unit_id FROM org_subtree(%(roots)s::uuid[], %(day)s) AS t
     WHERE NOT EXISTS (
       SELECT 1 FROM org_unitversion AS v
        WHERE v.unit_id = t.unit_id AND v.valid_from <= %(day)s
          AND (v.valid_to IS NULL OR v.valid_to > %(day)s))
    EXCEPT
    SELECT unit_id FROM org_subtree(
      ARRAY(SELECT unit_id FROM org_unitversion
             WHERE parent_id = ANY(%(roots)s) AND valid_from <= %(day)s
               AND (valid_to IS NULL OR valid_to > %(day)s)), %(day)s)"""


def answered_for(roots: Iterable[UUID]) -> list[UUID]:
    """The units themselves, and those of the past whose records count there and no lower: whoever
    answers for the first finishes the returns of the others."""
    roots = list(roots)
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, {"roots": roots, "day": today()})
        return [*roots, *(unit for (unit,) in cursor.fetchall())]


FOLLOWER = Follower(touched=touched)
