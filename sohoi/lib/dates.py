"""Dates as written in lists, as Decree 30/2020/NĐ-CP writes them, and as people type them."""

import re
import unicodedata
from datetime import date

from sohoi.lib.text import fold
from sohoi.lib.typed import line

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The Union was founded on this day; nothing it does is older.
UNION_FOUNDED = date(1930, 10, 20)
# 00 to 49 is 2000 to 2049, 50 to 99 is 1950 to 1999: a rule that does not move with the calendar.
FIRST_SHORT_YEAR = 1950
# The day always stands before the month: 7/14/2023 is refused, in English too.
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/. -])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?")
_AROUND_MARKS = re.compile(r" ?([/.-]) ?")
_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_IN_WORDS = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})(?:,? nam |,? )([0-9]{4})")
_IN_ENGLISH = re.compile(r"([0-9]{1,2})[ -]([a-z]{3,9})[ ,-] ?([0-9]{4})")


class DateError(ValueError):
    """The typed text is not a date; the message shows the expected form."""


def short(day: date, *, lang: str = "vi") -> str:
    """'14/7/2023' (English: '14 July 2023')."""
    if lang == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"


def decree(day: date) -> str:
    """'ngày 05 tháng 7 năm 2023': days under 10 and months 1 and 2 take a leading zero."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def parse_date(text: str, *, lang: str = "vi", today: date | None = None) -> date:
    """A date as people type it: 14/7/2023, 14.7.23, 14-7-2023, 14 7 2023, 14072023, 2023-07-14,
    ngày 14 tháng 7 năm 2023, 14 July 2023; digits may be full-width.

    Where `today` is given, 14/7 is that day of this year unless it is still ahead: then it might
    as well be last year's, and the year is asked for.
    """
    typed = line(unicodedata.normalize("NFKC", text)).rstrip(".")
    typed = _AROUND_MARKS.sub(r"\1", typed)
    parts = _parts(typed)
    if parts is None:
        raise DateError(_unreadable(typed, lang))
    day, month, year = parts
    if year is None:
        return _this_year(typed, day, month, lang, today)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(
            f"The year must be between {FIRST_YEAR} and {LAST_YEAR}, for example 14/7/2023."
            if lang == "en"
            else f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}, ví dụ 14/7/2023."
        )
    return _in_calendar(typed, day, month, year, lang)


def _parts(typed: str) -> tuple[int, int, int | None] | None:
    """Day, month and year of what was typed; the year is None where none was."""
    if match := _DAY_FIRST.fullmatch(typed):
        day, _mark, month, year = match.groups()
        if year and len(year) == 2:
            century = FIRST_SHORT_YEAR // 100 + (int(year) < FIRST_SHORT_YEAR % 100)
            return int(day), int(month), century * 100 + int(year)
        return int(day), int(month), int(year) if year else None
    if match := _YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, match.groups())
        return day, month, year
    plain = fold(typed)
    if match := _TOGETHER.fullmatch(plain) or _IN_WORDS.fullmatch(plain):
        day, month, year = map(int, match.groups())
        return day, month, year
    if match := _IN_ENGLISH.fullmatch(plain):
        for number, name in enumerate(ENGLISH_MONTHS, 1):
            if match[2] in (name.lower(), name[:3].lower()):
                return int(match[1]), number, int(match[3])
    return None


def _this_year(typed: str, day: int, month: int, lang: str, today: date | None) -> date:
    if today is None:
        raise DateError(_unreadable(typed, lang))
    found = _in_calendar(typed, day, month, today.year, lang)
    if found > today:
        raise DateError(
            f"Which year is {typed} in? Type all of it, for example {day}/{month}/{today.year}."
            if lang == "en"
            else f"{typed} là của năm nào? Hãy gõ cả năm, ví dụ {day}/{month}/{today.year}."
        )
    return found


def _in_calendar(typed: str, day: int, month: int, year: int, lang: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(
            f"There is no {typed} in the calendar. Type day/month/year, for example 14/7/2023."
            if lang == "en"
            else f"Không có ngày {typed} trong lịch. Hãy gõ ngày/tháng/năm, ví dụ 14/7/2023."
        ) from None


def _unreadable(typed: str, lang: str) -> str:
    shown = typed if len(typed) <= 30 else f"{typed[:30]}…"
    if lang == "en":
        lead, ask = "“{}” is not a date. ", "Type day/month/year, for example 14/7/2023."
    else:
        lead, ask = "“{}” không phải là ngày. ", "Hãy gõ ngày/tháng/năm, ví dụ 14/7/2023."
    return (lead.format(shown) if shown else "") + ask
