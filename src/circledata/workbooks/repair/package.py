"""Repairs the tables of a package, in a folder or a ZIP; every other file goes over byte for byte."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.findings import message
from circledata.findings.model import Finding
from circledata.sources import descriptor as descriptors
from circledata.sources.archive import Archive
from circledata.sources.container import Container, Folder, Refused, path_fault, table_files
from circledata.sources.faults import fault
from circledata.sources.model import Meta
from circledata.sources.options import Options
from circledata.sources.resources import declared_digest
from circledata.sources.scan import hashes
from circledata.sources.settings import standard_for
from circledata.standard.model import Standard, Table
from circledata.workbooks.repair.csv_file import rewrite
from circledata.workbooks.repair.csv_open import NotRepairable, open_source
from circledata.workbooks.repair.model import Left, Log

_ENDINGS = {"", "csv", "tsv", "tab", "txt"}


@dataclass(frozen=True, slots=True)
class _TableFile:
    """One table of the package: its file by the path in the package, and the encoding that the package declares."""

    table: Table
    path: str
    encoding: str | None


class PackageRepair:
    """A package that is to be repaired. `fault`: why nothing of it can be; `left`: what could not be repaired."""

    def __init__(self, source: Path, workdir: Path, options: Options) -> None:
        self.left = Left()
        self.fault: Finding | None = None
        self.tables: list[_TableFile] = []
        self._workdir = workdir
        self._options = options
        self._root = source.parent if source.name == descriptors.NAME else source
        self.standard: Standard = standard_for(Meta(), None)[0]
        self._descriptor: dict[str, Any] | None = None
        self._raw = b""
        self._container: Container
        self._archive: Archive | None = None
        try:
            if self._root.is_dir():
                self._container = Folder(self._root, options.limits.max_archive_entries)
            else:
                self._archive = Archive(source, source.name, workdir, options.limits)
                self._container = self._archive
            self._open()
        except Refused as refused:
            self.fault = refused.finding

    def _open(self) -> None:
        path = self._container.fetch(descriptors.NAME)
        if path is not None:
            self._raw = path.read_bytes()
            self._descriptor, found = descriptors.read_descriptor(path, self._options.limits)
            self.fault = found[0] if found and self._descriptor is None else None
        said = descriptors.meta_of(self._descriptor) if self._descriptor is not None else Meta()
        self.standard = standard_for(said, descriptors.NAME)[0]
        self.tables = list(self._listed() if self._descriptor is not None else self._named())
        if not self.tables and self.fault is None:
            self.fault = fault("no-table", file=descriptors.NAME)

    def _named(self) -> Iterator[_TableFile]:
        for name, path in table_files(self._container.names(), self.standard.tables).items():
            yield _TableFile(self.standard.tables[name], path, None)

    def _listed(self) -> Iterator[_TableFile]:
        seen: set[str] = set()
        for resource in self._resources():
            path = resource["path"]
            table = self.standard.tables.get(str(resource.get("name")))
            ending = path.rpartition(".")[2].lower() if "." in path else ""
            if table is None or table.name in seen or ending not in _ENDINGS or path_fault(path):
                continue
            seen.add(table.name)
            encoding = resource.get("encoding")
            yield _TableFile(table, path, encoding if isinstance(encoding, str) and encoding else None)

    def _resources(self) -> Iterator[dict[str, Any]]:
        """Yield the resources that have one path, with that path as text."""
        resources = (self._descriptor or {}).get("resources")
        for resource in resources if isinstance(resources, list) else ():
            if not isinstance(resource, dict):
                continue
            path = resource.get("path")
            if isinstance(path, list) and len(path) == 1:
                path = path[0]
            if isinstance(path, str):
                yield {**resource, "path": path}

    def write(self, target: Path, log: Log) -> None:
        """Write the repaired package to `target`: an empty folder, or the path of a ZIP to be made."""
        repaired: dict[str, Path] = {}
        before: dict[str, Path] = {}
        for item in self.tables:
            done = self._repaired(item, log)
            if done is not None:
                before[item.path], repaired[item.path] = done
        new = self._updated(before, repaired)
        if new is not None:
            repaired[descriptors.NAME] = new
        if self._archive is None:
            self._write_folder(target, repaired)
        else:
            with self._archive:
                self._write_zip(self._archive, target, repaired)

    def _repaired(self, item: _TableFile, log: Log) -> tuple[Path, Path] | None:
        """Return the table's file and the repaired one; None when it stays as it is."""
        try:
            path = self._container.fetch(item.path)
            if path is None:
                return None
            declared = self._options.encoding or item.encoding
            source = open_source(path, item.path, item.table, declared, self._options.limits)
            if source is None:
                return None
            fresh = self._workdir / f"repaired-{item.table.name}.csv"
            rewrite(source, self.standard, fresh, log, self.left, self._options.limits)
        except (NotRepairable, Refused) as stopped:
            zh, en = (message(stopped.finding, self.standard, language) for language in ("zh", "en"))
            self.left.add(f"{item.path} 没有改：{zh}", f"{item.path} was left as it is: {en}")
            return None
        return path, fresh

    def _updated(self, before: Mapping[str, Path], repaired: Mapping[str, Path]) -> Path | None:
        """Write the descriptor anew where it states the size, the hash or the encoding of a repaired file.

        A statement that was wrong before stays wrong: what it would tell must still be found.
        """
        if self._descriptor is None:
            return None
        content = json.loads(self._raw.decode("utf-8-sig"))
        changed = False
        for resource in content.get("resources", ()):
            path = resource.get("path") if isinstance(resource, dict) else None
            path = path[0] if isinstance(path, list) and len(path) == 1 else path
            if isinstance(path, str) and path in repaired:
                changed = _update(resource, before[path], repaired[path]) or changed
        if not changed:
            return None
        fresh = self._workdir / "repaired-datapackage.json"
        fresh.write_bytes(_written_like(self._raw, content))
        return fresh

    def _write_folder(self, target: Path, repaired: Mapping[str, Path]) -> None:
        root = self._root.resolve()
        for folder, folders, files in os.walk(root):
            folders.sort()
            base = Path(folder).relative_to(root)
            for name in sorted(files):
                path = Path(folder) / name
                place = (base / name).as_posix()
                if not path.resolve().is_relative_to(root) or not path.resolve().is_file():
                    self.left.add(
                        f"{place} 指向数据包外面，没有复制。",
                        f"{place} leads out of the package and was not copied.",
                    )
                    continue
                (target / base).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(repaired.get(place, path), target / base / name)

    def _write_zip(self, archive: Archive, target: Path, repaired: Mapping[str, Path]) -> None:
        for finding in archive.findings:
            zh, en = (message(finding, self.standard, language) for language in ("zh", "en"))
            self.left.add(f"没有复制：{zh}", f"Not copied: {en}")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name, path in archive.entries().items():
                old = archive.info(name)
                info = zipfile.ZipInfo(name, old.date_time)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = old.external_attr
                with new.open(info, "w", force_zip64=old.file_size > 1 << 30) as stream:
                    if path is not None and path in repaired:
                        with repaired[path].open("rb") as fresh:
                            shutil.copyfileobj(fresh, stream)
                    else:
                        archive.copy(name, stream)


def _update(resource: dict[str, Any], before: Path, after: Path) -> bool:
    """Bring what a resource states of its file up to date; tells whether anything was."""
    changed = False
    if filecmp.cmp(before, after, shallow=False):
        return False
    size = resource.get("bytes")
    if isinstance(size, int) and size == before.stat().st_size:
        resource["bytes"], changed = after.stat().st_size, True
    algorithm, wanted = declared_digest(resource.get("hash"))
    if algorithm is not None and hashes(before, {algorithm})[algorithm] == wanted:
        prefix = f"{algorithm}:" if ":" in resource["hash"] else ""
        resource["hash"], changed = prefix + hashes(after, {algorithm})[algorithm], True
    if str(resource.get("encoding", "utf-8")).lower() not in {"utf-8", "utf8"}:
        resource["encoding"], changed = "utf-8", True
    dialect = resource.get("dialect")
    if isinstance(dialect, dict) and dialect.get("delimiter", ",") != ",":
        dialect["delimiter"], changed = ",", True
    return changed


def _written_like(raw: bytes, content: object) -> bytes:
    """Write JSON with the indent of the file it replaces."""
    found = re.search(rb"\n([ \t]+)\"", raw)
    indent = found[1].decode() if found else None
    text = json.dumps(content, ensure_ascii=raw.isascii(), indent=indent)
    bom = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return bom + text.encode() + (b"\n" if raw.endswith(b"\n") else b"")
