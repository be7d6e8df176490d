"""A whole package as one JSON document, or as JSON lines: its descriptor, then every record with its table's name.

The same record in both: an object of the filled cells with types, as `records/<table>.schema.json` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from circledata.convert.export.extra import descriptor_bytes, extra_of, indent_of
from circledata.convert.export.json_text import object_sql
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.output.write import DESCRIPTOR


def write_jsonl(source: Source, path: Path) -> None:
    """Write JSON lines: the first holds the package, each further one a record: `{"table": …, "record": {…}}`."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        package, extra = _package(source)
        stream.write(_line({"package": package, "extra": extra}) + "\n")
        for name, table in source.tables.items():
            start = f'{{"table":{json.dumps(name)},"record":'
            for record in _records(table):
                stream.write(f"{start}{record}}}\n")


def write_json(source: Source, path: Path) -> None:
    """Write one JSON document: `package`, `tables` with the records of each, `extra`."""
    package, extra = _package(source)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f'{{"package":{_line(package)},\n"tables":{{')
        for place, (name, table) in enumerate(source.tables.items()):
            stream.write(f"{',' if place else ''}\n{json.dumps(name)}:[")
            _write_all(stream, _records(table))
            stream.write("]")
        stream.write(f'}},\n"extra":{_line(extra)}}}\n')


def _write_all(stream: IO[str], records: Iterator[str]) -> None:
    before = "\n"
    for record in records:
        stream.write(before + record)
        before = ",\n"


def _records(table: SourceTable) -> Iterator[str]:
    for (record,) in table.select([object_sql(table.columns)]):
        yield record


def _line(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _package(source: Source) -> tuple[Any, dict[str, Any]]:
    """Return the descriptor as an object, and the extra without it where the object alone gives its bytes back."""
    extra = extra_of(source)
    content, descriptor = descriptor_bytes(source), source.package.descriptor
    if content is None or descriptor is None:
        return None, extra
    layout = indent_of(descriptor, content)
    if layout is not None:
        for entry in extra["files"]:
            if entry["path"] == DESCRIPTOR:
                entry.pop("text", None)
                entry |= layout
    return dict(descriptor), extra
