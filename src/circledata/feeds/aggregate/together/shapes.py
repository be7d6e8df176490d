"""The derived views of many members: shapes of circles, their overlaps, and outlets seen from their circle's shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from circledata.engine import geometry
from circledata.engine.geometry import Shape
from circledata.feeds.aggregate.together.session import DERIVED, DIVISION, MEMBER, TogetherSession

_COLUMNS = {
    "circle_shapes": geometry._SHAPES,
    "circle_overlaps": geometry._OVERLAPS,
}


def define_derived(session: TogetherSession, shapes: Mapping[int, Sequence[Shape]]) -> dict[int, dict[str, bool]]:
    """Make the derived views of all members; tell for each member which of them hold anything."""
    good = {number: [shape for shape in own if shape.valid and shape.circle_id] for number, own in shapes.items()}
    rows: dict[str, list[tuple[Any, ...]]] = {
        "circle_shapes": [(*geometry._shape_row(shape), n, "") for n, own in shapes.items() for shape in own],
        "circle_overlaps": [(*row, n, "") for n, own in good.items() for row in geometry._overlaps(own)],
    }
    has = {number: dict.fromkeys(DERIVED, False) for number in shapes}
    for name, found in rows.items():
        geometry._store(session, name, f"{_COLUMNS[name]}, {MEMBER} INTEGER, {DIVISION} VARCHAR", found)
        for row in found:
            has[row[-2]][name] = True
    for number in _places(session, good):
        has[number]["outlet_places"] = True
    return has


def _places(session: TogetherSession, shapes: Mapping[int, Sequence[Shape]]) -> set[int]:
    """Fill derived.outlet_places; return the members that have any. Circles are numbered through all members."""
    import numpy as np
    import shapely

    geometry._store(session, "outlet_places", f"{geometry._PLACES}, {MEMBER} INTEGER, {DIVISION} VARCHAR", [])
    flat = [(number, shape) for number, own in shapes.items() for shape in own]
    if not flat or "outlets" not in session.tables:
        return set()
    geometry._store(
        session,
        "numbered",
        f"number BIGINT, circle_id VARCHAR, {MEMBER} INTEGER",
        [(place, shape.circle_id, number) for place, (number, shape) in enumerate(flat)],
    )
    places = session.execute(
        f"SELECT n.number, o._row, o.longitude, o.latitude FROM outlets o JOIN derived.numbered n "
        f"ON o.circle_id = n.circle_id AND o.{MEMBER} = n.{MEMBER} "
        "WHERE o.longitude IS NOT NULL AND o.latitude IS NOT NULL ORDER BY n.number, o._row"
    ).fetchnumpy()
    if not len(places["_row"]):
        return set()
    starts = np.searchsorted(places["number"], np.arange(len(flat) + 1))
    distances = np.zeros(len(places["_row"]))
    for (_, shape), start, end in zip(flat, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if start == end:
            continue
        across, along = geometry._scale(shape.geometry.centroid.y)
        longitude, latitude = places["longitude"][start:end] * across, places["latitude"][start:end] * along
        plane = shapely.transform(shape.geometry, lambda points, a=across, b=along: points * [a, b])
        shapely.prepare(plane)
        out = np.flatnonzero(~shapely.contains_xy(plane, longitude, latitude))
        with np.errstate(all="ignore"):  # a shape of no size divides by zero and is reported as such
            distances[start + out] = shapely.distance(plane, shapely.points(longitude[out], latitude[out]))
    session.derived.add("derived.outlet_places")
    batch = {"_row": places["_row"], "number": places["number"], "distance_m": distances}
    found = "(SELECT n.{} FROM derived.numbered n WHERE n.number = batch.number)"
    session.insert_numpy(
        "derived.outlet_places",
        f"_row, {found.format('circle_id')}, distance_m = 0, distance_m, {found.format(MEMBER)}, ''",
        batch,
    )
    return {flat[place][0] for place in np.unique(places["number"]).tolist()}
