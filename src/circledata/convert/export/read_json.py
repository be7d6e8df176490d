"""Reads a package back from JSON or JSON lines; numbers come back as they were written, `12.50` too."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from circledata.convert.export.incoming import Arrival, Incoming
from circledata.convert.export.result import Notes
from circledata.convert.model import ConversionError
from circledata.sources.descriptor import meta_of
from circledata.sources.model import Meta
from circledata.sources.settings import standard_for
from circledata.standard.model import Standard, Text

LARGEST = 1 << 30
"""Bytes of a JSON document, which is read into memory as a whole; JSON lines may be longer."""


class _Number(str):
    """A number as the file writes it."""

    __slots__ = ()


def _loads(text: str) -> Any:
    return json.loads(text, parse_int=_Number, parse_float=_Number)


def _plain(value: Any) -> Any:
    """Return a value with its numbers as numbers."""
    if isinstance(value, _Number):
        return json.loads(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def cell(value: Any) -> str:
    """Return the text of a cell: numbers as written, truths as true and false, several values joined by `;`."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(map(cell, value))
    return json.dumps(value, ensure_ascii=False)


Record = Mapping[str, Any]
Tables = Callable[[], Iterable[tuple[str, Iterable[Record]]]]


def read_json(path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    """Write the package of a JSON document into `folder`; returns the records of each table."""
    if path.stat().st_size > LARGEST:
        raise _refused(path, "太大，请用 JSON lines（.jsonl）", "is too large; use JSON lines (.jsonl)")
    try:
        content = _loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused(path, "不是 JSON", "is not JSON") from None
    tables = content.get("tables") if isinstance(content, dict) else None
    if not isinstance(tables, dict) or not all(isinstance(records, list) for records in tables.values()):
        raise _refused(path, "里没有 tables，不是数据包", "has no tables; it is no package")
    return _arrive(content, tables.items, path, folder, notes)


def read_jsonl(path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    """Write the package of a file of JSON lines into `folder`; returns the records of each table."""
    first = next(_lines(path), None)
    if not isinstance(first, dict) or "package" not in first:
        raise _refused(path, "第一行不是数据包的说明", "does not begin with the line that tells of the package")

    def tables() -> Iterator[tuple[str, Iterable[Record]]]:
        records = itertools.islice(_lines(path), 1, None)
        for name, group in itertools.groupby(records, key=lambda item: _table_of(item, path)):
            yield name, (item["record"] for item in group)

    return _arrive(first, tables, path, folder, notes)


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield _loads(line)
            except (ValueError, RecursionError):
                raise _refused(path, f"第 {number} 行不是 JSON", f"is not JSON on line {number}") from None


def _table_of(item: Any, path: Path) -> str:
    name = item.get("table") if isinstance(item, dict) else None
    if not isinstance(name, str) or not isinstance(item.get("record"), dict):
        zh, en = "里有一行没有 table 和 record", "has a line without table and record"
        raise _refused(path, zh, en)
    return name


def _arrive(content: Mapping[str, Any], tables: Tables, path: Path, folder: Path, notes: Notes) -> dict[str, int]:
    descriptor, extra = _plain(content.get("package")), _plain(content.get("extra"))
    descriptor = descriptor if isinstance(descriptor, dict) else None
    standard, _ = standard_for(meta_of(descriptor) if descriptor else Meta(), None)
    arrival = Arrival(folder, standard, extra if isinstance(extra, dict) else {}, notes)
    try:
        _tables(arrival, tables, standard, path, {})
    except _NewColumn:
        arrival.tables.clear()
        _tables(arrival, tables, standard, path, _keys(tables))
    for name, entry in arrival.expected.items():
        if not entry.get("rows") and name not in arrival.rows and name in standard.tables:
            arrival.add(Incoming(name, list(entry.get("header") or []), ()))
    carried = arrival.carried_descriptor()
    arrival.finish(descriptor, changed=carried is not None and carried != descriptor)
    return arrival.rows


class _NewColumn(Exception):
    """A record has a value that no known column takes."""


def _keys(tables: Tables) -> dict[str, list[str]]:
    """Return the members of the records of each table in the order in which they first come."""
    return {name: list(dict.fromkeys(key for record in records for key in record)) for name, records in tables()}


def _tables(arrival: Arrival, tables: Tables, standard: Standard, path: Path, found: Mapping[str, list[str]]) -> None:
    for name, records in tables():
        if name not in standard.tables:
            raise _refused(path, f"里的 {name} 不是标准的表", f"has {name}, which is no table of the standard")
        if name in arrival.rows:
            zh, en = f"里 {name} 的记录没有放在一起", f"does not have the records of {name} together"
            raise _refused(path, zh, en)
        known = arrival.expected.get(name, {}).get("keys") or []
        keys = list(dict.fromkeys([*known, *found.get(name, ())]))
        header = arrival.expected.get(name, {}).get("header") or []
        heads = [*header, *keys[len(header) :]] if len(header) == len(known) else keys
        arrival.add(Incoming(name, heads, _rows(records, keys)))


def _rows(records: Iterable[Record], keys: list[str]) -> Iterator[list[str]]:
    known = set(keys)
    for record in records:
        if not record.keys() <= known:
            raise _NewColumn
        yield [cell(record.get(key)) for key in keys]


def _refused(path: Path, zh: str, en: str) -> ConversionError:
    return ConversionError(Text(f"{path.name} {zh}，没有写入。", f"{path.name} {en}; nothing was written."))
