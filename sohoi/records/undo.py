"""The last act on a record is taken back as a whole, from what the history keeps of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sohoi.audit.actions import record as tell
from sohoi.audit.actions import writing
from sohoi.audit.history import kept_models, kept_of
from sohoi.audit.models import Change, Entry
from sohoi.audit.queries import row_of
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.records import guard
from sohoi.records.database import refusing
from sohoi.records.models import Record, Row

# A mistake is seen at once; later it is mended with a reason.
FOR = timedelta(minutes=15)


def model_of(kind: str) -> type[Record]:
    """The record's model by its label. Raises OutOfReach for anything that is no record."""
    model = _models().get(kind)
    if model is None or not issubclass(model, Record):
        raise OutOfReach
    return model


def undo_url(record: Record, by: Any) -> str:
    """Where her last act on the record is taken back; "" when the last is not hers."""
    last = _about(record.pk).last()
    if last is None or last.actor_id != by.pk:
        return ""
    page = reverse("records:undo", args=[record._meta.label_lower, record.pk])
    return f"{page}?luc={last.at.timestamp():.6f}"


def undo(model: type[Record], pk: UUID, *, at: datetime, by: Any) -> Record | None:
    """What she did to the record in the transaction of that moment is taken back.

    Gives the record, or None when it was begun by what is undone. Raises Refused when something
    was done since, or when it is too late; OutOfReach where it was not hers, or not any more.
    """
    with refusing(model), writing(by, reason=_("Hoàn tác")):
        standing = model.objects.select_for_update().filter(pk=pk).first()
        changes = list(_about(pk).filter(at=at, actor_id=by.pk).order_by("-id"))
        if not changes:
            raise OutOfReach
        unit_id = standing.unit_id if standing else _unit_of(model, changes)
        verb = _verb_of(changes, by)
        guard.may_write(by, verb, unit_id)
        if _about(pk).filter(id__gt=changes[0].id).exists():
            raise Refused(_("Hồ sơ đã được sửa tiếp sau đó. Mở hồ sơ và sửa tại đó."))
        if timezone.now() - at > FOR:
            raise Refused(_("Đã quá 15 phút. Mở hồ sơ và sửa hoặc gỡ, kèm lý do."))
        for change in changes:
            _reverse(change)
        record = model.objects.filter(pk=pk).first()
        tell(by=by, verb="records.undo", thing=record or model(pk=pk), unit_id=unit_id)
    return record


def _models() -> dict[str, type[models.Model]]:
    return {kept.kind: kept.model for kept in kept_models()}


def _about(pk: UUID) -> models.QuerySet[Change]:
    return Change.objects.filter(Q(object_id=pk) | Q(parent_id=pk)).order_by("id")


def _unit_of(model: type[Record], changes: list[Change]) -> UUID:
    gone = next(change for change in changes if change.kind == model._meta.label_lower)
    return row_of(model, gone.before)["unit_id"]


def _verb_of(changes: list[Change], by: Any) -> str:
    """Which verb it was: whoever may not do it any more may not undo it."""
    things = {change.object_id for change in changes}
    said = Entry.objects.filter(object_id__in=things, actor_id=by.pk, at__gte=changes[0].at)
    entry = said.exclude(verb="records.undo").order_by("at", "id").first()
    if entry is None:
        raise OutOfReach
    return entry.verb


def _reverse(change: Change) -> None:
    """One row as it was before. Raises Refused when it is not as the change left it."""
    model = _models()[change.kind]
    if change.what == "delete":
        _restore(model, change)
        return
    row = model.objects.select_for_update().filter(pk=change.object_id).first()
    before, after = row_of(model, change.before), row_of(model, change.after)
    if row is None or not _holds(row, after):
        # A column that a trigger keeps may be as it was already.
        if row is not None and before and _holds(row, before):
            return
        raise Refused(_("Hồ sơ đã được sửa tiếp sau đó. Mở hồ sơ và sửa tại đó."))
    if change.what == "insert":
        row.delete()
        return
    for name, value in before.items():
        setattr(row, name, value)
    guard.tidy(row)
    row.version += 1
    row.save()


def _restore(model: type[Record | Row], change: Change) -> None:
    kept = kept_of(model)
    row = model(pk=change.object_id, **row_of(model, change.before))
    if isinstance(row, Row):
        setattr(row, f"{row.within}_id", change.parent_id)
    # What only repeats the record is not in the history.
    for name in kept.without:
        setattr(row, name, getattr(row.record, name))
    guard.tidy(row)
    row.save(force_insert=True)


def _holds(row: models.Model, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())
