"""Amounts of đồng and of gold in words: exact, or saying openly that they are not."""

from dataclasses import dataclass

from sohoi.lib.numbers import format_scaled, group

MILLION = 1_000_000
BILLION = 1_000_000_000
_NAMES = {BILLION: ("tỷ", "billion"), MILLION: ("triệu", "million")}


@dataclass(frozen=True)
class Wording:
    """A short form of an amount: is it the amount itself, or does it say less than there is?"""

    text: str
    exact: bool
    below: bool


def vnd(amount: int, *, lang: str = "vi") -> str:
    """To the last đồng: '41.500.000.000 đồng'."""
    return _with_currency(group(amount, lang=lang), lang)


def vnd_short(amount: int, *, lang: str = "vi") -> Wording:
    """In tỷ or triệu with one decimal at most, cut and never rounded up."""
    unit = _unit(amount)
    if not unit:
        return Wording(vnd(amount, lang=lang), exact=True, below=False)
    tenths, rest = divmod(abs(amount), unit // 10)
    shown = format_scaled(-tenths if amount < 0 else tenths, 10, lang=lang)
    return Wording(_in_unit(shown, unit, lang), exact=not rest, below=bool(rest) and amount > 0)


def vnd_prose(amount: int, *, lang: str = "vi") -> str:
    """The shortest exact form: '41,5 tỷ đồng', '10,236 tỷ đồng', '1.234.567 đồng'."""
    for unit in _NAMES:
        if abs(amount) >= unit and amount % (unit // 1000) == 0:
            shown = format_scaled(amount // (unit // 1000), 1000, lang=lang)
            return _in_unit(shown, unit, lang)
    return vnd(amount, lang=lang)


def gold(thousandths: int, *, lang: str = "vi") -> str:
    """Gold counted in thousandths of a chỉ: '490 chỉ', '12,5 chỉ'."""
    return f"{format_scaled(thousandths, 1000, lang=lang)} chỉ"


def _unit(amount: int) -> int:
    return next((unit for unit in _NAMES if abs(amount) >= unit), 0)


def _in_unit(shown: str, unit: int, lang: str) -> str:
    vietnamese, english = _NAMES[unit]
    return _with_currency(f"{shown} {english if lang == 'en' else vietnamese}", lang)


def _with_currency(shown: str, lang: str) -> str:
    return f"VND {shown}" if lang == "en" else f"{shown} đồng"
