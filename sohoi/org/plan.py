"""The file of a reorganisation plan: CSV, one verb a line, read without asking the database.

`found`: a new unit `to_code`; `merge`: `code` goes wholly into `to_code`; `split`: partly, on two
lines or more; `move`: to the parent `parent_code`; `rename`: another name, kind or code
(`to_code`); `close`: ends without a follower. `code` is read on the day before, `to_code` and
`parent_code` on the day itself, since new units use old codes again.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from sohoi.lib.text import normalise

HEADER = ("verb", "code", "to_code", "name", "kind", "parent_code", "lat", "lon", "note")
REQUIRED = HEADER[:6]
# For each verb, the columns it must have and those it may have; in others a word would be lost.
_COLUMNS = {
    "found": (("to_code", "name", "kind", "parent_code"), ("lat", "lon")),
    "merge": (("code", "to_code"), ()),
    "split": (("code", "to_code"), ()),
    "move": (("code", "parent_code"), ()),
    "rename": (("code",), ("to_code", "name", "kind")),
    "close": (("code",), ()),
}
_LONGEST = {"code": 20, "to_code": 20, "parent_code": 20, "name": 120}
_FARTHEST = {"lat": 90, "lon": 180}


@dataclass(frozen=True)
class Line:
    """One line of the plan; `row` is its number in the file."""

    row: int
    verb: str
    code: str = ""
    to_code: str = ""
    name: str = ""
    kind: str = ""
    parent_code: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Fault:
    """Why the plan is refused: at which row (None: as a whole), which unit, and what to do."""

    row: int | None
    code: str
    text: str


def in_order(faults: list[Fault]) -> list[Fault]:
    """By row; those of the plan as a whole come first."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.row or 0, fault.code))


def read_lines(content: bytes) -> tuple[list[Line], list[Fault]]:
    """The lines of a CSV file in UTF-8, with commas or Excel's semicolons, and what is wrong."""
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError
    except ValueError:
        wrong = _("Tệp không phải CSV mã UTF-8. Trong Excel chọn “CSV UTF-8” rồi lưu lại.")
        return [], [Fault(None, "", wrong)]
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [], [Fault(None, "", _("Tệp không đọc được như một bảng CSV. Lưu lại từ Excel."))]
    heads = [normalise(word).lower() for word in rows[0]] if rows else []
    if wrong := _wrong_heads(heads):
        return [], [Fault(1, "", wrong)]
    lines, faults = [], []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            line, more_faults = _read(number, heads, cells)
            lines += [line] if line else []
            faults += more_faults
    if not lines and not faults:
        faults.append(Fault(None, "", _("Tệp không có dòng nào: không có gì để sắp xếp.")))
    return lines, faults


def _wrong_heads(heads: list[str]) -> str:
    missing = [name for name in REQUIRED if name not in heads]
    unknown = [name for name in heads if name and name not in HEADER]
    twice = [name for name in HEADER if heads.count(name) > 1]
    if not (missing or unknown or twice):
        return ""
    wrong = _("Dòng đầu phải ghi tên các cột: %(columns)s. Cột thiếu, lạ hoặc trùng: %(wrong)s.")
    return wrong % {
        "columns": ", ".join(HEADER),
        "wrong": ", ".join([*missing, *unknown, *twice]),
    }


def _read(number: int, heads: list[str], cells: list[str]) -> tuple[Line | None, list[Fault]]:
    """A line with a fault is still read where it can be, so that its faults do not multiply."""
    words = dict.fromkeys(HEADER, "") | dict(
        zip(heads, (normalise(cell) for cell in cells), strict=False)
    )
    verb = words["verb"].lower()
    points = {name: _point(name, words[name]) for name in _FARTHEST}
    faults = [
        Fault(number, words["code"] or words["to_code"], text)
        for text in _wrong_words(verb, words, points, any(cells[len(heads) :]))
    ]
    if verb not in _COLUMNS or any(not words[name] for name in _COLUMNS[verb][0]):
        return None, faults
    plain = {name: words[name] for name in ("code", *REQUIRED[2:], "note")}
    return Line(number, verb, **plain, **points), faults


def _wrong_words(verb: str, words: dict, points: dict, spilt: bool) -> Iterator[str]:
    if verb not in _COLUMNS:
        verbs = ", ".join(_COLUMNS)
        yield _("Không có việc “%(verb)s”. Dùng: %(verbs)s.") % {"verb": verb, "verbs": verbs}
        return
    needed, allowed = _COLUMNS[verb]
    facts = {"verb": verb}
    if empty := [name for name in needed if not words[name]]:
        facts["columns"] = ", ".join(empty)
        yield _("Việc “%(verb)s” thiếu cột %(columns)s.") % facts
    extra = {*HEADER} - {"verb", "note", *needed, *allowed}
    if filled := [name for name in HEADER if name in extra and words[name]]:
        facts["columns"] = ", ".join(filled)
        yield _("Việc “%(verb)s” không dùng cột %(columns)s. Để trống, ghi vào cột note.") % facts
    if verb == "rename" and not any(words[name] for name in allowed):
        yield _("Việc “rename” cần tên mới (name), cấp mới (kind) hoặc mã mới (to_code).")
    if spilt:
        yield _("Dòng có nhiều ô hơn dòng đầu. Tên có dấu phẩy phải đặt trong dấu ngoặc kép.")
    for name, most in _LONGEST.items():
        if len(words[name]) > most:
            yield _("Cột %(column)s dài quá %(most)s ký tự.") % {"column": name, "most": most}
    for name, point in points.items():
        if words[name] and point is None:
            yield _("Toạ độ %(column)s “%(value)s” không đúng. Ví dụ: 9.17682; 105.15242.") % {
                "value": words[name],
                "column": name,
            }


def _point(name: str, word: str) -> Decimal | None:
    try:
        point = Decimal(word.replace(",", "."))
    except InvalidOperation:
        return None
    return round(point, 5) if point.is_finite() and abs(point) <= _FARTHEST[name] else None
