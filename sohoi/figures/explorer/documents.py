"""An answer of the explorer made ready to read: tables, charts, and rows for a file."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from sohoi.figures.asking.rules import query_of
from sohoi.figures.explorer.queries import CHANGE, DIMENSIONS, INDICATORS, UNITS, Answer
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.queries import Figure
from sohoi.kit.indicators import PERCENT, VND, Indicator, Kind
from sohoi.kit.menu import address
from sohoi.lib import numbers
from sohoi.lib.numbers import group
from sohoi.org.models import UnitVersion
from sohoi.ui import charts


class Cell(NamedTuple):
    """What one cell says. `url` opens what is behind it; `value` is what a file holds."""

    text: str
    value: int | float | str | None
    url: str = ""
    head: str = ""


def tables(answer: Answer, rows: str, columns: str) -> Iterator[dict]:
    """One table for each member of the dimension that is neither rows nor columns."""
    (third,) = {*DIMENSIONS} - {rows, columns}
    heads, cells = _titles(answer, columns), _Cells(answer)
    for one, title in _titles(answer, third).items():
        yield {
            "title": title,
            "heads": [*heads.values()],
            "rows": [
                {
                    "title": row_title,
                    "cells": [
                        cells.at({third: one, rows: row, columns: column}, head)
                        for column, head in heads.items()
                    ],
                }
                for row, row_title in _titles(answer, rows).items()
            ],
        }


class _Cells:
    """The cells of an answer: thousands, of one language and of few pages."""

    def __init__(self, answer: Answer):
        self.answer, self.lang = answer, wording.language()
        self.pages = {i.key: address("figures:explorer_cell", i.key) for i in answer.indicators}

    def at(self, at: dict[str, str | UUID], head: str) -> Cell:
        key, unit, period = (at[dimension] for dimension in DIMENSIONS)
        if period == CHANGE:
            indicator = self.answer.figure(key, unit, self.answer.periods[0].key).indicator
            text, value = self._change(indicator, self.answer.change(key, unit))
            return Cell(text, value, head=head)
        figure = self.answer.figure(key, unit, period)
        asked = query_of(figure.place, figure.period, figure.day, figure.tree)
        return Cell(
            wording.value_text(figure, noun=False, lang=self.lang),
            wording.plain_value(figure.value, figure.indicator.measure),
            f"{self.pages[key]}?{asked}",
            head,
        )

    def _change(
        self, indicator: Indicator, values: tuple[int, int] | None
    ) -> tuple[str, str | None]:
        """'+120 (+5,3 %)', or a dash beside what is not known; rates move by points; nothing is
        said of a per cent of zero."""
        if values is None:
            return "–", None
        now, before = values
        change = now - before
        amount = wording.amount_text(change, indicator.measure, noun=False, lang=self.lang)
        text = wording.signed(amount, change)
        if indicator.kind == Kind.RATE and indicator.measure == PERCENT:
            text = _("%(change)s điểm %%") % {"change": text}
        elif before > 0 and now != before:
            tenths = numbers.divided(1000 * (now - before), before)
            share = wording.signed(numbers.format_scaled(tenths, 10, lang=self.lang), tenths)
            text = f"{text} ({share} %)"
        return text, text


def _titles(answer: Answer, dimension: str) -> dict[str | UUID, str]:
    """The words of each member."""
    if dimension == INDICATORS:
        return {i.key: f"{i.title} ({i.measure.title})" for i in answer.indicators}
    if dimension == UNITS:
        return {p.id: p.name for p in answer.places}
    titles = {p.key: wording.period_title(p) for p in answer.periods}
    if answer.asked.compare == "year":
        titles[answer.periods[-1].key] = _("Cùng kỳ năm trước (%(year)s)") % {
            "year": answer.periods[-1].start.year
        }
    return titles | ({CHANGE: _("Tăng, giảm")} if answer.has_change else {})


def chart(answer: Answer, kind: str, key: str) -> object:
    """The drawing of one indicator: of the units over the periods, or of the units side by side
    in the latest period."""
    keys = answer.members(INDICATORS)
    indicator = next(i for i in answer.indicators if i.key == (key if key in keys else keys[0]))
    axis, title = _axis(indicator), f"{indicator.title} ({indicator.measure.title})"
    if kind == "line":
        return charts.line_chart(_series(answer, indicator), title=title, axis=axis)
    period = max(answer.periods, key=lambda p: p.end)
    title = f"{title} – {period.title(wording.language())}"
    if kind == "bar":
        figures = (answer.figure(indicator.key, p.id, period.key) for p in answer.places)
        points = [_point(figure, figure.place.name) for figure in figures]
        return charts.bar_chart(points, title=title, axis=axis)
    located = _located(answer, indicator, period.key)
    return charts.bubble_map(located, title=title, axis=axis)


def _series(answer: Answer, indicator: Indicator) -> list[charts.Series]:
    """Oldest period first."""
    periods = sorted(answer.periods, key=lambda p: p.start)
    return [
        charts.Series(
            place.name,
            [
                _point(answer.figure(indicator.key, place.id, p.key), p.short(wording.language()))
                for p in periods
            ],
        )
        for place in answer.places
    ]


def _point(figure: Figure, label: str) -> charts.Point:
    return charts.Point(label, figure.value, wording.value_text(figure), wording.url_of(figure))


def _located(answer: Answer, indicator: Indicator, period: str) -> list[charts.MapPoint]:
    """The units whose centre is known; the unit above them would cover them all."""
    places = answer.places[1:] if answer.asked.units == "both" else answer.places
    versions = UnitVersion.objects.on(answer.asked.question.tree).filter(
        unit_id__in=[p.id for p in places]
    )
    centres = {unit: at for unit, *at in versions.values_list("unit_id", "latitude", "longitude")}
    located = []
    for place in places:
        latitude, longitude = centres.get(place.id, (None, None))
        if latitude is not None and longitude is not None:
            point = _point(answer.figure(indicator.key, place.id, period), place.name)
            located.append(
                charts.MapPoint(
                    place.name,
                    float(latitude),
                    float(longitude),
                    point.value,
                    point.text,
                    point.url,
                )
            )
    return located


def _axis(indicator: Indicator):
    noun = indicator.measure.symbol == VND.symbol

    def words(value: float) -> str:
        return wording.amount_text(round(value), indicator.measure, noun=noun)

    return words


def sheet(answer: Answer, rows: str, columns: str) -> tuple[list[str], list[list]]:
    """Heads and rows of a workbook: the tables one below the other, as they are shown."""
    heads, lines = [_("Bảng"), ""], []
    for table in tables(answer, rows, columns):
        heads = [_("Bảng"), "", *table["heads"]]
        for row in table["rows"]:
            values = [c.text if c.value is None else c.value for c in row["cells"]]
            lines.append([table["title"], row["title"], *values])
    return heads, lines


def records(answer: Answer) -> Iterator[list]:
    """One row for each figure, with all it says of itself; the first row names the columns."""
    yield [
        _("Mã chỉ tiêu"),
        _("Chỉ tiêu"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Kỳ"),
        _("Chốt đến ngày"),
        _("Theo đơn vị ngày"),
        _("Giá trị"),
        _("Đơn vị tính"),
        _("Nguồn"),
        *wording.COVERAGE_HEADS,
        _("Ghi chú"),
    ]
    for figure in answer.cells.values():
        yield [
            figure.key,
            figure.indicator.title,
            figure.place.code,
            figure.place.name,
            figure.period.key,
            figure.day,
            figure.tree,
            wording.plain_value(figure.value, figure.indicator.measure),
            figure.indicator.measure.symbol,
            wording.BASIS[figure.basis],
            *wording.coverage_row(figure),
            "" if figure.comparable else wording.NOT_COMPARABLE,
        ]


def size_text(cells: int, most: int) -> str:
    return _(
        "Bảng này có %(cells)s ô, nhiều hơn %(most)s ô mà một trang hiện được. "
        "Hãy chọn bớt chỉ tiêu, đơn vị hoặc kỳ, hoặc tải tệp CSV."
    ) % {"cells": group(cells), "most": group(most)}
