"""What somebody did is taken back at once, as a whole and only by her: until when, at which
address, and from the history, for what the history keeps whole."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sohoi.audit.actions import written_at
from sohoi.audit.history import kept_models, kept_of
from sohoi.audit.models import Change
from sohoi.audit.queries import row_of
from sohoi.kit.refusals import OutOfReach, Refused

# A mistake is seen at once; later it is mended with a reason.
FOR = timedelta(minutes=15)
MOMENT = "luc"


def undone() -> str:
    """What stands as the reason in the history, and in the log of what has steps."""
    return _("Hoàn tác")


def address(page: str, *args: Any, at: datetime) -> str:
    """Where what was done at that moment is taken back."""
    return f"{reverse(page, args=args)}?{MOMENT}={at.timestamp():.6f}"


def url_after(page: str, *args: Any, about: UUID, by: Any) -> str:
    """Where the act that was just written is taken back; "" when it changed nothing of the thing:
    what was done before stays, whoever presses a button."""
    last = changes_about(about).last()
    if last is None or last.actor_id != by.pk or last.at != written_at():
        return ""
    return address(page, *args, at=last.at)


def in_time(at: datetime) -> None:
    """Raises Refused when it is too late."""
    if timezone.now() - at > FOR:
        raise Refused(_("Đã quá 15 phút nên không hoàn tác được nữa. Sửa hoặc gỡ, kèm lý do."))


def done_since() -> Refused:
    return Refused(_("Sau đó đã có thay đổi khác nên không hoàn tác được nữa. Xem lại và sửa."))


def changes_about(pk: UUID) -> models.QuerySet[Change]:
    """Of the thing and of its rows, oldest first."""
    return Change.objects.filter(Q(object_id=pk) | Q(parent_id=pk)).order_by("id")


def changes_at(pk: UUID, *, at: datetime, by: Any) -> list[Change]:
    """What she did to the thing in the transaction of that moment, newest first.

    Raises OutOfReach for what was not hers.
    """
    changes = list(changes_about(pk).filter(at=at, actor_id=by.pk).order_by("-id"))
    if not changes:
        raise OutOfReach
    return changes


def take_back(pk: UUID, changes: list[Change], *, put: Callable[[Any], None]) -> None:
    """Every row as it was before the changes; `put` saves one that is there again or is as before.

    Raises Refused when something was done since, or when it is too late.
    """
    if changes_about(pk).filter(id__gt=changes[0].id).exists():
        raise done_since()
    in_time(changes[0].at)
    known = {kept.kind: kept.model for kept in kept_models()}
    for change in changes:
        _reverse(known[change.kind], change, put)


def _reverse(model: type[models.Model], change: Change, put: Callable[[Any], None]) -> None:
    """Raises Refused when the row is not as the change left it."""
    before, after = row_of(model, change.before), row_of(model, change.after)
    if change.what == "delete":
        put(_row_again(model, change, before))
        return
    row = model._base_manager.select_for_update().filter(pk=change.object_id).first()
    if row is None or not _holds(row, after):
        # A column that a trigger keeps may be as it was already.
        if row is not None and before and _holds(row, before):
            return
        raise done_since()
    if change.what == "insert":
        row.delete()
        return
    for name, value in before.items():
        setattr(row, name, value)
    put(row)


def _row_again(model: type[models.Model], change: Change, before: dict[str, Any]) -> models.Model:
    row = model(pk=change.object_id, **before)
    if parent := kept_of(model).parent:
        setattr(row, f"{parent}_id", change.parent_id)
    return row


def _holds(row: models.Model, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())
