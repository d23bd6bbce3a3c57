"""Invented charts for the gallery: with a gap, a negative number and a far island among them."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.lib.numbers import group
from sohoi.ui import charts

YEARS = ("2019", "2020", "2021", "2022", "2023")
ROWS = {
    "A": (1840, 1910, None, 2240, 2370),
    "B": (1210, 1180, 1260, 1690, 2310),
    "C": (0, 95, 180, 420, 610),
    "D": (640, 700, 820, None, None),
}
CHANGES = {"A": 412, "B": 96, "C": 0, "D": None, "E": -138}
# Latitude, longitude and number of invented places; the last lies far out at sea.
PLACES = (
    (11.20, 108.30, 3400),
    (11.05, 108.05, 1250),
    (11.32, 108.62, 880),
    (10.92, 107.85, 460),
    (11.12, 108.48, 240),
    (11.00, 108.28, 130),
    (11.22, 107.98, 60),
    (10.86, 108.06, 0),
    (11.30, 108.22, None),
    (9.10, 111.90, 320),
)
COAST = [(107.7, 11.1), (108.1, 11.45), (108.8, 11.42), (108.6, 11.1), (108.1, 10.8), (107.8, 10.8)]


def samples() -> dict:
    """Names of the variables on the page of charts -> chart, and the way back."""
    crumbs = [{"title": _("Bộ thành phần"), "url": reverse("ui:gallery")}, {"title": _("Biểu đồ")}]
    return {"lines": _lines(), "bars": _bars(), "bubbles": _bubbles(), "crumbs": crumbs}


def _group(number: int) -> str:
    return group(number, lang="en" if get_language() == "en" else "vi")


def _text(value: int | None) -> str:
    return _("chưa báo cáo") if value is None else _group(value)


def _unit(letter: str) -> str:
    return _("Đơn vị mẫu %(letter)s") % {"letter": letter}


def _lines() -> charts.LineChart:
    series = [
        charts.Series(
            _unit(letter),
            [
                charts.Point(year, value, _text(value), "#lines")
                for year, value in zip(YEARS, row, strict=True)
            ],
        )
        for letter, row in ROWS.items()
    ]
    return charts.line_chart(series, title=_("Chỉ tiêu mẫu qua các năm"), axis=_group)


def _bars() -> charts.BarChart:
    points = [
        charts.Point(_unit(letter), value, _text(value), "#bars")
        for letter, value in CHANGES.items()
    ]
    long = charts.Point(_("Đơn vị mẫu có tên rất dài, không đủ chỗ để in"), 275, "275", "#bars")
    return charts.bar_chart([*points, long], title=_("Tăng, giảm trong năm mẫu"), axis=_group)


def _bubbles() -> charts.BubbleMap:
    places = [
        charts.MapPoint(_unit(letter), latitude, longitude, value, _text(value), "#bubbles")
        for letter, (latitude, longitude, value) in zip("ABCDEFGHIK", PLACES, strict=True)
    ]
    return charts.bubble_map(
        places, title=_("Chỉ tiêu mẫu trên bản đồ mẫu"), axis=_group, outlines=[COAST]
    )
