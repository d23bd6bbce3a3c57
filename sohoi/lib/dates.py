"""Dates as written in lists, as Decree 30/2020/NĐ-CP writes them, and as people type them."""

import re
from datetime import date

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
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


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


def parse_date(text: str, *, lang: str = "vi") -> date:
    """A date typed as 14/7/2023, 14-07-2023 or 2023-07-14."""
    typed = text.strip()
    if match := _DAY_FIRST.fullmatch(typed):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(typed):
        year, month, day = match.groups()
    else:
        raise DateError(_unreadable(typed, lang))
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise DateError(
            f"The year must be between {FIRST_YEAR} and {LAST_YEAR}, for example 14/7/2023."
            if lang == "en"
            else f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}, ví dụ 14/7/2023."
        )
    try:
        return date(int(year), int(month), int(day))
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
