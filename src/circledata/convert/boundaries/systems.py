"""Tells the coordinate system that a boundary file states: the text of a .prj, the member crs of a GeoJSON."""

from __future__ import annotations

import re
from typing import Any

from circledata.convert.boundaries.layers import cannot
from circledata.convert.model import ConversionError

_KIND = re.compile(
    r"\s*(GEOGCS|GEOGCRS|GEODCRS|GEODETICCRS|GEOGRAPHICCRS|PROJCS|PROJCRS|PROJECTEDCRS)\s*\[\s*\"([^\"]*)\"",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"UNIT\s*\[\s*\"(?:degree|Degree|DEGREE)")
_CODE = re.compile(r"(?:EPSG|CGCS|OGC)\W.*?([0-9]{4,5}|CRS84)\s*$", re.IGNORECASE)
_BY_CODE = {"4326": "WGS84", "CRS84": "WGS84", "4979": "WGS84", "4490": "CGCS2000"}


def system_of_prj(text: str, file: str) -> str:
    """Return WGS84 or CGCS2000 from the text of a .prj.

    ConversionError for projected coordinates (metres), which are not converted here, and for other datums such as
    Beijing 1954 or Xi'an 1980, which lie elsewhere by some tens of metres.
    """
    found = _KIND.match(text)
    if found is None:
        raise cannot(
            f"{file} 的 .prj 读不懂，看不出坐标系。请在地图软件里重新导出，坐标系选 CGCS2000 经纬度（EPSG:4490）。",
            f"The .prj of {file} cannot be read, so its coordinate system is not known. Export it again in EPSG:4490.",
        )
    kind, name = found[1].upper(), found[2]
    if kind.startswith("PROJ"):
        raise projected(file, name)
    system = _by_name(name)
    if system is None or not (_DEGREE.search(text) or "UNIT" not in text.upper()):
        raise _other_datum(file, name)
    return system


def _by_name(name: str) -> str | None:
    plain = re.sub(r"[\s_\-]", "", name).upper()
    if "CGCS2000" in plain or "CHINAGEODETICCOORDINATESYSTEM2000" in plain or plain == "CHINA2000":
        return "CGCS2000"
    return "WGS84" if plain in {"GCSWGS1984", "WGS1984", "WGS84", "GCSWGS84", "WGS84(DD)", "WGS84CRS84"} else None


def system_of_crs(crs: Any, file: str) -> str | None:
    """Return the system that the member `crs` of a GeoJSON names; None when there is none. ConversionError as above."""
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return None
    code = _CODE.search(name)
    system = _BY_CODE.get(code[1].upper()) if code else _by_name(name)
    if system is None:
        raise _other_datum(file, name)
    return system


def projected(file: str, name: str) -> ConversionError:
    """Say that the coordinates are metres of a projection (Gauss-Krüger and the like)."""
    return cannot(
        f"{file} 是投影坐标（{name}），不是经纬度，没有转换。"
        "请在地图软件里另存，坐标系选 CGCS2000 经纬度（EPSG:4490）。",
        f"{file} holds projected coordinates ({name}), not degrees, and was not converted. Save it again in the "
        "mapping program with CGCS2000 in degrees (EPSG:4490).",
    )


def _other_datum(file: str, name: str) -> ConversionError:
    return cannot(
        f"{file} 的坐标系是 {name}，不是 WGS84 或 CGCS2000 的经纬度，没有转换。请在地图软件里转换到 EPSG:4490 后另存。",
        f"The coordinate system of {file} is {name}, neither WGS84 nor CGCS2000 in degrees; it was not converted. "
        "Transform it to EPSG:4490 in the mapping program and save it again.",
    )
