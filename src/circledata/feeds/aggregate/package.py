"""Writes the merged package: one CSV a table, members one after the other, the boundaries, and the descriptor."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from circledata.convert.output.descriptor import NOBODY, UNDECIDED
from circledata.convert.output.package import Hashing
from circledata.engine import sql
from circledata.feeds.aggregate.conflicts import Conflicts
from circledata.feeds.aggregate.merge import DECIMALS, ORD, Merge
from circledata.feeds.aggregate.model import Member, Settings
from circledata.feeds.aggregate.store import PLAIN
from circledata.feeds.areas import area_of
from circledata.standard import Standard
from circledata.standard.model import Table
from circledata.standard.schemas import table_schema
from circledata.values.coordinates import System

BOM = b"\xef\xbb\xbf"
AT_ONCE = 100
"""Members whose rows are read, sorted and written at once: some 20 MB of text."""
BOUNDARIES = "circles.geojson"
COPY_BYTES = 1 << 20


class PackageWriter:
    """Writes one package from the members of a merge, whose conflicts were found."""

    def __init__(self, merge: Merge, conflicts: Conflicts, folder: Path) -> None:
        self.merge = merge
        self.conflicts = conflicts
        self.folder = folder
        self.rows: dict[str, int] = {}

    def write(self, said: Mapping[str, Any]) -> None:
        """Write every file; `said` is the descriptor without its resources."""
        self.folder.mkdir()
        resources = []
        names = set(self.merge.tables)
        for name in self.merge.tables:
            table = self.merge.standard.tables[name]
            out = self._table(table)
            if not self.rows[name]:
                (self.folder / f"{name}.csv").unlink()
                names.discard(name)
                continue
            resources.append((table, out))
        listed = [_resource(table, out, self.merge.standard, names) for table, out in resources]
        boundaries = self._boundaries()
        if boundaries:
            listed.append(boundaries)
        text = json.dumps({**said, "resources": listed}, ensure_ascii=False, indent=2) + "\n"
        (self.folder / "datapackage.json").write_text(text, encoding="utf-8")

    def _table(self, table: Table) -> Hashing:
        """Write one table; the members in the order of their places, their rows in the order of their files."""
        part = self.merge.work / "part.csv"
        count = 0
        with (self.folder / f"{table.name}.csv").open("wb") as stream:
            out = Hashing(stream)
            out.write(BOM + _line(list(table.by_name)))
            for some in self._portions(table.name):
                rows = self.conflicts.kept(table.name, self.merge.rows(table.name, some))
                items = ", ".join(self.merge.columns(table))
                done = self.merge.db.execute(
                    f"COPY (SELECT {items} FROM ({rows}) t ORDER BY t.{ORD}, t._row) TO {sql.text(str(part))} "
                    "(FORMAT csv, HEADER false)"
                ).fetchone()
                count += int(done[0]) if done else 0
                with part.open("rb") as read:
                    while data := read.read(COPY_BYTES):
                        out.write(data)
            part.unlink(missing_ok=True)
        self.rows[table.name] = count
        return out

    def _portions(self, name: str) -> Iterator[Sequence[Member]]:
        members = [m for m in self.merge.members if m.record and name in m.record.tables]
        for start in range(0, len(members), AT_ONCE):
            yield members[start : start + AT_ONCE]

    def _boundaries(self) -> dict[str, Any] | None:
        """Write the boundaries of all circles, a feature a line; None when no member has any."""
        path = self.folder / BOUNDARIES
        with path.open("wb") as stream:
            out = Hashing(stream)
            out.write(b'{"type": "FeatureCollection", "features": [')
            count = 0
            for feature in self._features():
                text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
                out.write((",\n" if count else "\n").encode() + text.encode("utf-8", "surrogatepass"))
                count += 1
            out.write(b"\n]}\n")
        if not count:
            path.unlink()
            return None
        return {
            "name": "circles-geojson",
            "path": BOUNDARIES,
            "format": "geojson",
            "mediatype": "application/geo+json",
            "encoding": "utf-8",
            "bytes": out.bytes,
            "hash": out.hash,
        }

    def _features(self) -> Iterator[dict[str, Any]]:
        found = self.merge.db.execute(f"SELECT {ORD}, id FROM lost WHERE tbl = 'circles'").fetchall()
        lost = {(int(place), str(circle)) for place, circle in found}
        for member in self.merge.members:
            record = member.record
            if record is None or member.batch is None:
                continue
            system = record.coordinate_system
            path = member.batch / f"boundaries.{record.group}.jsonl"
            if not path.exists():
                continue
            with path.open(encoding="utf-8") as stream:
                for line in stream:
                    if not line.startswith(f'{{"member":{record.number},'):
                        continue
                    feature = json.loads(line)["feature"]
                    circle = str((feature.get("properties") or {}).get("circle_id"))
                    if (member.ord, circle) in lost:
                        continue
                    if self.merge.system == "WGS84" and system not in PLAIN and system is not None:
                        feature["geometry"] = _moved(feature.get("geometry"), cast(System, system))
                    yield feature


def _moved(geometry: Any, system: System) -> Any:
    """Return a geometry in WGS84."""
    from circledata.values.coordinates import to_wgs84

    def moved(place: Any) -> Any:
        if isinstance(place, list) and len(place) >= 2 and all(isinstance(x, (int, float)) for x in place):
            lon, lat = to_wgs84(place[0], place[1], system)
            return [round(lon, DECIMALS), round(lat, DECIMALS), *place[2:]]
        return [moved(item) for item in place] if isinstance(place, list) else place

    return {**geometry, "coordinates": moved(geometry["coordinates"])} if isinstance(geometry, dict) else geometry


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _resource(table: Table, out: Hashing, standard: Standard, names: set[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title.zh,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": out.bytes,
        "hash": out.hash,
        "schema": table_schema(table, standard, names),
    }


def descriptor(members: Sequence[Member], merge: Merge, settings: Settings, area: str | None) -> dict[str, Any]:
    """Return what the merged package says of itself, without its resources: the sources are all named."""
    records = [member.record for member in members if member.record]
    as_of = max((record.as_of for record in records if record.as_of), default=None)
    place = area_of(area, merge.standard)["name"]["zh"] if area else "各地"
    said: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"aggregate-{area or 'all'}",
        "title": settings.title or f"{place}便民生活圈数据（{len(records)} 个数据包汇总）",
        "licenses": _licences(members),
        "sources": [
            {"title": f"{record.title or record.division_code}（{record.division_code}，{record.as_of or '日期不详'}）"}
            for record in records
        ],
        "contributors": _contributors(members, settings),
        "created": f"{as_of}T00:00:00Z" if as_of else "1970-01-01T00:00:00Z",
    }
    synthetic = any(record.synthetic for record in records)
    profile = "exchange" if any(record.profile == "exchange" for record in records) else "open"
    own = {
        "version": merge.standard.version,
        "division_code": area,
        "as_of": as_of,
        "coordinate_system": merge.system,
        "profile": profile,
        "synthetic": synthetic,
    }
    said["circledata"] = {key: value for key, value in own.items() if value is not None}
    return said


def _licences(members: Sequence[Member]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for member in members:
        for licence in member.record.licences if member.record else ():
            if licence and dict(licence) not in found:
                found.append(dict(licence))
    return found or [dict(UNDECIDED)]


def _contributors(members: Sequence[Member], settings: Settings) -> list[dict[str, Any]]:
    names = dict.fromkeys(member.record.publisher for member in members if member.record and member.record.publisher)
    publisher = settings.publisher or NOBODY
    authors = [{"title": name, "roles": ["author"]} for name in names if name != publisher]
    return [{"title": publisher, "roles": ["publisher"]}, *authors]
