"""Charts drawn on the server: numbers in, plain geometry out, for `ui/_*_chart.html` to place."""

from sohoi.ui.charts.bars import BarChart, bar_chart
from sohoi.ui.charts.bubbles import BubbleMap, MapPoint, bubble_map
from sohoi.ui.charts.lines import LineChart, Series, line_chart
from sohoi.ui.charts.scale import Point

__all__ = [
    "BarChart",
    "BubbleMap",
    "LineChart",
    "MapPoint",
    "Point",
    "Series",
    "bar_chart",
    "bubble_map",
    "line_chart",
]
