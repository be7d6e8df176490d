"""Names the columns of a file without header by their values: where the coordinates stand, the others in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from circledata.convert.model import SourceRow, SourceTable

_DEGREES = re.compile(r"[0-9]{1,3}\.[0-9]{2,}")
_LOOKED_AT = 500
_ENOUGH = 0.8
# China and what lies around it, in degrees; the ranges do not overlap.
_LATITUDES, _LONGITUDES = (3.0, 54.0), (73.0, 136.0)


def name_by_values(
    table: SourceTable, names: Sequence[str], latitude: Sequence[str], longitude: Sequence[str]
) -> SourceTable:
    """Return a table without header with its columns named: the coordinates by their values, the others in order.

    `names`: what the mapping calls the columns in their usual order; of them those in `latitude` and `longitude` go to
    the columns whose values lie in the ranges of China. The table as it is where it has a header, or where no two
    columns hold coordinates.
    """
    if not names or not any(code == "no-header" for code, _ in table.notes):
        return table
    lat = next((name for name in names if name in latitude), "")
    lon = next((name for name in names if name in longitude), "")
    sample = table.rows[:_LOOKED_AT]
    places = {column: _kind([row.cells[column] for row in sample if column in row.cells]) for column in table.header}
    lats = [column for column, kind in places.items() if kind == "lat"]
    lons = [column for column, kind in places.items() if kind == "lon"]
    if not (lat and lon) or len(lats) != 1 or len(lons) != 1:
        return table
    others = iter(name for name in names if name not in {lat, lon})
    new = {lats[0]: lat, lons[0]: lon}
    taken = set(names)
    for number, column in enumerate(table.header, 1):
        if column not in new:
            new[column] = next(others, "") or (column if column not in taken else f"column_{number}")
    if all(column == name for column, name in new.items()):
        return table
    rows = [
        SourceRow(row.number, {new[column]: text for column, text in row.cells.items()}, row.geometry, row.broken)
        for row in table.rows
    ]
    return replace(table, header=tuple(new[column] for column in table.header), rows=rows)


def _kind(texts: Sequence[str]) -> str:
    """Return `lat` or `lon` where most texts are degrees in that range; else an empty text."""
    found = [float(text) for text in map(str.strip, texts) if _DEGREES.fullmatch(text)]
    if not texts or len(found) < _ENOUGH * len(texts):
        return ""
    for kind, (least, most) in (("lat", _LATITUDES), ("lon", _LONGITUDES)):
        if sum(1 for value in found if least <= value <= most) >= _ENOUGH * len(found):
            return kind
    return ""
