"""Writes a package directory from tables that come back out of another form, with the files and forms they left as."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.convert.export import csv_form
from circledata.convert.export.csv_form import CsvForm, Rows, form_from
from circledata.convert.export.extra import laid_out
from circledata.convert.export.result import Notes
from circledata.convert.output.write import DESCRIPTOR
from circledata.sources.book_extra import file_bytes
from circledata.sources.container import path_fault
from circledata.standard.model import Standard
from circledata.standard.schemas import table_schema


@dataclass(frozen=True)
class Incoming:
    """One table: its name, the heads of its columns, and the texts of its cells."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]


@dataclass
class _Written:
    name: str
    path: str
    header: Sequence[str]
    bytes: int
    sha256: str
    rows: int
    changed: bool


@dataclass
class Arrival:
    """A package on its way into the directory `folder`."""

    folder: Path
    standard: Standard
    extra: Mapping[str, Any]
    notes: Notes
    tables: list[_Written] = field(default_factory=list)

    def __post_init__(self) -> None:
        entries, files = self.extra.get("tables"), self.extra.get("files")
        self._entries = {
            entry["name"]: entry
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict) and isinstance(entry.get("name"), str)
        }
        self._files = {
            entry["path"]: entry
            for entry in (files if isinstance(files, list) else ())
            if isinstance(entry, dict) and isinstance(entry.get("path"), str) and path_fault(entry["path"]) is None
        }

    @property
    def expected(self) -> Mapping[str, Mapping[str, Any]]:
        """What is known of each table from when it left, by name."""
        return self._entries

    @property
    def rows(self) -> dict[str, int]:
        """Records of each table that was written."""
        return {table.name: table.rows for table in self.tables}

    def add(self, table: Incoming) -> None:
        """Write one table: in its old form if it had one, and to the byte as it was if nothing changed."""
        entry = self._entries.get(table.name, {})
        path = entry.get("path")
        if not isinstance(path, str) or path_fault(path) or path == DESCRIPTOR or self._taken(path):
            path = f"{table.name}.csv"
        old = entry.get("header")
        header = old if isinstance(old, list) and len(old) == len(table.header) else table.header
        form = form_from(entry["form"]) if "form" in entry else CsvForm()
        rows, target = Rows(), self._target(path)
        with target.open("wb") as stream:
            size, digest = csv_form.write(stream, list(map(str, header)), rows.through(table.rows), form)
        same = rows.digest == entry.get("digest") and rows.count == entry.get("rows")
        if same and not entry.get("exact") and path in self._files:
            content = file_bytes(self._files[path])
            if content is not None:
                target.write_bytes(content)
                size, digest = len(content), str(entry.get("sha256"))
        changed = digest != entry.get("sha256")
        self.tables.append(_Written(table.name, path, list(header), size, digest, rows.count, changed))

    def _taken(self, path: str) -> bool:
        return any(table.path == path for table in self.tables)

    def _target(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def finish(self, descriptor: Mapping[str, Any] | None, *, changed: bool) -> None:
        """Write the other files and the descriptor.

        `descriptor`: what the form itself says of the package; `changed`: it says something else than when it left.
        """
        written = {table.path for table in self.tables}
        verbatim = {entry.get("path") for entry in self._entries.values()}
        for path, entry in self._files.items():
            if path == DESCRIPTOR or path in written or path in verbatim:
                continue
            content = file_bytes(entry)
            if content is not None:
                self._target(path).write_bytes(content)
        carried = self._carried(descriptor)
        names = [entry["name"] for entry in self._entries.values()]
        touched = changed or any(table.changed for table in self.tables) or names != [t.name for t in self.tables]
        if carried is not None and not touched:
            self._target(DESCRIPTOR).write_bytes(carried)
        elif descriptor is not None:
            self._target(DESCRIPTOR).write_bytes(laid_out(self._settled(descriptor)))
        elif carried is None:
            self.notes.add("没有 datapackage.json。", "There is no datapackage.json.")
        else:
            self._target(DESCRIPTOR).write_bytes(carried)

    def _carried(self, descriptor: Mapping[str, Any] | None) -> bytes | None:
        """Return the bytes of datapackage.json as they left."""
        entry = self._files.get(DESCRIPTOR)
        if entry is None:
            return None
        if "indent" in entry and descriptor is not None:
            indent = entry["indent"]
            return laid_out(descriptor, indent if isinstance(indent, int) or indent is None else 2)
        return file_bytes(entry)

    def carried_descriptor(self) -> dict[str, Any] | None:
        """Return datapackage.json as it left, as an object."""
        content = self._carried(None)
        try:
            found = json.loads(content) if content else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _settled(self, descriptor: Mapping[str, Any]) -> dict[str, Any]:
        """Return the descriptor with resources as they are now: sizes and hashes of tables that changed, new tables."""
        old = [item for item in descriptor.get("resources") or [] if isinstance(item, dict)]
        by_name = {table.name: table for table in self.tables}
        resources = []
        for resource in old:
            table = by_name.pop(str(resource.get("name")), None)
            if table is not None and table.changed:
                resource = {**resource, "path": table.path, "bytes": table.bytes, "hash": f"sha256:{table.sha256}"}
                resource.pop("encoding", None)
                resource["encoding"] = "utf-8"
            if table is not None or str(resource.get("name")) not in self.standard.tables:
                resources.append(resource)
        resources += [self._resource(table) for table in by_name.values()]
        return {**descriptor, "resources": resources}

    def _resource(self, written: _Written) -> dict[str, Any]:
        table = self.standard.tables[written.name]
        schema = table_schema(table, self.standard, {item.name for item in self.tables})
        by_name = {item["name"]: item for item in schema["fields"]}
        schema["fields"] = [by_name.get(name, {"name": name, "type": "string"}) for name in written.header]
        return {
            "name": written.name,
            "title": table.title.zh,
            "path": written.path,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": written.bytes,
            "hash": f"sha256:{written.sha256}",
            "schema": schema,
        }
