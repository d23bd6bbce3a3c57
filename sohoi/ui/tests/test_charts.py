"""Charts: what is drawn is what the numbers say, and nothing lies over anything else."""

import re
from itertools import combinations, pairwise

import pytest
from django.template import Context, Template
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sohoi.ui.charts import MapPoint, Point, Series, bar_chart, bubble_map, line_chart
from sohoi.ui.charts.lines import BOTTOM, TOP, spread
from sohoi.ui.charts.scale import LINE, NARROW, WIDTH, cut, overlap, text_width, ticks

NASTY = "<b>&"
numbers = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_subnormal=False).filter(
    lambda number: number == 0 or abs(number) > 1e-6
)


def series(title: str, *values, url: str = "/o/") -> Series:
    points = [
        Point(str(2019 + n), v, "–" if v is None else f"{v}", url) for n, v in enumerate(values)
    ]
    return Series(title, points)


def lines(*drawn: Series):
    return line_chart(list(drawn), title="Đường", axis=str)


def bars(*values, label: str = "Xã"):
    points = [Point(label, v, "–" if v is None else f"{v}") for v in values]
    return bar_chart(points, title="Cột", axis=str)


def place(label: str, latitude: float, longitude: float, value, url: str = "") -> MapPoint:
    return MapPoint(label, latitude, longitude, value, "–" if value is None else f"{value}", url)


def grid(*values) -> list[MapPoint]:
    return [place(f"Xã {n}", 11 + n % 4 / 10, 108 + n // 4 / 10, v) for n, v in enumerate(values)]


def mapped(places: list[MapPoint], **more):
    return bubble_map(places, title="Bản đồ", axis=str, **more)


def sheets(chart) -> list:
    """The drawing for a screen and, where there is anything to draw, the one for a phone."""
    return [one for one in (chart, chart.narrow) if one]


def drawn(tag: str, chart) -> str:
    return Template(f"{{% load ui %}}{{% {tag} chart %}}").render(Context({"chart": chart}))


@given(st.lists(numbers, min_size=1, max_size=20))
def test_ticks_are_few_round_evenly_apart_and_cover_the_numbers_and_zero(values):
    steps = ticks(values)
    assert 3 <= len(steps) <= 5
    assert steps[0] <= min(0, *values, 0)
    assert steps[-1] >= max(0, *values, 0)
    assert 0 in steps
    apart = [after - before for before, after in pairwise(steps)]
    assert max(apart) == pytest.approx(min(apart))
    assert f"{apart[0]:.6e}"[:8] in {"1.000000", "2.000000", "5.000000"}


@given(st.lists(st.integers(-5, 5), min_size=1))
def test_whole_numbers_get_whole_ticks(values):
    assert all(isinstance(step, int) for step in ticks(values))


@given(st.lists(st.floats(TOP, BOTTOM), min_size=1, max_size=8))
def test_names_at_the_ends_of_lines_never_overlap_and_stay_inside(wanted):
    heights = spread(wanted)
    assert all(after - before >= LINE - 0.11 for before, after in pairwise(sorted(heights)))
    assert min(heights) >= TOP
    assert max(heights) <= BOTTOM
    assert sorted(range(len(wanted)), key=lambda n: (wanted[n], n)) == sorted(
        range(len(wanted)), key=heights.__getitem__
    )


def test_a_gap_breaks_the_line_and_is_not_zero():
    (line,) = lines(series("Một", 10, 20, None, 30, 40, 50)).lines
    assert [path.count(",") for path in line.paths] == [2, 3]
    assert [dot.title for dot in line.dots] == [
        f"Một · {year}: {value}"
        for year, value in zip((2019, 2020, 2022, 2023, 2024), (10, 20, 30, 40, 50), strict=True)
    ]
    assert all(dot.y < BOTTOM for dot in line.dots)


def test_one_point_alone_is_a_visible_dot():
    (line,) = lines(series("Một", 10)).lines
    assert line.paths == []
    assert [(dot.url, TOP <= dot.y <= BOTTOM) for dot in line.dots] == [("/o/", True)]
    html = drawn("line_chart", lines(series("Một", 10)))
    # Once on the sheet of a screen, with its link; once on that of a phone, for the eye alone.
    assert (html.count('class="mark"'), html.count('<a href="/o/">')) == (2, 1)


def test_below_zero_goes_below_the_line_of_zero():
    chart = lines(series("Một", 5, -5))
    above, below = (dot.y for dot in chart.lines[0].dots)
    assert above < chart.zero < below


def test_at_most_eight_lines_are_drawn_and_the_rest_is_named():
    chart = lines(*(series(f"Xã {n}", n, n + 1) for n in range(10)))
    assert len(chart.lines) == 8
    assert chart.left_out == "Biểu đồ chỉ vẽ 8 đường. Xem trong bảng: Xã 8, Xã 9."
    assert chart.left_out in drawn("line_chart", chart)
    assert lines(series("Một", 1, 2)).left_out == ""


def test_labels_under_the_plot_never_overlap_and_the_last_stays():
    points = [Point(f"Quý I/{2000 + n}", n, f"{n}") for n in range(24)]
    for chart in sheets(lines(Series("Một", points))):
        labels = chart.labels
        assert 2 <= len(labels) < 24
        assert labels[-1].text.endswith("2023")
        assert not any(overlap(a.box, b.box) for a, b in combinations(labels, 2))


def test_a_narrow_sheet_shows_the_same_numbers_without_links_too_small_for_a_finger():
    charts = [lines(series("Một", 5, -5, url="/o/")), mapped([place("Xã", 11, 108, 5, "/o/")])]
    for chart in charts:
        wide, narrow = sheets(chart)
        html = drawn("line_chart" if chart is charts[0] else "bubble_map", chart)
        assert (wide.width, narrow.width) == (WIDTH, NARROW)
        assert html.count('href="/o/"') == (2 if chart is charts[0] else 1)
    first, second = sheets(lines(series("Một", 5, -5)))
    assert [d.title for d in first.lines[0].dots] == [d.title for d in second.lines[0].dots]


def test_bars_grow_with_the_numbers_and_the_sheet_with_the_rows():
    chart = bars(100, 50, -50, 0)
    whole, half, negative, nothing = (bar.width for bar in chart.bars)
    assert [half, negative] == pytest.approx([whole / 2] * 2, abs=0.2)
    assert nothing == 0
    assert chart.bars[2].x + chart.bars[2].width == pytest.approx(chart.zero, abs=0.2)
    assert chart.bars[2].text.anchor == "end"
    assert bars(*range(1, 41)).height - bars(*range(1, 40)).height == chart.row


@given(st.lists(st.none() | numbers, min_size=1, max_size=8))
def test_all_words_of_a_bar_chart_stay_on_the_sheet_and_apart(values):
    for chart in sheets(bars(*values, label="Một tên rất dài không đủ chỗ để in")):
        for bar in chart.bars:
            assert 0 <= bar.label.box[0] < bar.label.box[2] <= bar.text.box[0]
            assert bar.text.box[2] <= chart.width


def test_a_row_without_a_number_says_why_and_a_long_name_is_kept_whole():
    name = "Hội Liên hiệp Phụ nữ xã có tên rất dài"
    chart = bar_chart(
        [Point(name, 5, "5"), Point("Xã A", None, "không so sánh được")], title="Cột", axis=str
    )
    html = drawn("bar_chart", chart)
    assert re.search(r'class="missing"[^>]*>không so sánh được<', html)
    assert chart.bars[0].label.text.endswith("…")
    assert f"<title>{name}: 5</title>" in html


def test_the_area_of_a_disc_is_its_number_and_the_largest_come_first():
    chart = mapped(grid(100, 400, 25, None, 0))
    radii = {bubble.label: bubble.radius for bubble in chart.bubbles}
    assert radii["Xã 1"] == pytest.approx(0.05 * WIDTH)
    assert radii["Xã 0"] ** 2 / radii["Xã 1"] ** 2 == pytest.approx(100 / 400, rel=0.02)
    assert radii["Xã 2"] ** 2 / radii["Xã 1"] ** 2 == pytest.approx(25 / 400, rel=0.02)
    assert [b.label for b in chart.bubbles][:3] == ["Xã 1", "Xã 0", "Xã 2"]
    assert [b.kind for b in chart.bubbles] == ["plain"] * 3 + ["gap", "zero"]
    assert [size.text.text for size in chart.legend] == ["10", "50", "200"]


def test_a_far_island_stands_at_the_border_and_does_not_squeeze_the_rest():
    near = grid(*range(1, 13))
    island = place("Đảo", 9.0, 112.5, 5)
    alone, together = mapped(near), mapped([*near, island])
    at = {bubble.label: (bubble.x, bubble.y) for bubble in together.bubbles}
    assert all(at[bubble.label] == (bubble.x, bubble.y) for bubble in alone.bubbles)
    (far,) = [bubble for bubble in together.bubbles if bubble.turn is not None]
    assert "(ở xa, đặt tại mép bản đồ theo hướng mũi tên)" in far.title
    assert 0 < far.turn < 90
    assert far.x > WIDTH / 2
    assert 0 < far.x < WIDTH
    assert 0 < far.y < together.map_height
    assert "Đảo" in [label.text for label in together.labels]
    assert 'class="arrow"' in drawn("bubble_map", together)


def test_a_ring_of_land_is_drawn_within_the_sheet_and_a_far_one_is_left_out():
    ring = [(107.5, 10.5), (109.0, 10.5), (109.0, 12.0), (107.5, 12.0)]
    far = [(120.0, 1.0), (121.0, 1.0), (121.0, 2.0)]
    chart = mapped(grid(*range(1, 13)), outlines=[ring, far])
    (outline,) = chart.outlines
    corners = [tuple(map(float, corner.split(","))) for corner in outline.split()]
    assert len(corners) == 4
    assert all(0 <= x <= WIDTH and 0 <= y <= chart.map_height for x, y in corners)


@given(
    st.lists(
        st.tuples(st.floats(10.5, 11.5), st.floats(107, 109), st.integers(0, 999)),
        min_size=1,
        max_size=30,
    )
)
def test_names_on_the_map_never_overlap(spots):
    places = [place(f"Xã số {n}", *spot) for n, spot in enumerate(spots)]
    for chart in sheets(mapped(places)):
        assert len(chart.labels) <= 8
        assert not any(overlap(a.box, b.box) for a, b in combinations(chart.labels, 2))
        for bubble in chart.bubbles:
            assert bubble.radius <= bubble.x <= chart.width - bubble.radius
            assert bubble.radius <= bubble.y <= chart.map_height - bubble.radius


def test_words_are_cut_to_their_room():
    assert cut("Xã Tân Đức", 300) == "Xã Tân Đức"
    assert text_width(cut("Hội Liên hiệp Phụ nữ xã Tân Đức", 120)) <= 120


EMPTY = {
    "line_chart": [lines(), lines(series("Một", None, None)), lines(Series("Một", []))],
    "bar_chart": [bars(), bars(None)],
    "bubble_map": [mapped([]), mapped(grid(None))],
}


@pytest.mark.parametrize("tag", EMPTY)
def test_without_numbers_a_sentence_stands_in_the_place_of_the_chart(tag):
    for chart in EMPTY[tag]:
        html = drawn(tag, chart)
        assert "Chưa có số liệu để vẽ." in html
        assert "<svg" not in html


@pytest.mark.parametrize(
    ("tag", "chart"),
    [
        (
            "line_chart",
            line_chart(
                [Series(NASTY, [Point(NASTY, 1, NASTY, '/"<b>')])],
                title=NASTY,
                axis=lambda _: NASTY,
            ),
        ),
        (
            "bar_chart",
            bar_chart(
                [Point(NASTY, 1, NASTY, '/"<b>'), Point(NASTY, None, NASTY)],
                title=NASTY,
                axis=lambda _: NASTY,
            ),
        ),
        (
            "bubble_map",
            bubble_map(
                [MapPoint(NASTY, 11, 108, 2.5, NASTY, '/"<b>')], title=NASTY, axis=lambda _: NASTY
            ),
        ),
    ],
)
def test_what_people_typed_is_escaped_and_numbers_are_plain_without_styles(tag, chart):
    html = drawn(tag, chart)
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html
    assert "style" not in html
    assert not re.search(r' (?:x|y|cx|cy|r|width|height|x1|y1)="[^"]*,', html)


@pytest.mark.django_db
def test_the_gallery_shows_the_three_charts(client):
    assert reverse("ui:charts") in client.get(reverse("ui:gallery")).content.decode()
    html = client.get(reverse("ui:charts")).content.decode()
    for mark in ("polyline", "rect", 'class="bubble plain', 'class="arrow"', 'class="missing"'):
        assert f"<{mark}" in html or mark in html
    assert 2 * html.count('class="chart"') == html.count('role="group" aria-label="') >= 6
    assert "style=" not in html
