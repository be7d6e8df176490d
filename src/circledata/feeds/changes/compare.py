"""Compares two packages: opens both in one session, matches their tables, and writes what changed as JSON lines."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from circledata.engine import Session
from circledata.feeds.changes.documents import boundary_lines, descriptor_line, file_line, read, sha256
from circledata.feeds.changes.kinds import count_kinds, define_kinds
from circledata.feeds.changes.lines import compact, order_lines, record_lines, table_line
from circledata.feeds.changes.match import Matched, Pair, match
from circledata.feeds.changes.model import VERSION, ChangeCounts
from circledata.feeds.changes.sides import NEW, OLD, WHOLE, Side, as_folder, load_side, open_side
from circledata.sources import Package
from circledata.sources.descriptor import NAME
from circledata.standard import load_standard

Line = Mapping[str, Any]
_SETTINGS = ("division_code", "as_of", "coordinate_system", "profile", "synthetic", "version")


@dataclass(frozen=True)
class Compared:
    """A table on both sides, with what was found."""

    pair: Pair
    matched: Matched


class Changes:
    """What changed between two packages; close it, or use it as a context manager.

    `counts` are exact. `write` writes the changes file. The tables of both sides stay readable in `session`.
    """

    def __init__(self, old: Path | None, new: Path) -> None:
        self._work = tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True)
        self._session: Session | None = None
        try:
            self.old, self.new = self._open(old, new)
            self.tables = [self._compare(pair) for pair in self._pairs()]
            self.documents, self.told = self._documents()
            self.counts = self._count()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Changes:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Give back the session and the working folder."""
        if self._session:
            self._session.close()
        self._work.cleanup()

    @property
    def session(self) -> Session:
        """The session that holds both sides."""
        assert self._session is not None
        return self._session

    @property
    def profile(self) -> str | None:
        """Who the changes are for: `exchange` where one of the packages is."""
        profiles = {side.package.meta.profile for side in (self.old, self.new) if side}
        return "exchange" if "exchange" in profiles else self.new.package.meta.profile

    def _open(self, old: Path | None, new: Path) -> tuple[Side | None, Side]:
        work = Path(self._work.name)
        roots, packages = [], []
        for name, path in (("old", old), ("new", new)):
            if path is None:
                continue
            folder = work / name
            (folder / "open").mkdir(parents=True)
            roots.append(as_folder(path, folder / "package"))
            packages.append(open_side(roots[-1], path, folder / "open"))
        extensions = {key: item for package in packages for key, item in package.meta.extensions.items()}
        standard = load_standard(packages[-1].standard.version, _carried(packages, extensions))
        size = sum(raw.bytes for package in packages for raw in package.tables.values())
        self._session = Session(standard, packages[-1].meta, input_bytes=size)
        before = load_side(self._session, packages[0], roots[0], OLD) if old is not None else None
        after = load_side(self._session, packages[-1], roots[-1], NEW)
        return before, after

    def _pairs(self) -> Iterator[Pair]:
        old = self.old.tables if self.old else {}
        for name in dict.fromkeys([*self.new.tables, *old]):
            yield Pair(self.session.standard.tables[name], old.get(name), self.new.tables.get(name))

    def _compare(self, pair: Pair) -> Compared:
        if pair.same:
            return Compared(pair, Matched(0, True))
        matched = match(self.session, pair)
        day = self.old.package.meta.as_of if self.old else None
        define_kinds(self.session, pair, day.isoformat() if day else None)
        return Compared(pair, matched)

    def _documents(self) -> tuple[list[Line], dict[str, dict[str, Any]]]:
        """Return the lines of everything that is no record, and what the head says of the new side's other files."""
        old, new = (self.old.files if self.old else {}), self.new.files
        told = {path: _about(file) for path, file in new.items()}
        lines: list[Line] = []
        bounds = {side.package.boundaries_file for side in (self.old, self.new) if side} - {None}
        for path in dict.fromkeys([*new, *old]):
            before, after = read(old.get(path)), read(new.get(path))
            if before == after:
                continue
            if path in bounds:
                lines += boundary_lines(path, before, after, told.get(path, {}))
            elif after is None:
                lines.append({"type": "file", "path": path, "kinds": ["removed"]})
            else:
                lines.append(file_line(path, "added" if before is None else "changed", after))
        for table in (item.pair.new for item in self.tables if not item.pair.same):
            if table is not None and table.way == "whole":
                lines.append(file_line(table.path, "changed", table.file.read_bytes()))
        after = read(self.new.root / NAME)
        line = descriptor_line(read(self.old.root / NAME) if self.old else None, after) if after is not None else None
        return [*([line] if line else []), *lines], told

    def _count(self) -> ChangeCounts:
        kinds = {
            (item.pair.name, kind): count
            for item in self.tables
            if not item.pair.same
            for kind, count in count_kinds(self.session, item.pair)
        }
        records = {item.pair.name: item.matched.changed for item in self.tables if item.matched.changed}
        mine = {item.pair.new.path for item in self.tables if item.pair.new}
        other: dict[str, int] = {}
        for line in self.documents:
            if line.get("path") not in mine:
                other[line["type"]] = other.get(line["type"], 0) + 1
        for item in self.tables:
            if table_line(item.pair):
                other["table"] = other.get("table", 0) + 1
        return ChangeCounts(kinds, records, other)

    def lines(self) -> Iterator[str]:
        """Yield every line of the changes file after its head, without line ends."""
        for line in self.documents:
            yield compact(line)
        for item in self.tables:
            if item.pair.same:
                continue
            told = table_line(item.pair)
            if told:
                yield told
            yield from record_lines(self.session, item.pair)
            yield from order_lines(self.session, item.pair, item.matched)

    def head(self, lines: int, digest: str) -> dict[str, Any]:
        """Return the first line: what the changes lead from and to, and how many lines follow."""
        tables = {
            item.pair.name: {"key": list(item.pair.key), "keyless": item.pair.keyless}
            for item in self.tables
            if not item.pair.same and item.pair.new
        }
        return {
            "type": "changes",
            "version": VERSION,
            "profile": self.profile,
            "from": _package(self.old) if self.old else None,
            "to": _package(self.new, self.told),
            "tables": tables,
            "counts": self.summary(),
            "lines": lines,
            "lines_sha256": digest,
        }

    def about(self) -> dict[str, dict[str, Any] | None]:
        """Return what the two packages say they are."""
        return {"from": _said(self.old) if self.old else None, "to": _said(self.new)}

    def summary(self) -> dict[str, dict[str, int]]:
        """Return the changed records by table and kind, as the head has them."""
        found: dict[str, dict[str, int]] = {}
        for (table, kind), count in self.counts.kinds.items():
            found.setdefault(table, {})[kind] = count
        return found

    def write(self, stream: TextIO) -> ChangeCounts:
        """Write the changes file; the same packages give the same bytes."""
        body = Path(self._work.name) / "lines.jsonl"
        digest, count = hashlib.sha256(), 0
        with body.open("w", encoding="utf-8", errors="surrogatepass", newline="") as target:
            for line in self.lines():
                text = line + "\n"
                digest.update(text.encode("utf-8", "surrogatepass"))
                target.write(text)
                count += 1
        stream.write(compact(self.head(count, digest.hexdigest())) + "\n")
        with body.open(encoding="utf-8", errors="surrogatepass", newline="") as source:
            while piece := source.read(1 << 20):
                stream.write(piece)
        body.unlink()
        return ChangeCounts(self.counts.kinds, self.counts.records, self.counts.other, count)


def _carried(packages: Sequence[Package], wanted: Mapping[str, str]) -> Mapping[str, str]:
    """Return the extensions that this version of the tool has."""
    from circledata.standard import extension_versions

    carried = extension_versions()
    return {name: version for name, version in wanted.items() if version in carried.get(name, ())}


def _about(file: Path) -> dict[str, Any]:
    content = file.read_bytes() if file.stat().st_size <= WHOLE else b""
    return {"bytes": file.stat().st_size, "sha256": sha256(content) if content else _digest(file)}


def _digest(file: Path) -> str:
    from circledata.sources.scan import hashes

    return hashes(file, {"sha256"})["sha256"]


def _said(side: Side) -> dict[str, Any]:
    """Return what a package says it is."""
    descriptor = side.descriptor
    own = descriptor.get("circledata")
    own = own if isinstance(own, dict) else {}
    said = {key: descriptor[key] for key in ("name", "title") if isinstance(descriptor.get(key), str)}
    return said | {key: own[key] for key in _SETTINGS if isinstance(own.get(key), str | bool)}


def _package(side: Side, told: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """Return what the head says of one side: what the package is, its tables and its other files, each with a hash."""
    content = read(side.root / NAME)
    files = told if told is not None else {path: _about(file) for path, file in side.files.items()}
    if content is not None:
        files = {NAME: {"bytes": len(content), "sha256": sha256(content)}, **files}
    tables = {name: table.about(made=told is not None) for name, table in side.tables.items()}
    return {**_said(side), "tables": tables, "files": dict(files)}


def diff(old: str | PathLike[str], new: str | PathLike[str]) -> Changes:
    """Compare two packages; close what is returned, or use it as a context manager.

    Either may be a folder, its datapackage.json, a ZIP, a workbook, or a published circledata.json. Raises as
    `write_changes`. Nothing is written outside a temporary folder.
    """
    return Changes(Path(old), Path(new))


def write_changes(old: Path | None, new: Path, stream: TextIO) -> ChangeCounts:
    """Write how package `old` became package `new`, one change a line, and return how many there are.

    Without `old` everything is added. Either may be a folder, its datapackage.json, a ZIP, a workbook, or a published
    circledata.json. ChangesError when one of them is no package; UsageError and ToolError as the reader says.
    """
    with Changes(old, new) as changes:
        return changes.write(stream)
