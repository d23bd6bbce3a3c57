"""Numbers as Vietnamese readers write them (2.370 and 41,5), and reading them back strictly."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext

from sohoi.lib.typed import line

_WORDS = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")
_MAX_DIGITS = 18  # what a 64-bit database column always holds


class NumberError(ValueError):
    """The typed text is not the number asked for; the message says what to type instead."""


def group(number: int, *, lang: str = "vi") -> str:
    """2370 as '2.370' (English: '2,370')."""
    return _localise(f"{number:,d}", lang)


def format_decimal(number: Decimal, places: int, *, trim: bool = False, lang: str = "vi") -> str:
    """`number` with `places` decimals, half rounded up; `trim` drops decimals that are zero."""
    with localcontext(rounding=ROUND_HALF_UP):
        text = f"{Decimal(number):z,.{places}f}"
    if trim and places:
        text = text.rstrip("0").rstrip(".")
    return _localise(text, lang)


def format_scaled(number: int, scale: int, *, lang: str = "vi") -> str:
    """An integer counted in parts of `scale`, exactly: 12500 at scale 1000 is '12,5'."""
    places = _places(scale)
    whole, rest = divmod(abs(number), scale)
    decimals = f"{rest:0{places}d}".rstrip("0")
    sign = "-" if number < 0 else ""
    return _localise(f"{sign}{whole:,d}" + (f".{decimals}" if decimals else ""), lang)


def divided(above: int, below: int) -> int:
    """The nearest whole number to `above` / `below`, a half away from zero: the one rounding of
    rates, shares and changes. Raises ZeroDivisionError."""
    whole, rest = divmod(abs(above), abs(below))
    whole += 2 * rest >= abs(below)
    return whole if (above < 0) == (below < 0) else -whole


def in_words(number: int, *, lang: str = "vi") -> str:
    """Counts from 0 to 10 as a word, all others as grouped digits."""
    if 0 <= number <= 10:
        return _WORDS["en" if lang == "en" else "vi"][number]
    return group(number, lang=lang)


def parse_integer(text: str, *, allow_negative: bool = False, lang: str = "vi") -> int:
    """A whole number, typed plainly or grouped by threes with dots or spaces."""
    return parse_scaled(text, 1, allow_negative=allow_negative, lang=lang)


def parse_scaled(text: str, scale: int, *, allow_negative: bool = False, lang: str = "vi") -> int:
    """A decimal number as an exact integer of parts: '490,5' at scale 1000 is 490500."""
    places = _places(scale)
    typed = line(unicodedata.normalize("NFKC", text)).replace("\u2212", "-")
    match = _pattern(places, lang).fullmatch(typed)
    if not match:
        raise NumberError(_unreadable(typed, places, lang))
    sign, whole, decimals = match["sign"], re.sub("[^0-9]", "", match["whole"]), match["decimals"]
    if sign and not allow_negative:
        raise NumberError(
            "Type a number that is not negative, without the minus sign."
            if lang == "en"
            else "Số không được âm. Hãy gõ lại, không có dấu trừ."
        )
    digits = (whole + (decimals or "").ljust(places, "0")).lstrip("0") or "0"
    if len(digits) > _MAX_DIGITS:
        raise NumberError(
            "The number is too large. Check for extra digits."
            if lang == "en"
            else "Số quá lớn. Hãy kiểm tra xem có gõ thừa chữ số không."
        )
    return -int(digits) if sign else int(digits)


def _localise(text: str, lang: str) -> str:
    return text if lang == "en" else text.translate(_VIETNAMESE_MARKS)


def _places(scale: int) -> int:
    places = len(str(scale)) - 1
    if scale != 10**places:
        raise ValueError(f"scale must be a power of ten, not {scale}")
    return places


def _pattern(places: int, lang: str) -> re.Pattern[str]:
    grouping, point = (",", r"\.") if lang == "en" else (r"\.", ",")
    decimals = f"(?:{point}(?P<decimals>[0-9]{{1,{places}}}))?" if places else "(?P<decimals>)"
    return re.compile(
        "(?P<sign>-?)"
        f"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:(?:{grouping}[0-9]{{3}})+|(?: [0-9]{{3}})+))"
        f"{decimals}"
    )


def _unreadable(typed: str, places: int, lang: str) -> str:
    shown = typed if len(typed) <= 30 else f"{typed[:30]}…"
    whole = "2370 or 2,370" if lang == "en" else "2370 hoặc 2.370"
    example = ("490.5" if lang == "en" else "490,5") if places else whole
    if lang == "en":
        kind = f"a number with at most {places} decimals" if places else "a whole number"
        return (f"“{shown}” cannot be read. " if shown else "") + (
            f"Type {kind}, digits only, for example {example}."
        )
    kind = f"số có nhiều nhất {places} chữ số sau dấu phẩy" if places else "số nguyên"
    return (f"Không đọc được “{shown}”. " if shown else "") + (
        f"Hãy gõ {kind}, chỉ gồm chữ số, ví dụ {example}."
    )
