"""The map: what the script draws, and a still picture of the same for paper and for browsers without script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from circledata.findings.model import LEVELS, Level
from circledata.findings.views import CirclePlace, Geography, OutletPlace, Position
from circledata.reports.html.words import word
from circledata.reports.layout import shorten
from circledata.reports.words import number
from circledata.standard.model import Text

MOST = 4_000
"""Outlets, and circles, that are drawn."""
ROWS = 60
"""Circles in the table beside the map; those with the most faulty outlets."""
WIDTH, HEIGHT, MARGIN = 680.0, 440.0, 12.0
FAR = 6.0
"""A point is away when its distance from the middle is that many times the usual one (the 75th percentile)."""
MIN_SPAN = 0.004
"""Degrees that the picture shows at least, some 400 m, so that one point is no endless magnification."""

Box = tuple[float, float, float, float]
_SAME = {"WGS84", "CGCS2000"}


@dataclass(frozen=True)
class Picture:
    """The still picture: paths in its own units."""

    width: int
    height: int
    rings: tuple[tuple[Level | None, str], ...]
    dots: tuple[tuple[Level | None, str], ...]
    centres: tuple[tuple[float, float, str], ...]
    """Names of circles with the place where they are written; none when there are too many to be read."""
    scale: tuple[float, str]
    """Length of the scale bar in the picture and what it stands for."""


def decimals(position: Position) -> list[float]:
    """Return a position as the page has it: six decimals, a tenth of a metre."""
    return [round(position[0], 6), round(position[1], 6)]


def data(geography: Geography) -> dict[str, Any]:
    """Return what the script draws. An outlet: row, position, level, findings, name, id; a circle much the same."""
    return {
        "box": view(geography),
        "outlets": [
            [outlet.row, *decimals(outlet.position), _grade(outlet.level), outlet.findings, *_names(outlet)]
            for outlet in geography.outlets
        ],
        "circles": [
            {
                "row": circle.row,
                "name": name_of(circle),
                "label": shorten(circle.name or circle.circle_id or "", 24),
                "level": _grade(circle.level),
                "findings": circle.findings,
                "outlets": circle.outlets,
                "faulty": circle.faulty_outlets,
                "centre": decimals(circle.centre) if circle.centre else None,
                "rings": [[decimals(position) for position in ring] for ring in circle.rings],
            }
            for circle in geography.circles
        ],
    }


def _grade(level: Level | None) -> int:
    return LEVELS.index(level) if level else len(LEVELS)


def _names(outlet: OutletPlace) -> list[str]:
    return [shorten(outlet.name or "", 60), shorten(outlet.outlet_id or "", 60)]


def name_of(circle: CirclePlace) -> str:
    """Name a circle as people know it."""
    return " ".join(shorten(part, 60) for part in (circle.name, circle.circle_id) if part) or "—"


def _anchors(geography: Geography) -> list[Position]:
    found = [position for circle in geography.circles for ring in circle.rings for position in ring]
    found += [circle.centre for circle in geography.circles if circle.centre]
    return found + [outlet.position for outlet in geography.outlets]


def view(geography: Geography) -> Box:
    """Return west, south, east, north of what belongs together; points far from all others do not widen it."""
    points = _anchors(geography)
    middle = (_middle([lon for lon, _ in points]), _middle([lat for _, lat in points]))
    distances = sorted(math.dist(point, middle) for point in points)
    usual = max(distances[int(len(distances) * 0.75)], MIN_SPAN)
    near = [point for point in points if math.dist(point, middle) <= FAR * usual] or [middle]
    west, east = min(lon for lon, _ in near), max(lon for lon, _ in near)
    south, north = min(lat for _, lat in near), max(lat for _, lat in near)
    wide, high = max(MIN_SPAN - (east - west), 0) / 2, max(MIN_SPAN - (north - south), 0) / 2
    return (round(west - wide, 6), round(south - high, 6), round(east + wide, 6), round(north + high, 6))


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def inside(position: Position, box: Box) -> bool:
    """Tell whether a position lies in the first view."""
    return box[0] <= position[0] <= box[2] and box[1] <= position[1] <= box[3]


def remarks(geography: Geography) -> list[Text]:
    """Say what the map shows, in which system, and what it leaves out."""
    system = geography.system
    key = "map-system-unknown" if system is None else "map-system-same" if system in _SAME else "map-system"
    texts = [word(key, system=system)]
    total, drawn = geography.outlets_total, len(geography.outlets)
    values = {"total": number(total), "n": number(drawn), "faulty": number(geography.faulty_total)}
    if total:
        texts.append(word(_share_drawn(geography), **values))
    if len(geography.circles) < geography.circles_total:
        texts.append(
            word("map-circles-sample", total=number(geography.circles_total), n=number(len(geography.circles)))
        )
    box = view(geography)
    away = sum(not inside(outlet.position, box) for outlet in geography.outlets)
    if away:
        texts.append(word("map-away", n=number(away)))
    if geography.outlets_without:
        texts.append(word("map-without", n=number(geography.outlets_without)))
    return texts


def _share_drawn(geography: Geography) -> str:
    drawn, faulty = len(geography.outlets), geography.faulty_total
    if drawn == geography.outlets_total:
        return "map-all" if faulty else "map-all-fine"
    return "map-sample" if faulty <= drawn else "map-faulty-sample"


def table(geography: Geography) -> list[CirclePlace]:
    """Return the circles for the table beside the map, those with the most to mend first when there are many."""
    circles = [circle for circle in geography.circles if circle.row is not None]
    if len(circles) <= ROWS:
        return circles
    return sorted(circles, key=lambda circle: (-circle.faulty_outlets, -circle.findings, circle.row or 0))[:ROWS]


def picture(geography: Geography) -> Picture:
    """Draw the first view, true to shape: a degree of longitude is as long as it is at the middle's latitude."""
    box = view(geography)
    flat = math.cos(math.radians((box[1] + box[3]) / 2))
    unit = min((WIDTH - 2 * MARGIN) / ((box[2] - box[0]) * flat), (HEIGHT - 2 * MARGIN) / (box[3] - box[1]))
    height = int((box[3] - box[1]) * unit + 2 * MARGIN) + 24
    left = (WIDTH - (box[2] - box[0]) * flat * unit) / 2

    def at(position: Position) -> tuple[float, float]:
        return round(left + (position[0] - box[0]) * flat * unit, 1), round(MARGIN + (box[3] - position[1]) * unit, 1)

    dots: dict[Level | None, list[str]] = {level: [] for level in (None, *reversed(LEVELS))}
    for outlet in geography.outlets:
        if inside(outlet.position, box):
            x, y = at(outlet.position)
            dots[outlet.level].append(f"M{x:g} {y:g}h0")
    names = [
        (*at(_heart(circle)), shorten(circle.name or circle.circle_id or "", 16))
        for circle in geography.circles
        if len(geography.circles) <= ROWS and inside(_heart(circle), box)
    ]
    return Picture(
        width=int(WIDTH),
        height=height,
        rings=tuple(
            (circle.level, _outline([list(map(at, ring)) for ring in circle.rings]))
            for circle in geography.circles
            if circle.rings
        ),
        dots=tuple((level, "".join(marks)) for level, marks in dots.items() if marks),
        centres=tuple(names),
        scale=_scale(unit / 111_195),
    )


def _outline(rings: list[list[tuple[float, float]]]) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)


def _heart(circle: CirclePlace) -> Position:
    """Return where a circle's name stands: its centre, or the middle of its boundary's corners."""
    if circle.centre:
        return circle.centre
    corners = [position for ring in circle.rings for position in ring]
    return sum(lon for lon, _ in corners) / len(corners), sum(lat for _, lat in corners) / len(corners)


def _scale(per_metre: float) -> tuple[float, str]:
    """Return the longest round distance that takes at most a quarter of the picture, and its name."""
    longest = WIDTH / 4 / per_metre
    power = 10 ** math.floor(math.log10(longest))
    metres = next(n * power for n in (5, 2, 1) if n * power <= longest)
    return round(metres * per_metre, 1), f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
