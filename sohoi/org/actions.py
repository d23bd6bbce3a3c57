"""Writes of the organisation: found a unit, end one, load a list of units."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import Refused
from sohoi.lib.text import normalise, search_key, sort_key
from sohoi.org import lots
from sohoi.org.models import Unit, UnitKind, UnitVersion


def found_unit(
    *,
    name: str,
    kind: str,
    code: str,
    parent: Unit | None,
    valid_from: date,
    by: Any,
    invented: bool = False,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Unit:
    """A new identity with its first version. Raises Refused when the code is taken on that date."""
    with writing(by):
        lots.lock()
        unit = Unit.objects.create(invented=invented)
        try:
            with transaction.atomic():
                _version(unit, name, kind, code, parent, valid_from, latitude, longitude).save()
        except IntegrityError as error:
            raise Refused(
                _("Mã %(code)s đã được một đơn vị khác dùng vào ngày này. Kiểm tra lại mã.")
                % {"code": code},
                field="code",
            ) from error
        lots.refresh([unit.pk])
        record(by=by, verb="org.found", thing=unit, unit_id=unit.pk)
    return unit


def end_unit(*, unit: Unit, on: date, by: Any) -> None:
    """The unit exists until the day before `on`. Its past versions stay as they are.

    Raises Refused when it has ended already, or stands as it does from that day on only.
    """
    with writing(by):
        lots.lock()
        standing = UnitVersion.objects.filter(unit=unit, valid_to=None, valid_from__lt=on)
        if not standing.update(valid_to=on):
            raise Refused(
                _("Đơn vị đã thôi hoạt động, hoặc trước ngày này chưa như hiện nay. Sửa ngày."),
                field="on",
            )
        lots.refresh([unit.pk])
        record(by=by, verb="org.end", thing=unit, unit_id=unit.pk)


def load_units(*, rows: Iterable[dict[str, str]], by: Any) -> int:
    """Load rows of code, name, kind, parent_code, lat, lon, valid_from, invented; parents first.

    All or nothing. Raises Refused naming the row whose kind or parent is unknown.
    """
    kinds = set(UnitKind.objects.values_list("key", flat=True))
    units: dict[str, Unit] = {}
    versions = []
    with writing(by):
        lots.lock()
        for number, row in enumerate(rows, start=2):
            parent = units.get(row["parent_code"])
            if row["kind"] not in kinds or (row["parent_code"] and parent is None):
                raise Refused(
                    _("Dòng %(row)s: cấp “%(kind)s” hoặc mã cấp trên “%(parent)s” chưa có.")
                    % {"row": number, "kind": row["kind"], "parent": row["parent_code"]}
                )
            unit = units[row["code"]] = Unit(invented=row["invented"] == "1")
            versions.append(
                _version(
                    unit,
                    row["name"],
                    row["kind"],
                    row["code"],
                    parent,
                    date.fromisoformat(row["valid_from"]),
                    Decimal(row["lat"]) if row["lat"] else None,
                    Decimal(row["lon"]) if row["lon"] else None,
                )
            )
        Unit.objects.bulk_create(units.values())
        UnitVersion.objects.bulk_create(versions)
        lots.refresh()
        for unit in units.values():
            if not unit.invented:
                record(by=by, verb="org.found", thing=unit, unit_id=unit.pk)
    return len(units)


def _version(unit, name, kind, code, parent, valid_from, latitude, longitude) -> UnitVersion:
    name = normalise(name)
    return UnitVersion(
        unit=unit,
        parent=parent,
        kind_id=kind,
        code=code,
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name, code),
        latitude=latitude,
        longitude=longitude,
        valid_from=valid_from,
    )
