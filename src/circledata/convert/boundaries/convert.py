"""Turns polygons of a GeoJSON or shapefile into circles.geojson and the records of the circles that they bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from circledata.convert.boundaries.columns import Columns, find_columns, looks_like_community, looks_like_division
from circledata.convert.boundaries.files import read_layers
from circledata.convert.boundaries.layers import Feature, Layer, cannot
from circledata.convert.boundaries.options import BoundaryOptions, boundary_options
from circledata.convert.boundaries.shapes import (
    area_m2,
    centre_of,
    finished,
    geojson_bytes,
    polygons_of,
    shape_of,
)
from circledata.convert.boundaries.systems import projected
from circledata.convert.model import Change, Draft, LeftOut
from circledata.convert.options import ConvertOptions
from circledata.convert.records.divisions import Divisions
from circledata.standard import Standard

SOURCE_ID = "x_source_id"
"""The id that a polygon had in the source, where it is not the standard's."""
_SAME_SYSTEM = {"WGS84": "CGCS2000"}
"""The standard takes these two as equal (spec/README.md, chapter 8)."""
_TOUCHING = 1e-6
"""Parts of one circle that share less than this of the smaller do not overlap: drawn lines never meet exactly."""


@dataclass
class _Circle:
    """One circle at work: the features that it is made of, and its polygon."""

    feature: Feature
    geometry: Any
    parts: list[Feature] = field(default_factory=list)


def convert_boundaries(
    sources: Sequence[Path],
    *,
    standard: Standard,
    division_code: str,
    as_of: date | None,
    options: ConvertOptions,
    boundaries: BoundaryOptions | None = None,
) -> Draft:
    """Convert boundary files, one polygon a circle, and return the draft of a package with circles.geojson.

    `sources`: GeoJSON files, shapefiles (any of their files), ZIP archives of them. `boundaries`: the section
    `boundaries` of a mapping, see `boundary_options`; `options.extra["status"]` is the status of all circles where the
    file has none. Each circle gets a point inside its polygon (degrees, of the same
    system as the file) and its area in m², computed as the rules compute it. The coordinate system is the one that the
    files state or `options` say; with neither, `draft.settings` names none and somebody has to.

    `draft.rows_in` counts features: those that became circles, or a part of one, and those left out. ConversionError
    when a file cannot be read, is projected, or the files differ in their systems.
    """
    said = boundaries or boundary_options(version=standard.version)
    if "status" in options.extra:
        said = replace(said, status=options.extra["status"])
    layers = [layer for path in sources for layer in read_layers(path, options, said)]
    draft = Draft()
    _system(draft, layers, options)
    if said.status is not None:
        _check_status(said.status, standard)
    writer = _Writer(draft, standard, division_code, options, said)
    for layer in layers:
        draft.rows_in += len(layer.features)
        draft.decisions.update(layer.notes)
        writer.reserve(layer)
    for layer in layers:
        writer.write(layer)
    draft.decisions += Counter()
    draft.rows_used = draft.rows_in - len(draft.left_out)
    if writer.features:
        draft.files["circles.geojson"] = geojson_bytes(writer.features)
    return draft


def _system(draft: Draft, layers: Sequence[Layer], options: ConvertOptions) -> None:
    """Settle the coordinate system of all layers: what the user said, else what all files state alike."""
    stated = {layer.system for layer in layers if layer.system}
    said = options.coordinate_system
    if said:
        draft.settings["coordinate_system"] = said
        alike = {_SAME_SYSTEM.get(system, system) for system in (*stated, said)}
        if stated and len(alike) > 1:
            draft.decisions["system-overridden"] += 1
        return
    if len({_SAME_SYSTEM.get(system, system) for system in stated}) > 1:
        listed = "、".join(f"{layer.name}：{layer.system}" for layer in layers)
        raise cannot(
            f"几个边界文件的坐标系不同（{listed}），不能放进一个数据包。请先转换成同一个坐标系。",
            f"The boundary files differ in their coordinate systems ({listed}). Convert them to one first.",
        )
    if stated and all(layer.system for layer in layers):
        draft.settings["coordinate_system"] = min(stated)
        draft.decisions["system-from-file"] += 1


def _check_status(status: str, standard: Standard) -> None:
    codes = standard.codelists["circle-statuses"].codes
    if status not in codes:
        raise cannot(
            f"生活圈的状态 status 写的是 {status}，只能是：{'、'.join(codes)}。",
            f"The status of circles is given as {status}; it can be: {', '.join(codes)}.",
        )


class _Writer:
    """Writes circles into a draft, layer by layer."""

    def __init__(
        self, draft: Draft, standard: Standard, division_code: str, options: ConvertOptions, said: BoundaryOptions
    ) -> None:
        self.draft, self.standard, self.division_code = draft, standard, division_code
        self.options, self.said = options, said
        self.divisions = Divisions(standard, division_code)
        self.features: list[tuple[dict[str, str], Any]] = []
        self.names: Counter[str] = Counter()

    def reserve(self, layer: Layer) -> None:
        """Keep the ids that features bring along from being given to others."""
        column = find_columns(layer, self.said, self.standard, self.divisions).circle_id
        for feature in layer.features:
            text = feature.properties.get(column or "", "")
            if self.options.ids.fits("circles", text):
                self.options.ids.reserve("circles", text)

    def write(self, layer: Layer) -> None:
        """Write the circles of one layer."""
        columns = find_columns(layer, self.said, self.standard, self.divisions)
        for circle in self._circles(layer, columns):
            self._write(layer, columns, circle)
        for column in columns.rest:
            filled = sum(column in feature.properties for feature in layer.features)
            if filled:
                self.draft.unmapped[column] += filled

    def _leave(self, layer: Layer, feature: Feature, reason: str, tag: str = "", name: str = "") -> None:
        self.draft.left_out.append(
            LeftOut(feature.number, feature.properties.get("id", ""), reason, tag, name, layer.name)
        )

    def _circles(self, layer: Layer, columns: Columns) -> list[_Circle]:
        """Make a polygon of each feature; features of one id are one circle when they do not lie on each other."""
        circles: dict[str, _Circle] = {}
        off = 0
        for feature in layer.features:
            name = feature.properties.get(columns.fields["name"][0], "") if "name" in columns.fields else ""
            shaped = shape_of(feature.geometry, self.said)
            if shaped.geometry is None:
                off += shaped.reason == "off-earth"
                self._leave(layer, feature, shaped.reason, shaped.detail, name)
                continue
            self.draft.decisions.update(shaped.notes)
            given = feature.properties.get(columns.circle_id or "", "")
            known = circles.get(given) if given else None
            if known is None:
                circles[given or f"\n{feature.number}"] = _Circle(feature, shaped.geometry)
            else:
                self._add_part(layer, known, feature, shaped.geometry, name)
        if off and 2 * off >= len(layer.features):
            raise projected(layer.name, "x, y")
        return list(circles.values())

    def _add_part(self, layer: Layer, circle: _Circle, feature: Feature, geometry: Any, name: str) -> None:
        import shapely

        if circle.geometry.equals(geometry):
            self._leave(layer, feature, "duplicate", str(circle.feature.number), name)
            return
        shared = circle.geometry.intersection(geometry).area
        if shared > _TOUCHING * min(circle.geometry.area, geometry.area):
            self._leave(layer, feature, "same-id", str(circle.feature.number), name)
            return
        circle.geometry = finished(polygons_of(shapely.unary_union([circle.geometry, geometry])), self.said.decimals)
        circle.parts.append(feature)
        self.draft.decisions["parts-joined"] += 1

    def _write(self, layer: Layer, columns: Columns, circle: _Circle) -> None:
        feature, properties = circle.feature, circle.feature.properties
        given = properties.get(columns.circle_id or "", "")
        ids = self.options.ids
        listed = self._listed(given, columns, properties)
        if listed:
            circle_id, source_id = listed, properties.get(columns.source_id or "", "")
        elif ids.fits("circles", given) and ids.take("circles", given):
            circle_id, source_id = given, properties.get(columns.source_id or "", "")
        elif ids.fits("circles", given):
            for part in (feature, *circle.parts):
                self._leave(layer, part, "same-id", given, "")
            return
        else:
            circle_id, source_id = ids.new("circles"), given or properties.get(columns.source_id or "", "")
            self._change(layer, feature, columns.circle_id or "", circle_id, "circle_id", given, circle_id, "new-id")
        record = {"circle_id": circle_id, **self._fields(layer, columns, feature, circle_id)}
        record |= self._measured(layer, feature, circle_id, circle.geometry)
        if source_id and source_id != circle_id:
            record[SOURCE_ID] = source_id
            self.draft.extra_columns["circles"] = (SOURCE_ID,)
        name = record.get("name", "")
        ids.call("circles", circle_id, *(text for text in (name, source_id) if text))
        self._doubts(name, properties, columns, float(record["area_m2"]))
        self.draft.tables.setdefault("circles", []).append(record)
        self.features.append(({"circle_id": circle_id} | ({"name": name} if name else {}), circle.geometry))

    def _listed(self, given: str, columns: Columns, properties: Mapping[str, str]) -> str:
        """Return the id of a circle that a list in the same conversion has, by id or by name; empty when none has."""
        name_column = columns.fields["name"][0] if "name" in columns.fields else ""
        own = {record["circle_id"] for record in self.draft.tables.get("circles", ())}
        for text in (given, properties.get(name_column, "")):
            found = self.options.ids.find("circles", text) if text else None
            if found is not None and found not in own:
                return found
        return ""

    def _fields(self, layer: Layer, columns: Columns, feature: Feature, circle_id: str) -> dict[str, str]:
        record: dict[str, str] = {}
        for name, (column, read) in columns.fields.items():
            text = feature.properties.get(column, "")
            if not text:
                continue
            reading = read(text)
            if reading.value:
                record[name] = reading.value
            if reading.unread:
                self.draft.unread[name, reading.unread] += 1
                self.draft.decisions["unreadable"] += 1
            new = reading.value
            old = "" if reading.secret else text
            self._change(
                layer, feature, column, circle_id, name, old, new, reading.rule or ("read" if new else "unreadable")
            )
        if "division_code" not in record:
            record["division_code"] = self.division_code
            self._change(layer, feature, "", circle_id, "division_code", "", self.division_code, "division-of-package")
        if "status" not in record and self.said.status:
            record["status"] = self.said.status
            self._change(layer, feature, "", circle_id, "status", "", self.said.status, "constant")
        return record

    def _measured(self, layer: Layer, feature: Feature, circle_id: str, geometry: Any) -> dict[str, str]:
        lon, lat = centre_of(geometry)
        measured = {"longitude": _plain(lon), "latitude": _plain(lat), "area_m2": _plain(round(area_m2(geometry)))}
        for name, value in measured.items():
            rule = "area-of-boundary" if name == "area_m2" else "centre-of-boundary"
            self._change(layer, feature, "", circle_id, name, "", value, rule)
        return measured

    def _doubts(self, name: str, properties: dict[str, str] | Any, columns: Columns, area: float) -> None:
        decide = self.draft.decisions
        decide["name-missing"] += not name
        decide["maybe-community"] += looks_like_community(name, properties, columns, self.said)
        decide["maybe-division"] += looks_like_division(name, self.said)
        decide["larger-than-a-walk"] += area > self.said.walkable_m2
        decide["status-missing"] += self.said.status is None and "status" not in columns.fields
        if name:
            self.names[name] += 1
            decide["same-name"] += self.names[name] == 2

    def _change(
        self, layer: Layer, feature: Feature, column: str, record: str, name: str, old: str, new: str, rule: str
    ) -> None:
        if old != new:
            self.draft.changes.append(Change(feature.number, column, record, name, old, new, rule, layer.name))


def _plain(number: float) -> str:
    return f"{number:.9f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
