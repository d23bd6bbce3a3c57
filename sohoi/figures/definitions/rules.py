"""The rules that an indicator without code must keep; each refusal stands beside its field."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BooleanField, Field, IntegerField
from django.utils.translation import gettext as _

from sohoi.figures.catalogue.choices import SECTIONS
from sohoi.figures.catalogue.queries import (
    OPERATORS,
    compose,
    inputs_first,
    inputs_of,
    ratio_measure,
)
from sohoi.figures.definitions.validity import (
    check_dependents,
    check_throughout,
    check_validity,
)
from sohoi.figures.models import KEY_FORM, IndicatorDefinition, SourceKind
from sohoi.kit import rooms
from sohoi.kit.indicators import PERCENT, VND, Declared, Indicator, Kind, Measure, RecordKind
from sohoi.kit.refusals import Refused
from sohoi.lib.wording import Rounding
from sohoi.org.models import today
from sohoi.org.queries import over

DECLARED_KINDS = (Kind.FLOW, Kind.STOCK, Kind.SINCE, Kind.TARGET)
COUNTED_KINDS = (Kind.FLOW, Kind.STOCK, Kind.SINCE, Kind.DISTINCT)
_NOT_ADDED = (Kind.DISTINCT, Kind.RATE)
# Totals of totals, and figures in one of them.
MOST_LEVELS, MOST_INPUTS = 6, 60


def complete(row: IndicatorDefinition) -> None:
    """Fill in what follows from the source: measure and kind that were left open."""
    known = compose(rooms.indicators(), _used(row, IndicatorDefinition.objects.exclude(pk=row.pk)))
    inputs = [known[key] for key in row.inputs if key in known]
    measure = _implied_measure(row, inputs)
    if measure and not row.measure:
        row.measure, row.measure_en = measure.symbol, str(measure.title)
        row.scale = measure.scale
    elif measure and row.measure == measure.symbol:
        row.scale = measure.scale
    if row.source == SourceKind.RATE:
        row.kind = row.kind or Kind.RATE.value
    elif not row.kind and inputs:
        row.kind = inputs[0].kind.value


def check(row: IndicatorDefinition) -> None:
    """Raises Refused for the first rule that the definition breaks."""
    others = list(IndicatorDefinition.objects.exclude(pk=row.pk))
    _check_key(row, others)
    _check_words(row)
    used = _used(row, others)
    check_validity(row, used)
    known = compose(rooms.indicators(), used)
    if row.source == SourceKind.COUNT:
        _check_count(row)
    elif row.source == SourceKind.DECLARED:
        _check_declared(row)
    else:
        _check_inputs(row, known)
    _check_parts(row, known)
    check_dependents(row, others)


def _used(
    row: IndicatorDefinition, others: Iterable[IndicatorDefinition]
) -> list[IndicatorDefinition]:
    """What it may be made of: what is shared, and what its own unit uses. The rest is not there."""
    others = [*others]
    owners = {other.owner_id for other in others} - {None}
    own = over(owners, [row.owner_id], on=today()) if owners and row.owner_id else set()
    return [other for other in others if other.owner_id is None or other.owner_id in own]


def _check_key(row: IndicatorDefinition, others: Iterable[IndicatorDefinition]) -> None:
    if not re.match(KEY_FORM, row.key):
        raise Refused(
            _("Mã gồm hai phần chữ thường không dấu, nối bằng dấu chấm. Ví dụ: tinh.nha_ho_ngheo."),
            field="key",
        )
    if row.key in rooms.indicators() or row.key in {other.key for other in others}:
        raise Refused(
            _("Mã “%(key)s” đã có. Chọn mã khác; chỉ tiêu đã ngừng vẫn giữ mã của nó.")
            % {"key": row.key},
            field="key",
        )


def _check_words(row: IndicatorDefinition) -> None:
    if row.section not in SECTIONS:
        raise Refused(
            _("Không có mục “%(section)s”. Chọn một mục của báo cáo.") % {"section": row.section},
            field="section",
        )
    try:
        Rounding(row.rounding_mode, row.rounding_step, row.rounding_word)
    except ValueError as error:
        raise Refused(
            _(
                "Cách viết số không đi với mức làm tròn: “làm tròn xuống” cần một mức; "
                "“đúng từng số”, “bằng chữ” và “ít nhất” thì để trống."
            ),
            field="rounding_step",
        ) from error
    if row.rounding_mode == "money" and row.measure != VND.symbol:
        raise Refused(_("Cách viết tiền chỉ dùng cho số tiền."), field="rounding_mode")


def _check_declared(row: IndicatorDefinition) -> None:
    if row.tier not in ("commune", "district", "province"):
        raise Refused(_("Chọn cấp khai chỉ tiêu này trong báo cáo."), field="tier")
    if row.kind not in DECLARED_KINDS:
        raise Refused(_("Loại số này không khai được: chọn loại khác."), field="kind")
    if not row.measure or row.measure == PERCENT.symbol:
        raise Refused(
            _("Ghi đơn vị tính của số được khai. Tỷ lệ thì tính từ hai chỉ tiêu."), field="measure"
        )


def _check_count(row: IndicatorDefinition) -> None:
    kind = rooms.record_kinds().get(row.record_kind)
    if kind is None:
        raise Refused(_("Không có loại hồ sơ này. Chọn một loại khác."), field="record_kind")
    if row.kind not in COUNTED_KINDS:
        raise Refused(_("Số đếm từ hồ sơ không có loại này."), field="kind")
    if row.kind == Kind.STOCK:
        if (row.since_column, row.until_column) not in {*kind.spans} | {
            (since, "") for since, _until in kind.spans
        }:
            raise Refused(
                _("Số hiện có cần biết hồ sơ được tính từ ngày nào đến ngày nào. Chọn hai ngày."),
                field="since_column",
            )
    elif row.date_column not in kind.days:
        raise Refused(_("Chọn ngày mà con số tính theo."), field="date_column")
    if row.kind == Kind.DISTINCT and row.who_column not in kind.who:
        raise Refused(_("Chọn đối tượng được đếm một lần."), field="who_column")
    if row.amount_column and row.amount_column not in kind.amounts:
        raise Refused(_("Loại hồ sơ này không có số đó để cộng."), field="amount_column")
    if row.kind == Kind.DISTINCT and row.amount_column:
        raise Refused(
            _("Số đối tượng khác nhau thì đếm, không cộng số nào."), field="amount_column"
        )
    amount = kind.amounts.get(row.amount_column)
    if amount:
        _same_measure(row, amount)
    elif row.measure in (VND.symbol, PERCENT.symbol) or row.scale != 1:
        raise Refused(_("Số hồ sơ không tính bằng đơn vị này."), field="measure")
    for asked in row.conditions:
        _check_condition(kind, asked)
    _can_hold(kind, row.conditions)


def _check_condition(kind: RecordKind, asked: Mapping[str, Any]) -> None:
    name, operator, value = (asked.get(part) for part in ("column", "operator", "value"))
    if name not in kind.columns:
        raise Refused(
            _("“%(kind)s” không có cột “%(column)s” để đặt điều kiện.")
            % {"kind": kind.title, "column": name},
            field="conditions",
        )
    field = kind.model._meta.get_field(name)
    values = value if operator == "in" and isinstance(value, list) else [value]
    fits = operator in _operators(field) and values and all(_is_value(field, v) for v in values)
    if not fits:
        raise Refused(
            _("Điều kiện về “%(column)s” không hiểu được: %(operator)s %(value)s.")
            % {"column": kind.title_of(name), "operator": operator, "value": value},
            field=f"where_{name}",
        )


def _can_hold(kind: RecordKind, conditions: list[Mapping[str, Any]]) -> None:
    """A count that is always zero says nothing, and divides nothing."""
    for name in {asked["column"] for asked in conditions}:
        limits = [(c["operator"], c["value"]) for c in conditions if c["column"] == name]
        low = max((v for op, v in limits if op == ">="), default=None)
        high = min((v for op, v in limits if op == "<="), default=None)
        crossed = low is not None and high is not None and low > high
        if crossed or (len(limits) > 1 and any(op in ("=", "in") for op, _value in limits)):
            raise Refused(
                _("Các điều kiện về “%(column)s” loại trừ nhau: không hồ sơ nào thoả.")
                % {"column": kind.title_of(name)},
                field=f"where_{name}",
            )


def _operators(field: Field) -> Iterable[str]:
    if field.choices:
        return ("=", "in")
    return ("=",) if isinstance(field, BooleanField) else OPERATORS


def _is_value(field: Field, value: Any) -> bool:
    if field.choices:
        return value in dict(field.flatchoices)
    if isinstance(field, BooleanField):
        return isinstance(value, bool)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return isinstance(field, IntegerField) and whole and abs(value) < 2**31


def _check_inputs(row: IndicatorDefinition, known: Mapping[str, Indicator]) -> None:
    wanted = {SourceKind.RATE: 2, SourceKind.UNITS_WITH: 1}.get(row.source)
    if not row.inputs or (wanted and len(row.inputs) != wanted):
        raise Refused(_("Chọn đủ các chỉ tiêu để tính."), field="inputs")
    if len(set(row.inputs)) != len(row.inputs):
        raise Refused(
            _("Hai chỉ tiêu giống nhau: tỷ lệ hay tổng này không nói thêm điều gì."),
            field="inputs",
        )
    _no_cycle(row, known)
    _not_too_deep(row, known)
    for key in row.inputs:
        if key not in known:
            raise Refused(_("Không có chỉ tiêu “%(key)s”.") % {"key": key}, field="inputs")
    inputs = [known[key] for key in row.inputs]
    for indicator in inputs:
        check_throughout(row, indicator)
    match row.source:
        case SourceKind.TOTAL:
            _check_total(row, inputs)
        case SourceKind.UNITS_WITH:
            _check_units_with(row, inputs[0])
        case SourceKind.RATE:
            _check_rate(row, inputs)


def _no_cycle(row: IndicatorDefinition, known: Mapping[str, Indicator]) -> None:
    """An input may be a definition that stands still unused for want of this one."""
    inputs = {d.key: d.inputs for d in IndicatorDefinition.objects.exclude(pk=row.pk)}
    inputs |= {key: sorted(inputs_of(indicator)) for key, indicator in known.items()}
    todo, seen = list(row.inputs), set()
    while todo:
        key = todo.pop()
        if key == row.key:
            raise Refused(
                _("Chỉ tiêu này sẽ được tính từ chính nó. Bỏ chỉ tiêu đã dùng đến nó."),
                field="inputs",
            )
        if key not in seen:
            seen.add(key)
            todo += inputs.get(key, [])


def _not_too_deep(row: IndicatorDefinition, known: Mapping[str, Indicator]) -> None:
    """A figure that nobody can follow down to its records is none; and it costs."""
    levels: dict[str, int] = {}
    for key, indicator in inputs_first(known).items():
        levels[key] = 1 + max((levels[one] for one in inputs_of(indicator)), default=0)
    level = 1 + max((levels.get(key, 0) for key in row.inputs), default=0)
    if level > MOST_LEVELS or len(row.inputs) > MOST_INPUTS:
        raise Refused(
            _(
                "Chỉ tiêu này chồng %(level)s tầng hoặc cộng %(inputs)s chỉ tiêu, nhiều hơn mức "
                "%(most_levels)s tầng, %(most_inputs)s chỉ tiêu. Cộng thẳng từ các chỉ tiêu gốc."
            )
            % {
                "level": level,
                "inputs": len(row.inputs),
                "most_levels": MOST_LEVELS,
                "most_inputs": MOST_INPUTS,
            },
            field="inputs",
        )


def _check_total(row: IndicatorDefinition, inputs: list[Indicator]) -> None:
    first = inputs[0]
    if first.kind in _NOT_ADDED or any(indicator.kind != first.kind for indicator in inputs):
        raise Refused(
            _("Chỉ cộng được các số cùng loại; tỷ lệ và số đối tượng khác nhau không cộng được."),
            field="inputs",
        )
    if any(_pair(indicator.measure) != _pair(first.measure) for indicator in inputs):
        raise Refused(_("Chỉ cộng được các số cùng đơn vị tính."), field="inputs")
    if row.kind != first.kind:
        raise Refused(_("Tổng có cùng loại với các số được cộng."), field="kind")
    _same_measure(row, first.measure)


def _check_units_with(row: IndicatorDefinition, part: Indicator) -> None:
    if not isinstance(part.source, Declared):
        raise Refused(
            _("Chỉ đếm được số đơn vị có phát sinh ở chỉ tiêu do đơn vị khai."), field="inputs"
        )
    if row.tier not in ("commune", "district", "province"):
        raise Refused(_("Chọn cấp của đơn vị được đếm."), field="tier")
    if row.measure in (VND.symbol, PERCENT.symbol, "") or row.scale != 1:
        raise Refused(_("Ghi tên đơn vị được đếm, ví dụ: xã."), field="measure")
    if row.kind != part.kind:
        raise Refused(_("Loại số phải như của chỉ tiêu được xét."), field="kind")


def _check_rate(row: IndicatorDefinition, inputs: list[Indicator]) -> None:
    above, below = inputs
    if below.kind == Kind.RATE or above.kind == Kind.RATE:
        raise Refused(_("Không lấy tỷ lệ của một tỷ lệ."), field="inputs")
    if row.kind != Kind.RATE:
        raise Refused(_("Tỷ lệ giữa hai chỉ tiêu luôn là loại “tỷ lệ”."), field="kind")
    _same_measure(row, ratio_measure(above.measure, below.measure))


def _same_measure(row: IndicatorDefinition, measure: Measure) -> None:
    if (row.measure, row.scale) != _pair(measure):
        raise Refused(
            _("Đơn vị tính của con số này phải là “%(measure)s”.") % {"measure": measure.symbol},
            field="measure",
        )


def _check_parts(row: IndicatorDefinition, known: Mapping[str, Indicator]) -> None:
    for key in row.parts:
        part = known.get(key)
        if part is None or key == row.key:
            raise Refused(_("Không có chỉ tiêu “%(key)s”.") % {"key": key}, field="parts")
        if _pair(part.measure) != (row.measure, row.scale) or part.kind != row.kind:
            raise Refused(
                _("“%(title)s” khác đơn vị tính hoặc khác loại số, không thể là một phần.")
                % {"title": part.title},
                field="parts",
            )


def _implied_measure(row: IndicatorDefinition, inputs: list[Indicator]) -> Measure | None:
    kind = rooms.record_kinds().get(row.record_kind)
    if row.source == SourceKind.COUNT and kind:
        return kind.amounts.get(row.amount_column, kind.measure)
    if row.source == SourceKind.RATE and len(inputs) == 2:
        return ratio_measure(inputs[0].measure, inputs[1].measure)
    if row.source == SourceKind.TOTAL and inputs:
        return inputs[0].measure
    if row.source == SourceKind.DECLARED and row.measure == VND.symbol:
        return VND
    return None


def _pair(measure: Measure) -> tuple[str, int]:
    return measure.symbol, measure.scale
