"""What stands before every write, whichever door it came through: who, where, which columns."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.kit.rooms import verbs
from sohoi.lib.doubts import Doubt, all_believed
from sohoi.lib.text import fold, normalise, person_sort_key, search_key, sort_key
from sohoi.org.models import UnitVersion, today
from sohoi.records import together
from sohoi.records.life import not_ahead
from sohoi.records.models import SORTED, Receipt, Record, Row
from sohoi.ui.lists.choosing import with_words


def unit_of(thing: models.Model) -> UUID:
    """The unit that a record, or a row's record, belongs to."""
    return thing.unit_id if hasattr(thing, "unit_id") else thing.record.unit_id


def may_write(by: Any, verb: str, unit_id: UUID) -> None:
    """Raises OutOfReach unless she holds the verb's permission on the unit as units stand today.

    `by` None is the system itself, which no door lets in.
    """
    permission = verbs()[verb].permission
    if by is None:
        return
    may = together.answer(("may", by.pk, permission, unit_id), lambda: by.may(permission, unit_id))
    if not may:
        raise OutOfReach


def may_write_into(by: Any, verb: str, unit_id: UUID) -> None:
    """As `may_write`, for a unit that a record is given to: it must also stand today.

    Raises Refused for a unit of hers that has ended.
    """
    may_write(by, verb, unit_id)
    stands = UnitVersion.objects.on(today()).filter(unit_id=unit_id)
    if by is not None and not together.answer(("stands", unit_id), stands.exists):
        raise Refused(
            _("Đơn vị này không còn hoạt động. Chọn đơn vị hiện nay."),
            field="unit",
        )


def only_columns_of(verb: str, names: Iterable[str]) -> None:
    """Raises Refused for a column that the verb's form does not ask for."""
    strange = sorted(set(names) - {*verbs()[verb].form.base_fields})
    if strange:
        raise Refused(_("Không ghi được ô này ở đây: %(names)s.") % {"names": ", ".join(strange)})


def tidy(thing: models.Model) -> None:
    """The stored forms of what was typed and the keys that follow from it; no day lies ahead.

    Raises Refused beside a column that cannot hold its value.
    """
    for field in thing._meta.concrete_fields:
        value = None if field.generated else getattr(thing, field.attname)
        if value is None or value == "" or field.is_relation:
            continue
        if isinstance(field, models.CharField) and not field.choices:
            value = normalise(value) if isinstance(value, str) else value
        value = _fitting(field, value, thing)
        if isinstance(field, models.DateField) and field.name not in thing.ahead:
            not_ahead(value, field.name)
        setattr(thing, field.attname, value)
    if isinstance(thing, Record):
        words = [getattr(thing, name) for name in thing.searched]
        thing.search_key = search_key(*words, thing.code)
        key = person_sort_key if thing.is_person else sort_key
        thing.sort_key = key(thing.display_name)[:SORTED]


def alike(thing: models.Model) -> list[Doubt]:
    """Records of the unit that are called the same, however it was spelled: is it meant twice?"""
    if not (isinstance(thing, Record) and thing.called) or all_believed():
        return []
    wanted = fold(thing.display_name)
    within = type(thing).objects.filter(unit_id=thing.unit_id).exclude(pk=thing.pk)
    near = with_words(within, "search_key", wanted)
    same = [one for one in near.order_by("-pk") if fold(one.display_name) == wanted]
    return [
        Doubt(
            _("Đơn vị này đã có “%(name)s” (%(code)s). Xem có phải ghi hai lần không.")
            % {"name": one.display_name, "code": one.code},
            field=thing.called,
        )
        for one in same[:1]
    ]


def _fitting(field: models.Field, value: Any, thing: models.Model) -> Any:
    try:
        value = field.to_python(value)
        field.validate(value, thing)
        field.run_validators(value)
    except (ValidationError, OverflowError):
        raise Refused(_("Ô này không nhận giá trị như vậy. Nhập lại."), field=field.name) from None
    return value


def received(identity: UUID, verb: str, values: Mapping[str, Any]) -> bool:
    """Notes that these values came under this id; True when the very same came before.

    Raises Refused when something else came under it.
    """
    told = json.dumps({"verb": verb, **values}, sort_keys=True, default=_told)
    digest = salted_hmac(str(identity), told, algorithm="sha256").hexdigest()
    table = connection.ops.quote_name(Receipt._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, digest, at) VALUES (%s, %s, now()) "  # noqa: S608 - our table
            "ON CONFLICT (id) DO NOTHING",
            [identity, digest],
        )
        if cursor.rowcount:
            return False
    if Receipt.objects.get(pk=identity).digest != digest:
        raise Refused(
            _("Trang này đã được gửi với nội dung khác. Mở lại hồ sơ vừa ghi và sửa tại đó.")
        )
    return True


def _told(value: Any) -> str:
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def locked(thing: Record | Row) -> Any:
    """The thing as it stands now, locked after the record it belongs to.

    Raises OutOfReach when it is gone.
    """
    record = locked(thing.record) if isinstance(thing, Row) else None
    current = type(thing).objects.select_for_update().filter(pk=thing.pk).first()
    if current is None:
        raise OutOfReach
    if record is not None:
        setattr(current, current.within, record)
    return current
