"""A published site made by hand: the page beside a discovery file and the feeds that a test wants, and a server."""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from circledata.feeds.page import render
from circledata.standard import load_standard

RELEASE = "2024-12-31-0a1b2c3d"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and writes nothing down but the paths that were asked for."""

    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".geojson": "application/geo+json"}

    def log_message(self, format: str, *args: object) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder on 127.0.0.1; gives its address, and the list of paths that are asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)


def outlet(number: int, **filled: Any) -> dict[str, Any]:
    """Return one outlet as a feature; `lon` and `lat` None leave it without a place."""
    lon, lat = filled.pop("lon", 103.1), filled.pop("lat", 38.05)
    properties = {"outlet_id": f"620602-O{number:06d}", "name": f"示例店{number}", "status": "open", **filled}
    category = properties.setdefault("category", "convenience-store")
    codes = load_standard().codelists["categories"].codes
    if category in codes:
        properties.setdefault("category_title_zh", codes[category].title.zh)
        properties.setdefault("category_title_en", codes[category].title.en)
    geometry = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": properties["outlet_id"], "geometry": geometry, "properties": properties}


def circle(number: int, lon: float = 103.1, lat: float = 38.05, **filled: Any) -> dict[str, Any]:
    """Return one circle as a feature: a square of about a kilometre around its centre."""
    properties = {"circle_id": f"620602-C{number:03d}", "name": f"示例圈{number}", "status": "accepted", **filled}
    west, south, east, north = lon - 0.006, lat - 0.005, lon + 0.006, lat + 0.005
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": properties["circle_id"], "geometry": geometry, "properties": properties}


def write_site(
    folder: Path,
    outlets: Sequence[dict[str, Any]] = (),
    circles: Sequence[dict[str, Any]] = (),
    *,
    indicators: dict[str, Any] | None = None,
    categories: str | None = None,
    language: Any = "zh",
    **changed: Any,
) -> Path:
    """Write a site whose discovery file says what `changed` says; returns its folder."""
    release = folder / "releases" / RELEASE
    (release / "package").mkdir(parents=True)
    feeds = [
        _feed(release, "circles", "geojson", "circles.geojson", _collection(circles), records=len(circles)),
        _feed(release, "outlets", "geojson", "outlets.geojson", _collection(outlets), records=len(outlets)),
        _feed(release, "report", "report", "report.json", "{}"),
    ]
    if indicators is not None:
        text = json.dumps(indicators, ensure_ascii=False)
        feeds.append(_feed(release, "indicators", "indicators", "indicators.json", text))
    if categories is not None:
        feeds.append(_feed(release, "csv-categories", "csv", "package/categories.csv", categories))
    discovery = {
        **{"circledata": "1.0", "type": "discovery", "release": RELEASE, "draft": False, "synthetic": True},
        "title": {"zh": "示例区便民生活圈", "en": "Living circles of Sample District"},
        "publisher": {"name": "示例区商务局", "url": "https://sw.example.gov.cn/"},
        "license": "CC-BY-4.0",
        "area": {"division_code": "620602", "name": {"zh": "示例区", "en": "Sample District"}},
        **{"as_of": "2024-12-31", "updated": "2024-12-31T00:00:00+08:00", "ttl": 86400, "previous": None},
        "quality": {"valid": True, "error": 0, "warning": 2, "advice": 13},
        "records": {"circles": len(circles), "outlets": len(outlets)},
        "generator": {"name": "circledata", "version": "0.1.0"},
        "feeds": feeds,
        **changed,
    }
    (folder / "circledata.json").write_text(json.dumps(discovery, ensure_ascii=False), encoding="utf-8")
    (folder / "index.html").write_text(render(discovery, language), encoding="utf-8", newline="")
    return folder


def _collection(features: Sequence[dict[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return '{"type":"FeatureCollection","circledata":{"table":"outlets"},"features":[\n' + lines + "\n]}\n"


def _feed(release: Path, name: str, kind: str, path: str, text: str, records: int | None = None) -> dict[str, Any]:
    content = text.encode()
    (release / path).write_bytes(content)
    media = {"geojson": "application/geo+json", "csv": "text/csv"}.get(kind, "application/json")
    return {
        **{"name": name, "kind": kind, "title": {"zh": f"文件 {name}", "en": f"File {name}"}},
        **{"url": f"releases/{RELEASE}/{path}", "media_type": media, "bytes": len(content)},
        **{"sha256": hashlib.sha256(content).hexdigest(), "schema": None, "table": None, "category": None},
        **{"coordinate_system": "WGS84" if kind == "geojson" else None, "records": records},
    }
