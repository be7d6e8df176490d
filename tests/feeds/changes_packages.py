"""Small packages for the tests of changes: made of rows, in any form of CSV, and random ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from circledata.convert.export.csv_form import CsvForm, chunks
from circledata.standard import load_standard

STANDARD = load_standard()
Record = Mapping[str, str]
SETTINGS = {
    "version": "1.0",
    "division_code": "620602",
    "as_of": "2024-12-31",
    "coordinate_system": "CGCS2000",
    "profile": "open",
    "synthetic": True,
}


def write_package(
    folder: Path,
    tables: Mapping[str, Sequence[Record]],
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    settings: Mapping[str, Any] | None = None,
    forms: Mapping[str, CsvForm] | None = None,
    files: Mapping[str, bytes] | None = None,
    title: str = "测试",
) -> Path:
    """Write a package; a table has the standard's columns, or `columns`, and all that its records have."""
    folder.mkdir(parents=True)
    resources: list[dict[str, Any]] = []
    for name, records in tables.items():
        own = (columns or {}).get(name) or [field.name for field in STANDARD.tables[name].fields]
        header = list(dict.fromkeys([*own, *(key for record in records for key in record)]))
        rows = [[record.get(column, "") for column in header] for record in records]
        content = b"".join(chunks(header, rows, (forms or {}).get(name, CsvForm())))
        resources.append(_put(folder, f"{name}.csv", name, content))
    for path, content in (files or {}).items():
        resources.append(_put(folder, path, path.replace(".", "-"), content))
    descriptor = {
        "name": "test-package",
        "title": title,
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "测试", "roles": ["publisher"]}],
        "created": "2024-12-31T00:00:00Z",
        "circledata": {**SETTINGS, **(settings or {})},
        "resources": resources,
    }
    (folder / "datapackage.json").write_bytes((json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode())
    return folder


def _put(folder: Path, path: str, name: str, content: bytes) -> dict[str, Any]:
    (folder / path).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return {"name": name, "path": path, "bytes": len(content), "hash": f"sha256:{digest}"}


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


NASTY = st.sampled_from(
    ["=1+1", "'=x", "-5", "+86", "@a", "#12", "a,b", 'a"b', '"', "a\nb", "a\r\nb", "a\rb", " a ", "，", "NULL", "null",
     "true", "2024-12-31", "1.50", "1e5", "\\", "{}", "[1]", "\t", "　", "'", "''", "\x1e", "\x1f", "a\x1fb", "u\x1f",
     "\x7f", "\u2028", "😀", "﻿x", "é"]
)  # fmt: skip
TEXT = st.one_of(
    st.just(""), NASTY, st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=6)
)
IDS = st.sampled_from(["620602-O000001", "620602-O000002", "620602-O000003", "620602-O000004", "x", ""])
NUMBERS = st.sampled_from(["", "102.64", "102.640", "37.9", "103", "abc", "1e2", "-1", "0102.6"])
DATES = st.sampled_from(["", "2024-01-01", "2025-02-30", "2024/1/1", "2025-03-01"])


def _records(table: str, extra: Sequence[str]) -> st.SearchStrategy[list[Record]]:
    cells: dict[str, st.SearchStrategy[str]] = {
        "outlets": {
            "outlet_id": IDS, "name": TEXT, "category": st.sampled_from(["pharmacy", "wet-market", ""]),
            "address": TEXT, "status": st.sampled_from(["open", "closed", "planned", "?"]), "longitude": NUMBERS,
            "latitude": NUMBERS, "opened_on": DATES, "closed_on": DATES,
            "staff_count": st.sampled_from(["", "3", "03"]),
            "accepts_cash": st.sampled_from(["", "true", "TRUE"]),
        },
        "communities": {"circle_id": st.sampled_from(["a", "a\x1f", ""]), "name": TEXT, "households": NUMBERS},
        "survey_results": {"survey_id": st.sampled_from(["s", "t"]), "option": TEXT, "count": NUMBERS},
        "translations": {"table": TEXT, "id": TEXT, "field": TEXT, "language": TEXT, "text": TEXT},
    }[table]  # type: ignore[assignment]  # fmt: skip
    cells = {**cells, **dict.fromkeys(extra, TEXT)}
    return st.lists(st.fixed_dictionaries(cells), max_size=6)


FORMS = st.builds(
    CsvForm,
    bom=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
    quoted=st.booleans(),
    marks=st.booleans(),
    final=st.booleans(),
)


@st.composite
def packages(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what `write_package` takes: a few records in some of the tables."""
    names = draw(st.lists(st.sampled_from(["outlets", "communities", "survey_results", "translations"]), unique=True))
    tables, columns, forms = {}, {}, {}
    for name in names:
        extra = draw(st.lists(st.sampled_from(["x_a", "x_b", 'x_"c', "x_d/e~f", "备注"]), unique=True, max_size=2))
        tables[name] = draw(_records(name, extra))
        fields = [field.name for field in STANDARD.tables[name].fields]
        kept = draw(st.sampled_from([len(fields), len(fields), 6, 3]))
        columns[name] = [*fields[:kept], *extra]
        if draw(st.booleans()):
            columns[name] = columns[name][::-1]
        tables[name] = [{key: text for key, text in item.items() if key in columns[name]} for item in tables[name]]
        if draw(st.integers(0, 3)) == 0:
            forms[name] = draw(FORMS)
    files = draw(st.sampled_from([{}, {"circles.geojson": BOUNDS[0]}, {"circles.geojson": BOUNDS[1]}, NOTES]))
    return {"tables": tables, "columns": columns, "forms": forms, "files": files}


def boundaries(*circles: str, indent: int | None = None, size: float = 0.01) -> bytes:
    """Return a circles.geojson with a square for each circle."""
    features = [
        {
            "type": "Feature",
            "properties": {"circle_id": circle},
            "geometry": {"type": "Polygon", "coordinates": [[[1.0, 1], [1, 1 + size], [1 + size, 1], [1.0, 1]]]},
        }
        for circle in circles
    ]
    document = {"type": "FeatureCollection", "features": features}
    return (json.dumps(document, ensure_ascii=False, indent=indent) + "\n").encode()


BOUNDS = (boundaries("a", "b"), boundaries("b", "c", "a", indent=1, size=0.02))
NOTES = {"circles.geojson": boundaries("b"), "notes.txt": b"\xff\xfe binary"}


def edited(old: dict[str, Any], draw: st.DrawFn, other: dict[str, Any]) -> dict[str, Any]:
    """Return a package near `old`: records taken away, put in, moved about; some from `other`."""
    tables = {}
    for name, records in {**old["tables"], **other["tables"]}.items():
        pool = [*old["tables"].get(name, []), *records]
        chosen = draw(st.lists(st.integers(0, max(0, len(pool) - 1)), max_size=8)) if pool else []
        tables[name] = [pool[place] for place in chosen]
    return {**other, "tables": tables, "columns": {**old["columns"], **other["columns"]}}
