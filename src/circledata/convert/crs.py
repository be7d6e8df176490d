"""The coordinate system of what comes out: declared, never assumed; where nobody declared it, the evidence is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from circledata.convert.model import Change, ConversionError, Draft
from circledata.convert.options import UNKNOWN_SYSTEM
from circledata.standard.model import Text
from circledata.values.coordinates import System

NO_COORDINATES = "CGCS2000"
"""Declared where a package has no coordinates at all: the standard asks for a declaration even then (own choice)."""
BOUNDARIES = "circles.geojson"
_DECIMALS = 7
_SAME = {"WGS84": "WGS84", "CGCS2000": "WGS84"}


@dataclass
class Located:
    """One source's draft with the coordinate system that somebody declared for it; None when nobody did."""

    name: str
    draft: Draft
    declared: str | None

    @property
    def records(self) -> list[dict[str, str]]:
        """The records that have coordinates."""
        return [record for records in self.draft.tables.values() for record in records if record.get("longitude")]

    @property
    def has_coordinates(self) -> bool:
        """Tell whether there is anything that the declaration would be about."""
        return BOUNDARIES in self.draft.files or any(
            "longitude" in record for records in self.draft.tables.values() for record in records
        )


def settle(parts: Sequence[Located]) -> str:
    """Bring all sources into one coordinate system and return it; empty where the user said that it is not known.

    ConversionError, with the evidence, when a source with coordinates has no declared system.
    """
    located = [part for part in parts if part.has_coordinates]
    undeclared = [part for part in located if part.declared is None]
    if undeclared:
        raise _not_declared(undeclared, [part for part in located if part.declared not in {None, UNKNOWN_SYSTEM}])
    for part in located:
        if part.declared == UNKNOWN_SYSTEM:
            _set_aside(part)
    known = [part for part in located if part.declared != UNKNOWN_SYSTEM]
    if not known:
        return "" if located else next((part.declared for part in parts if part.declared), None) or NO_COORDINATES
    # Boundaries are not moved: every point of them would change. The others go where the boundaries are.
    leading = next((part for part in known if BOUNDARIES in part.draft.files), known[0])
    for part in known:
        if _SAME.get(part.declared or "", part.declared) != _SAME.get(leading.declared or "", leading.declared):
            _shift(part, cast(System, leading.declared))
    return leading.declared or ""


def _set_aside(part: Located) -> None:
    """Take the coordinates out of their fields and keep them beside, where they claim nothing."""
    for name, records in part.draft.tables.items():
        moved = 0
        for record in records:
            if "longitude" in record:
                record["x_longitude"], record["x_latitude"] = record.pop("longitude"), record.pop("latitude", "")
                moved += 1
        if moved:
            part.draft.decisions["crs-unknown"] += moved
            part.draft.extra_columns[name] = (*part.draft.extra_columns.get(name, ()), "x_longitude", "x_latitude")
    if BOUNDARIES in part.draft.files:
        raise ConversionError(
            Text(
                "边界文件的坐标系必须说明，不能用 --crs unknown：数据包里的边界没有坐标系就不能用。",
                "The coordinate system of boundaries must be stated; --crs unknown cannot be used with them.",
            )
        )


def _shift(part: Located, target: System) -> None:
    """Convert the coordinates of one source into the system of the package, and note every change."""
    import numpy as np

    from circledata.values.shift import convert

    if BOUNDARIES in part.draft.files:
        raise ConversionError(
            Text(
                f"两份边界的坐标系不同（{part.declared} 和 {target}），不能放进一个数据包。请分开转换。",
                f"Two boundary files are in different systems ({part.declared} and {target}). Convert them apart.",
            )
        )
    records = part.records
    lon = np.array([float(record["longitude"]) for record in records])
    lat = np.array([float(record["latitude"]) for record in records])
    new_lon, new_lat = convert(lon, lat, cast(System, part.declared), target)
    rule = f"shifted-from-{str(part.declared).lower()}"
    for record, east, north in zip(records, new_lon.tolist(), new_lat.tolist(), strict=True):
        old = f"{record['longitude']} {record['latitude']}"
        record["longitude"], record["latitude"] = f"{east:.{_DECIMALS}f}", f"{north:.{_DECIMALS}f}"
        new = f"{record['longitude']} {record['latitude']}"
        record_id = next(iter(record.values()))
        part.draft.changes.append(Change(0, "", record_id, "longitude+latitude", old, new, rule))
    part.draft.decisions["shifted"] += len(records)


def _not_declared(undeclared: Sequence[Located], known: Sequence[Located]) -> ConversionError:
    names = "、".join(part.name for part in undeclared)
    sentences = _evidence(undeclared, known)
    zh = (
        f"{names} 有坐标，但没有说明坐标系（从数据来源看不出来，弄错会偏几百米）。"
        f"{''.join(sentence[0] for sentence in sentences)}"
        "请问清楚提供者，用 --crs 说明：WGS84、CGCS2000、GCJ-02 或 BD-09；实在不知道的，写 --crs unknown，"
        "坐标放进 x_ 列，不作声明。"
    )
    en = (
        f"{names.replace('、', ', ')} has coordinates without a stated coordinate system (the provider does not tell "
        f"it, and a wrong one is off by hundreds of metres). {' '.join(sentence[1] for sentence in sentences)} "
        "Ask the provider and say it with --crs: WGS84, CGCS2000, GCJ-02 or BD-09; if nobody knows, --crs unknown "
        "keeps the coordinates in x_ columns and claims nothing."
    )
    return ConversionError(Text(zh, en))


def _evidence(undeclared: Sequence[Located], known: Sequence[Located]) -> list[tuple[str, str]]:
    """Compare the points with named places and boundaries of the sources whose system is declared."""
    from circledata.values.crs_detection import combine, from_areas, from_places
    from circledata.values.crs_words import explain

    records = [record for part in undeclared for record in part.records]
    places = areas = None
    pairs = list(_pairs(records, known))
    if pairs:
        ours, theirs = zip(*pairs, strict=True)
        places = from_places(tuple(zip(*ours, strict=True)), tuple(zip(*theirs, strict=True)))  # type: ignore[arg-type]
    shapes, system = _areas(known)
    if shapes and records:
        points = [float(record["longitude"]) for record in records], [float(record["latitude"]) for record in records]
        areas = from_areas(points, shapes, None, cast(System, system))
    return list(explain(combine(places, areas)))


def _pairs(
    records: Sequence[dict[str, str]], known: Sequence[Located]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield our point and the true point (WGS84) of places that have the same name in a source of known system."""
    from circledata.values.coordinates import to_wgs84
    from circledata.values.crs_detection import pair_names

    others = [(record, part.declared) for part in known for record in part.records]
    mine, theirs = pair_names(
        [record.get("name", "") for record in records], [record.get("name", "") for record, _ in others]
    )
    for i, j in zip(mine, theirs, strict=True):
        record, system = others[j]
        true = to_wgs84(float(record["longitude"]), float(record["latitude"]), cast(System, system))
        yield (float(records[i]["longitude"]), float(records[i]["latitude"])), true


def _areas(known: Sequence[Located]) -> tuple[list[Any], str]:
    from shapely.geometry import shape

    for part in known:
        if BOUNDARIES in part.draft.files:
            features = json.loads(part.draft.files[BOUNDARIES])["features"]
            shapes = [shape(feature["geometry"]) for feature in features if feature.get("geometry")]
            return [form for form in shapes if form.is_valid and not form.is_empty], part.declared or "WGS84"
    return [], ""
