"""Columns of coordinates: same as the scalar functions, exact in both directions, NaN and regions as promised."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from circledata.values import coordinates, shift
from circledata.values.coordinates import SYSTEMS, UNSHIFTED_BOXES, System
from circledata.values.shift import convert, shifted

METRES = 111_195.0  # of a degree
DIRECTIONS = [(a, b) for a in SYSTEMS for b in SYSTEMS]


def metres(lon: np.ndarray, lat: np.ndarray, other_lon: np.ndarray, other_lat: np.ndarray) -> np.ndarray:
    return np.hypot((lon - other_lon) * METRES * np.cos(np.radians(lat)), (lat - other_lat) * METRES)


def scalar(lon: float, lat: float, from_system: System, to_system: System) -> tuple[float, float]:
    """Go the same way by the scalar functions, step by step."""
    rank = {"WGS84": 0, "CGCS2000": 0, "GCJ-02": 1, "BD-09": 2}
    here, there = rank[from_system], rank[to_system]
    while here < there:
        lon, lat = (coordinates.wgs84_to_gcj02, coordinates.gcj02_to_bd09)[here](lon, lat)
        here += 1
    while here > there:
        lon, lat = (coordinates.gcj02_to_wgs84, coordinates.bd09_to_gcj02)[here - 1](lon, lat)
        here -= 1
    return lon, lat


def china(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Places of China away from the borders of the regions without a shift."""
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(73, 135.5, count), random.uniform(3, 54, count)
    return lon, lat


def near_a_border(lon: np.ndarray, lat: np.ndarray, degrees: float = 0.02) -> np.ndarray:
    """Tell which places lie so near the border of a box that there and back may be two places."""
    near = np.zeros(lon.shape, dtype=bool)
    for west, south, east, north in (*UNSHIFTED_BOXES, coordinates.FORMULA_BOX):
        wide = (west - degrees <= lon) & (lon <= east + degrees) & (south - degrees <= lat) & (lat <= north + degrees)
        deep = (west + degrees < lon) & (lon < east - degrees) & (south + degrees < lat) & (lat < north - degrees)
        near |= wide & ~deep
    return near


@pytest.mark.parametrize(("from_system", "to_system"), DIRECTIONS)
def test_there_and_back_over_all_of_china(from_system: System, to_system: System) -> None:
    lon, lat = china(20_000)
    keep = ~near_a_border(lon, lat)
    lon, lat = lon[keep], lat[keep]
    back = convert(*convert(lon, lat, from_system, to_system), to_system, from_system)
    assert metres(lon, lat, *back).max() < 0.0001  # a hundredth of what is promised


places = st.tuples(st.floats(73.0, 135.5), st.floats(3.0, 54.0))


@settings(deadline=None)
@given(st.lists(places, min_size=1, max_size=20), st.sampled_from(DIRECTIONS))
def test_there_and_back_is_the_same_place(points: list[tuple[float, float]], way: tuple[System, System]) -> None:
    lon, lat = np.array(points).T
    keep = ~near_a_border(lon, lat)
    back = convert(*convert(lon, lat, *way), *way[::-1])
    assert np.all(metres(lon, lat, *back)[keep] < 0.01)


anywhere = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@settings(deadline=None)
@given(st.lists(st.one_of(places, anywhere), min_size=1, max_size=10), st.sampled_from(DIRECTIONS))
def test_the_same_as_the_scalar_functions(points: list[tuple[float, float]], way: tuple[System, System]) -> None:
    lon, lat = np.array(points).T
    expected = np.array([scalar(*point, *way) for point in points]).T
    assert np.abs(np.array(convert(lon, lat, *way)) - expected).max() < 1e-9


@pytest.mark.parametrize("box", UNSHIFTED_BOXES)
def test_beside_the_regions_without_a_shift_both_ways_of_computing_agree(box: tuple[float, ...]) -> None:
    """There and back may be two places here, but the inverse must not jump between them."""
    west, south, east, north = box
    random = np.random.default_rng(4)
    lon, lat = random.uniform(west - 0.02, west + 0.02, 200), random.uniform(south - 0.02, north + 0.02, 200)
    lon[100:] += east - west
    for way in (("GCJ-02", "WGS84"), ("BD-09", "WGS84"), ("WGS84", "BD-09")):
        expected = np.array([scalar(*point, *way) for point in zip(lon.tolist(), lat.tolist(), strict=True)]).T
        assert np.abs(np.array(convert(lon, lat, *way)) - expected).max() < 1e-9
    there = shifted(lon, lat)
    undone = convert(lon[there], lat[there], "GCJ-02", "WGS84")
    forward = coordinates.shift_forward(*undone, np)
    assert metres(lon[there], lat[there], *forward).max() < 0.0001


def test_published_vectors() -> None:
    assert np.concatenate(convert([116.404], [39.915], "GCJ-02", "BD-09")) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-12
    )
    assert np.concatenate(convert([116.403988], [39.914266], "WGS84", "GCJ-02")) == pytest.approx(
        (116.41023240747266, 39.915670251113426), abs=1e-12
    )
    # These two come from an inverse of one step and are good to a decimetre.
    gcj = convert([123.0], [45.0], "BD-09", "GCJ-02")
    wgs = convert([123.0], [45.0], "BD-09", "WGS84")
    assert metres(*gcj, np.array([122.99363304]), np.array([44.99365430]))[0] < 0.1
    assert metres(*wgs, np.array([122.98762210]), np.array([44.99171540]))[0] < 0.1


def test_agrees_with_an_independent_library() -> None:
    prcoords = pytest.importorskip("prcoords")
    lon, lat = china(300, seed=1)
    keep = ~near_a_border(lon, lat) & shifted(lon, lat)
    lon, lat = lon[keep], lat[keep]
    # Its own inverse stops iterating at 1e-5 degrees and is then good to a few centimetres.
    for way, theirs, limit in (
        (("WGS84", "GCJ-02"), prcoords.wgs_gcj, 1e-5),
        (("WGS84", "BD-09"), prcoords.wgs_bd, 1e-5),
        (("GCJ-02", "BD-09"), prcoords.gcj_bd, 1e-5),
        (("GCJ-02", "WGS84"), prcoords.gcj_wgs_bored, 0.05),
        (("BD-09", "GCJ-02"), prcoords.bd_gcj_bored, 0.05),
        (("BD-09", "WGS84"), prcoords.bd_wgs_bored, 0.05),
    ):
        ours = convert(lon, lat, *way)
        expected = [theirs((float(y), float(x))) for x, y in zip(lon, lat, strict=True)]
        there = np.array([(each.lon, each.lat) for each in expected]).T
        assert metres(*ours, *there).max() < limit, way


@pytest.mark.parametrize(("from_system", "to_system"), DIRECTIONS)
def test_nan_and_places_off_the_earth_come_out_as_nan(from_system: System, to_system: System) -> None:
    nan, inf = math.nan, math.inf
    lon = [116.4, nan, 116.4, nan, inf, 181.0, 448951.3, 1e300, 116.4]
    lat = [39.9, 39.9, nan, nan, 39.9, 39.9, 4418234.8, -1e300, 39.9]
    out_lon, out_lat = convert(lon, lat, from_system, to_system)
    assert np.isnan(out_lon[1:-1]).all()
    assert np.isnan(out_lat[1:-1]).all()
    assert out_lon[0] == out_lon[-1] == pytest.approx(116.4, abs=0.02)
    assert out_lat[0] == out_lat[-1] == pytest.approx(39.9, abs=0.02)


def test_no_shift_in_hong_kong_macau_taiwan_and_abroad() -> None:
    lon = np.array([114.158, 113.545, 113.565, 121.565, 0.0, 2.35, -70.66])
    lat = np.array([22.282, 22.195, 22.145, 25.033, 0.0, 48.86, -33.45])
    assert not shifted(lon, lat).any()
    for to_system in ("WGS84", "GCJ-02", "CGCS2000"):
        out = convert(lon, lat, "WGS84", to_system)
        assert np.array_equal(out, (lon, lat))
    assert shifted([114.118, math.nan], [22.545, 22.545]).tolist() == [True, False]


def test_a_chunk_may_hold_some_of_all() -> None:
    count = 3 * shift.CHUNK + 5
    lon, lat = np.tile([114.158, 116.4, math.nan], count)[:count], np.tile([22.282, 39.9, 39.9], count)[:count]
    out_lon, out_lat = convert(lon, lat, "GCJ-02", "WGS84")
    assert np.array_equal(out_lon[0::3], lon[0::3])
    assert len(set(out_lon[1::3].tolist())) == 1
    assert out_lon[1] == pytest.approx(coordinates.gcj02_to_wgs84(116.4, 39.9)[0], abs=1e-9)
    assert np.isnan(out_lat[2::3]).all()


def test_what_is_given_is_not_changed() -> None:
    lon, lat = np.array([116.4, math.nan, 200.0]), np.array([39.9, 1.0, 2.0])
    convert(lon, lat, "BD-09", "WGS84")
    assert lon[0] == 116.4
    assert (lon[2], lat[1], lat[2]) == (200.0, 1.0, 2.0)
    same_lon, _ = convert(lon, lat, "WGS84", "CGCS2000")
    assert same_lon is not lon


def test_no_points() -> None:
    lon, lat = convert([], [], "BD-09", "WGS84")
    assert lon.shape == lat.shape == (0,)


def test_whole_numbers_and_single_precision_become_float64() -> None:
    lon, _ = convert(np.array([116], dtype=np.int32), np.array([39.5], dtype=np.float32), "WGS84", "GCJ-02")
    assert lon.dtype == np.float64


@settings(deadline=None)
@given(arrays(np.float64, st.integers(1, 5)), arrays(np.float64, st.integers(1, 5)))
def test_any_numbers_at_all(lon: np.ndarray, lat: np.ndarray) -> None:
    count = min(lon.size, lat.size)
    out_lon, out_lat = convert(lon[:count], lat[:count], "BD-09", "WGS84")
    assert np.array_equal(np.isnan(out_lon), np.isnan(out_lat))


def test_arrays_of_unequal_shape() -> None:
    with pytest.raises(ValueError, match="one shape"):
        convert([1.0, 2.0], [1.0], "WGS84", "GCJ-02")
    with pytest.raises(ValueError, match="one shape"):
        convert([[1.0]], [[1.0]], "WGS84", "GCJ-02")


def test_unknown_system() -> None:
    with pytest.raises(ValueError, match="Mars"):
        convert([1.0], [1.0], "Mars", "WGS84")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Mars"):
        convert([1.0], [1.0], "WGS84", "Mars")  # type: ignore[arg-type]
