"""Finds the layers in what a user names: a GeoJSON, one file of a shapefile, or a ZIP that holds either."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from circledata.convert.boundaries.geojson import read_geojson
from circledata.convert.boundaries.layers import MOST_BYTES, Layer, cannot
from circledata.convert.boundaries.options import BoundaryOptions
from circledata.convert.boundaries.shapefiles import read_shapefile
from circledata.convert.options import ConvertOptions
from circledata.convert.read.words import refused
from circledata.sources.archive import Archive
from circledata.sources.container import Refused
from circledata.sources.model import Limits

PARTS = frozenset({".shp", ".dbf", ".shx", ".prj", ".cpg"})
_JSON = frozenset({".json", ".geojson"})


def read_layers(path: Path, options: ConvertOptions, said: BoundaryOptions) -> Iterator[Layer]:
    """Yield the layers of a file. ConversionError when there is none or one cannot be read; OSError by the machine."""
    if not path.is_file():
        raise cannot(f"找不到文件 {path}。", f"There is no file {path}.")
    if path.stat().st_size > MOST_BYTES:
        raise cannot(
            f"{path.name} 太大，超过 {MOST_BYTES >> 20} MB。", f"{path.name} is larger than {MOST_BYTES >> 20} MB."
        )
    ending = path.suffix.lower()
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04":
        yield from _archive(path, options, said)
    elif ending in PARTS:
        yield read_shapefile(_siblings(path), f"{path.stem}.shp", options, said)
    elif ending in _JSON or start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        yield read_geojson(path, path.name)
    else:
        raise cannot(
            f"{path.name} 不是边界文件。可以是 GeoJSON（.geojson、.json）、shapefile（.shp）或装着它们的 ZIP；"
            "其他格式请先在地图软件里另存。",
            f"{path.name} is no boundary file. It may be GeoJSON (.geojson, .json), a shapefile (.shp) or a ZIP of "
            "them; save other formats as one of these first.",
        )


def _siblings(path: Path) -> Mapping[str, Path]:
    """Return the files of a shapefile by ending, whatever the case of their names."""
    stem = path.stem.lower()
    found = (item for item in sorted(path.parent.iterdir()) if item.stem.lower() == stem and item.is_file())
    return {item.suffix.lower(): item for item in found if item.suffix.lower() in PARTS}


def _archive(path: Path, options: ConvertOptions, said: BoundaryOptions) -> Iterator[Layer]:
    layers = []
    with tempfile.TemporaryDirectory(prefix="circledata-") as folder:
        try:
            with Archive(path, path.name, Path(folder), Limits()) as archive:
                names = archive.names()
                for stem, parts in _stems(names).items():
                    files = {ending: file for ending, name in parts.items() if (file := archive.fetch(name))}
                    layers.append(read_shapefile(files, f"{path.name}/{stem}.shp", options, said))
                layers += [
                    read_geojson(file, f"{path.name}/{name}")
                    for name in names
                    if PurePosixPath(name).suffix.lower() in _JSON and (file := archive.fetch(name))
                ]
        except Refused as error:
            raise refused(error, path.name) from None
    if not layers:
        raise cannot(
            f"{path.name} 里没有 .shp 或 .geojson 文件。", f"There is no .shp and no .geojson file in {path.name}."
        )
    yield from layers


def _stems(names: list[str]) -> Mapping[str, dict[str, str]]:
    """Return the shapefiles of an archive: the names of their parts by ending, by path without the ending."""
    found: dict[str, dict[str, str]] = {}
    spelled: dict[str, str] = {}
    for name in sorted(names):
        place = PurePosixPath(name)
        ending = place.suffix.lower()
        if ending in PARTS:
            stem = str(place.with_suffix(""))
            found.setdefault(spelled.setdefault(stem.lower(), stem), {})[ending] = name
    return {stem: parts for stem, parts in found.items() if ".shp" in parts or ".dbf" in parts}
