"""The files of a package: a CSV a table, safe to open, and a descriptor with their sizes and hashes."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

from circledata.convert.output.safe_csv import safe_row, write_all
from circledata.convert.output.write import DESCRIPTOR, Content, Writer
from circledata.standard import Standard
from circledata.standard.model import Table
from circledata.standard.schemas import table_schema


@dataclass(frozen=True)
class TableContent:
    """One table to write: its records as filled cells by field, and the `x_` columns in the order they shall have."""

    table: Table
    records: Sequence[Mapping[str, str]]
    extra_columns: tuple[str, ...] = ()


def csv_content(columns: Sequence[str], rows: Iterable[Sequence[object]], *, safe: bool = False) -> Writer:
    """Return what writes a CSV file: UTF-8 with the mark that makes WPS and Excel read and save it so, LF line ends.

    No cell becomes a formula when it is opened there (circledata.convert.output.safe_csv). `safe`: the rows are marked.
    """

    def write(stream: BinaryIO) -> None:
        stream.write(codecs.BOM_UTF8)
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        write_all(text.write, chain([columns], rows if safe else map(safe_row, rows)))
        text.flush()
        text.detach()

    return write


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return a JSON file as people can read it, keys in the order given."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


class Hashing(io.RawIOBase):
    """Passes bytes on to a file and remembers their number and hash."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._hash, self.bytes = stream, hashlib.sha256(), 0

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Write and count."""
        self._stream.write(data)
        self._hash.update(data)
        self.bytes += len(data)
        return len(data)

    @property
    def hash(self) -> str:
        """The hash as a descriptor gives it."""
        return f"sha256:{self._hash.hexdigest()}"


def package_files(
    descriptor: Mapping[str, Any],
    tables: Sequence[TableContent],
    standard: Standard,
    more: Mapping[str, bytes] | None = None,
) -> dict[str, Content]:
    """Return the files of a package by name: one CSV a table, `more` files as they are, and last the descriptor.

    A table has all columns of the standard in their order, so that people can fill in what the source did not know.
    Sizes and hashes are those of the files as they were written: the descriptor is made when the others stand.
    """
    files: dict[str, Content] = {}
    resources: list[dict[str, Any]] = []
    names = {content.table.name for content in tables}
    for content in tables:
        resource = _table_resource(content, standard, names)
        resources.append(resource)
        files[resource["path"]] = _table_writer(content, resource)
    for name, data in (more or {}).items():
        files[name] = data
        resources.append(_file_resource(name, data))
    files[DESCRIPTOR] = lambda stream: _write_all(stream, json_bytes({**descriptor, "resources": resources}))
    return files


def _write_all(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)


def _table_resource(content: TableContent, standard: Standard, names: set[str]) -> dict[str, Any]:
    schema = table_schema(content.table, standard, names)
    schema["fields"] += [{"name": column, "type": "string"} for column in content.extra_columns]
    return {
        "name": content.table.name,
        "title": content.table.title.zh,
        "path": f"{content.table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": 0,
        "hash": "",
        "schema": schema,
    }


def _table_writer(content: TableContent, resource: dict[str, Any]) -> Writer:
    columns = [field.name for field in content.table.fields] + list(content.extra_columns)
    blank = dict.fromkeys(columns, "")

    def write(stream: BinaryIO) -> None:
        hashing = Hashing(stream)
        buffered = io.BufferedWriter(hashing, 1 << 16)
        csv_content(columns, (_row(dict(record), blank) for record in content.records), safe=True)(buffered)
        buffered.flush()
        resource["bytes"], resource["hash"] = hashing.bytes, hashing.hash

    return write


def _row(record: dict[str, str], blank: dict[str, str]) -> list[object]:
    """Return the cells of a record; only its filled cells have to be looked at, and few have to be marked."""
    row: list[object] = list((blank | record).values())
    if len(row) != len(blank):  # it holds something that the table does not have
        row = [record.get(column, "") for column in blank]
    for text in record.values():
        if not text[:1].isalnum() and text:
            return safe_row(row)
    return row


def _file_resource(name: str, data: bytes) -> dict[str, Any]:
    """Describe a file that is no table; the boundaries have a name of their own in the standard."""
    kind = name.rpartition(".")[2]
    return {
        "name": name.replace(".", "-").lower(),
        "path": name,
        "format": kind,
        "mediatype": "application/geo+json" if kind == "geojson" else "application/json",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
