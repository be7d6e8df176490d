"""What a package has beside the cells of its tables: other files, and how its CSV files look; so that it comes back.

`extra` is one JSON object: `files` holds an entry a file (`path` with `text`, or `base64` where it is no UTF-8),
`tables` one a table: `name`, `path`, `header`, `keys`, the `form` of the CSV file, `rows`, `digest` of the cells,
`sha256` of the file. A CSV file that its form does not describe to the byte (odd quotes, another encoding, rows that
cannot be told apart) is itself among `files`, and comes back from there as long as no cell was changed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from circledata.convert.export import csv_form
from circledata.convert.export.csv_form import CsvForm, Rows, guess_form
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.output.write import DESCRIPTOR
from circledata.sources.scan import hashes

VERSION = "1"
LARGEST = 64 << 20
"""Bytes of a file that is carried whole."""
_INDENTS = (1, 2, 4, None)


def extra_of(source: Source, shown: Mapping[str, tuple[str, bool]] | None = None) -> dict[str, Any]:
    """Describe everything that has no place in the tables.

    `shown`: where a form cannot hold every text, the digest of the rows as they are read back from it, by table, and
    whether they are the package's own.
    """
    tables = [_table_entry(source, table, shown) for table in source.tables.values()]
    verbatim = [entry["path"] for entry in tables if not entry["exact"]]
    files = [_file_entry(source, path) for path in sorted({*source.files, *verbatim})]
    return {
        "circledata_extra": VERSION,
        "boundaries": source.package.boundaries_file,
        "files": [entry for entry in files if entry],
        "tables": tables,
    }


def _table_entry(source: Source, table: SourceTable, shown: Mapping[str, tuple[str, bool]] | None) -> dict[str, Any]:
    path = source.root / table.loaded.raw.file
    digest = hashes(path, {"sha256"})["sha256"]
    form, own = _exact_form(table, path, digest)
    exact = own is not None
    rows = own or Rows()
    if own is None:
        for _ in rows.through(table.rows()):
            pass
    read_back, same = shown[table.table.name] if shown else (rows.digest, True)
    return {
        "name": table.table.name,
        "path": table.loaded.raw.file,
        "header": table.header,
        "keys": [column.name for column in table.columns],
        "form": form.as_json(),
        "rows": rows.count,
        "digest": read_back,
        "sha256": digest,
        "exact": exact and same,
    }


def _exact_form(table: SourceTable, path: Path, digest: str) -> tuple[CsvForm, Rows | None]:
    """Return the form of a CSV file, and its rows when the form gives the file back to the byte (None when not)."""
    guess = guess_form(path)
    if not table.broken:
        for form in (guess, replace(guess, marks=False)):
            rows = Rows()
            content = csv_form.chunks(table.header, rows.through(table.rows()), form)
            if _sha256(content) == digest:
                return form, rows
    return guess, None


def _sha256(content: Iterable[bytes]) -> str:
    import hashlib

    running = hashlib.sha256()
    for chunk in content:
        running.update(chunk)
    return running.hexdigest()


def _file_entry(source: Source, path: str) -> dict[str, Any] | None:
    file = source.root / path
    if file.stat().st_size > LARGEST:
        source.notes.add(f"{path} 太大，不在写出的内容里。", f"{path} is too large; it is not in what was written.")
        return None
    return {"path": path, **packed(file.read_bytes())}


def packed(content: bytes) -> dict[str, str]:
    """Return the content of a file as JSON can hold it."""
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def descriptor_bytes(source: Source) -> bytes | None:
    """Return datapackage.json as it stands; None when there is none."""
    path = source.root / DESCRIPTOR
    return path.read_bytes() if path.is_file() else None


def indent_of(descriptor: Mapping[str, Any], content: bytes) -> dict[str, int | None] | None:
    """Return how the descriptor is laid out, when writing it anew gives the same bytes; None when it does not."""
    for indent in _INDENTS:
        if laid_out(descriptor, indent) == content:
            return {"indent": indent}
    return None


def laid_out(descriptor: Mapping[str, Any], indent: int | None = 2) -> bytes:
    """Return a descriptor as bytes."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "surrogatepass")
