"""How a figure reads on a page, in a document and in JSON: words and numbers made ready."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sohoi.figures.asking.queries import other_trees
from sohoi.figures.asking.rules import Question, query_of
from sohoi.figures.catalogue.choices import SECTIONS, order_of
from sohoi.figures.catalogue.rules import Passing
from sohoi.figures.reading import choices
from sohoi.figures.reading.causes import Cause, Causes, Unnamed
from sohoi.figures.reading.choices import COUNTED, DECLARED, MIXED
from sohoi.figures.reading.queries import Contradiction, Figure
from sohoi.kit.indicators import KIND_TITLES, VND, Indicator, Measure, Records
from sohoi.kit.menu import address
from sohoi.lib import dates, money, numbers
from sohoi.lib.periods import Period
from sohoi.lib.wording import word_figure
from sohoi.org.models import today

BASIS = {
    COUNTED: gettext_lazy("đếm từ sổ"),
    DECLARED: gettext_lazy("đơn vị khai"),
    MIXED: gettext_lazy("đếm và khai"),
}


NOT_COMPARABLE = gettext_lazy(
    "Không so sánh được: có đơn vị cũ đã tách ra, hồ sơ và báo cáo của chính đơn vị ấy không chia "
    "được cho các đơn vị mới."
)


def language() -> str:
    return "en" if get_language() == "en" else "vi"


def amount_text(value: int | None, measure: Measure, *, noun: bool = True, lang: str = "") -> str:
    """'2.370 thành viên', '41,5 tỷ đồng', '490 chỉ', or a dash when nothing was reported. `lang` is
    named by who words thousands."""
    if value is None:
        return "–"
    lang = lang or language()
    if measure.symbol == VND.symbol:
        return money.vnd_prose(value, lang=lang) if noun else numbers.group(value, lang=lang)
    text = numbers.format_scaled(value, measure.scale, lang=lang)
    return f"{text} {measure.title}" if noun else text


def value_text(figure: Figure, *, noun: bool = True, lang: str = "") -> str:
    """The figure's amount, or that it cannot be compared after a split."""
    if not figure.comparable:
        return _("không so sánh được")
    return amount_text(figure.value, figure.indicator.measure, noun=noun, lang=lang)


def worded(figure: Figure, *, digits: bool = False) -> str:
    """The figure as the report's prose says it: 'hơn 100', '41,5 tỷ đồng', '20 ngàn'.

    `digits` writes a small number in digits where its wording would spell it out.
    """
    if figure.value is None:
        return "…"
    rounding, measure = figure.indicator.rounding, figure.indicator.measure
    if digits:
        return numbers.format_scaled(figure.value, measure.scale)
    noun = measure.symbol if measure.scale != 1 else ""
    return word_figure(figure.value, rounding, noun, measure.scale)


def period_title(period: Period) -> str:
    """'6 tháng đầu năm 2023' at the beginning of a line."""
    title = period.title(language())
    return title[:1].upper() + title[1:]


def facts_of(figure: Figure) -> list[dict[str, Any]]:
    """What the number is: how it is made, its basis, coverage, as-at time, and what disagrees."""
    facts = [
        (_("Cách tính"), KIND_TITLES[figure.indicator.kind]),
        (_("Nguồn"), BASIS[figure.basis]),
        (_("Đổi nguồn"), passing_text(figure.indicator)),
        (_("Độ phủ"), coverage_text(figure)),
        (_("Tính đến"), as_at_text(figure)),
        (_("So sánh"), "" if figure.comparable else NOT_COMPARABLE),
        (_("Đã khoá, số liệu lưu lúc"), date_text(figure.frozen_at) if figure.frozen_at else ""),
        (_("Thay đổi sau khi khoá"), drift_text(figure)),
    ]
    if figure.declared is not None:
        declared = amount_text(figure.declared, figure.indicator.measure)
        facts.append((_("Đơn vị khai"), declared))
    return [{"title": title, "text": text} for title, text in facts if text]


def passing_text(indicator: Indicator) -> str:
    """Since when a room counts what units declared before; "" of what never changed."""
    if not isinstance(indicator, Passing):
        return ""
    if indicator.counted_from == date.max:
        return _("Sổ chưa có hồ sơ từ đầu luỹ kế nên đơn vị vẫn khai.")
    day = dates.short(indicator.counted_from, lang=language())
    return _("Kỳ bắt đầu trước %(day)s: đơn vị khai. Từ ngày ấy: đếm từ sổ.") % {"day": day}


def passings(indicators: Iterable[Indicator], periods: Iterable[Period]) -> list[str]:
    """What to know of figures beside each other: those of which some periods are declared and the
    others counted."""
    starts = [period.start for period in periods]
    return [
        f"{one.title}. {passing_text(one)}"
        for one in indicators
        if isinstance(one, Passing) and min(starts) < one.counted_from <= max(starts)
    ]


def breakdown_of(figure: Figure, parts: list[tuple[tuple[str, ...], int]]) -> dict[str, Any]:
    """The title of a breakdown and its rows, in the words of the record's own columns."""
    source = figure.indicator.source
    fields = [source.model._meta.get_field(column) for column in source.breakdowns] if parts else []
    words = [{str(key): str(title) for key, title in field.flatchoices} for field in fields]
    rows = [
        {
            "title": ", ".join(
                known.get(value, value) or _("chưa ghi")
                for known, value in zip(words, values, strict=True)
            ),
            "value_text": amount_text(value, figure.indicator.measure, noun=False),
            "width": 100 * value // parts[0][1],
        }
        for values, value in parts
    ]
    return {"title": ", ".join(str(field.verbose_name) for field in fields), "rows": rows}


def tile(figure: Figure, *, warning: str = "") -> dict[str, Any]:
    """The figure tile of the house."""
    measure = figure.indicator.measure
    is_money = measure.symbol == VND.symbol
    return {
        "title": figure.indicator.title,
        "value_text": value_text(figure, noun=is_money),
        "measure": "" if is_money or not figure.comparable else measure.title,
        "basis_text": BASIS[figure.basis],
        "coverage_text": coverage_text(figure),
        "as_at_text": as_at_text(figure),
        "url": url_of(figure),
        "warning": warning,
    }


def url_of(figure: Figure) -> str:
    asked = query_of(figure.place, figure.period, figure.day, figure.tree)
    return f"{address('figures:figure', figure.key)}?{asked}"


def head_of(question: Question) -> dict[str, Any]:
    """What stands at the head of a page: the question in words, and where the same stands in the
    other tree."""
    return {"asked": period_text(question), "trees": other_trees(question)}


def period_text(question: Question) -> str:
    """'6 tháng đầu năm 2023 · số đến ngày 31/5/2023 · xếp theo đơn vị hiện nay'."""
    said = [period_title(question.period)]
    if not question.is_whole_period:
        day = dates.short(question.day, lang=language())
        said.append(_("số đến ngày %(day)s") % {"day": day})
    if question.is_regrouped:
        said.append(tree_text(question))
    return " · ".join(said)


def tree_text(question: Question) -> str:
    if question.tree == today():
        return _("xếp theo đơn vị hiện nay")
    day = dates.short(question.tree, lang=language())
    return _("xếp theo đơn vị ngày %(day)s") % {"day": day}


def facts_of_question(question: Question) -> dict[str, str]:
    """What a workbook says of itself: the unit, the period, the day, the tree."""
    facts = {
        _("Đơn vị"): f"{question.unit.name} ({question.unit.code})",
        _("Kỳ"): period_title(question.period),
        _("Số đến ngày"): dates.short(question.day, lang=language()),
    }
    if question.is_regrouped:
        text = tree_text(question)
        facts[_("Cách xếp")] = text[:1].upper() + text[1:]
    return facts


# What each column of a file about coverage is called, in the order of `coverage_row`.
COVERAGE_HEADS = (
    gettext_lazy("Đã báo cáo"),
    gettext_lazy("Phải báo cáo"),
    gettext_lazy("Chưa được hỏi"),
)


def coverage_text(figure: Figure) -> str:
    """'6/9 đơn vị đã báo cáo', and how many have reported but were not asked this figure."""
    return _coverage(*coverage_row(figure), get_language())


# Most figures of a page have the same coverage, and were added up at the same moment.
@lru_cache(maxsize=256)
def _coverage(reported: int, expected: int, not_asked: int, _language: str | None) -> str:
    if not expected:
        return ""
    text = _("%(reported)s/%(expected)s đơn vị đã báo cáo") % {
        "reported": numbers.group(reported),
        "expected": numbers.group(expected),
    }
    if not not_asked:
        return text
    others = _("%(units)s đơn vị chưa được hỏi chỉ tiêu này")
    return f"{text}, " + others % {"units": numbers.group(not_asked)}


def coverage_row(figure: Figure) -> tuple[int, int, int]:
    """The numbers of `coverage_text`, as columns of a file."""
    return figure.reported, figure.expected, figure.not_asked


def as_at_text(figure: Figure) -> str:
    if figure.as_at is None:
        return _("chưa có số liệu")
    return date_text(figure.as_at)


def date_text(at: datetime) -> str:
    return _date(at, get_language())


@lru_cache(maxsize=64)
def _date(at: datetime, _language: str | None) -> str:
    return date_format(localtime(at), "H:i j/n/Y")


def drift_text(figure: Figure) -> str:
    """What the figure would be now, where that is another than when the period was closed."""
    if not figure.has_drifted:
        return ""
    measure = figure.indicator.measure
    facts = {
        "then": amount_text(figure.value, measure, noun=False),
        "now": amount_text(figure.live, measure, noun=False),
    }
    return _("Lúc khoá %(then)s, nay theo hồ sơ là %(now)s.") % facts


CAUSES = {
    choices.WRITTEN: gettext_lazy("Hồ sơ mới ghi"),
    choices.EDITED: gettext_lazy("Hồ sơ đã sửa"),
    choices.GONE: gettext_lazy("Hồ sơ đã xoá"),
    choices.ACCEPTED: gettext_lazy("Báo cáo được chấp nhận"),
    choices.WITHDRAWN: gettext_lazy("Báo cáo đã mở lại, chưa được chấp nhận"),
    choices.REORGANISED: gettext_lazy("Phương án sắp xếp đơn vị"),
    choices.DEFINED: gettext_lazy("Cách tính của chỉ tiêu đã sửa"),
}


def causes_of(figure: Figure, causes: Causes) -> list[dict[str, Any]]:
    """What moved the figure since its period was closed, in the rows of a table."""
    named = [_cause_row(figure, one, CAUSES[one.what]) for one in causes.named]
    return [*named, *(_cause_row(figure, one, _unnamed_text(one)) for one in causes.unnamed)]


def _cause_row(figure: Figure, one: Cause | Unnamed, what: str) -> dict[str, Any]:
    named = one if isinstance(one, Cause) else Cause(what="")
    return {
        "what": what,
        "label": named.label,
        "url": named.url,
        "unit": named.unit,
        "at_text": date_text(named.at) if named.at else "",
        "of": _leaf_text(one.leaf) if one.leaf and one.leaf.key != figure.key else "",
        "by_text": "" if one.by is None else _by_text(one.by, one.leaf.measure),
    }


def _unnamed_text(one: Unnamed) -> str:
    if isinstance(one.leaf.source, Records):
        text = ngettext("%(number)s hồ sơ khác", "%(number)s hồ sơ khác", one.number)
    else:
        text = ngettext("%(number)s báo cáo khác", "%(number)s báo cáo khác", one.number)
    return text % {"number": numbers.group(one.number, lang=language())}


def _leaf_text(leaf: Indicator) -> str:
    return f"{leaf.title} ({leaf.measure.title})"


def _by_text(value: int, measure: Measure) -> str:
    return signed(amount_text(value, measure, noun=False), value)


def signed(text: str, number: int) -> str:
    """'+2.370', '-3': the number's text as a change."""
    return f"+{text}" if number > 0 else text


def by_section(figures: list[Figure]) -> list[dict[str, Any]]:
    """Figures grouped under their report section, in the report's order."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.indicator.section, []).append(figure)
    return [
        {"title": SECTIONS.get(section, section), "figures": groups[section]}
        for section in sorted(groups, key=order_of)
    ]


def contradiction_text(contradiction: Contradiction) -> str:
    """One sentence for the officer: whose figure, what is said, what else, how far they differ."""
    figure = contradiction.figure
    return f"{figure.place.name} – {figure.indicator.title}: {disagreement(contradiction)}"


def disagreement(contradiction: Contradiction) -> str:
    figure, measure = contradiction.figure, contradiction.figure.indicator.measure
    facts = {
        "value": amount_text(figure.value, measure, noun=False),
        "other": amount_text(contradiction.other, measure, noun=False),
        "difference": amount_text(abs(contradiction.difference), measure),
    }
    if not contradiction.parts:
        text = _("đếm từ sổ %(value)s nhưng đơn vị khai %(other)s, lệch %(difference)s.")
        return text % facts
    facts["parts"] = " + ".join(
        amount_text(p.value, measure, noun=False) for p in contradiction.parts
    )
    text = _("tổng ghi %(value)s nhưng các phần %(parts)s = %(other)s, lệch %(difference)s.")
    return text % facts


def as_json(figure: Figure) -> dict[str, Any]:
    """The shape that `sohoi figures --json` promises."""
    fields = {
        "indicator": figure.key,
        "title": str(figure.indicator.title),
        "unit": figure.place.code,
        "unit_name": figure.place.name,
        "period": figure.period.key,
        "kind": str(figure.indicator.kind),
        "value": plain_value(figure.value, figure.indicator.measure),
        "measure": figure.indicator.measure.symbol,
        "basis": figure.basis,
        "coverage": _coverage_json(figure),
        "as_at": figure.as_at.isoformat() if figure.as_at else None,
    }
    if not figure.comparable:
        fields |= {"comparable": False, "note": str(NOT_COMPARABLE)}
    if figure.frozen_at:
        fields |= {
            "frozen_at": figure.frozen_at.isoformat(),
            "now": plain_value(figure.live, figure.indicator.measure),
        }
    if figure.declared is not None:
        fields["declared"] = plain_value(figure.declared, figure.indicator.measure)
    # Of a closed period whose room is gone nobody knows any more what was divided by what.
    if figure.inputs:
        above, below = figure.inputs
        fields["numerator"] = plain_value(figure.numerator, above.measure)
        fields["denominator"] = plain_value(figure.denominator, below.measure)
    return fields


def _coverage_json(figure: Figure) -> dict[str, int]:
    told = {"reported": figure.reported, "expected": figure.expected}
    return told | ({"not_asked": figure.not_asked} if figure.not_asked else {})


def row_of(figure: Figure, measure: Measure) -> tuple:
    """Code, name, value and coverage of one unit, as a row of a workbook."""
    value = plain_value(figure.value, measure)
    return figure.place.code, figure.place.name, value, *coverage_row(figure)


def plain_value(value: int | None, measure: Measure) -> int | float | Decimal | None:
    """In the measure's own unit; whole numbers stay integers, and at most three decimals follow:
    a float where it holds all digits."""
    if value is None or value % measure.scale == 0:
        return None if value is None else value // measure.scale
    exact = Decimal(value) / measure.scale
    return float(exact) if abs(value) < 10**15 else exact
