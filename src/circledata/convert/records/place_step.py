"""The step that fills longitude and latitude, from two columns or from one that holds both; nothing is shifted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import TableRule
from circledata.convert.records.context import Context, Record
from circledata.convert.records.log import Entry
from circledata.convert.records.points import LATITUDE, LONGITUDE
from circledata.convert.records.steps import Cells, Step
from circledata.values.text import clean, is_placeholder

_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_PAIR = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,，]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*")


def place_step(rule: TableRule, header: Header, context: Context, fallback: Mapping[str, str]) -> Step | None:
    """Return the step; None when the file has no columns of coordinates.

    `fallback`: columns by field that are headed by the field's own title, where the mapping names none.
    """
    place = rule.raw.get("place", {})
    lon = header.all_of(rule.columns_of("place", "longitude")) or _only(fallback.get("longitude"))
    lat = header.all_of(rule.columns_of("place", "latitude")) or _only(fallback.get("latitude"))
    both = header.all_of(rule.columns_of("place", "both"))
    if not both and not (lon and lat):
        lon, lat = header.all_of((LONGITUDE,)), header.all_of((LATITUDE,))
    if not both and not (lon and lat):
        return None
    order = place.get("order", "lon-lat")
    missing = context.missing

    def step(cells: Cells, record: Record, entry: Entry, made: Mapping[str, str]) -> None:
        if lon and lat and _two(cells, lon, lat, record, entry, missing):
            return
        if not _one(cells, both, order, record, entry, missing):
            entry.decide("coordinates-missing")

    return step


def _only(column: str | None) -> tuple[str, ...]:
    return (column,) if column else ()


def _says_nothing(text: str, missing: frozenset[str]) -> bool:
    return not text or text in missing or is_placeholder(text)


def _plausible(lon: str, lat: str) -> bool:
    """Tell whether two plain numbers are a place in China as they stand, which needs no further look."""
    return 73.0 <= float(lon) <= 136.0 and 3.0 <= float(lat) <= 54.0


def _two(
    cells: Cells, lons: Sequence[str], lats: Sequence[str], record: Record, entry: Entry, missing: frozenset[str]
) -> bool:
    """Read two columns; False when neither says anything."""
    lon_column = next((column for column in lons if cells.get(column)), lons[0])
    lat_column = next((column for column in lats if cells.get(column)), lats[0])
    lon, lat = cells.get(lon_column, ""), cells.get(lat_column, "")
    if _DEGREES.fullmatch(lon) and _DEGREES.fullmatch(lat) and _plausible(lon, lat):
        record["longitude"], record["latitude"] = lon, lat
        return True
    if _says_nothing(clean(lon), missing) and _says_nothing(clean(lat), missing):
        return False
    from circledata.values.positions import read_pair

    columns = f"{lon_column}+{lat_column}"
    _write(read_pair(lon, lat), columns, f"{lon} {lat}".strip(), record, entry)
    return True


def _one(
    cells: Cells, columns: Sequence[str], order: str, record: Record, entry: Entry, missing: frozenset[str]
) -> bool:
    """Read a column that holds both; False when none says anything."""
    for column in columns:
        text = cells.get(column, "")
        if _says_nothing(clean(text), missing):
            continue
        pair = _PAIR.fullmatch(text)
        if pair:
            lon, lat = pair.groups() if order == "lon-lat" else (pair.group(2), pair.group(1))
            if _plausible(lon, lat):
                record["longitude"], record["latitude"] = lon, lat
                entry.change(column, "longitude+latitude", text, f"{lon} {lat}", "split")
                return True
        from circledata.values.positions import read_position

        _write(read_position(text, "lat-lon" if order == "lat-lon" else "lon-lat"), column, text, record, entry)
        return True
    return False


def _write(position: Any, column: str, text: str, record: Record, entry: Entry) -> None:
    """Write what a position says; metres of a projection and anything unclear stay as text."""
    if position is None or not position.known:
        kind = getattr(position, "kind", "unclear")
        if kind == "zero":
            entry.change(column, "longitude+latitude", text, "", "missing")
            entry.decide("coordinates-missing")
            return
        record["x_position_text"] = clean(text)
        entry.not_read(column, "longitude+latitude", clean(text), f"position-{kind}" if position else "unreadable")
        return
    record["longitude"], record["latitude"] = _degrees(position.lon), _degrees(position.lat)
    rule = "axes-swapped" if position.swapped else f"position-{position.kind}"
    new = f"{record['longitude']} {record['latitude']}"
    entry.change(column, "longitude+latitude", text, new, rule)
    if position.swapped:
        entry.decide("axes-swapped")


def _degrees(degrees: float) -> str:
    return f"{degrees:.9f}".rstrip("0").rstrip(".")
