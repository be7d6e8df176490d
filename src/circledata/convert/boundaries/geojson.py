"""Reads a GeoJSON file of boundaries: a FeatureCollection, a single feature, or a bare geometry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from circledata.convert.boundaries.layers import Feature, Layer, as_text, cannot
from circledata.convert.boundaries.systems import system_of_crs
from circledata.convert.read.text import Place, whole_text


def read_geojson(path: Path, name: str) -> Layer:
    """Return the features of a GeoJSON file. ConversionError when it is none."""
    import json

    text, _ = whole_text(Place(path, name), None)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"（第 {error.lineno} 行）" if isinstance(error, json.JSONDecodeError) else ""
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise cannot(
            f"{name} 不是完好的 JSON{place}。请从地图软件重新导出 GeoJSON。",
            f"{name} is not sound JSON{line}. Export the GeoJSON again from the mapping program.",
        ) from error
    raw = _features(content)
    if raw is None:
        raise cannot(
            f"{name} 不是 GeoJSON：最外层应当是 FeatureCollection。请在地图软件里把图层导出成 GeoJSON。",
            f"{name} is no GeoJSON: it must be a FeatureCollection. Export the layer as GeoJSON.",
        )
    features = [_feature(number, item) for number, item in enumerate(raw, start=1)]
    columns = dict.fromkeys(key for feature in features for key in feature.properties)
    return Layer(name, features, tuple(columns), system_of_crs(content.get("crs"), name))


def _features(content: Any) -> list[Any] | None:
    if not isinstance(content, dict):
        return None
    kind = content.get("type")
    if kind == "FeatureCollection":
        features = content.get("features")
        return features if isinstance(features, list) else None
    if kind == "Feature":
        return [content]
    is_geometry = isinstance(kind, str) and isinstance(content.get("coordinates"), list)
    return [{"type": "Feature", "properties": {}, "geometry": content}] if is_geometry else None


def _feature(number: int, item: Any) -> Feature:
    if not isinstance(item, dict):
        return Feature(number, {}, None)
    raw = item.get("properties")
    properties: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    texts = {str(key): text for key, value in properties.items() if (text := as_text(value))}
    if as_text(item.get("id")) and "id" not in texts:
        texts["id"] = as_text(item["id"])
    geometry = item.get("geometry")
    return Feature(number, texts, geometry if isinstance(geometry, dict) else None)
