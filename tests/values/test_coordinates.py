"""Coordinate systems: against published vectors, against an independent library, and back again to the centimetre."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.coordinates import (
    SYSTEMS,
    System,
    bd09_to_gcj02,
    from_wgs84,
    gcj02_to_bd09,
    is_shifted,
    to_wgs84,
    wgs84_to_gcj02,
)

CENTIMETRE = 0.01
mainland_lon = st.floats(80.0, 117.0)
mainland_lat = st.floats(27.0, 49.0)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * 111_320 * math.cos(math.radians(a[1]))
    return math.hypot(east, (a[1] - b[1]) * 110_574)


def test_gcj02_to_bd09_vector() -> None:
    assert gcj02_to_bd09(116.404, 39.915) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-12)


def test_wgs84_to_gcj02_vector() -> None:
    expected = (116.41023240747266, 39.915670251113426)
    assert wgs84_to_gcj02(116.403988, 39.914266) == pytest.approx(expected, abs=1e-12)


def test_bd09_vectors_of_a_one_step_inverse_agree_to_a_decimetre() -> None:
    assert metres(bd09_to_gcj02(123, 45), (122.99363304, 44.99365430)) < 0.1
    assert metres(to_wgs84(123, 45, "BD-09"), (122.98762210, 44.99171540)) < 0.1


@pytest.mark.parametrize(
    ("city", "lon", "lat", "shift"),
    [
        ("Beijing", 116.40, 39.90, 555),
        ("Shanghai", 121.47, 31.23, 482),
        ("Guangzhou", 113.26, 23.13, 621),
        ("Chengdu", 104.07, 30.57, 360),
        ("Urumqi", 87.62, 43.82, 266),
        ("Harbin", 126.53, 45.80, 511),
    ],
)
def test_size_of_the_shift(city: str, lon: float, lat: float, shift: float) -> None:
    assert metres(wgs84_to_gcj02(lon, lat), (lon, lat)) == pytest.approx(shift, abs=12), city


@given(mainland_lon, mainland_lat, st.sampled_from(SYSTEMS))
def test_there_and_back_is_the_same_place(lon: float, lat: float, system: System) -> None:
    assert metres(to_wgs84(*from_wgs84(lon, lat, system), system), (lon, lat)) < CENTIMETRE
    assert metres(from_wgs84(*to_wgs84(lon, lat, system), system), (lon, lat)) < CENTIMETRE


@given(mainland_lon, mainland_lat)
def test_agrees_with_an_independent_library(lon: float, lat: float) -> None:
    prcoords = pytest.importorskip("prcoords")
    # Its own inverse stops iterating at 1e-5 degrees and is then good to a few centimetres.
    for ours, theirs, limit in (
        (from_wgs84(lon, lat, "GCJ-02"), prcoords.wgs_gcj((lat, lon)), 1e-5),
        (from_wgs84(lon, lat, "BD-09"), prcoords.wgs_bd((lat, lon)), 1e-5),
        (to_wgs84(lon, lat, "GCJ-02"), prcoords.gcj_wgs_bored((lat, lon)), 0.05),
        (to_wgs84(lon, lat, "BD-09"), prcoords.bd_wgs_bored((lat, lon)), 0.05),
    ):
        assert metres(ours, (theirs.lon, theirs.lat)) < limit


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Hong Kong, Central", 114.158, 22.282),
        ("Hong Kong, Sha Tin", 114.190, 22.380),
        ("Hong Kong, Tuen Mun", 113.975, 22.395),
        ("Hong Kong, Sheung Shui", 114.128, 22.505),
        ("Macau, the peninsula", 113.545, 22.195),
        ("Macau, Cotai", 113.565, 22.145),
        ("Taipei", 121.565, 25.033),
        ("Kaohsiung", 120.302, 22.627),
        ("null island", 0.0, 0.0),
        ("Paris", 2.35, 48.86),
    ],
)
def test_no_shift_where_none_applies(place: str, lon: float, lat: float) -> None:
    assert not is_shifted(lon, lat), place
    assert from_wgs84(lon, lat, "GCJ-02") == (lon, lat)


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Shenzhen, Luohu", 114.118, 22.545),
        ("Shenzhen, Futian", 114.055, 22.523),
        ("Shenzhen, Shekou", 113.915, 22.480),
        ("Shenzhen, Yantian", 114.270, 22.560),
        ("Shenzhen, Dapeng", 114.480, 22.530),
        ("Zhuhai, Gongbei", 113.550, 22.222),
        ("Zhuhai, Hengqin", 113.540, 22.130),
        ("Xiamen", 118.089, 24.480),
        ("Pingtan", 119.800, 25.500),
        ("Fuding", 120.200, 27.330),
    ],
)
def test_the_mainland_beside_those_regions_is_shifted(place: str, lon: float, lat: float) -> None:
    assert is_shifted(lon, lat), place


def test_cgcs2000_is_taken_as_wgs84() -> None:
    assert to_wgs84(102.6, 37.9, "CGCS2000") == (102.6, 37.9) == from_wgs84(102.6, 37.9, "CGCS2000")


def test_unknown_system() -> None:
    with pytest.raises(ValueError, match="Mars"):
        to_wgs84(1, 2, "Mars")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Mars"):
        from_wgs84(1, 2, "Mars")  # type: ignore[arg-type]
