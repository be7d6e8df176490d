"""The resources that a descriptor names: which table each is, whether it may be read and is what was declared."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.findings.model import Finding
from circledata.sources import descriptor as descriptors
from circledata.sources.container import Container, Refused, path_fault
from circledata.sources.faults import fault
from circledata.sources.geojson import check_geojson
from circledata.sources.model import RawTable
from circledata.sources.options import Options, Progress
from circledata.sources.scan import hashes
from circledata.sources.tabular import open_csv
from circledata.standard.model import Standard, Table

_DIGESTS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
_TEXT_ENDINGS = {"", "csv", "tsv", "tab", "txt"}


@dataclass
class Contents:
    """What was gathered from the files of a package."""

    tables: dict[str, RawTable] = field(default_factory=dict)
    boundaries: Path | None = None
    boundaries_file: str | None = None
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True
    listed: set[str] = field(default_factory=set)
    """Paths that the descriptor names."""


@dataclass
class ResourceReader:
    """Opens the resources of one package."""

    container: Container
    standard: Standard
    workdir: Path
    options: Options
    progress: Progress | None = None
    contents: Contents = field(default_factory=Contents)
    _seen: dict[str, str] = field(default_factory=dict)

    def read(self, descriptor: Mapping[str, Any]) -> Contents:
        """Open every resource that can be opened; the others become findings."""
        resources = descriptor.get("resources")
        for place, resource in enumerate(resources if isinstance(resources, list) else []):
            if isinstance(resource, dict):
                self._resource(resource, f"/resources/{place}")
            else:
                self.contents.complete = False
        return self.contents

    def _resource(self, resource: Mapping[str, Any], pointer: str) -> None:
        name, path = resource.get("name"), resource.get("path")
        if isinstance(path, list) and len(path) == 1:
            path = path[0]
        if not isinstance(name, str) or not isinstance(path, str):
            # What is wrong with them is said by the check against the schema.
            self.contents.complete = False
            return
        table = self._table(name, path, resource)
        rule = path_fault(path)
        if rule:
            where: dict[str, Any] = {"table": _name(table), "file": descriptors.NAME, "value": path}
            self._refuse(fault(rule, **where, path=path, pointer=pointer))
            return
        self.contents.listed.add(path)
        boundaries = path.lower().endswith(".geojson")
        if table is None and not boundaries and not resource.get("hash") and not resource.get("bytes"):
            return
        found = self._fetch(path, table)
        if found is None:
            return
        digest = self._declared(resource, path, found, table)
        if boundaries:
            self._boundaries(found, path)
        elif table is not None:
            self._open(found, path, table, _text(resource.get("encoding")), digest)

    def _table(self, name: str, path: str, resource: Mapping[str, Any]) -> Table | None:
        """Return the table that a resource is; None for other files, and for a second file of one table."""
        ending = path.rpartition(".")[2].lower() if "." in path else ""
        if ending == "geojson":
            return None
        table = self.standard.tables.get(name)
        where: dict[str, Any] = {"file": path, "value": name, "name": name}
        if table is None:
            if ending in {"csv", "tsv"} or resource.get("type") == "table":
                close = difflib.get_close_matches(name, self.standard.tables, n=1, cutoff=0.6)
                self.contents.findings.append(fault("table-unknown", **where, suggestion=close[0] if close else None))
            return None
        if name in self._seen:
            first = self._seen[name]
            self._refuse(fault("table-twice", table=name, file=descriptors.NAME, name=name, first=first, second=path))
            return None
        self._seen[name] = path
        if ending not in _TEXT_ENDINGS:
            zh, en = "表应当是 CSV 文件", "a table must be a CSV file"
            params: dict[str, Any] = {"pointer": path, "problem_zh": zh, "problem_en": en}
            self._refuse(fault("descriptor-invalid", table=name, file=path, value=path, **params))
            return None
        return table

    def _refuse(self, finding: Finding) -> None:
        self.contents.findings.append(finding)
        self.contents.complete = False

    def _fetch(self, path: str, table: Table | None) -> Path | None:
        try:
            found = self.container.fetch(path)
        except Refused as refused:
            self._refuse(refused.finding)
            return None
        if found is None:
            close = difflib.get_close_matches(path, self.container.names(), n=1, cutoff=0.6)
            params: dict[str, Any] = {"path": path, "suggestion": close[0] if close else None}
            self._refuse(fault("resource-missing", table=_name(table), file=descriptors.NAME, value=path, **params))
        return found

    def _declared(self, resource: Mapping[str, Any], path: str, found: Path, table: Table | None) -> str | None:
        """Compare size and hash with what is declared; returns the SHA-256 if it was reckoned."""
        where: dict[str, Any] = {"table": _name(table), "file": path, "path": path}
        size, actual = resource.get("bytes"), found.stat().st_size
        if isinstance(size, int) and not isinstance(size, bool) and size != actual:
            self.contents.findings.append(fault("size-differs", **where, declared=size, actual=actual))
        algorithm, wanted = declared_digest(resource.get("hash"))
        if algorithm is None:
            return None
        reckoned = hashes(found, {algorithm, "sha256"})
        if reckoned[algorithm] != wanted:
            params: dict[str, Any] = {
                "declared": f"{algorithm}:{wanted}",
                "actual": f"{algorithm}:{reckoned[algorithm]}",
            }
            self.contents.findings.append(fault("hash-differs", **where, **params))
        return reckoned["sha256"]

    def _boundaries(self, found: Path, path: str) -> None:
        if self.contents.boundaries_file is not None:
            params: dict[str, Any] = {"first": self.contents.boundaries_file, "second": path}
            self._refuse(fault("table-twice", file=descriptors.NAME, name="circles.geojson", **params))
            return
        usable, findings = check_geojson(found, path, self.options.limits)
        self.contents.findings += findings
        self.contents.boundaries_file = path
        if usable:
            self.contents.boundaries = found
        else:
            self.contents.complete = False

    def _open(self, found: Path, path: str, table: Table, encoding: str | None, digest: str | None) -> None:
        opened = open_csv(
            found,
            path,
            table,
            workdir=self.workdir,
            limits=self.options.limits,
            declared=self.options.encoding or encoding,
            sha256=digest,
            progress=self.progress,
        )
        self.contents.findings += opened.findings
        if opened.raw is None:
            self.contents.complete = False
        else:
            self.contents.tables[table.name] = opened.raw

    def read_tables(self, files: Mapping[str, str]) -> Contents:
        """Open files by table without any descriptor."""
        for table, path in files.items():
            self.contents.listed.add(path)
            found = self._fetch(path, self.standard.tables[table])
            if found is not None:
                self._open(found, path, self.standard.tables[table], None, None)
        return self.contents


def _name(table: Table | None) -> str | None:
    return table.name if table else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def declared_digest(declared: object) -> tuple[str | None, str]:
    """Split a declared hash into algorithm and digits; MD5 when no algorithm is named, as Data Package has it."""
    if not isinstance(declared, str):
        return None, ""
    algorithm, _, digits = declared.rpartition(":")
    algorithm, digits = algorithm.lower() or "md5", digits.lower()
    if len(digits) != _DIGESTS.get(algorithm) or not re.fullmatch("[0-9a-f]+", digits):
        return None, ""
    return algorithm, digits
