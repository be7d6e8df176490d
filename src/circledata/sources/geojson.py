"""The boundaries: whether a file is GeoJSON of polygons, each with the circle that it bounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources import strict_json
from circledata.sources.descriptor import not_json
from circledata.sources.faults import fault, too_large
from circledata.sources.model import Limits
from circledata.standard.model import Text

LARGEST = 1 << 30
"""Bytes of a boundary file that are read into memory; the boundaries of ten thousand circles are some 20 MB."""


def check_geojson(path: Path, file: str, limits: Limits) -> tuple[bool, list[Finding]]:
    """Return whether the file can be used as boundaries, and what is wrong with it. OSError when it cannot be read."""
    size, limit = path.stat().st_size, min(limits.max_file_bytes, LARGEST)
    if size > limit:
        return False, [too_large(file, limit, size)]
    try:
        value, _ = strict_json.read(path.read_bytes())
    except strict_json.NotJson as error:
        return False, [not_json("geojson-not-json", file, error)]
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        return False, [_invalid(file, Text("应当是 FeatureCollection", "it must be a FeatureCollection"))]
    features = value.get("features")
    if not isinstance(features, list):
        return False, [_invalid(file, Text("缺少 features 数组", "the array features is missing"))]
    findings = [
        _invalid(file, problem, feature=index, circle=_circle(feature))
        for index, feature in enumerate(features)
        for problem in _problems(feature)
    ]
    return True, findings


def _invalid(file: str, problem: Text, feature: int | None = None, circle: str | None = None) -> Finding:
    """Make a finding about the feature of that index, from 0, or about the whole."""
    pointer = "/" if feature is None else f"/features/{feature}"
    params: dict[str, Any] = {"feature": feature, "pointer": pointer}
    return fault("geojson-invalid", file=file, value=circle, **params, problem_zh=problem.zh, problem_en=problem.en)


def _circle(feature: Any) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    circle = properties.get("circle_id") if isinstance(properties, dict) else None
    return circle if isinstance(circle, str) else None


def _problems(feature: Any) -> Iterator[Text]:
    """Yield what is wrong with one feature, at most one problem of its geometry."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Text("type 应当是 Feature", "its type must be Feature")
        return
    if not _circle(feature):
        yield Text("properties 里缺少 circle_id", "its properties have no circle_id")
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        yield Text("geometry 应当是 Polygon 或 MultiPolygon", "its geometry must be a Polygon or MultiPolygon")
        return
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        yield Text("coordinates 是空的", "its coordinates are empty")
        return
    for polygon in polygons:
        problem = _polygon(polygon)
        if problem:
            yield problem
            return


def _polygon(rings: Any) -> Text | None:
    if not isinstance(rings, list) or not rings:
        return Text("coordinates 的层数不对", "its coordinates are not nested as they must be")
    for ring in rings:
        if not isinstance(ring, list) or not all(_position(item) for item in ring):
            return Text("coordinates 里有不是坐标的内容", "its coordinates hold something that is no position")
        if len(ring) < 4:
            return Text("一条边界不足 4 个点", "a ring has fewer than 4 positions")
        if ring[0] != ring[-1]:
            return Text("边界没有闭合：首尾两点不同", "a ring is not closed: its first and last positions differ")
    return None


def _position(item: Any) -> bool:
    return (
        isinstance(item, list)
        and len(item) >= 2
        and all(isinstance(number, int | float) and not isinstance(number, bool) for number in item[:2])
    )
