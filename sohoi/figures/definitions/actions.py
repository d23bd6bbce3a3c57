"""Indicators without code: add, edit, close, and read them from a CSV file.

Each belongs to a unit, and who holds the permission there changes it; what came with the product is
changed on no page. A definition keeps its meaning. Titles, section, wording and notes may be edited
at any time; how the value comes about only until a return has been accepted or another indicator is
made of it. After that it is closed, and a successor with a key of its own takes its place.
"""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sohoi.audit import undo as history
from sohoi.audit.actions import record, writing
from sohoi.figures.definitions.rules import check, complete
from sohoi.figures.definitions.validity import check_begin, check_dependents, check_end
from sohoi.figures.engine import triggers
from sohoi.figures.models import (
    FIRST_MONTH,
    DeclaredValue,
    IndicatorDefinition,
    SourceKind,
    Statement,
)
from sohoi.kit import rooms
from sohoi.kit.indicators import Records
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.lib import dates
from sohoi.lib.text import normalise
from sohoi.org.models import today

DEFINE = "figures.define"
STANDARD = Path(__file__).parents[1] / "data" / "indicators.csv"
_LISTS = ("inputs", "parts")
_NUMBERS = ("scale", "rounding_step")
_DATES = ("started_on", "valid_from", "valid_to")
# What may be edited although figures have been shown and reported under the definition.
EDITABLE = frozenset(
    ("title_vi", "title_en", "note", "section", "parts")
    + ("rounding_mode", "rounding_step", "rounding_word")
)


def add_indicator(
    *,
    key: str,
    title_vi: str,
    source: str,
    section: str,
    by: Any,
    owner: UUID | None = None,
    **details: Any,
) -> IndicatorDefinition:
    """Add an indicator of the owner; there it counts, is shown and recounted as the built-in ones.

    Measure, scale and kind may be left out where they follow from the source, and the owner where
    there is one unit on which she may. What nobody adds (`by` None) is shared. Raises Refused, and
    OutOfReach where she may not.
    """
    with writing(by):
        _one_at_a_time()
        details |= {"owner_id": _owner(owner, by), "added_by": by}
        row = drafted(key=key, title_vi=title_vi, source=source, section=section, **details)
        row.save(force_insert=True)
        _lay(row)
        record(by=by, verb="figures.add_indicator", thing=row)
    return row


def edit_indicator(
    *, definition: IndicatorDefinition, by: Any, **changes: Any
) -> IndicatorDefinition:
    """Correct a definition. Raises Refused for what can no longer be changed (see above)."""
    with writing(by):
        row = _hers(definition, by)
        drafted(row, **changes)
        row.save()
        _lay(row)
        record(by=by, verb="figures.edit_indicator", thing=row)
    return row


def close_indicator(*, definition: IndicatorDefinition, on: date, by: Any) -> IndicatorDefinition:
    """From `on`, a day to come, the indicator is no longer used; its figures until then stay.
    Raises Refused."""
    with writing(by):
        row = _hers(definition, by)
        if row.valid_to and row.valid_to <= today():
            said = _("Chỉ tiêu này đã ngừng dùng từ %(day)s. Thêm một chỉ tiêu thay cho nó.")
            raise Refused(said % {"day": dates.short(row.valid_to)}, field="on")
        row.valid_to, row.closed_on = on, today()
        try:
            check_end(row)
            _ends_before_its_successor(row)
            check_dependents(row, IndicatorDefinition.objects.exclude(pk=row.pk))
        except Refused as refusal:
            raise Refused(refusal.message, field="on") from refusal
        row.save()
        record(by=by, verb="figures.close_indicator", thing=row)
    return row


def undo(*, definition: IndicatorDefinition, at: datetime, by: Any) -> None:
    """What she edited or closed at that moment is as before. Raises Refused when something was done
    since that rests on it, or too late; OutOfReach for what was not hers."""
    with writing(by, reason=history.undone()):
        _hers(definition, by)
        changes = history.changes_at(definition.pk, at=at, by=by)
        if any(change.what != "update" for change in changes):
            raise OutOfReach
        history.take_back(definition.pk, changes, put=_put_back)
        record(by=by, verb="figures.undo_indicator", thing=definition)


def _put_back(row: IndicatorDefinition) -> None:
    """Figures that were accepted meanwhile hold its meaning, as they do against any edit."""
    now = IndicatorDefinition.objects.get(pk=row.pk)
    names = {f.attname for f in row._meta.concrete_fields} - EDITABLE - {"valid_to", "closed_on"}
    meant_otherwise = any(getattr(row, name) != getattr(now, name) for name in names)
    if meant_otherwise and (reason := fixed(now)):
        raise Refused(reason)
    _ends_before_its_successor(row)
    check(row)
    if row.valid_from != now.valid_from:
        check_begin(row)
    row.save()
    _lay(row)


def _ends_before_its_successor(row: IndicatorDefinition) -> None:
    successor = IndicatorDefinition.objects.filter(follows=row).first()
    if successor and (row.valid_to is None or successor.valid_from < row.valid_to):
        raise Refused(
            _("Từ %(day)s đã dùng “%(title)s” thay cho chỉ tiêu này.")
            % {"day": dates.short(successor.valid_from), "title": successor},
            field="on",
        )


def drafted(row: IndicatorDefinition | None = None, **details: Any) -> IndicatorDefinition:
    """The definition as it would stand, not saved. Raises Refused for what may not be written."""
    reason = fixed(row) if row else ""
    row = row or IndicatorDefinition(order=IndicatorDefinition.objects.count())
    begins, ends = row.valid_from, row.valid_to
    for name, value in details.items():
        if reason and name not in EDITABLE and getattr(row, name) != value:
            raise Refused(reason, field=name)
        setattr(row, name, value)
    if row.valid_to != ends:
        row.closed_on = today() if row.valid_to else None
    _tidy(row)
    complete(row)
    check(row)
    if row._state.adding or row.valid_from != begins:
        check_begin(row)
    return row


def fixed(row: IndicatorDefinition) -> str:
    """Why the meaning of the definition can no longer be changed; "" while it can."""
    if DeclaredValue.objects.filter(indicator=row.key).exists():
        return _("Đã có đơn vị khai chỉ tiêu này. Ngừng dùng và thêm một chỉ tiêu thay cho nó.")
    if IndicatorDefinition.objects.filter(inputs__contains=[row.key]).exists():
        return _("Chỉ tiêu khác được tính từ chỉ tiêu này. Thêm một chỉ tiêu mới.")
    if Statement.objects.filter(accepted_at__gte=row.added_at).exists():
        return _(
            "Đã có báo cáo được chấp nhận từ khi thêm chỉ tiêu này. "
            "Ngừng dùng và thêm một chỉ tiêu thay cho nó."
        )
    return ""


def load_definitions(*, by: Any, path: Path = STANDARD) -> int:
    """Add or update the definitions of the file; those it does not name stay. Returns how many.

    Columns that the file does not have keep their values, such as the day one was closed.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [IndicatorDefinition(order=order, **_typed(row)) for order, row in enumerate(reader)]
        fields = ["order", *(name for name in reader.fieldnames or () if name != "key")]
    with writing(by):
        IndicatorDefinition.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=fields
        )
        if any(row.source == SourceKind.COUNT for row in rows):
            triggers.install()
        pass_to_rooms(by=by)
    return len(rows)


def pass_to_rooms(*, by: Any) -> list[str]:
    """What units declared until today and a room counts now passes to it: periods that begin from
    today on are counted, those before stay declared. Where nobody declared any, or a room counted
    it before this was kept, all are counted.

    Once an indicator; it stays where its room goes and comes again. Returns the keys that passed.
    """
    counted = {key for key, one in rooms.indicators().items() if isinstance(one.source, Records)}
    waiting = {"key__in": counted, "source": SourceKind.DECLARED, "passed_on": None}
    with writing(by):
        rows = [*IndicatorDefinition.objects.select_for_update().filter(**waiting)]
        declared = [row.key for row in rows if _was_declared(row.key)]
        for row in rows:
            row.passed_on = today() if row.key in declared else FIRST_MONTH
            row.save(update_fields=["passed_on"])
            record(by=by, verb="figures.pass_indicator", thing=row)
    return sorted(declared)


def _was_declared(key: str) -> bool:
    """Whoever answered it gave a value; beside what is counted only some give one."""
    values = DeclaredValue.objects.filter(indicator=key)
    answered = Statement.objects.filter(answers__answered__contains=[key])
    return values.exists() and not answered.exclude(values__in=values).exists()


def may_change(row: IndicatorDefinition, by: Any) -> bool:
    """Whether the unit it belongs to, or whatever followed that, is hers to define for. The product
    itself (`by` None) may change what it brought."""
    if by is None:
        return row.owner_id is None
    return row.owner_id is not None and by.may(DEFINE, row.owner_id)


def _owner(asked: UUID | None, by: Any) -> UUID | None:
    if by is None:
        return asked
    held = {*by.reach(DEFINE)}
    owner = next(iter(held)) if asked is None and len(held) == 1 else asked
    if owner not in held:
        raise OutOfReach
    return owner


def _hers(definition: IndicatorDefinition, by: Any) -> IndicatorDefinition:
    """The definition as it is now, which nobody else changes meanwhile. Raises Refused for what is
    shared, OutOfReach for what belongs to others."""
    _one_at_a_time()
    row = IndicatorDefinition.objects.get(pk=definition.pk)
    if may_change(row, by):
        return row
    if row.owner_id is None:
        raise Refused(_("Chỉ tiêu dùng chung của mọi tỉnh: không sửa, không ngừng dùng được."))
    raise OutOfReach


def _one_at_a_time() -> None:
    """Two people defining at once could close a cycle that neither of them sees."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE figures_indicatordefinition IN SHARE ROW EXCLUSIVE MODE")


def _lay(row: IndicatorDefinition) -> None:
    """A count follows its records from this transaction on."""
    if row.source == SourceKind.COUNT:
        triggers.install()


def _tidy(row: IndicatorDefinition) -> None:
    """The stored forms of what was typed; the English words are the Vietnamese where none are."""
    row.key = row.key.strip()
    row.title_vi = normalise(row.title_vi)
    row.title_en = normalise(row.title_en) or row.title_vi
    row.measure = normalise(row.measure)
    row.measure_en = normalise(row.measure_en) or row.measure


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = dict(row)
    typed |= {name: row[name].split() for name in _LISTS if name in row}
    typed |= {name: int(row[name]) for name in _NUMBERS if name in row}
    typed |= {name: _day(row[name]) for name in _DATES if name in row}
    if "conditions" in row:
        typed["conditions"] = json.loads(row["conditions"] or "[]")
    return typed


def _day(text: str) -> date | None:
    return dates.parse_date(text) if text.strip() else None
