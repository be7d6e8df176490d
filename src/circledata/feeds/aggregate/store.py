"""Keeps the tables of members that were checked: Parquet files with the cells as the publishers wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from circledata.engine import Session, sql
from circledata.engine.session import Loaded
from circledata.feeds.aggregate.together.session import MEMBER
from circledata.standard import load_standard
from circledata.standard.model import Table
from circledata.values.coordinates import System

if TYPE_CHECKING:
    from circledata.api import Examined
    from circledata.feeds.aggregate.together.run import Checked
    from circledata.sources.model import Package

PLAIN = ("WGS84", "CGCS2000")
"""Systems that are the same for what is measured here: they differ by centimetres."""
LON, LAT = "_lon", "_lat"
"""Columns with the coordinates in WGS84, beside the publisher's own text."""


class Store:
    """Writes the files of one batch. Each group of members that were checked together has its own files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._groups = 0

    def together(self, checked: Checked, packages: Mapping[int, Package]) -> int:
        """Store the tables of members that were checked together; return their group."""
        self._groups += 1
        system = next(iter(packages.values())).meta.coordinate_system
        for loaded in checked.session.tables.values():
            self._table(checked.session, loaded, f"t.{MEMBER}", system)
        self._boundaries({number: package.boundaries for number, package in packages.items()})
        return self._groups

    def alone(self, number: int, found: Examined) -> int:
        """Store the tables of one member; return its group."""
        self._groups += 1
        for loaded in found.session.tables.values():
            if loaded.table.name in load_standard(found.package.standard.version).tables:
                self._table(found.session, loaded, f"CAST({number} AS INTEGER)", found.package.meta.coordinate_system)
        self._boundaries({number: found.package.boundaries})
        return self._groups

    def _table(self, session: Session, loaded: Loaded, member: str, system: str | None) -> None:
        """Write one table: member, record, every column of the standard as text, coordinates in WGS84."""
        name = loaded.table.name
        core = load_standard(session.standard.version).tables[name]
        items = [f"{member} AS {MEMBER}", "t._row"]
        items += [f"{_cell(loaded, column)} AS {sql.name(column)}" for column in core.by_name]
        source = f"{sql.name(f'v_{name}')} t"
        if located(core):
            items += [f"w.{LON}", f"w.{LAT}"]
            source += f" LEFT JOIN {self._places(session, name, system)} w ON w._row = t._row"
        path = self.folder / f"{name}.{self._groups}.parquet"
        session.execute(
            f"COPY (SELECT {', '.join(items)} FROM {source}) TO {sql.text(str(path))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )

    def _places(self, session: Session, name: str, system: str | None) -> str:
        """Return the relation of `_row` and the coordinates in WGS84; empty cells where they cannot be known."""
        select = f"SELECT _row, longitude AS {LON}, latitude AS {LAT} FROM {sql.name(name)}"
        if system is None:
            return f"({select} WHERE false)"
        if system in PLAIN:
            return f"({select})"
        from circledata.values.shift import convert

        stored = f"w_{name}_{self._groups}"
        session.execute(f"CREATE TABLE {stored} (_row BIGINT, {LON} DOUBLE, {LAT} DOUBLE)")
        found = session.execute(f"{select} WHERE longitude IS NOT NULL AND latitude IS NOT NULL").fetchnumpy()
        if len(found["_row"]):
            lon, lat = convert(found[LON], found[LAT], cast(System, system), "WGS84")
            session.insert_numpy(stored, f"_row, {LON}, {LAT}", {"_row": found["_row"], LON: lon, LAT: lat})
        return stored

    def _boundaries(self, paths: Mapping[int, Path | None]) -> None:
        """Keep the boundaries of the circles, a feature a line."""
        with (self.folder / f"boundaries.{self._groups}.jsonl").open("w", encoding="utf-8") as stream:
            for number, path in paths.items():
                if path is None:
                    continue
                for feature in json.loads(path.read_bytes().decode("utf-8-sig")).get("features", []):
                    line = json.dumps({"member": number, "feature": feature}, ensure_ascii=False, separators=(",", ":"))
                    stream.write(line + "\n")


def located(table: Table) -> bool:
    """Tell whether the records of a table have coordinates."""
    return {"longitude", "latitude"} <= table.by_name.keys()


def _cell(loaded: Loaded, column: str) -> str:
    """Return the SQL of a cell's text as the publisher wrote it."""
    found = loaded.by_name.get(column)
    if found is None:
        return "CAST(NULL AS VARCHAR)"
    return f"nullif(CAST({found.text} AS VARCHAR), '')"
