"""Writes many district packages, as a province or the country would receive them: all invented, all alike in shape.

python -m benchmarks.districts DIRECTORY --districts 100

Two packages are made by benchmarks.generate; each district is a copy of one of them with its own division code, its own
townships and its own place on the map, so that 3,000 districts (2.5 million outlets) are written in about a minute.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks import tables
from benchmarks.generate import write_package
from benchmarks.tables import Size
from circledata.standard import load_standard

OUTLETS = 833
"""Outlets of a district: 3,000 of them have 2.5 million."""
_POINT = re.compile(r"(?<![0-9.])(10[12]\.[0-9]+)(,\s*)(37\.[0-9]+)(?![0-9])")
_CODE = re.compile(r"(?<![0-9A-Z])620602")
"""The division's code; not inside a credit code, which it would break."""
_FIRST = ("620602001", "620602002", "620602003", "620602004")


@dataclass(frozen=True)
class Division:
    """A county-level division with its first townships and the middle of its box."""

    code: str
    name: str
    townships: tuple[str, ...]
    longitude: float
    latitude: float


def divisions(count: int) -> list[Division]:
    """Return county-level divisions that exist on the day of the packages, from the code list."""
    standard = load_standard()
    townships: dict[str, list[str]] = {}
    for row in _rows(standard.codelists["townships"].path):
        townships.setdefault(row["parent"], []).append(row["code"])
    rows = _rows(standard.codelists["divisions"].path)
    boxes = {row["code"]: row for row in rows if row["min_lon"]}
    found = []
    for row in rows:
        box = boxes.get(row["code"]) or boxes.get(row["parent"])
        own = townships.get(row["code"], [])
        if row["level"] == "prefecture":
            # There are 2,975 counties with townships: the last packages are of cities, in their first district.
            own = townships.get(row["code"][:4] + "02", [])
        if row["level"] not in {"county", "prefecture"} or row["valid_to"] or not own or box is None:
            continue
        west, south, east, north = (float(box[key]) for key in ("min_lon", "min_lat", "max_lon", "max_lat"))
        streets = tuple(own[place % len(own)] for place in range(4))
        # Neighbours share their prefecture's box: each takes a place of its own in it.
        place = int(row["code"][4:6]) % 25
        longitude = west + (east - west) * (0.2 + 0.6 * (place % 5) / 5) + 0.0037
        latitude = south + (north - south) * (0.2 + 0.6 * (place // 5) / 5) + 0.0041
        found.append(Division(row["code"], row["zh"], streets, longitude, latitude))
    found.sort(key=lambda division: division.code.endswith("00"))
    if count > len(found):
        raise SystemExit(f"there are only {len(found)} divisions")
    step = max(len(found) // count, 1)
    return found[::step][:count]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_districts(folder: Path, count: int) -> list[Path]:
    """Write `count` district packages into `folder`, each in a directory with its code, and return their paths."""
    with tempfile.TemporaryDirectory(prefix="circledata-districts-") as aside:
        samples = [_sample(Path(aside) / str(circles), circles) for circles in (3, 4)]
        paths = []
        for place, division in enumerate(divisions(count)):
            # 3, 3 and 4 circles: a third more than three on average, and as many surveys.
            paths.append(_write(folder / division.code, samples[1 if place % 3 == 2 else 0], division))
        return paths


def _sample(folder: Path, circles: int) -> dict[str, str]:
    """Return the files of a package of 833 outlets."""
    size = Size(
        outlets=OUTLETS,
        circles=circles,
        communities=3 * circles,
        categories=5,
        needs=5 * circles,
        projects=10 * circles,
        programmes=1,
        subsidies=20 * circles,
        surveys=circles,
    )
    with patch.object(tables, "STREETS", (1, 2, 3, 4)):
        write_package(folder, size)
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    # The last question belongs to a spare survey, which these packages do not have.
    files["survey_questions.csv"] = "".join(files["survey_questions.csv"].splitlines(keepends=True)[:-1])
    return files


def _write(folder: Path, sample: dict[str, str], division: Division) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    east, north = division.longitude - tables.WEST, division.latitude - tables.SOUTH
    for name, text in sample.items():
        if name in {"circles.csv", "outlets.csv", "circles.geojson"}:
            text = "".join(_moved(text, east, north))
        for old, new in zip(_FIRST, division.townships, strict=True):
            text = re.sub(rf"(?<![0-9A-Z]){old}", f"~{new[:6]}~{new[6:]}", text)
        text = _CODE.sub(division.code, text).replace("~", "")
        text = text.replace("示商发〔", f"示{division.code}商发〔")
        if name == "datapackage.json":
            text = _named(text, division)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def _named(text: str, division: Division) -> str:
    descriptor = json.loads(text)
    descriptor["name"] = f"benchmark-{division.code}"
    descriptor["title"] = f"{division.name}基准测试数据（虚构）"
    descriptor["contributors"] = [{"title": f"{division.name}商务局（示例）", "roles": ["publisher"]}]
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def _moved(text: str, east: float, north: float) -> Iterator[str]:
    end = 0
    for match in _POINT.finditer(text):
        digits = len(match[1].partition(".")[2]), len(match[3].partition(".")[2])
        yield text[end : match.start()]
        yield f"{float(match[1]) + east:.{max(digits[0], 4)}f}{match[2]}{float(match[3]) + north:.{max(digits[1], 4)}f}"
        end = match.end()
    yield text[end:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the packages as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--districts", type=int, default=100)
    chosen = parser.parse_args(arguments)
    print(f"{len(write_districts(chosen.directory, chosen.districts))} districts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
