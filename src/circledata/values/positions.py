"""Reads a position as people write it: one cell with both coordinates, or two cells, in any of the usual forms.

Understood: `116.404,39.915`, also latitude first, with Chinese commas, blanks, brackets, labels (经度, lng), as a
WKT point or geo: address; degrees, minutes and seconds; numbers a million times too large (microdegrees). Metres of a
projection are recognised and not converted.

What tells longitude from latitude without letters is China itself: its longitudes (73 to 136) and latitudes (3 to 54)
do not overlap. The rough outline of China used here is our own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from circledata.values.angles import LIMITS, Angle, ordinary, read_angle, read_degrees, read_two, tidy

__all__ = ["KIND_WORDS", "Kind", "Order", "Position", "in_china", "read_degrees", "read_pair", "read_position"]

Order = Literal["lon-lat", "lat-lon"]
Kind = Literal["degrees", "degrees-minutes", "scaled", "gauss-kruger", "mercator", "metres", "zero", "unclear"]

KIND_WORDS: dict[Kind, tuple[str, str]] = {
    "degrees": ("十进制度", "decimal degrees"),
    "degrees-minutes": ("度分秒", "degrees, minutes, seconds"),
    "scaled": ("放大了整数倍的度（如百万分之一度）", "degrees times a power of ten (such as microdegrees)"),
    "gauss-kruger": (
        "像是高斯投影的米数（平面直角坐标），不是经纬度；请先换算成经纬度",
        "looks like metres of a Gauss-Krüger projection, no longitude and latitude; convert it to degrees first",
    ),
    "mercator": (
        "像是网络墨卡托投影的米数，不是经纬度；请先换算成经纬度",
        "looks like metres of a Web Mercator projection, no longitude and latitude; convert it to degrees first",
    ),
    "metres": (
        "像是投影坐标的米数，看不出是哪一种投影；请先换算成经纬度",
        "looks like metres of a projection, not clear which; convert it to degrees first",
    ),
    "zero": ("0,0 表示没有位置", "0,0 says that no position is known"),
    "unclear": ("看不出哪个是经度、哪个是纬度", "not clear which number is the longitude and which the latitude"),
}
"""What each kind of position is, in zh and en."""

_CHINA = ((73.0, 26.0, 97.0, 50.0), (97.0, 3.0, 136.0, 54.0))  # west, south, east, north: degrees
_SCALES = (1e5, 1e6, 1e7)
_MERCATOR = (8.1e6, 0.33e6, 15.2e6, 7.2e6)  # west, south, east, north of China in metres of Web Mercator, rounded
_NORTHINGS = (0.33e6, 6.0e6)  # metres from the equator, of China
_EASTINGS = (1e5, 9e5)  # metres with a false easting of 500 km; a zone is at most 6 degrees wide
_ZONES = (13, 45)  # numbers of the zones of China, 6 degrees wide (13 to 23) and 3 degrees wide (24 to 45)

_PLAIN = re.compile(r"([-+]?[0-9]+(?:\.[0-9]*)?) ?[,，] ?([-+]?[0-9]+(?:\.[0-9]*)?)")
_CAPTION = re.compile(
    r"^(?:[经經][纬緯]度?|坐标|坐標|位置|location|coordinates?)\s*(?:[:=\s]|(?=[(\[]))\s*", re.IGNORECASE
)
_WKT = re.compile(
    r"(?:SRID\s*=\s*[0-9]+\s*;\s*)?POINT\s*Z?M?\s*\(\s*([^\s,]+)\s+([^\s,]+)(?:\s[^\s,]+){0,2}\s*\)", re.IGNORECASE
)
_GEO = re.compile(r"geo:\s*([^,;]+),([^,;]+)(?:;.*)?", re.IGNORECASE)
_HEIGHT = re.compile(r"^([-+0-9.]+,[-+0-9.]+),0(?:\.0*)?$")
_QUOTED = re.compile(r'"([A-Za-z]+|[-+]?[0-9.]+)"')
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】", "〔": "〕", "'": "'", '"': '"'}


@dataclass(frozen=True, slots=True)
class Position:
    """A position in degrees and how it was written; `lon`, `lat` are None for a kind that gives no sure degrees.

    `swapped`: the numbers stood the other way round than said (by `order`, by the columns, or by their letters).
    """

    lon: float | None
    lat: float | None
    kind: Kind
    swapped: bool = False

    @property
    def known(self) -> bool:
        """Tell whether there are degrees to use."""
        return self.lon is not None


def in_china(lon: float, lat: float) -> bool:
    """Tell whether a place (degrees) lies in the rough outline of China."""
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in _CHINA)


def read_position(text: str, order: Order | None = None) -> Position | None:
    """Read a cell that holds both coordinates; None for what is no position.

    `order`: what the file says about the order. Letters and labels (N, 经度) go before it, WKT has longitude first and
    geo: (RFC 5870) latitude. Without any of these the numbers themselves must tell, else the kind is `unclear`.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
        return _judge(Angle(float(plain[1]), None, False), Angle(float(plain[2]), None, False), order)
    bare = _unwrap(ordinary(text))
    if match := _WKT.fullmatch(bare):
        return _of_two(f"{match[1]},{match[2]}", "lon-lat")
    if match := _GEO.fullmatch(bare):
        return _of_two(f"{match[1]},{match[2]}", "lat-lon")
    return _of_two(bare, order)


def read_pair(longitude: str, latitude: str) -> Position | None:
    """Read a longitude and a latitude from two cells; None where one of them cannot be read."""
    lon, lat = read_angle(longitude), read_angle(latitude)
    return _judge(lon, lat, "lon-lat") if lon and lat else None


def _unwrap(text: str) -> str:
    """Take off captions, brackets, the quotation marks of JSON, a final separator, and the height 0 that KML writes."""
    text = _CAPTION.sub("", text)
    if text[:1] in {"{", "["}:
        text = _QUOTED.sub(r"\1", text)
    while len(text) > 1 and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    text = text.removeprefix("'").rstrip(",; ")
    return _HEIGHT.sub(r"\1", text)


def _of_two(text: str, order: Order | None) -> Position | None:
    angles = read_two(tidy(text))
    return _judge(*angles, order) if angles else None


def _judge(first: Angle, second: Angle, order: Order | None) -> Position | None:
    """Decide which of two angles is which, and what they are."""
    named = first.axis is not None or second.axis is not None
    if named:
        if first.axis == second.axis:
            return None
        order = "lon-lat" if first.axis == "lon" or second.axis == "lat" else "lat-lon"
    a, b = first.degrees, second.degrees
    if a == 0 and b == 0:
        return Position(None, None, "zero")
    if order == "lat-lon":
        a, b = b, a
    kind: Kind = "degrees-minutes" if first.with_minutes or second.with_minutes else "degrees"
    as_said, turned = _on_earth(a, b), _on_earth(b, a)
    if not as_said and not turned:
        return _large(a, b, order is not None) if kind == "degrees" else None
    if as_said and (in_china(a, b) or (order is not None and (named or not in_china(b, a)))):
        return Position(a, b, kind)
    if turned and (in_china(b, a) or not as_said):
        return Position(b, a, kind, swapped=order is not None)
    return Position(a, b, kind) if not turned else Position(None, None, "unclear")


def _on_earth(lon: float, lat: float) -> bool:
    return abs(lon) <= LIMITS["lon"] and abs(lat) <= LIMITS["lat"]


def _large(a: float, b: float, declared: bool) -> Position | None:
    """Say what two numbers too large for degrees are: scaled degrees, if only one reading fits China, or metres."""
    scaled = [
        Position(lon / scale, lat / scale, "scaled", swapped=declared and turned)
        for lon, lat, turned in ((a, b, False), (b, a, True))
        for scale in _SCALES
        if a.is_integer() and b.is_integer() and in_china(lon / scale, lat / scale)
    ]
    projections = sorted(set(_projections(a, b)))
    if scaled and (projections or len(scaled) > 1):
        return Position(None, None, "unclear")
    if scaled:
        return scaled[0]
    if projections:
        return Position(None, None, projections[0] if len(projections) == 1 else "metres")
    return None


def _projections(a: float, b: float) -> Iterator[Kind]:
    """Name the projections of which two numbers, in either order, could be metres in China."""
    for east, north in ((a, b), (b, a)):
        zone, within = divmod(east, 1e6)
        in_zone = _EASTINGS[0] <= within <= _EASTINGS[1] and (zone == 0 or _ZONES[0] <= zone <= _ZONES[1])
        if in_zone and _NORTHINGS[0] <= north <= _NORTHINGS[1]:
            yield "gauss-kruger"
        west, south, far_east, far_north = _MERCATOR
        if west <= east <= far_east and south <= north <= far_north:
            yield "mercator"
