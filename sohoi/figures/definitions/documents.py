"""An indicator in plain words: what is counted, from which records, since when."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sohoi.figures.catalogue.choices import SECTIONS
from sohoi.figures.catalogue.queries import catalogue, inputs_of
from sohoi.figures.definitions.queries import (
    AHEAD,
    BUILT_IN,
    ENDED,
    IN_USE,
    LOST,
    PROVINCE,
    SHIPPED,
    CatalogueEntry,
)
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.figures.reading.documents import passing_text
from sohoi.kit import rooms
from sohoi.kit.indicators import (
    KIND_TITLES,
    Declared,
    Indicator,
    Kind,
    RateOf,
    Records,
    UnitsWith,
)
from sohoi.lib import dates, numbers
from sohoi.org.choices import Tier
from sohoi.org.queries import place_of

SHORT = {
    SourceKind.COUNT: gettext_lazy("đếm hồ sơ"),
    SourceKind.DECLARED: gettext_lazy("đơn vị khai"),
    SourceKind.TOTAL: gettext_lazy("tổng"),
    SourceKind.UNITS_WITH: gettext_lazy("số đơn vị"),
    SourceKind.RATE: gettext_lazy("tỷ lệ"),
}
ORIGINS = {
    BUILT_IN: gettext_lazy("dựng sẵn"),
    SHIPPED: gettext_lazy("kèm phần mềm"),
    PROVINCE: gettext_lazy("tỉnh thêm"),
}
STATES = {
    IN_USE: gettext_lazy("đang dùng"),
    ENDED: gettext_lazy("đã ngừng dùng"),
    AHEAD: gettext_lazy("chưa đến ngày dùng"),
    LOST: gettext_lazy("không tính được"),
}
TONES = {IN_USE: "done", ENDED: "plain", AHEAD: "info", LOST: "wrong"}
ROUNDINGS = {
    "exact": gettext_lazy("đúng từng số"),
    "over": gettext_lazy("làm tròn xuống"),
    "thousands": gettext_lazy("theo ngàn, triệu"),
    "words": gettext_lazy("bằng chữ"),
    "money": gettext_lazy("tiền: tỷ, triệu đồng"),
    "at_least": gettext_lazy("ít nhất"),
}


def facts_of(entry: CatalogueEntry) -> list[dict[str, str]]:
    """Lines for the page of one indicator."""
    known = catalogue()
    facts = [(_("Con số lấy từ"), str(entry.source.label), "")]
    if entry.indicator:
        facts += _source_facts(entry.indicator, known)
        facts.append((_("Đổi nguồn"), passing_text(entry.indicator), ""))
    facts += [
        (_("Loại số"), str(KIND_TITLES[entry.kind]), ""),
        (_("Đơn vị tính"), entry.measure, ""),
        (_("Cộng lên cấp trên"), _going_up(entry.kind), ""),
        (_("Mục"), str(SECTIONS.get(entry.section, entry.section)), ""),
    ]
    if entry.indicator:
        facts.append((_("Viết trong báo cáo"), _rounding(entry.indicator), ""))
        facts += [
            (_("Các phần"), str(known[key].title), _url(key))
            for key in entry.indicator.parts
            if key in known
        ]
    if entry.row:
        facts += _row_facts(entry.row)
    return [{"title": title, "text": text, "url": url} for title, text, url in facts if text]


def _url(key: str) -> str:
    return reverse("figures:definition", args=[key])


def _source_facts(indicator: Indicator, known: Mapping[str, Indicator]) -> list[tuple]:
    source = indicator.source
    match source:
        case Records():
            return _record_facts(indicator)
        case Declared(tier=tier):
            return [(_("Ai khai"), str(Tier(tier).label), "")]
        case RateOf(numerator=above, denominator=below):
            return [
                (_("Tử số"), str(known[above].title), _url(above)),
                (_("Mẫu số"), str(known[below].title), _url(below)),
                (_("Khi mẫu số bằng không"), _("để trống, không ghi 0"), ""),
            ]
        case UnitsWith(part=part, tier=tier):
            return [
                (_("Đếm đơn vị"), str(Tier(tier).label), ""),
                (_("Có phát sinh ở"), str(known[part].title), _url(part)),
            ]
    return [(_("Cộng"), str(known[k].title), _url(k)) for k in sorted(inputs_of(indicator))]


def _record_facts(indicator: Indicator) -> list[tuple]:
    source: Records = indicator.source
    kind = next((k for k in rooms.record_kinds().values() if k.model is source.model), None)

    def name(column: str) -> str:
        return _column(kind, source.model, column)

    facts = [(_("Đếm hồ sơ"), str(kind.title if kind else source.model._meta.verbose_name), "")]
    facts += [
        (_("Điều kiện"), text, "") for text in condition_texts(source.where, source.model, name)
    ]
    if indicator.kind == Kind.STOCK:
        facts.append((_("Được tính từ"), name(source.since), ""))
        facts += [(_("Đến trước"), name(source.until), "")] if source.until else []
    else:
        facts.append((_("Tính theo"), name(source.at), ""))
    if indicator.kind == Kind.SINCE and source.started_on:
        facts.append((_("Luỹ kế từ"), dates.short(source.started_on), ""))
    facts += [(_("Cộng số"), name(source.amount), "")] if source.amount else []
    facts += [(_("Mỗi đối tượng tính một lần"), name(source.who), "")] if source.who else []
    return facts


def _column(kind: Any, model: type[Model], column: str) -> str:
    return kind.title_of(column) if kind else str(model._meta.get_field(column).verbose_name)


def condition_texts(where: Q, model: type[Model], name: Any) -> list[str]:
    """What must all hold, each as a sentence: 'loại: Xây mới', 'diện tích (m²): từ 30'."""
    if where.negated or where.connector != Q.AND:
        return [_whole(where, model, name)] if where else []
    texts = []
    for child in where.children:
        texts += (
            condition_texts(child, model, name)
            if isinstance(child, Q)
            else [_one(child, model, name)]
        )
    return texts


def _whole(where: Q, model: type[Model], name: Any) -> str:
    """A composed condition in one sentence, with brackets where it could be read otherwise."""
    between = {Q.AND: _(" và "), Q.OR: _(" hoặc "), Q.XOR: _(" hoặc chỉ ")}[where.connector]
    parts = [
        _whole(child, model, name) if isinstance(child, Q) else _one(child, model, name)
        for child in where.children
    ]
    is_composed = len(parts) > 1
    inside = [
        f"({part})" if is_composed and isinstance(child, Q) and len(child.children) > 1 else part
        for child, part in zip(where.children, parts, strict=True)
    ]
    text = between.join(inside)
    if not where.negated:
        return text
    return _("trừ %(condition)s") % {"condition": f"({text})" if is_composed else text}


def _one(condition: tuple[str, Any], model: type[Model], name: Any) -> str:
    column, _sep, lookup = condition[0].partition("__")
    return f"{name(column)}: {_value_text(model._meta.get_field(column), lookup, condition[1])}"


def _value_text(field: Any, lookup: str, value: Any) -> str:
    if isinstance(field, BooleanField):
        return _("có") if value else _("không")
    choices = dict(field.flatchoices)
    if lookup == "in":
        return _(" hoặc ").join(str(choices.get(v, v)) for v in value)
    is_number = isinstance(value, int) and field.name != "year"
    shown = numbers.group(value) if is_number else str(choices.get(value, value))
    words = {"gte": _("từ %(number)s trở lên"), "lte": _("không quá %(number)s")}
    return words[lookup] % {"number": shown} if lookup in words else shown


def _going_up(kind: Kind) -> str:
    match kind:
        case Kind.RATE:
            return _("tính lại từ tử số và mẫu số của cả vùng")
        case Kind.DISTINCT:
            return _("đếm lại trên cả vùng, không cộng số của các đơn vị")
    return _("cộng số của các đơn vị")


def _rounding(indicator: Indicator) -> str:
    rounding = indicator.rounding
    text = str(ROUNDINGS[rounding.mode])
    if rounding.step:
        return _("%(way)s đến %(step)s, viết “%(word)s”") % {
            "way": text,
            "step": numbers.group(rounding.step),
            "word": rounding.word,
        }
    return text


def _row_facts(row: IndicatorDefinition) -> list[tuple]:
    after = IndicatorDefinition.objects.filter(follows=row).first()
    return [
        (_("Của đơn vị"), place_of(row.owner_id).name if row.owner_id else "", ""),
        (_("Cách tính ghi thêm"), row.note, ""),
        (_("Dùng từ"), dates.short(row.valid_from) if row.valid_from else "", ""),
        (_("Ngừng dùng từ"), dates.short(row.valid_to) if row.valid_to else "", ""),
        (_("Thay cho"), str(row.follows or ""), _url(row.follows.key) if row.follows else ""),
        (_("Được thay bằng"), str(after or ""), _url(after.key) if after else ""),
        (_("Người thêm"), str(row.added_by or ""), ""),
    ]
