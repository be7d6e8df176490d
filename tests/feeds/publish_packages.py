"""A small package for the tests of publishing, in several states, and what a reader makes of a site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from changes_packages import write_package

SQUARE = [[103.10, 38.05], [103.12, 38.05], [103.12, 38.07], [103.10, 38.07], [103.10, 38.05]]
HOLE = [[103.105, 38.055], [103.106, 38.055], [103.106, 38.056], [103.105, 38.056], [103.105, 38.055]]


def circle(number: int = 1, **cells: str) -> dict[str, str]:
    return {
        "circle_id": f"620602-C{number:03}",
        "name": f"圈{number}",
        "division_code": "620602001",
        "status": "built",
        "longitude": "103.11",
        "latitude": "38.06",
    } | cells


def outlet(number: int, **cells: str) -> dict[str, str]:
    return {
        "outlet_id": f"620602-O{number:06}",
        "circle_id": "620602-C001",
        "name": f"店{number}",
        "category": "convenience-store",
        "address": f"青禾街 {number} 号",
        "status": "open",
        "longitude": f"103.1{number:05}",
        "latitude": "38.06",
    } | cells


def boundaries(*rings: list[list[float]], **properties: Any) -> bytes:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": list(rings) or [SQUARE]},
        "properties": {"circle_id": "620602-C001", **properties},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def small(folder: Path, outlets: int = 3, shape: bytes | None = None, **settings: Any) -> Path:
    """Write a package of one circle and some outlets. `settings`: of its descriptor's circledata."""
    tables = {"circles": [circle()], "outlets": [outlet(number) for number in range(1, outlets + 1)]}
    return write_package(
        folder, tables, settings=settings, files={"circles.geojson": boundaries() if shape is None else shape}
    )


def told(site: Path) -> dict[str, Any]:
    """Return the discovery file of a site."""
    content: dict[str, Any] = json.loads((site / "circledata.json").read_bytes())
    return content


def file_of(site: Path, url: str) -> Path:
    """Return the file that an address in the discovery file at the top of a site means."""
    return site / urljoin("http://site.example/", url).removeprefix("http://site.example/")


def feed(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in content["feeds"] if item["name"] == name)


def read(site: Path, name: str) -> Any:
    """Return a JSON feed by its name."""
    return json.loads(file_of(site, feed(told(site), name)["url"]).read_bytes())


def wrong_files(site: Path) -> list[str]:
    """Return the feeds whose file is not as circledata.json says; a reader finds none at any time."""
    wrong = []
    for item in told(site)["feeds"]:
        path = file_of(site, item["url"])
        content = path.read_bytes() if path.is_file() else b""
        if (len(content), hashlib.sha256(content).hexdigest()) != (item["bytes"], item["sha256"]):
            wrong.append(item["name"])
    return wrong


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return content and time of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
