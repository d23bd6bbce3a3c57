"""What a return must satisfy before it is sent: parts within totals, reasons for differences."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sohoi.figures.documents import amount_text
from sohoi.kit.indicators import Indicator


@dataclass(frozen=True)
class Cell:
    """What is typed for one indicator: a value, and a reason where one is needed."""

    value: int | None
    reason: str = ""


EMPTY = Cell(None)


def mistakes(
    indicators: Collection[Indicator], cells: Mapping[str, Cell], counted: Mapping[str, int]
) -> dict[str, str]:
    """Errors by indicator key; empty when the return may be sent.

    A part never exceeds its total. A total that differs from the sum of its parts, and a declared
    value that differs from the count, are allowed with a reason: nothing is corrected by itself.
    """
    wrong = over_their_total(indicators, cells, counted)
    wrong |= {key: _("Số không được âm.") for key, cell in cells.items() if (cell.value or 0) < 0}
    for indicator in indicators:
        if stated(indicator.key, cells, counted) is None:
            wrong[indicator.key] = _("Chưa điền. Không có thì ghi 0.")
    # While a part is wrong its total cannot be judged.
    unexplained = {
        i.key: text
        for i, text in differences(indicators, cells, counted)
        if not cells.get(i.key, EMPTY).reason and not wrong.keys() & set(i.parts)
    }
    found = unexplained | wrong
    return {i.key: found[i.key] for i in indicators if i.key in found}


def stated(key: str, cells: Mapping[str, Cell], counted: Mapping[str, int]) -> int | None:
    """What the return says: the typed value, else the count, which needs no typing."""
    value = cells.get(key, EMPTY).value
    return counted.get(key) if value is None else value


def over_their_total(
    indicators: Collection[Indicator], cells: Mapping[str, Cell], counted: Mapping[str, int]
) -> dict[str, str]:
    """Parts that are greater than the whole they belong to."""
    found = {}
    for indicator in indicators:
        total = stated(indicator.key, cells, counted)
        for key in indicator.parts:
            part = stated(key, cells, counted)
            if total is not None and part is not None and part > total:
                found[key] = _("Lớn hơn tổng “%(title)s” (%(total)s). Kiểm tra lại hai số.") % {
                    "title": indicator.title,
                    "total": amount_text(total, indicator.measure),
                }
    return found


def differences(
    indicators: Collection[Indicator], cells: Mapping[str, Cell], counted: Mapping[str, int]
) -> list[tuple[Indicator, str]]:
    """Totals that are not the sum of their parts, and values beside another count, in words."""
    found = []
    for indicator in indicators:
        total = stated(indicator.key, cells, counted)
        parts = [stated(key, cells, counted) for key in indicator.parts]
        if parts and total is not None and None not in parts and sum(parts) != total:
            text = _sentence(
                _("Các phần cộng lại là %(other)s, tổng ghi %(value)s. Sửa số, hoặc ghi lý do."),
                indicator,
                sum(parts),
                total,
            )
            found.append((indicator, text))
        elif total is not None and counted.get(indicator.key, total) != total:
            text = _sentence(
                _("Đếm từ sổ là %(other)s, khai %(value)s. Sửa số, hoặc ghi lý do."),
                indicator,
                counted[indicator.key],
                total,
            )
            found.append((indicator, text))
    return found


def _sentence(words: str, indicator: Indicator, other: int, value: int) -> str:
    return words % {
        "other": amount_text(other, indicator.measure, noun=False),
        "value": amount_text(value, indicator.measure, noun=False),
    }
