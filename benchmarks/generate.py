"""Writes packages of any size with DuckDB: clean, or with faults in 1 % of the rows and the list of them beside it.

python -m benchmarks.generate DIRECTORY --outlets 100000 [--faults]
python -m benchmarks.generate DIRECTORY --national [--scale 0.01] [--faults]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import tables
from benchmarks.faults import FAULTS, Fault
from benchmarks.tables import TABLES, Size
from circledata.standard import Standard, load_standard
from circledata.standard.model import Rule
from circledata.standard.schemas import table_schema
from circledata.values.identifiers import uscc_check_character

RATE = 104
"""One row in so many carries a fault; in small tables more do, so that every kind occurs.

Not 100: the number of circles is often a multiple of that, and all faults would stand in the same few circles.
"""
SEED = 20241231


@dataclass(frozen=True)
class Seeded:
    """Where one kind of fault stands in a table: rows `first`, `first + step`, …, below `end`, counted from 0."""

    fault: Fault
    first: int
    step: int
    end: int

    @property
    def condition(self) -> str:
        """SQL that is true for the rows that carry the fault."""
        return f"i >= {self.first} and i < {self.end} and (i - {self.first}) % {self.step} = 0"

    @property
    def rows(self) -> range:
        """The rows that carry the fault."""
        return range(self.first, self.end, self.step)


def write_package(
    folder: Path, size: Size, *, faults: bool = False, boundaries: bool = True, everywhere: Sequence[Fault] = ()
) -> dict[str, int]:
    """Write a package into `folder` and return the number of records of each table.

    `faults`: seed faults and write the list of them to `truth_of(folder)`. `boundaries`: write circles.geojson.
    `everywhere`: faults that every outlet gets.
    """
    folder.mkdir(parents=True, exist_ok=True)
    standard = load_standard()
    rows = size.rows
    connection = duckdb.connect(config={"preserve_insertion_order": True})
    define_codes(connection)
    truth: list[tuple[str, str, int, str]] = []
    # The closed circle among the spare ones has no boundary, nor has one whose id is gone.
    unbounded = {size.circles}
    for name, count in rows.items():
        seeded = plan(standard, name, size) if faults else []
        if name == "outlets":
            seeded += [Seeded(fault, 0, 1, count) for fault in everywhere]
        connection.execute(copy_statement(name, size, count, folder / f"{name}.csv", seeded))
        if name == "circles":
            unbounded |= {row for entry in seeded if "circle_id" in entry.fault.changes for row in entry.rows}
        truth.extend(consequences(standard, name, size, seeded))
    connection.close()
    write_descriptor(folder, standard, size, boundaries=boundaries)
    if boundaries:
        write_boundaries(folder / "circles.geojson", set(range(rows["circles"])) - unbounded)
    if faults:
        write_truth(truth_of(folder), truth)
    return rows


def truth_of(folder: Path) -> Path:
    """Return where the truth of a package stands: beside it, since it is no part of it."""
    return folder.with_name(f"{folder.name}.truth.csv")


def define_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """Set the variable that `tables.uscc` takes its codes from."""
    rng = random.Random(SEED)
    bodies = ("91620602" + "".join(rng.choice("0123456789ABCDEFGH") for _ in range(9)) for _ in range(tables.CODES))
    codes = [body + uscc_check_character(body) for body in bodies]
    connection.execute("set variable usccs = " + tables.quoted(" ".join(codes)))


ALIGNED = {"outlets": (4, 2), "survey_questions": (10, 1), "survey_results": (50, 0), "subsidies": (2, 1)}
"""Period and offset of the rows that may carry faults, where the rows of a table belong together in groups."""


def runs(rule: Rule, size: Size) -> bool:
    """Whether a package of that size has every table that a rule reads."""
    return {need for need in rule.needs if "." not in need} <= set(size.rows)


def plan(standard: Standard, name: str, size: Size) -> list[Seeded]:
    """Spread the faults over a table: those for spare rows at its end, the others over the rest, 1 % in all."""
    columns, count = set(TABLES[name]("i", size)), size.rows[name]
    faults = [
        fault
        for fault in FAULTS[name]
        if columns & set(fault.changes) and fault.fits(size) and runs(standard.rule(fault.rule), size)
    ]
    spare_start = size.spare_from(name)
    # Only the last of a circle's communities carries faults: some copy from the one a round of circles before.
    start = 2 * size.circles if name == "communities" else 0
    used = [fault for fault in faults if not fault.spare]
    spare = [fault for fault in faults if fault.spare]
    period, offset = ALIGNED.get(name, (1, 0))
    return [
        *spread(used, start, size.used(name), period=period, offset=offset),
        # The first two spare rows are what some faults point to.
        *spread(spare, min(spare_start + 2, count), count),
    ]


def spread(faults: Sequence[Fault], start: int, end: int, *, period: int = 1, offset: int = 0) -> list[Seeded]:
    """Give each fault its rows between `start` and `end`: every kind in turn, one row in a hundred or all that fit."""
    if not faults or end <= start:
        return []
    room = (end - start - offset) // len(faults) // period * period
    # Never two faulty rows next to each other, since a fault may copy from the rows above.
    distance = max(min(RATE // period * period, room), -(-3 // period) * period)
    first = start + offset + distance // period // 2 * period
    if first < start + 2:
        first += period * -(-2 // period)
    return [
        Seeded(fault, first + number * distance + fault.shift, distance * len(faults), end)
        for number, fault in enumerate(faults)
        if first + number * distance + fault.shift < end
    ]


def copy_statement(name: str, size: Size, count: int, path: Path, seeded: Sequence[Seeded]) -> str:
    """Return the statement that writes one table with its faults."""
    clean = TABLES[name]("i", size)
    items = ", ".join(_cell(column, expression, name, size, seeded) for column, expression in clean.items())
    source = f"select {items} from range({count}) rows(i)"
    return f"copy ({source}) to '{path}' (header, delimiter ',')"


def _cell(column: str, clean: str, name: str, size: Size, seeded: Sequence[Seeded]) -> str:
    changed = [entry for entry in seeded if column in entry.fault.changes]
    value = f"cast({clean} as varchar)"
    if changed:
        branches = " ".join(
            f"when {entry.condition} then cast({_written(entry.fault.changes[column], name, size)} as varchar)"
            for entry in changed
        )
        value = f"case {branches} else {value} end"
    return f"nullif({value}, '') as \"{column}\""


def _written(change: str, name: str, size: Size) -> str:
    """Replace `old.column`, `size.circles` and the like in a change by their SQL."""
    rows = {"old": "i", "before": "i - 1", "before_but_one": "i - 2", "round_before": f"i - {size.circles}"}

    def cell(match: re.Match[str]) -> str:
        source, column = match.groups()
        return (
            str(getattr(size, column)) if source == "size" else f"({TABLES[name](f'({rows[source]})', size)[column]})"
        )

    return re.sub(rf"\b(size|{'|'.join(rows)})\.([a-z_0-9]+)", cell, change)


def consequences(
    standard: Standard, name: str, size: Size, seeded: Sequence[Seeded]
) -> list[tuple[str, str, int, str]]:
    """Return code, file, line and column of every finding that must follow from the seeded faults."""
    found = []
    for entry in seeded:
        rule = standard.rule(entry.fault.rule)
        places = [(rule.code, entry.fault.column or rule.columns[0], entry.fault.apart)]
        for other, column, apart in entry.fault.also:
            if runs(standard.rule(other), size):
                places.append((standard.rule(other).code, column, apart))
        found += [
            (code, f"{name}.csv", row + apart + 2, column) for row in entry.rows for code, column, apart in places
        ]
    return found


def write_truth(path: Path, truth: Sequence[tuple[str, str, int, str]]) -> None:
    """Write the list of findings that must come out."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", "file", "line", "column"])
        writer.writerows(sorted(truth))


def write_descriptor(folder: Path, standard: Standard, size: Size, *, boundaries: bool) -> None:
    """Write datapackage.json with the schema of every table, so that frictionless can read the package too."""
    rows = size.rows
    resources: list[dict[str, Any]] = []
    for name in rows:
        schema = table_schema(standard.tables[name], standard, set(rows))
        present = set(TABLES[name]("i", size))
        schema["fields"] = sorted(
            (field for field in schema["fields"] if field["name"] in present),
            key=lambda field: list(TABLES[name]("i", size)).index(field["name"]),
        )
        kept = [key for key in schema.get("foreignKeys", []) if set(key["fields"]) <= present]
        schema.pop("foreignKeys", None)
        if kept:
            schema["foreignKeys"] = kept
        resources.append({"name": name, "path": f"{name}.csv", "type": "table", "encoding": "utf-8", "schema": schema})
    if boundaries:
        resources.append({"name": "circles-geojson", "path": "circles.geojson"})
    descriptor = {
        "name": "benchmark",
        "title": "基准测试数据（虚构）",
        "licenses": [{"name": "CC0-1.0"}],
        "contributors": [{"title": "示例区商务局", "roles": ["publisher"]}],
        "created": "2025-01-10T09:00:00+08:00",
        "resources": resources,
        "circledata": {
            "version": "1.0",
            "division_code": tables.DIVISION,
            "as_of": tables.AS_OF,
            "coordinate_system": tables.COORDINATE_SYSTEM,
            "profile": "open",
            "synthetic": True,
        },
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def write_boundaries(path: Path, circles: set[int]) -> None:
    """Write an octagon round the centre of each of `circles`, which are numbered from 0."""
    features = []
    for number in sorted(circles):
        lon = tables.WEST + tables.SPACING_LON * (number % tables.GRID)
        lat = tables.SOUTH + tables.SPACING_LAT * (number // tables.GRID)
        ring = [
            [
                round(lon + tables.RADIUS_LON * math.cos(math.pi * corner / 4), 6),
                round(lat + tables.RADIUS_LAT * math.sin(math.pi * corner / 4), 6),
            ]
            for corner in range(8)
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {"circle_id": f"{tables.DIVISION}-C{number + 1:06d}"},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, separators=(",", ":")) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one package as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--outlets", type=int, default=10_000, help="number of outlets")
    parser.add_argument("--national", action="store_true", help="every table, in the size of the whole country")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the national size")
    parser.add_argument("--faults", action="store_true", help="seed faults; DIRECTORY.truth.csv lists them")
    chosen = parser.parse_args(arguments)
    size = tables.national_size(chosen.scale) if chosen.national else tables.outlets_size(chosen.outlets)
    rows = write_package(chosen.directory, size, faults=chosen.faults)
    for name, count in rows.items():
        print(f"{name:20} {count:>12,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
