"""The map's still picture, its remarks, and the small charts: true to scale, exact, and bounded."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from html_page import Page, html
from report_sample import sample_report

from circledata.findings.model import Level
from circledata.findings.report import TableCount
from circledata.findings.views import CircleCoverage, CirclePlace, Coverage, Geography, OutletPlace
from circledata.reports.html import charts, places
from circledata.standard import load_standard

CODES = tuple(code.code for code in load_standard().codelists["categories"].codes.values())[:3]


def outlet(row: int, longitude: float, latitude: float, level: Level | None = None) -> OutletPlace:
    return OutletPlace(row, f"O{row}", f"店{row}", "C1", "repair", (longitude, latitude), level, int(level is not None))


def geography(*outlets: OutletPlace, system: str | None = "GCJ-02", circles: tuple[CirclePlace, ...] = ()) -> Geography:
    faulty = sum(item.level is not None for item in outlets)
    return Geography(system, circles, len(circles), outlets, len(outlets), faulty, 0)


NEAR = [outlet(row, 102.64 + row * 1e-4, 37.92 + (row % 5) * 1e-4) for row in range(2, 42)]


def test_a_point_far_away_does_not_shrink_the_picture() -> None:
    lost = outlet(99, 0, 0, "error")
    box = places.view(geography(*NEAR, lost))
    assert box[0] >= 102.6
    assert box[1] >= 37.9
    texts = [text.zh for text in places.remarks(geography(*NEAR, lost))]
    assert texts[0].startswith("数据包声明的坐标系是 GCJ-02，已换算成 WGS-84 显示")
    assert "图上是全部 41 个有坐标的网点，其中 1 个有问题。" in texts
    assert "有 1 个点离其他点太远，没有放进开始时的画面，可以缩小地图查看。" in texts


def test_one_point_is_no_endless_magnification() -> None:
    west, south, east, north = places.view(geography(outlet(2, 102.64, 37.92)))
    assert (round(east - west, 4), round(north - south, 4)) == (0.004, 0.004)
    picture = places.picture(geography(outlet(2, 102.64, 37.92)))
    assert picture.dots == ((None, f"M340 {(picture.height - 24) / 2:g}h0"),)


def test_shapes_are_true_and_the_scale_bar_is_right() -> None:
    """A square of 1 km is a square in the picture, and the bar is as long as it says."""
    latitude = 45.0
    high, wide = 1000 / 111_195, 1000 / 111_195 / math.cos(math.radians(latitude))
    west, south = 126.6, latitude - high / 2
    ring = ((west, south), (west + wide, south), (west + wide, south + high), (west, south + high), (west, south))
    circle = CirclePlace(2, "C1", "哈", None, (ring,), None, 0, 0, 0)
    picture = places.picture(geography(circles=(circle,), system="WGS84"))
    numbers = [float(text) for text in re.findall(r"[0-9.]+", picture.rings[0][1])]
    xs, ys = numbers[::2], numbers[1::2]
    side = max(xs) - min(xs)
    assert abs(side - (max(ys) - min(ys))) < 1
    length, said = picture.scale
    assert said == "200 m"
    assert abs(length - side / 5) < 0.5


def test_how_many_are_drawn_is_said() -> None:
    full = geography(*NEAR)
    assert places.remarks(full)[1].zh == "图上是全部 40 个有坐标的网点，都没有发现问题。"
    sample = replace(full, outlets_total=9_000, faulty_total=12)
    assert "共 9,000 个，图上只画 40 个：先画有问题的（共 12 个）" in places.remarks(sample)[1].zh
    many = replace(full, outlets_total=9_000, faulty_total=8_000)
    assert "其中 8,000 个有问题；图上只画了问题较重的 40 个" in places.remarks(many)[1].zh
    unknown = replace(full, system=None, outlets_without=3)
    assert "没有说明坐标系" in places.remarks(unknown)[0].zh
    assert "另有 3 个网点没有可用的坐标。" in [text.zh for text in places.remarks(unknown)]


def coverage(count: int) -> Coverage:
    circles = [CircleCoverage(n + 2, f"C{n}", f"圈{n}", (1, n % 2, 0 if n % 3 else 5)) for n in range(count)]
    return Coverage(CODES, circles)


def test_the_strip_shows_the_circles_that_lack_the_most() -> None:
    report = replace(sample_report(()), standard=load_standard())
    small, large = charts.strip(coverage(12), report), charts.strip(coverage(100), report)
    assert small is not None
    assert large is not None
    assert [line.name for line in small.lines] == [f"圈{n}" for n in range(12)]
    assert len(large.lines) == charts.STRIP
    assert large.total == 100
    kinds = [sum(line.kinds) for line in large.lines]
    assert kinds == sorted(kinds)
    assert kinds[-1] <= min(circle.kinds for circle in coverage(100).circles[90:]) + 1
    assert charts.strip(None, report) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    counts = [
        TableCount("outlets", "CD203", 300),
        TableCount("outlets", "CD220", 100),
        TableCount("circles", "CD201", 1),
    ]
    report = sample_report((), table_counts=[])
    report = replace(
        report,
        table_counts=counts,
        rules=[
            type(rule)(rule.code, rule.name, rule.level, n)
            for rule, n in zip(sample_report().rules, (0, 0, 1, 300, 0, 100), strict=True)
        ],
    )
    lines = {line.title.zh: line for line in charts.by_table(report, {(c.table, c.code): c.count for c in counts})}
    outlets, circles = lines["商业网点 outlets"], lines["生活圈 circles"]
    assert outlets.counts == (300, 100, 0)
    assert outlets.bar == (("error", 0.0, 120.0), ("warning", 120.0, 40.0))
    # One among hundreds can still be seen.
    assert circles.bar == (("error", 0.0, 2.0),)


def test_a_report_without_coordinates_carries_no_map() -> None:
    text = html(sample_report(()))
    page = Page(text)
    assert "map" not in page.data
    assert "leafletjs" not in text
    assert not page.having("id", "map")
    assert len(text) < 80_000
