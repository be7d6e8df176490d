"""Reads JSON: a list of objects, pages of an API, one object a line, or the features of GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from circledata.convert.model import SourceRow, SourceTable
from circledata.convert.read.flat import flatten
from circledata.convert.read.garbled import mend_header, mend_rows
from circledata.convert.read.layout import Layout
from circledata.convert.read.notes import Note
from circledata.convert.read.text import Place, encoding_note, short, whole_text
from circledata.convert.read.words import refuse
from circledata.sources import strict_json

LISTS = ("pois", "results", "result", "data", "records", "rows", "items", "list", "features", "elements", "content")
"""Names under which interfaces give their records."""
_NAMES = frozenset(LISTS)
_LINES = frozenset((".jsonl", ".ndjson"))
_PROBED = 10
"""Lines by which a file of one object a line is known."""


def read_objects(place: Place, layout: Layout, *, repair: bool) -> SourceTable:
    """Read a JSON file as one table; rows are numbered by object, or by line where each line is an object.

    ConversionError when it is not sound JSON, or when it is not clear which list holds the records.
    """
    text, verdict = whole_text(place, layout.encoding)
    notes = encoding_note(verdict)
    text = text.removeprefix("\ufeff")
    if _is_lines(text, place):
        form, rows = "jsonl", list(_line_rows(text))
        if rows and all(row.broken for row in rows):
            raise refuse("json-without-list", name=place.name)
    else:
        documents = _documents(text, place.name)
        form, items, more = _records(documents, place.name)
        notes += more
        rows = [_row(number, item) for number, item in enumerate(items, 1)]
    header = _columns(rows)
    broken = [row.number for row in rows if row.broken]
    if broken:
        notes.append(("rows-broken", {"count": str(len(broken)), "row": str(broken[0])}))
    renamed, header_notes = mend_header(header, repair=repair)
    rows, changes, row_notes = mend_rows(rows, header, renamed, (place.name, ""), repair=repair)
    assert verdict.codec is not None
    source = place.source(short(verdict.codec), form)
    columns = tuple(renamed.get(name, name) for name in header)
    return SourceTable(source, "", columns, 0, rows, (), [*notes, *header_notes, *row_notes], changes)


def _columns(rows: Sequence[SourceRow]) -> tuple[str, ...]:
    """Return every column in the order in which it first occurs."""
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row.cells)
    return tuple(names)


def _is_lines(text: str, place: Place) -> bool:
    """Tell whether each line is an object of its own; a single bad line does not change that."""
    lines = [line for line in text[: 1 << 20].split("\n") if line.strip()][:_PROBED]
    sound = sum(isinstance(_parsed(line), dict) for line in lines)
    if place.path.suffix.lower() in _LINES:
        return sound > 0
    return len(lines) > 1 and sound * 2 > len(lines)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def _line_rows(text: str) -> Iterator[SourceRow]:
    number = 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if "\r" in text else text.split("\n")
    for line, content in enumerate(lines, 1):
        if not content.strip(" \t\x1e\u3000"):
            continue
        item = _parsed(content.strip("\x1e"))
        if (inner := _page(item)) is not None:
            # One page of results a line: the objects are numbered on through all of them.
            for record in inner:
                number += 1
                yield _row(number, record)
        else:
            yield _row(line, item)


def _documents(text: str, name: str) -> list[Any]:
    """Return the values that stand in the text one after the other: one, or several pages."""
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    found: list[Any] = []
    place, length = len(text) - len(text.lstrip()), len(text)
    while place < length:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            raise _not_json(text, name, place if found and isinstance(found[0], dict) else 0) from None
        found.append(value)
        while place < length and text[place] in " \t\r\n,\ufeff\x1e":
            place += 1
    return found


def _not_json(text: str, name: str, start: int) -> Exception:
    line, column = text.count("\n", 0, start), start - (text.rfind("\n", 0, start) + 1)
    try:
        strict_json.read(text[start:].encode("utf-8", "replace"))
    except strict_json.NotJson as error:
        fault = error.fault
        at = {"line": line + fault.line, "column": fault.column + (column if fault.line == 1 else 0)}
        return refuse("not-json", name=name, reason_zh=fault.reason_zh, reason_en=fault.reason_en, **at)
    return refuse(
        "not-json", name=name, line=line + 1, column=column + 1, reason_zh="写法不对", reason_en="its form is wrong"
    )


def _page(value: Any) -> list[Any] | None:
    """Return the list of records that a page of results holds; None for what is no page."""
    if not isinstance(value, dict) or _NAMES.isdisjoint(value) or value.get("type") == "Feature":
        return None
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, list) and (not inner or any(isinstance(item, dict) for item in inner)):
            return None if "name" in value and "id" in value else inner
        if isinstance(inner, dict) and (deeper := _page(inner)) is not None:
            return deeper
    return None


def _records(documents: list[Any], name: str) -> tuple[str, list[Any], list[Note]]:
    """Return the form of the file, its records, and what to say of how they were found."""
    if len(documents) == 1 and isinstance(documents[0], dict) and documents[0].get("type") == "FeatureCollection":
        return "geojson", *_features(documents[0], name)
    values = documents[0] if len(documents) == 1 and isinstance(documents[0], list) else documents
    pages = [page for value in values if (page := _page(value)) is not None]
    if pages and len(pages) * 2 > len(values):
        joined = [item for value in values for item in (_page(value) or [])]
        if len(values) > 1:
            return "json", joined, [("pages-joined", {"count": str(len(values))})]
        return "json", joined, []
    if isinstance(documents[0], list) or len(documents) > 1:
        if not any(isinstance(value, dict) for value in values):
            raise refuse("json-without-list", name=name)
        return "json", list(values), []
    return "json", *_only_list(documents[0], name)


def _features(collection: Mapping[str, Any], name: str) -> tuple[list[Any], list[Note]]:
    features = collection.get("features")
    if not isinstance(features, list):
        raise refuse("not-features", name=name)
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = properties.get("name") if isinstance(properties, dict) else None
    stamp = collection.get("timestamp")
    if isinstance(stamp, str):
        features = [
            {**item, "properties": {"@timestamp": stamp, **(item.get("properties") or {})}}
            if isinstance(item, dict)
            else item
            for item in features
        ]
    return features, [("geojson-crs", {"crs": str(said)})] if said else []


def _only_list(value: Any, name: str) -> tuple[list[Any], list[Note]]:
    """Return the one list of objects inside an object under a name of its own choice."""
    if isinstance(value, dict) and value.get("type") in {"Feature", "FeatureCollection"}:
        raise refuse("not-features", name=name)
    found = dict(_lists(value, "", 0))
    if not found:
        raise refuse("json-without-list", name=name)
    if len(found) > 1:
        raise refuse("json-several-lists", name=name, lists="、".join(found))
    ((where, items),) = found.items()
    return items, [("list-found", {"list": where})]


def _lists(value: Any, before: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    for name, inner in value.items() if isinstance(value, dict) and depth < 4 else ():
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            yield f"{before}{name}", inner
        elif isinstance(inner, dict):
            yield from _lists(inner, f"{before}{name}.", depth + 1)


def _row(number: int, item: Any) -> SourceRow:
    """Return an object as a row; a feature of GeoJSON with its geometry."""
    if not isinstance(item, dict):
        return SourceRow(number, {}, broken=True)
    if item.get("type") != "Feature" or "properties" not in item:
        return SourceRow(number, flatten(item))
    properties, geometry = item.get("properties"), item.get("geometry")
    cells = flatten(properties) if isinstance(properties, dict) else {}
    if isinstance(item.get("id"), str | int) and "@id" not in cells:
        cells["@id"] = str(item["id"])
    return SourceRow(number, cells, geometry if isinstance(geometry, dict) and geometry else None)
