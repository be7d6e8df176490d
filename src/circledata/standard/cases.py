"""Makes the small package that a rule's test case means: the given cells, and everything else filled so
that it conforms.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from circledata.standard.model import Field, Rule, Standard, Table

DIVISION = "620602"
FACTS: Mapping[str, Any] = {
    "version": "1.0",
    "division_code": DIVISION,
    "as_of": "2024-12-31",
    "coordinate_system": "CGCS2000",
    "profile": "open",
    "synthetic": True,
}
"""What the package of a case says of itself unless the case says otherwise."""

OLDER = "previous."
"""Prefix of the tables of the last release in a case of the family `history`."""

Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One case of a rule: what it shows, what the package holds, and the findings that must come out."""

    rule: str
    name: str
    passes: bool
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    package: Mapping[str, Any] = field(default_factory=dict)
    geojson: Mapping[str, Any] | None = None
    expect: tuple[Mapping[str, Any], ...] = ()


def cases_of(rule: Rule, root: Path) -> Iterator[Case]:
    """Yield the cases that stand in the file of `rule` below `root`, passing ones first."""
    path = root / "rules" / rule.family / f"{rule.name}.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    cases = raw.get("cases") or {}
    for kind in ("pass", "fail"):
        for entry in cases.get(kind) or []:
            yield Case(
                rule=rule.code,
                name=str(entry["name"]),
                passes=kind == "pass",
                tables=entry.get("tables") or {},
                files={name: _bytes(content) for name, content in (entry.get("files") or {}).items()},
                package=entry.get("package") or {},
                geojson=entry.get("geojson"),
                expect=tuple(entry.get("expect") or ()),
            )


def _bytes(content: Any) -> str | bytes:
    if isinstance(content, dict):
        return bytes.fromhex(content["hex"])
    return str(content)


def write_case(case: Case, standard: Standard, folder: Path) -> Path:
    """Write the package of a case into `folder` and return it; `folder/previous` gets the older package if
    there is one. Of a case about what is published, the published file is returned.
    """
    package = folder / "package"
    present = {name: rows for name, rows in case.tables.items() if not name.startswith(OLDER)}
    older = {name.removeprefix(OLDER): rows for name, rows in case.tables.items() if name.startswith(OLDER)}
    facts = {**FACTS, **case.package}
    _write(present, case.files, facts, case.geojson, standard, package, plain=_published(case) is not None)
    if older:
        said = older.pop("package", [{}])[0]
        _write(older, {}, {**FACTS, "as_of": "2023-12-31", **said}, None, standard, folder / "previous")
    published = _published(case)
    return package / published if published else package


def _published(case: Case) -> str | None:
    """Return the published file that a case without tables is about; None when it is about a package."""
    if case.tables:
        return None
    names = {"circledata.json", "manifest.json"} & case.files.keys()
    return next(iter(names), None) or (next(iter(case.files)) if [*case.files] == [*_geojson(case)] else None)


def _geojson(case: Case) -> Iterator[str]:
    return (name for name in case.files if name.endswith(".geojson"))


def _write(
    tables: Mapping[str, list[dict[str, Any]]],
    files: Mapping[str, str | bytes],
    facts: Mapping[str, Any],
    geojson: Mapping[str, Any] | None,
    standard: Standard,
    package: Path,
    *,
    plain: bool = False,
) -> None:
    """Write the files of a package; `plain`: nothing but what the case itself holds."""
    package.mkdir(parents=True)
    completed = complete(tables or ({} if files else {"circles": [{}]}), standard)
    written: dict[str, bytes] = {f"{name}.csv": _csv(rows, standard.tables[name]) for name, rows in completed.items()}
    if geojson is not None:
        written["circles.geojson"] = json.dumps(geojson, ensure_ascii=False).encode()
    for name, content in files.items():
        written[name] = content if isinstance(content, bytes) else content.encode()
    if "datapackage.json" not in written and not plain:
        names = [name for name in written if name.endswith((".csv", ".geojson"))]
        written["datapackage.json"] = json.dumps(descriptor(facts, names), ensure_ascii=False).encode()
    for name, content in written.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def descriptor(facts: Mapping[str, Any], files: list[str]) -> dict[str, Any]:
    """Return a datapackage.json that conforms, with one resource a file."""
    return {
        "name": "case",
        "title": "示例",
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "示例区商务局", "roles": ["publisher"]}],
        "created": "2025-01-15T00:00:00Z",
        "resources": [
            {"name": name.rsplit(".", 1)[0] + ("-geojson" if name.endswith(".geojson") else ""), "path": name}
            for name in files
        ],
        "circledata": {
            key: str(value) if key == "as_of" else value for key, value in facts.items() if value is not None
        },
    }


def complete(tables: Mapping[str, list[dict[str, Any]]], standard: Standard) -> dict[str, list[Row]]:
    """Fill required cells that a case leaves out, and make the records that filled keys point to."""
    done: dict[str, list[Row]] = {name: [] for name in tables}
    for name, rows in tables.items():
        for row in rows:
            done[name].append({key: _cell(value) for key, value in row.items()})
    pending = list(done)
    while pending:
        name = pending.pop(0)
        table = standard.tables[name]
        for number, row in enumerate(done[name], start=1):
            _fill(row, number, table, standard)
            _parents(row, table, done, pending)
    return done


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


ASKED_FOR = {"outlets": {"address"}}
"""Fields that are not required by themselves, but that a rule asks for in every ordinary record."""


def _fill(row: Row, number: int, table: Table, standard: Standard) -> None:
    for item in table.fields:
        if (item.required or item.name in ASKED_FOR.get(table.name, ())) and item.name not in row:
            row[item.name] = _filled(item, number, table, standard)


def _filled(item: Field, number: int, table: Table, standard: Standard) -> str:
    key = next((key for key in table.foreign_keys if key.fields == (item.name,)), None)
    owner = standard.tables[key.table] if key else table
    if owner.id_letter and item.name == owner.primary_key[0]:
        return f"{DIVISION}-{owner.id_letter}{1 if key else number:06d}"
    if item.codelist:
        return next(iter(standard.codelists[item.codelist].codes))
    if item.name in table.primary_key and item.pattern:
        return f"q{number}"
    if item.type == "string" and not item.pattern:
        return f"{item.title.zh}{number}"
    return item.example


def _parents(row: Row, table: Table, done: dict[str, list[Row]], pending: list[str]) -> None:
    """Add the records that a row's filled keys name, where the case does not hold them itself."""
    for key in table.foreign_keys:
        values = [row.get(column, "") for column in key.fields]
        if not all(values) or key.table == table.name:
            continue
        wanted = dict(zip(key.target_fields, values, strict=True))
        rows = done.setdefault(key.table, [])
        if not any(all(other.get(column) == value for column, value in wanted.items()) for other in rows):
            rows.append(wanted)
            pending.append(key.table)


def _csv(rows: list[Row], table: Table) -> bytes:
    columns = [item.name for item in table.fields if item.required or any(item.name in row for row in rows)]
    columns += [name for name in dict.fromkeys(key for row in rows for key in row) if name not in columns]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
