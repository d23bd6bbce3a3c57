"""The last act on a record is taken back as a whole, from what the history keeps of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sohoi.audit import undo as history
from sohoi.audit.actions import record as tell
from sohoi.audit.actions import writing
from sohoi.audit.history import kept_models, kept_of
from sohoi.audit.models import Change, Entry
from sohoi.audit.queries import row_of
from sohoi.kit.refusals import OutOfReach
from sohoi.records import guard
from sohoi.records.database import refusing
from sohoi.records.models import Record, Row


def model_of(kind: str) -> type[Record]:
    """The record's model by its label. Raises OutOfReach for anything that is no record."""
    model = {kept.kind: kept.model for kept in kept_models()}.get(kind)
    if model is None or not issubclass(model, Record):
        raise OutOfReach
    return model


def undo_url(record: Record, by: Any) -> str:
    """Where her act on the record, just written, is taken back; "" when it changed nothing."""
    kind = record._meta.label_lower
    return history.url_after("records:undo", kind, record.pk, about=record.pk, by=by)


def undo(model: type[Record], pk: UUID, *, at: datetime, by: Any) -> None:
    """What she did to the record in the transaction of that moment is taken back; one that was
    begun by it is gone.

    Raises Refused when something was done since, or when it is too late; OutOfReach where it was
    not hers, or not any more.
    """
    with refusing(model), writing(by, reason=history.undone()):
        standing = model.objects.select_for_update().filter(pk=pk).first()
        changes = history.changes_at(pk, at=at, by=by)
        unit_id = standing.unit_id if standing else _unit_of(model, changes)
        guard.may_write(by, _verb_of(changes, by), unit_id)
        history.take_back(pk, changes, put=_put)
        tell(by=by, verb="records.undo", thing=standing or model(pk=pk), unit_id=unit_id)


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


def _put(row: Record | Row) -> None:
    is_new = row._state.adding
    if is_new:
        # What only repeats the record is not in the history.
        for name in kept_of(type(row)).without:
            setattr(row, name, getattr(row.record, name))
    guard.tidy(row)
    row.version += not is_new
    row.save(force_insert=is_new)
