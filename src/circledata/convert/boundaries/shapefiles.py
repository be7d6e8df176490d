"""Reads a shapefile of boundaries: .shp, .dbf, .prj and .cpg beside each other, Chinese names in whatever encoding."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from circledata.convert.boundaries.layers import MOST_BYTES, Feature, Layer, as_text, cannot
from circledata.convert.boundaries.options import BoundaryOptions
from circledata.convert.boundaries.systems import system_of_prj
from circledata.convert.options import ConvertOptions

_LATIN = "latin-1"
"""Reads every byte as one character, so that the bytes of a name can be had back and read in their own encoding."""
_POLYGONS = frozenset({5, 15, 25, 31})
_NAMED = {
    "utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "936": "gb18030",
    "cp936": "gb18030", "ansi936": "gb18030", "oem936": "gb18030", "54936": "gb18030",
}  # fmt: skip


def read_shapefile(parts: Mapping[str, Path], name: str, options: ConvertOptions, said: BoundaryOptions) -> Layer:
    """Return the features of a shapefile.

    `parts`: its files by ending (`.shp`). Without .shp or .dbf there is no layer; without .shx it can be read all the
    same; without .prj somebody must say the coordinate system. ConversionError says which part is missing.
    """
    _check_parts(parts, name)
    notes: Counter[str] = Counter() if ".shx" in parts else Counter({"shx-missing": 1})
    if ".prj" in parts:
        system: str | None = system_of_prj(_bytes(parts[".prj"]).decode("utf-8", "replace"), name)
    elif options.coordinate_system is None:
        raise cannot(
            f"{name} 旁边没有同名的 .prj 文件，不知道坐标系。"
            "请把 .prj 一起拷来；找不到的，用 --crs 写明，例如 --crs CGCS2000。",
            f"There is no .prj of the same name beside {name}, so its coordinate system is not known. Copy it too, or "
            "say it with --crs, for example --crs CGCS2000.",
        )
    else:
        system = None
    shapes, fields, records = _read(parts, name)
    encoding = _encoding(parts, fields, records, said, notes, name)
    columns = [_decoded(field, encoding, Counter()) for field in fields]
    features = []
    for number, (shape, record) in enumerate(zip(shapes, records, strict=True), start=1):
        texts = (_value(value, encoding, notes) for value in record)
        properties = {column: text for column, text in zip(columns, texts, strict=True) if text}
        features.append(Feature(number, properties, shape))
    return Layer(name, features, tuple(columns), system, notes, short_names=True)


def _check_parts(parts: Mapping[str, Path], name: str) -> None:
    for ending, zh, en in (
        (".shp", "图形", "the shapes"),
        (".dbf", "名称和编号", "names and ids"),
    ):
        if ending not in parts:
            raise cannot(
                f"{name} 缺少同名的 {ending} 文件，里面是{zh}。"
                "shapefile 是几个文件，请把 .shp、.shx、.dbf、.prj 一起拷来。",
                f"{name} lacks its {ending}, which holds {en}. A shapefile is several files: copy .shp, .shx, .dbf "
                "and .prj together.",
            )


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise cannot(
            f"{path.name} 太大，超过 {MOST_BYTES >> 20} MB。", f"{path.name} is larger than {MOST_BYTES >> 20} MB."
        )
    return path.read_bytes()


def _read(parts: Mapping[str, Path], name: str) -> tuple[list[Any], list[str], list[Sequence[Any]]]:
    """Return geometries as GeoJSON (None: none), names of columns and records, the texts in latin-1."""
    import struct
    import warnings

    import shapefile  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong with a ring is told by shapely later
            reader = shapefile.Reader(
                shp=io.BytesIO(_bytes(parts[".shp"])), dbf=io.BytesIO(_bytes(parts[".dbf"])), encoding=_LATIN
            )
            shapes = [_geometry(shape) for shape in reader.iterShapes()]
            records: list[Sequence[Any]] = [tuple(record) for record in reader.iterRecords()]
            fields = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
    except (shapefile.ShapefileException, struct.error, ValueError, IndexError, EOFError, OverflowError) as error:
        raise cannot(
            f"{name} 已损坏，读不出来。请从地图软件重新导出。",
            f"{name} is damaged and cannot be read. Export it again from the mapping program.",
        ) from error
    if len(shapes) != len(records):
        raise cannot(
            f"{name} 有 {len(shapes)} 个图形，属性表却有 {len(records)} 行，对不上。请从地图软件重新导出。",
            f"{name} has {len(shapes)} shapes but {len(records)} records, which do not match. Export it again.",
        )
    return shapes, fields, records


def _geometry(shape: Any) -> Any:
    if shape.shapeType == 0:
        return None
    if shape.shapeType not in _POLYGONS:
        return {"type": "Point" if shape.shapeType in {1, 11, 21} else "LineString", "coordinates": []}
    geometry = dict(shape.__geo_interface__)
    if shape.shapeType != 5:
        geometry["height"] = True
    return geometry


def _encoding(
    parts: Mapping[str, Path],
    fields: Sequence[str],
    records: Sequence[Sequence[Any]],
    said: BoundaryOptions,
    notes: Counter[str],
    name: str,
) -> str:
    """Return the encoding of the names: as a person said, as .cpg says, UTF-8 or GB18030 by what can be read."""
    texts = [*fields, *(value for record in records for value in record if isinstance(value, str))]
    joined = [text.encode(_LATIN) for text in texts if not text.isascii()]
    stated = _bytes(parts[".cpg"]).decode("ascii", "replace").strip() if ".cpg" in parts else ""
    wanted = _known(said.encoding or "") or _known(stated)
    if said.encoding and _known(said.encoding) is None:
        raise cannot(
            f"不认识编码 {said.encoding}，请写 utf-8 或 gb18030。",
            f"{said.encoding} is no encoding; say utf-8 or gb18030.",
        )
    if not joined:
        return "utf-8"
    for encoding in dict.fromkeys(filter(None, (wanted, "utf-8", "gb18030"))):
        if all(_readable(data, encoding) for data in joined):
            if encoding != wanted and stated:
                notes["cpg-wrong"] += 1
            return encoding
    raise cannot(
        f"{name} 的属性表（.dbf）既不是 UTF-8 也不是 GBK，名称读不出来。请在地图软件里重新导出，编码选 UTF-8。",
        f"The table (.dbf) of {name} is neither UTF-8 nor GBK; names cannot be read. Export it again in UTF-8.",
    )


def _known(label: str) -> str | None:
    return _NAMED.get("".join(character for character in label.lower() if character.isalnum()))


def _readable(data: bytes, encoding: str) -> bool:
    return _cut(data, encoding) is not None


def _cut(data: bytes, encoding: str) -> tuple[str, bool] | None:
    """Decode, forgiving a last character that the width of the column cut in two; None when it is another encoding."""
    for lost in range(min(4, len(data))):
        try:
            return data[: len(data) - lost].decode(encoding), lost > 0
        except UnicodeDecodeError as error:
            if error.start < len(data) - 4:
                return None
    return None


def _decoded(text: str, encoding: str, notes: Counter[str]) -> str:
    if text.isascii():
        return text.strip()
    found = _cut(text.encode(_LATIN), encoding)
    assert found is not None
    notes["text-cut"] += found[1]
    return found[0].strip(" \x00")


def _value(value: Any, encoding: str, notes: Counter[str]) -> str:
    return _decoded(value.strip("\x00 "), encoding, notes) if isinstance(value, str) else as_text(value)
