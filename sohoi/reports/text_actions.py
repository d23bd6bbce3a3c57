"""Writes of the texts of documents."""

from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.figures.closing.actions import require_open
from sohoi.kit.refusals import Refused
from sohoi.org.models import Unit
from sohoi.reports.models import Narrative


def write_narrative(
    *, unit: Unit, period: str, kind: str, body: str, version: int, by: Any
) -> Narrative:
    """The unit's own text of a document. Raises Refused when somebody saved in the meantime, and
    for a closed period."""
    with writing(by):
        unit.hold()
        require_open(unit.pk, period)
        found = Narrative.objects.select_for_update().filter(unit=unit, period=period, kind=kind)
        text = found.first() or Narrative(unit=unit, period=period, kind=kind, version=0)
        if text.version != version:
            raise Refused(
                _("Đoạn văn vừa được người khác sửa. Chép phần vừa gõ, tải lại trang rồi dán vào.")
            )
        text.body, text.version = body, version + 1
        text.save()
        record(by=by, verb="reports.write_narrative", thing=text)
    return text
