"""What RFC 7946 asks of a published geometry: its kind, closed rings, the right-hand rule, and WGS84 degrees."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from circledata.standard.model import Text

SHAPE, PLACE = "geometry-not-rfc7946", "geometry-not-wgs84"
"""The rules, by name."""
DECIMALS = 7
"""A centimetre; more digits say nothing and make files large."""
Problem = tuple[str, Text]
WGS84_NAMES = ("OGC:1.3:CRS84", "OGC::CRS84", "CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
"""How an old-style `crs` member may name the one system that GeoJSON has."""


def geometry_problems(geometry: Any, *, areas: bool) -> Iterator[Problem]:
    """Yield what is wrong with a feature's geometry, the gravest first, at most one of each rule.

    `areas`: polygons are right here (circles), else only points. No geometry is right: the record has no place.
    """
    if geometry is None:
        return
    kinds = ("Point", "Polygon", "MultiPolygon") if areas else ("Point",)
    kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
    if kind not in kinds:
        zh, en = "、".join(kinds), " or ".join(kinds)
        yield SHAPE, Text(f"geometry 应当是 {zh} 或者 null", f"its geometry must be {en}, or null")
        return
    rings, problem = _rings(kind, geometry.get("coordinates"))
    if problem:
        yield SHAPE, problem
        return
    place = next((found for ring, _ in rings for position in ring if (found := _place(position))), None)
    if place:
        yield PLACE, place
        return
    shape = None
    if kind != "Point":
        shape = next((found for ring, outer in rings if (found := _ring(ring, outer=outer))), None)
    if shape is None and any(
        round(number, DECIMALS) != number for ring, _ in rings for at in ring for number in at[:2]
    ):
        shape = Text(f"坐标的小数超过 {DECIMALS} 位", f"its coordinates have more than {DECIMALS} decimals")
    if shape:
        yield SHAPE, shape


Ring = tuple[Sequence[Any], bool]
"""Positions, and whether they are an outer boundary."""


def _rings(kind: str, coordinates: Any) -> tuple[list[Ring], Text | None]:
    """Return the rings of a geometry (a point as a ring of one), or what keeps them from being read."""
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if kind == "Point":
        polygons = [[[coordinates]]]
    if not isinstance(polygons, list) or not polygons:
        return [], Text("coordinates 是空的", "its coordinates are empty")
    rings: list[Ring] = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return [], Text("coordinates 的层数不对", "its coordinates are not nested as they must be")
        for index, ring in enumerate(polygon):
            if not isinstance(ring, list) or not all(map(_position, ring)):
                return [], Text(
                    "coordinates 里有不是坐标的内容：每个点是 [经度, 纬度]，可以再加高程",
                    "its coordinates hold something that is no position: [longitude, latitude], or an elevation too",
                )
            rings.append((ring, index == 0))
    return rings, None


def _position(item: Any) -> bool:
    return (
        isinstance(item, list)
        and len(item) in {2, 3}
        and all(isinstance(number, int | float) and not isinstance(number, bool) for number in item)
        and all(map(math.isfinite, item))
    )


def _place(position: Sequence[float]) -> Text | None:
    """Say why a position cannot be degrees of longitude and latitude; None when it can."""
    longitude, latitude = position[0], position[1]
    if abs(longitude) <= 180 and abs(latitude) <= 90:
        return None
    shown = f"[{longitude:g}, {latitude:g}]"
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return Text(f"{shown} 的经纬度写反了，应当先写经度", f"{shown} has its axes swapped: longitude comes first")
    return Text(
        f"{shown} 不是 WGS84 的经纬度，像是投影坐标", f"{shown} are no degrees of WGS84, perhaps metres of a map"
    )


def _ring(ring: Sequence[Sequence[float]], *, outer: bool) -> Text | None:
    if len(ring) < 4:
        return Text("一条边界不足 4 个点", "a ring has fewer than 4 positions")
    if ring[0] != ring[-1]:
        return Text("边界没有闭合：首尾两点不同", "a ring is not closed: its first and last positions differ")
    area = _signed_area(ring)
    if area and (area > 0) != outer:
        if outer:
            return Text("外圈应当逆时针（右手法则）", "the outer ring must run anticlockwise (right-hand rule)")
        return Text("内圈应当顺时针（右手法则）", "an inner ring must run clockwise (right-hand rule)")
    return None


def _signed_area(ring: Sequence[Sequence[float]]) -> float:
    """Return twice the area, above zero when the ring runs anticlockwise; reckoned from its first point on."""
    left, bottom = ring[0][0], ring[0][1]
    return math.fsum((a[0] - left) * (b[1] - bottom) - (b[0] - left) * (a[1] - bottom) for a, b in pairwise(ring))


def crs_problem(member: Any) -> Problem:
    """Say what is wrong with a `crs` member, which RFC 7946 has no more."""
    named = member.get("properties") if isinstance(member, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    if isinstance(name, str) and name.upper().endswith(WGS84_NAMES):
        return SHAPE, Text("不再有 crs 这一项，去掉它", "it has a member crs, which is no longer known; leave it out")
    shown = str(name)[:60] if isinstance(name, str) else "?"
    return PLACE, Text(f"crs 写的是 {shown}，发布的坐标只能是 WGS84", f"its crs is {shown}; published places are WGS84")
