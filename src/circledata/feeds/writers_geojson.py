"""Writes tables as GeoJSON (RFC 7946), the outlets by category too: WGS84, right-hand rule, 7 decimals, no `crs`.

Each table is read once, a batch at a time; an outlet goes to its own category, the others that it names, and the
categories above them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from circledata.convert.export.json_text import object_sql
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.export.places import DECIMALS, LAT, LON, Places, points_of
from circledata.engine import sql
from circledata.feeds.categories import Categories

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Codes that can be the name of a file; in a draft a cell may hold anything."""


@dataclass
class Collection:
    """One GeoJSON file on its way; `head`: its member `circledata`."""

    path: Path
    head: Mapping[str, Any]
    count: int = 0
    _stream: TextIO | None = field(default=None, repr=False)

    def __enter__(self) -> Collection:
        """Begin the file."""
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        about = json.dumps(self.head, ensure_ascii=False, separators=(",", ":"))
        self._stream.write(f'{{"type":"FeatureCollection","circledata":{about},"features":[')
        return self

    def add(self, feature: str) -> None:
        """Write one feature."""
        assert self._stream is not None
        self._stream.write((",\n" if self.count else "\n") + feature)
        self.count += 1

    def __exit__(self, *_: object) -> None:
        """Bring the file to its end."""
        assert self._stream is not None
        self._stream.write("\n]}\n")
        self._stream.close()


def write_table(places: Places, name: str, path: Path, head: Mapping[str, Any], categories: Categories) -> int:
    """Write all records of a table; returns how many."""
    table = places.source.tables[name]
    with Collection(path, {"table": name, **head}) as collection:
        for (feature,) in features(places, table, categories):
            collection.add(feature)
    return collection.count


def write_outlets(
    places: Places, path: Path, folder: Path, head: Mapping[str, Any], categories: Categories
) -> tuple[int, dict[str, int]]:
    """Write all outlets to `path`, and those of each category to a file of its own in `folder`.

    Returns how many outlets there are, and how many of each category that any has, in the order of the code list.
    """
    table = places.source.tables["outlets"]
    folder.mkdir()
    files: dict[str, Collection] = {}

    @cache
    def codes_of(category: str, others: str) -> tuple[str, ...]:
        given = [category, *others.split(";")]
        return tuple(code for code in categories.with_parents(given) if _CODE.fullmatch(code))

    with ExitStack() as stack:
        everything = stack.enter_context(Collection(path, {"table": "outlets", **head}))
        for feature, category, others in features(places, table, categories, ["category", "other_categories"]):
            everything.add(feature)
            for code in codes_of(category, others):
                if code not in files:
                    about = {"table": "outlets", "category": code, **head}
                    files[code] = stack.enter_context(Collection(folder / f"{code}.geojson", about))
                files[code].add(feature)
    return everything.count, {code: files[code].count for code in categories.titles if code in files}


def features(
    places: Places, table: SourceTable, categories: Categories, more: Sequence[str] = ()
) -> Iterator[tuple[str, ...]]:
    """Yield each record as a feature in the order of its table, and the texts of the columns `more` behind it."""
    has_points = table.table.name in places.tables
    columns = [column for column in table.columns if not has_points or column.name not in {LON, LAT}]
    lon, lat = (f"CAST(round({item}, {DECIMALS}) AS VARCHAR)" for item in ("__lon", "__lat"))
    own = {LON: lon, LAT: lat} if has_points else {}
    joins = [f"LEFT JOIN {points_of(table)} ON __at = _row"] if has_points else []
    point = f"'{{\"type\":\"Point\",\"coordinates\":[' || {lon} || ',' || {lat} || ']}}'"
    geometry = f"coalesce({point}, 'null')" if has_points else "'null'"
    if table.table.name == "circles" and "circle_id" in table.loaded.by_name:
        geometry = f"coalesce(__shape, {geometry})"
        joins.append('LEFT JOIN feed_shapes ON __circle = "circle_id"')
    if table.table.name == "outlets" and "category" in table.loaded.by_name:
        own |= {f"category_title_{lang}": f"CAST(to_json(__{lang}) AS VARCHAR)" for lang in ("zh", "en")}
        joins.append('LEFT JOIN feed_categories ON __category = "category"')
    parts = ['\'{"type":"Feature",\'', _identity(table), "'\"geometry\":'", geometry, "',\"properties\":'"]
    feature = " || ".join([*parts, object_sql(columns, None, own), "'}'"])
    texts = [f"coalesce({sql.name(name)}, '')" if name in table.loaded.by_name else "''" for name in more]
    return table.select([feature, *texts], extra=" ".join([*joins, "ORDER BY _row"]))


def _identity(table: SourceTable) -> str:
    """Return the SQL of the member `id`, for tables whose key is one column."""
    column = table.loaded.by_name.get(table.table.primary_key[0]) if len(table.table.primary_key) == 1 else None
    if column is None:
        return "''"
    return f"coalesce('\"id\":' || CAST(to_json({column.text}) AS VARCHAR) || ',', '')"


def define(source: Source, places: Places, categories: Categories) -> None:
    """Make what features are joined with known to the database: boundaries as they are written, titles."""
    connection = source.session.connection
    connection.execute("CREATE TABLE feed_shapes (__circle VARCHAR, __shape VARCHAR)")
    shapes = [[circle, json.dumps(_rounded(shape), separators=(",", ":"))] for circle, shape in places.shapes.items()]
    if shapes:
        connection.executemany("INSERT INTO feed_shapes VALUES (?, ?)", shapes)
    connection.execute("CREATE TABLE feed_categories (__category VARCHAR, __zh VARCHAR, __en VARCHAR)")
    titles = [[code, title.zh, title.en] for code, title in categories.titles.items()]
    connection.executemany("INSERT INTO feed_categories VALUES (?, ?, ?)", titles)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value
