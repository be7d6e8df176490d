"""The coordinate system from known places: each hypothesis with its evidence, and no answer where none is sure."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.values import crs_detection as module
from circledata.values.coordinates import System
from circledata.values.crs_detection import (
    HYPOTHESES,
    MIN_PAIRS,
    MIN_POINTS,
    Detection,
    combine,
    detect,
    from_areas,
    from_places,
    pair_names,
)
from circledata.values.crs_words import explain
from circledata.values.shift import convert

Points = tuple[np.ndarray, np.ndarray]
WUWEI, HONG_KONG = (102.64, 37.93), (114.16, 22.30)
BEIJING, SHANGHAI, CHENGDU = (116.40, 39.90), (121.47, 31.23), (104.07, 30.57)


def around(centre: tuple[float, float], count: int, spread_m: float = 3000, seed: int = 0) -> Points:
    random = np.random.default_rng(seed)
    east, north = random.uniform(-spread_m, spread_m, (2, count)) / 111_195
    return centre[0] + east / math.cos(math.radians(centre[1])), centre[1] + north


def nudged(points: Points, metres: float, seed: int = 1) -> Points:
    """Move each point by some metres in any direction, as two maps do."""
    east, north = np.random.default_rng(seed).normal(0, metres, (2, points[0].size)) / 111_195
    return points[0] + east / np.cos(np.radians(points[1])), points[1] + north


def circles(centre: tuple[float, float], count: int, radius_m: float = 800) -> tuple[list[shapely.Polygon], Points]:
    """Round circles in WGS84 and their centres."""
    lon, lat = around(centre, count, 8000, seed=2)
    turn = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    degrees = radius_m / 111_195
    shapes = [
        shapely.Polygon(
            np.column_stack([x + degrees * np.cos(turn) / math.cos(math.radians(y)), y + degrees * np.sin(turn)])
        )
        for x, y in zip(lon, lat, strict=True)
    ]
    return shapes, (lon, lat)


def outlets_in(centres: Points, each: int, radius_m: float = 750) -> tuple[Points, np.ndarray]:
    """Outlets in WGS84 within their circles, and the index of the circle of each."""
    random = np.random.default_rng(3)
    own = np.repeat(np.arange(centres[0].size), each)
    away, turn = radius_m * np.sqrt(random.uniform(0, 1, own.size)), random.uniform(0, 2 * math.pi, own.size)
    east, north = away * np.cos(turn) / 111_195, away * np.sin(turn) / 111_195
    lat = centres[1][own] + north
    return (centres[0][own] + east / np.cos(np.radians(lat)), lat), own


@pytest.mark.parametrize("centre", [WUWEI, BEIJING, SHANGHAI, CHENGDU])
@pytest.mark.parametrize("system", HYPOTHESES)
def test_known_places_tell_the_system(centre: tuple[float, float], system: System) -> None:
    true = around(centre, 30)
    found = from_places(convert(*nudged(true, 40), "WGS84", system), true)
    assert (found.best, found.reason, found.certain) == (system, "clear", True)
    best = next(each for each in found.evidence if each.system == system)
    assert best.pairs == 30
    assert best.median_m is not None
    assert best.median_m < 80
    assert best.offset_m is not None
    assert best.offset_m < 30
    assert best.nearest_share is not None
    assert best.nearest_share > 0.9
    assert best.inside_share is None


def test_known_places_may_stand_in_another_system() -> None:
    true = around(BEIJING, 20)
    found = detect(convert(*true, "WGS84", "BD-09"), convert(*true, "WGS84", "GCJ-02"), known_system="GCJ-02")
    assert found.best == "BD-09"


def test_unknown_places_and_other_places_of_the_same_name_are_not_counted() -> None:
    true = around(WUWEI, 20)
    points = convert(*true, "WGS84", "GCJ-02")
    true[0][:5] = math.nan
    true[0][5:8] += 0.2
    found = from_places(points, true)
    assert found.best == "GCJ-02"
    assert [each.pairs for each in found.evidence] == [12, 12, 12]


@pytest.mark.parametrize(("count", "reason"), [(MIN_PAIRS, "clear"), (MIN_PAIRS - 1, "too-few"), (0, "too-few")])
def test_how_many_places_it_takes(count: int, reason: str) -> None:
    true = around(WUWEI, count)
    found = from_places(convert(*true, "WGS84", "GCJ-02"), true)
    assert found.reason == reason
    assert found.certain is (reason == "clear")


def test_places_that_fit_nothing() -> None:
    true = around(WUWEI, 30)
    points = (true[0] + 0.004, true[1] - 0.006)
    assert from_places(points, true).reason == "none-fits"


def test_places_that_fit_two_systems_alike() -> None:
    true = around(WUWEI, 40)
    gcj = convert(*true, "WGS84", "GCJ-02")
    half = ((true[0] + gcj[0]) / 2, (true[1] + gcj[1]) / 2)
    found = from_places(half, true)
    assert found.best is None
    assert found.reason in {"too-close", "none-fits"}


def test_a_file_that_mixes_two_systems_is_not_told() -> None:
    true = around(BEIJING, 40)
    points = convert(*true, "WGS84", "GCJ-02")
    points[0][:18], points[1][:18] = true[0][:18], true[1][:18]
    assert from_places(points, true).best is None


def test_in_hong_kong_two_systems_cannot_be_told() -> None:
    true = around(HONG_KONG, 30, 1000)
    found = from_places(true, true)
    assert (found.best, found.reason) == (None, "no-shift")
    found = from_places(convert(*true, "WGS84", "BD-09"), true)
    assert found.best == "BD-09"  # the second shift of BD-09 is there and can be seen


def test_where_some_places_are_shifted_only_those_are_asked() -> None:
    here, there = around(HONG_KONG, 30, 1000), around((113.26, 23.13), 10)
    true = (np.concatenate([here[0], there[0]]), np.concatenate([here[1], there[1]]))
    found = from_places(convert(*true, "WGS84", "GCJ-02"), true)
    assert found.best == "GCJ-02"
    assert found.evidence[0].pairs == 10


@pytest.mark.parametrize("system", HYPOTHESES)
@pytest.mark.parametrize("area_system", ["WGS84", "GCJ-02"])
def test_own_circles_tell_the_system(system: System, area_system: System) -> None:
    shapes, centres = circles(WUWEI, 12)
    outlets, own = outlets_in(centres, 40)
    moved = [
        shapely.transform(shape, lambda p: np.column_stack(convert(*p.T, "WGS84", area_system))) for shape in shapes
    ]
    points = convert(*outlets, "WGS84", system)
    found = from_areas(points, moved, own, area_system)
    assert (found.best, found.reason) == (system, "clear")
    best = next(each for each in found.evidence if each.system == system)
    assert best.points == 480
    assert best.inside_share is not None
    assert best.inside_share > 0.98
    others = [each for each in found.evidence if each.system != system]
    assert all(each.outside_m is not None and 10 < each.outside_m < 1500 for each in others)


def test_one_boundary_for_all() -> None:
    boundary, _ = circles(SHANGHAI, 1, 5000)
    lon, lat = boundary[0].centroid.x, boundary[0].centroid.y
    outlets, _ = outlets_in((np.array([lon]), np.array([lat])), 3000, 4950)
    found = from_areas(convert(*outlets, "WGS84", "GCJ-02"), boundary)
    assert found.best == "GCJ-02"
    assert found.evidence[1].inside_share == pytest.approx(1.0)
    assert found.evidence[1].outside_m is None


def test_a_boundary_far_from_all_points_tells_nothing() -> None:
    shapes, _ = circles(SHANGHAI, 1, 20_000)
    centre = shapes[0].centroid
    found = from_areas(around((centre.x, centre.y), 500, 5000), shapes)
    assert found.reason == "too-close"
    assert [each.inside_share for each in found.evidence] == [1.0, 1.0, 1.0]


def test_points_in_other_places_than_the_areas() -> None:
    shapes, _ = circles(SHANGHAI, 3)
    found = from_areas(around(BEIJING, 100), shapes)
    assert found.reason == "none-fits"
    assert found.evidence[0].outside_m is not None
    assert found.evidence[0].outside_m > 900_000


def test_points_without_an_own_area_are_not_counted() -> None:
    shapes, centres = circles(BEIJING, 5)
    outlets, own = outlets_in(centres, 20)
    outlets[0][:3] = math.nan
    own[3:13] = -1
    found = from_areas(outlets, shapes, own)
    assert found.evidence[0].points == 87
    assert found.best == "WGS84"


@pytest.mark.parametrize(("each", "best"), [(8, None), (80, "WGS84")])
def test_where_the_shift_is_small_it_takes_more_points(each: int, best: System | None) -> None:
    shapes, centres = circles(WUWEI, 5)  # the shift is 154 metres there
    outlets, own = outlets_in(centres, each)
    found = from_areas(outlets, shapes, own)
    assert found.best == best
    assert found.reason == ("clear" if best else "too-close")


@pytest.mark.parametrize(("count", "reason"), [(MIN_POINTS - 1, "too-few"), (0, "too-few")])
def test_how_many_points_it_takes(count: int, reason: str) -> None:
    shapes, centres = circles(WUWEI, 1)
    outlets, own = outlets_in(centres, count)
    assert from_areas(outlets, shapes, own).reason == reason


def test_areas_in_hong_kong() -> None:
    shapes, centres = circles((114.16, 22.33), 1)
    outlets, own = outlets_in(centres, 100)
    assert from_areas(outlets, shapes, own).reason == "no-shift"
    assert from_areas(convert(*outlets, "WGS84", "BD-09"), shapes, own).best == "BD-09"


def test_places_and_areas_together() -> None:
    shapes, centres = circles(WUWEI, 12)
    outlets, own = outlets_in(centres, 40)
    points = convert(*outlets, "WGS84", "GCJ-02")
    known = (outlets[0].copy(), outlets[1].copy())
    known[0][50:] = math.nan
    found = detect(points, known, areas=shapes, area_of=own)
    assert found.best == "GCJ-02"
    assert (found.evidence[1].pairs, found.evidence[1].points) == (50, 480)
    wrong = detect(points, convert(*known, "WGS84", "GCJ-02"), areas=shapes, area_of=own)
    assert (wrong.best, wrong.reason) == (None, "contradiction")
    few = (np.full(480, math.nan), known[1])
    assert detect(points, few, areas=shapes, area_of=own).best == "GCJ-02"


def test_nothing_known() -> None:
    found = detect(([116.4], [39.9]))
    assert found == combine(None, None) == Detection(None, "nothing-known")
    assert detect(([116.4], [39.9]), areas=[]).reason == "nothing-known"


def test_names_are_paired_only_where_they_stand_once() -> None:
    names = ["人民医院", "肯德基", "肯德基", "Ｋ11 购物", "", "Library (East)"]
    known = ["k11购物", "人民医院 ", "肯德基", "", "图书馆", "library（east）"]
    assert pair_names(names, known) == ([0, 3, 5], [1, 0, 5])


@settings(max_examples=30, deadline=None)
@given(
    st.floats(75, 134),
    st.floats(19, 52),
    st.sampled_from(HYPOTHESES),
    st.floats(0, 400),
    st.integers(0, 60),
    st.integers(0, 9),
)
def test_no_wrong_answer_anywhere(
    lon: float, lat: float, system: System, noise_m: float, count: int, seed: int
) -> None:
    """However rough the known places are: the right system or none."""
    true = around((lon, lat), count, seed=seed)
    found = from_places(convert(*nudged(true, noise_m, seed), "WGS84", system), true)
    if found.best is not None and found.best != system:
        # Where the shift of GCJ-02 is smaller than the errors of the places, the two look the same.
        assert {found.best, system} == {"WGS84", "GCJ-02"}
        pytest.fail(f"{found.best} instead of {system} at {lon}, {lat}")


@pytest.mark.parametrize(
    "reason", ["clear", "nothing-known", "too-few", "no-shift", "none-fits", "too-close", "contradiction"]
)
def test_every_verdict_has_words(reason: module.Reason) -> None:
    zh, en = explain(Detection("GCJ-02" if reason == "clear" else None, reason))[0]
    assert zh.endswith("。")
    assert en.endswith(".")
    assert "{" not in zh + en


def test_evidence_in_words() -> None:
    shapes, centres = circles(WUWEI, 12)
    outlets, own = outlets_in(centres, 40)
    known = nudged(outlets, 30)
    sentences = explain(detect(convert(*outlets, "WGS84", "GCJ-02"), known, areas=shapes, area_of=own))
    assert sentences[0] == (
        "最符合的是 GCJ-02，明显好于其他坐标系。",
        "GCJ-02 fits best, clearly better than the other systems.",
    )
    assert len(sentences) == 4
    zh, en = sentences[2]
    assert zh.startswith("按 GCJ-02：480 个已知地点相差的中位数是 ")
    assert "480 个点中 480 个（100.0%）落在应在的边界内。" in zh
    assert en.startswith("As GCJ-02: 480 known places are off by a median of ")
    assert "lie inside their boundary." in en
    assert "落在外面的离边界" in sentences[1][0]


def test_what_comes_nearest_is_said_where_nothing_is_sure() -> None:
    true = around(BEIJING, MIN_PAIRS - 1)
    found = from_places(convert(*true, "WGS84", "BD-09"), true)
    assert (found.best, found.leading) == (None, "BD-09")
    assert explain(found)[1] == (
        "数值上最接近的是 BD-09，但不足以确定。",
        "BD-09 comes nearest, but not near enough to be sure.",
    )
    here = around(HONG_KONG, 30, 1000)
    assert from_places(here, here).leading is None
    assert Detection(None, "nothing-known").leading is None
