"""Where circles and outlets lie, in WGS84, with the findings on each: for a map, and for feeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from circledata.engine.faults import Faults
from circledata.engine.geometry import OFF_EARTH, Shape
from circledata.findings.model import LEVELS, Level
from circledata.findings.privacy import redact
from circledata.findings.views import CirclePlace, Geography, OutletPlace, Position, Ring
from circledata.values.coordinates import SYSTEMS, System
from circledata.values.shift import convert

MOST_VERTICES = 60_000
"""Corners of all boundaries together; beyond it they are thinned out more coarsely."""
TOLERANCES = (5e-6, 2e-5, 1e-4, 5e-4, 2e-3)
"""Degrees by which a thinned boundary may differ, from half a metre to 200 m."""

# Multiplied by a number without a common factor neighbouring rows spread over the whole range, always the same way.
_SPREAD = "(_row * 2654435761) % 4294967296"
_ON_EARTH = "o.longitude BETWEEN -180 AND 180 AND o.latitude BETWEEN -90 AND 90"


def geography(faults: Faults, shapes: Sequence[Shape], most: int) -> Geography | None:
    """Return at most `most` circles and outlets with the findings on them; None when nothing has coordinates."""
    session = faults.session
    declared = session.parameters["coordinate_system"].strip("'")
    system = declared if declared in SYSTEMS else None
    outlets, counts = _outlets(faults, most) if "outlets" in session.tables else ([], (0, 0, 0))
    circles = _circles(faults, shapes)
    if not outlets and not circles:
        return None
    few = sorted(range(len(circles)), key=lambda n: (_grade(circles[n].level), n))[:most]
    shown = [circles[n] for n in sorted(few)]
    return Geography(
        system=system,
        circles=_moved_circles(shown, system),
        circles_total=len(circles),
        outlets=_moved_outlets(outlets, system),
        outlets_total=counts[0],
        faulty_total=counts[1],
        outlets_without=counts[2],
    )


def _grade(level: Level | None) -> int:
    return LEVELS.index(level) if level else len(LEVELS)


def _level(grade: int | None) -> Level | None:
    return None if grade is None else LEVELS[grade]


def _text(value: str | None) -> str | None:
    return redact(value) if value else None


def _outlets(faults: Faults, most: int) -> tuple[list[OutletPlace], tuple[int, int, int]]:
    """Return the outlets, and how many have coordinates, how many of these have findings, how many have none."""
    session, marks = faults.session, faults.of("outlets")
    counts = session.execute(
        f"SELECT count(*) FILTER ({_ON_EARTH}), count(*) FILTER ({_ON_EARTH} AND f.grade IS NOT NULL), count(*) "
        f"FROM outlets o LEFT JOIN {marks} f USING (_row)"
    ).fetchone()
    placed, faulty, total = counts or (0, 0, 0)
    rows = session.execute(
        f"WITH chosen AS (SELECT o.*, f.grade, f.findings FROM outlets o LEFT JOIN {marks} f USING (_row) "
        f"WHERE {_ON_EARTH} ORDER BY coalesce(f.grade, {len(LEVELS)}), {_SPREAD}, _row LIMIT {most}) "
        f"SELECT v._line, c.outlet_id, CASE WHEN p._row IS NULL THEN c.name END, c.circle_id, c.category, "
        f"c.longitude, c.latitude, c.grade, c.findings FROM chosen c JOIN v_outlets v USING (_row) "
        f"LEFT JOIN ({faults.rows_of('outlets', 'name', 'privacy')}) p USING (_row) ORDER BY _row"
    ).fetchall()
    places = [
        OutletPlace(
            row=line,
            outlet_id=_text(own),
            name=_text(name),
            circle_id=_text(circle),
            category=_text(category),
            position=(lon, lat),
            level=_level(grade),
            findings=findings or 0,
        )
        for line, own, name, circle, category, lon, lat, grade, findings in rows
    ]
    return places, (placed, faulty, total - placed)


def _circles(faults: Faults, shapes: Sequence[Shape]) -> list[CirclePlace]:
    """Return every circle that has a centre or a boundary, then the boundaries of circles that no row has."""
    rings = _rings(shapes)
    places = []
    for line, circle, name, lon, lat, grade, findings, outlets, faulty in _circle_rows(faults):
        own = rings.pop(circle, ())
        if lon is not None or own:
            centre = None if lon is None else (lon, lat)
            level, found = _level(grade), findings or 0
            places.append(CirclePlace(line, _text(circle), _text(name), centre, own, level, found, outlets, faulty))
    for circle, own in rings.items():
        places.append(CirclePlace(None, _text(circle), None, None, own, None, 0, 0, 0))
    return places


def _circle_rows(faults: Faults) -> list[tuple[Any, ...]]:
    """Return line, id, name, centre (both or neither), grade, findings, outlets and faulty outlets of every circle."""
    session = faults.session
    if "circles" not in session.tables:
        return []
    hidden = faults.rows_of("circles", "name", "privacy")
    members = "SELECT NULL AS circle_id, 0 AS outlets, 0 AS faulty WHERE false"
    if "outlets" in session.tables:
        members = (
            "SELECT o.circle_id, count(*) AS outlets, count(f.grade) AS faulty "
            f"FROM outlets o LEFT JOIN {faults.of('outlets')} f USING (_row) GROUP BY o.circle_id"
        )
    return session.execute(
        "SELECT v._line, o.circle_id, CASE WHEN p._row IS NULL THEN o.name END, "
        f"CASE WHEN {_ON_EARTH} THEN o.longitude END, CASE WHEN {_ON_EARTH} THEN o.latitude END, "
        "f.grade, f.findings, coalesce(m.outlets, 0), coalesce(m.faulty, 0) "
        f"FROM circles o JOIN v_circles v USING (_row) LEFT JOIN {faults.of('circles')} f USING (_row) "
        f"LEFT JOIN ({hidden}) p USING (_row) LEFT JOIN ({members}) m ON m.circle_id = o.circle_id ORDER BY _row"
    ).fetchall()


def _rings(shapes: Sequence[Shape]) -> dict[str | None, tuple[Ring, ...]]:
    """Return the thinned rings of every circle's boundaries; those whose coordinates are no place are left out."""
    lines = [
        (shape.circle_id, ring)
        for shape in shapes
        if shape.reason != OFF_EARTH
        for polygon in getattr(shape.geometry, "geoms", (shape.geometry,))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    thin: list[Any] = []
    for tolerance in TOLERANCES:
        # A ring is thinned as a line, which works for a boundary that crosses itself too.
        thin = [list(ring.simplify(tolerance, preserve_topology=False).coords) for _, ring in lines]
        if sum(map(len, thin)) <= MOST_VERTICES:
            break
    found: dict[str | None, tuple[Ring, ...]] = {}
    for (circle, _), corners in zip(lines, thin, strict=True):
        ring = tuple((corner[0], corner[1]) for corner in corners if abs(corner[1]) <= 90)
        if len(ring) >= 3:
            found[circle] = (*found.get(circle, ()), ring)
    return found


def _moved(positions: Sequence[Position], system: System | None) -> list[Position]:
    """Turn positions into WGS84; as they are when the system is not known."""
    if system is None or system in {"WGS84", "CGCS2000"} or not positions:
        return list(positions)
    longitude, latitude = convert([lon for lon, _ in positions], [lat for _, lat in positions], system, "WGS84")
    return [
        (lon, lat) if math.isfinite(lon) else position
        for position, lon, lat in zip(positions, longitude.tolist(), latitude.tolist(), strict=True)
    ]


def _moved_outlets(outlets: Sequence[OutletPlace], system: System | None) -> list[OutletPlace]:
    from dataclasses import replace

    positions = _moved([outlet.position for outlet in outlets], system)
    return [replace(outlet, position=position) for outlet, position in zip(outlets, positions, strict=True)]


def _moved_circles(circles: Sequence[CirclePlace], system: System | None) -> list[CirclePlace]:
    from dataclasses import replace

    every = [position for circle in circles for ring in circle.rings for position in ring]
    every += [circle.centre for circle in circles if circle.centre]
    new = dict(zip(every, _moved(every, system), strict=True))
    return [
        replace(
            circle,
            centre=new[circle.centre] if circle.centre else None,
            rings=tuple(tuple(new[position] for position in ring) for ring in circle.rings),
        )
        for circle in circles
    ]
