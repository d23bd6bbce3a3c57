"""Reporting periods: month, quarter, half-year, nine months, year and term of office."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from sohoi.lib.dates import ENGLISH_MONTHS

Kind = Literal["month", "quarter", "half", "nine_months", "year", "term"]
FIRST_YEAR, LAST_YEAR = 1930, 2100  # the Union was founded in 1930
_KEY = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<nine>9M)))?"
)
_TERM = re.compile(r"term:(?P<first>[0-9]{4})-(?P<last>[0-9]{4})")
_ACCEPTED = "2023-M06, 2023-Q2, 2023-H1, 2023-H2, 2023-9M, 2023, term:2021-2026"
# What a key may add to its year, from the whole year down to its months; "" is the whole year.
PARTS = ("", "9M", "H1", "H2", *(f"Q{n}" for n in range(1, 5)), *(f"M{n:02}" for n in range(1, 13)))
# The terms of the province's Union: by the year in which each begins, its first day. A term ends
# on the day before the next begins. Congress XII met on 31/12/2021 (camau.dcs.vn, article 901);
# the merged province began its first term, 2025–2030, on the day of the merger (Resolution
# 202/2025/QH15), the day of its congress being unknown. Other terms have five years from 1 January
# until the day of their congress is entered here.
TERM_YEARS = 5
_KNOWN_FIRST_DAYS = {2021: date(2021, 12, 31), 2025: date(2025, 7, 1)}
_TERM_BEGINS = [
    _KNOWN_FIRST_DAYS.get(year, date(year, 1, 1))
    for year in (*range(1931, 2021, TERM_YEARS), 2021, *range(2025, LAST_YEAR, TERM_YEARS))
]
_TERMS = {
    f"term:{first.year}-{first.year + TERM_YEARS}": (first, following - timedelta(days=1))
    for first, following in pairwise(_TERM_BEGINS)
}
_ROMAN = ("I", "II", "III", "IV")
_ORDINALS = ("first", "second", "third", "fourth")


class PeriodError(ValueError):
    """The text names no period; the message lists what is accepted."""


@dataclass(frozen=True)
class Period:
    """A span of whole months, or of days for a term, both ends included; made by `parse_period`."""

    key: str
    start: date
    end: date
    kind: Kind

    def __str__(self) -> str:
        return self.key

    def title(self, lang: str = "vi") -> str:
        """The period inside a sentence: '6 tháng đầu năm 2023', 'nhiệm kỳ 2021–2026'."""
        return _english_title(self) if lang == "en" else _vietnamese_title(self)

    def short(self, lang: str = "vi") -> str:
        """The period beside an axis: 'T6/2023', '6T đầu 2023', '2021–2026'."""
        year = self.start.year
        match self.kind:
            case "year":
                return str(year)
            case "term":
                return _term_years(self)
            case _ if lang == "en":
                return f"{self.key[5:]} {year}"
            case "month":
                return f"T{self.start.month}/{year}"
            case "quarter":
                return f"Quý {_ROMAN[(self.start.month - 1) // 3]}/{year}"
            case "half":
                return f"6T {'đầu' if self.start.month == 1 else 'cuối'} {year}"
        return f"9T {year}"

    @property
    def part(self) -> str:
        """What the key adds to the year, one of PARTS; "" for a year or a term."""
        return "" if self.kind == "term" else self.key[5:]

    def previous_year(self) -> "Period":
        """The period to compare with: the same one a year earlier; for a term, the term before."""
        if self.kind == "term":
            before = self.start - timedelta(days=1)
            return parse_period(next(iter(terms_between(before, before)), f"term:{before.year}"))
        return parse_period(f"{self.start.year - 1}{self.key[4:]}")

    def previous(self) -> "Period":
        """The period of the same kind just before: May after June, last year's H2 before H1."""
        parts = {"month": "M{:02}", "quarter": "Q{}", "half": "H{}"}
        if self.kind not in parts:
            return self.previous_year()
        months = len(self.months())
        index = (self.start.year * 12 + self.start.month - 1 - months) // months
        year, part = divmod(index, 12 // months)
        return parse_period(f"{year}-{parts[self.kind].format(part + 1)}")

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def months(self) -> list[date]:
        """The first day of each month in which the period has days."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [date(index // 12, index % 12 + 1, 1) for index in range(first, last + 1)]


def terms_between(first: date, last: date) -> list[str]:
    """The keys of the terms that have a day between the two, oldest first."""
    return [key for key, (start, end) in _TERMS.items() if start <= last and end >= first]


def part_title(part: str, lang: str = "vi") -> str:
    """One of PARTS by itself: 'cả năm', '6 tháng đầu', 'quý I', 'tháng 6'."""
    if not part:
        return "whole year" if lang == "en" else "cả năm"
    title = parse_period(f"2000-{part}").title(lang)
    if lang == "en":
        return title.removesuffix(" 2000").removesuffix(" of").removeprefix("the ")
    return title.removesuffix(" năm 2000")


# A period never changes, and one page names dozens.
@lru_cache(maxsize=1024)
def parse_period(text: str, *, lang: str = "vi") -> Period:
    """The period a key names: 2023-M06, 2023-Q2, 2023-H1, 2023-9M, 2023 or term:2021-2026.

    Terms follow one another by their days, and no day lies in two.
    """
    key = text.strip()
    if match := _TERM.fullmatch(key):
        _check_years(int(match["first"]), int(match["last"]), lang)
        if key in _TERMS:
            return Period(key, *_TERMS[key], "term")
    elif match := _KEY.fullmatch(key):
        year = int(match["year"])
        _check_years(year, year, lang)
        kind, first_month, last_month = _span(match)
        end = date(year, last_month, monthrange(year, last_month)[1])
        return Period(key, date(year, first_month, 1), end, kind)
    shown = key if len(key) <= 30 else f"{key[:30]}…"
    raise PeriodError(
        f"“{shown}” is not a reporting period. Type one of these forms: {_ACCEPTED}."
        if lang == "en"
        else f"“{shown}” không phải là kỳ báo cáo. Hãy gõ theo một trong các dạng: {_ACCEPTED}."
    )


def _span(match: re.Match[str]) -> tuple[Kind, int, int]:
    if match["month"]:
        return "month", int(match["month"]), int(match["month"])
    if match["quarter"]:
        return "quarter", int(match["quarter"]) * 3 - 2, int(match["quarter"]) * 3
    if match["half"]:
        return "half", int(match["half"]) * 6 - 5, int(match["half"]) * 6
    return ("nine_months", 1, 9) if match["nine"] else ("year", 1, 12)


def _check_years(first: int, last: int, lang: str) -> None:
    if first >= FIRST_YEAR and last <= LAST_YEAR:
        return
    raise PeriodError(
        f"Years of a period go from {FIRST_YEAR} to {LAST_YEAR}. Accepted forms: {_ACCEPTED}."
        if lang == "en"
        else f"Năm của kỳ báo cáo phải từ {FIRST_YEAR} đến {LAST_YEAR}. "
        f"Các dạng được nhận: {_ACCEPTED}."
    )


def _term_years(period: Period) -> str:
    """As the term is called, whatever days it has: '2021–2026'."""
    return period.key[5:].replace("-", "–")


def _vietnamese_title(period: Period) -> str:
    year, month = period.start.year, period.start.month
    titles = {
        "month": f"tháng {month} năm {year}",
        "quarter": f"quý {_ROMAN[(month - 1) // 3]} năm {year}",
        "half": f"6 tháng {'đầu' if month == 1 else 'cuối'} năm {year}",
        "nine_months": f"9 tháng đầu năm {year}",
        "year": f"năm {year}",
        "term": f"nhiệm kỳ {_term_years(period)}",
    }
    return titles[period.kind]


def _english_title(period: Period) -> str:
    year, month = period.start.year, period.start.month
    titles = {
        "month": f"{ENGLISH_MONTHS[month - 1]} {year}",
        "quarter": f"the {_ORDINALS[(month - 1) // 3]} quarter of {year}",
        "half": f"the {'first' if month == 1 else 'last'} six months of {year}",
        "nine_months": f"the first nine months of {year}",
        "year": f"{year}",
        "term": f"the {_term_years(period)} term",
    }
    return titles[period.kind]
