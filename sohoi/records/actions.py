"""The frame of a write to a record: guarded, locked, compared, tidied, saved, said in the trail."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import OutOfReach, Refused, ask_back
from sohoi.lib.ids import short_code, uuid7
from sohoi.records import guard, together
from sohoi.records.database import refusing
from sohoi.records.models import Record, Row

Rule = Callable[[Any], None]
_ANY = object()


def create(
    model: type[Record | Row],
    values: Mapping[str, Any],
    *,
    by: Any,
    verb: str,
    within: Record | None = None,
    code: str = "",
    rule: Rule | None = None,
    **fixed: Any,
) -> Any:
    """A record, or a row `within` one, is written for the first time; `rule` judges it.

    `id` among the values is the one its maker gave it: the same again answers what was made.
    `fixed` are columns that no form asks for. Raises Refused, or OutOfReach where she may not.
    """
    values = dict(values)
    given = values.pop("id", None)
    guard.only_columns_of(verb, values)
    with refusing(model), writing(by):
        thing = model(pk=given or uuid7(), **values, **fixed)
        if within is not None:
            _put_into(thing, together.made(within) or guard.locked(within))
        guard.may_write(by, verb, guard.unit_of(thing))
        if given and guard.received(given, verb, values | {"within": within and within.pk}):
            return _made(thing, by=by, verb=verb)
        if within is None:
            guard.may_write_into(by, verb, thing.unit_id)
        if code:
            thing.code = short_code(code, thing.pk)
        guard.tidy(thing)
        if rule:
            rule(thing)
        ask_back(*guard.alike(thing))
        together.insert(thing)
        record(by=by, verb=verb, thing=thing, unit_id=guard.unit_of(thing))
    return thing


@contextmanager
def changing(
    thing: Record | Row,
    *,
    by: Any,
    verb: str,
    version: Any = _ANY,
    reason: str = "",
) -> Iterator[Any]:
    """The record as it stands now, locked; saved and said, with the reason, when the block ends.

    Raises OutOfReach where she may not write, and Refused when it is not the `version` that
    somebody read before she wrote.
    """
    with refusing(type(thing)), writing(by, reason=reason):
        current = guard.locked(thing)
        together.changed(current)
        unit_id = guard.unit_of(current)
        guard.may_write(by, verb, unit_id)
        if version is not _ANY and current.version != version:
            raise Refused(
                _("Hồ sơ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi nhập lại.")
            )
        yield current
        guard.tidy(current)
        if guard.unit_of(current) != unit_id:
            guard.may_write_into(by, verb, guard.unit_of(current))
        current.version += 1
        current.save()
        generated = [f.name for f in current._meta.fields if f.generated]
        if generated:
            current.refresh_from_db(fields=generated)
        together.remember(current)
        record(by=by, verb=verb, thing=current, unit_id=guard.unit_of(current))


def edit(
    thing: Record | Row,
    changes: Mapping[str, Any],
    *,
    by: Any,
    verb: str,
    version: int | None,
    reason: str = "",
    rule: Rule | None = None,
) -> Any:
    """Columns that the verb's form asks for are corrected; `rule` judges what comes of it.

    Raises Refused past the step after a corrected day.
    """
    guard.only_columns_of(verb, changes)
    with changing(thing, by=by, verb=verb, version=version, reason=reason) as current:
        for name, value in changes.items():
            setattr(current, name, value)
        guard.tidy(current)
        if life := getattr(current, "life", None):
            life.in_order(current)
        if rule:
            rule(current)
    return current


def remove(
    thing: Record | Row, *, by: Any, verb: str, reason: str, rule: Rule | None = None
) -> None:
    """Written by mistake: it is gone from every list and figure; its history stays."""
    with refusing(type(thing)), writing(by, reason=reason):
        current = guard.locked(thing)
        together.changed(current)
        guard.may_write(by, verb, guard.unit_of(current))
        if rule:
            rule(current)
        record(by=by, verb=verb, thing=current, unit_id=guard.unit_of(current))
        current.delete()


def _put_into(row: Row, parent: Record) -> None:
    setattr(row, row.within, parent)
    if hasattr(row, "unit_id"):
        row.unit_id = parent.unit_id


def _made(thing: Record | Row, *, by: Any, verb: str) -> Any:
    """What was made under this id before. Raises Refused when it has been taken back since."""
    made = type(thing).objects.filter(pk=thing.pk).first()
    if made is None:
        raise Refused(_("Hồ sơ gửi từ trang này đã được gỡ. Mở trang mới để ghi lại."))
    try:
        guard.may_write(by, verb, guard.unit_of(made))
    except OutOfReach:
        raise Refused(_("Hồ sơ gửi từ trang này nay thuộc đơn vị khác.")) from None
    return made
