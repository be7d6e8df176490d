"""The engine and the record schemas come to the same verdict on every cell; the exceptions are listed here."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Any

import pytest
import records
from jsonschema import Draft202012Validator

from circledata import validate
from circledata.standard import load_standard, spec_root
from circledata.standard.model import Field, Table

STANDARD = load_standard()
CELL_RULES = {
    "required-empty",
    "not-an-integer",
    "not-a-number",
    "not-a-date",
    "not-a-boolean",
    "code-unknown",
    "pattern-mismatch",
    "below-minimum",
    "above-maximum",
    "text-too-long",
}
SAMPLES: Mapping[str, tuple[str, ...]] = {
    "string": (
        "",
        " ",
        "x",
        "样例",
        "开",
        "A-1",
        "620602-C001",
        "620602-O000001x",
        "字" * 200,
        "字" * 201,
        "字" * 2001,
    ),
    "integer": ("", "0", "-1", "1", "15", "1.0", "1e2", "007", "+1", "一", " 1", "1 ", "9007199254740993"),
    "number": ("", "0", "-0.5", "0.5", "1", "1.01", "90.5", "-90.5", "180.5", "-181", "1e2", ".5", "5.", "NaN", "1,5"),
    "date": ("", "2024-02-29", "2024-2-9", "2024/02/29", "20240229", "2024-02-29T00:00", " 2024-02-29", "去年"),
    "boolean": ("", "true", "false", "True", "1", "是", "true "),
}

ONLY_ENGINE = {
    ("date", "2024-02-30"): "A pattern cannot count the days of a month.",
    ("date", "2023-02-29"): "A pattern cannot know leap years.",
    ("integer", "99999999999999999999"): "JSON integers have no bounds; the engine's have 64 bits.",
}
"""Type and text of cells that the engine refuses and the schema takes, with the reason."""


def samples(field: Field) -> list[str]:
    """Texts to try in one column: those of its type, its example, and the edges that its own constraints have."""
    found = [field.example, *SAMPLES[field.type], *(text for kind, text in ONLY_ENGINE if kind == field.type)]
    if field.max_length:
        found += ["字" * field.max_length, "字" * (field.max_length + 1)]
    for bound in (field.minimum, field.maximum):
        if bound is not None:
            found += [f"{bound:g}", f"{bound + 1:g}", f"{bound - 1:g}"]
    if field.codelist and not field.list:
        codes = list(STANDARD.codelists[field.codelist].codes)
        found += [codes[0], codes[-1], codes[0].upper() + "X"]
    return list(dict.fromkeys(found))


def rows_of(table: Table) -> list[tuple[str, str]]:
    """Column and text of each row of the package: one cell is tried in one row."""
    return [(field.name, text) for field in table.fields for text in samples(field)]


@pytest.fixture(scope="module")
def engine_verdicts(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, int, str]]:
    """Table, record and column of every cell that the engine finds fault with, in one package of all samples."""
    folder = tmp_path_factory.mktemp("samples")
    for table in STANDARD.tables.values():
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(table.by_name), lineterminator="\n")
            writer.writeheader()
            example = {field.name: field.example for field in table.fields}
            writer.writerows(example | {column: text} for column, text in rows_of(table))
    descriptor = {
        "name": "samples",
        "title": "samples",
        "created": "2025-01-10T09:00:00+08:00",
        "licenses": [{"name": "LicenseRef-none"}],
        "contributors": [{"title": "示例", "roles": ["publisher"]}],
        "resources": [{"name": name, "path": f"{name}.csv"} for name in STANDARD.tables],
        "circledata": {
            "version": "1.0",
            "division_code": "620602",
            "as_of": "2024-12-31",
            "coordinate_system": "CGCS2000",
            "profile": "exchange",
            "synthetic": True,
        },
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = validate(folder, max_examples=None)
    assert report.complete
    return {
        (finding.table or "", (finding.row or 0) - 1, finding.column or "")
        for finding in report.findings
        if STANDARD.rules[finding.rule].name in CELL_RULES
    }


def schema_refuses(table: Table, schema: dict[str, Any], column: str, text: str) -> bool:
    """Whether the record schema finds fault with one cell."""
    record = records.record({column: text}, {column: table.by_name[column].type})
    if not record:
        return column in schema["required"]
    return not Draft202012Validator(schema["properties"][column]).is_valid(record[column])


@pytest.mark.parametrize("table", STANDARD.tables.values(), ids=lambda table: table.name)
def test_engine_and_record_schema_agree(table: Table, engine_verdicts: set[tuple[str, int, str]]) -> None:
    path = spec_root() / "1.0" / "records" / f"{table.name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    differing = []
    for number, (column, text) in enumerate(rows_of(table), start=1):
        field = table.by_name[column]
        if field.list and field.codelist:
            continue  # A schema of one text cannot look into the list that the text holds.
        engine = (table.name, number, column) in engine_verdicts
        theirs = schema_refuses(table, schema, column, text)
        if (field.type, text) in ONLY_ENGINE:
            assert (engine, theirs) == (True, False), ONLY_ENGINE[field.type, text]
        elif engine != theirs:
            differing.append((column, text[:40], "engine" if engine else "schema"))
    assert differing == []


@pytest.mark.skipif(not records.has_node("ajv"), reason="node or ajv is not installed")
def test_ajv_and_jsonschema_agree_on_every_sample() -> None:
    schemas, values, expected = {}, {}, {}
    for table in STANDARD.tables.values():
        path = spec_root() / "1.0" / "records" / f"{table.name}.schema.json"
        schema = schemas[table.name] = json.loads(path.read_text(encoding="utf-8"))
        types = {field.name: field.type for field in table.fields}
        example = {field.name: field.example for field in table.fields}
        values[table.name] = [records.record(example | {column: text}, types) for column, text in rows_of(table)]
        validator = Draft202012Validator(schema)
        expected[table.name] = [validator.is_valid(value) for value in values[table.name]]
    answer = records.ajv(schemas, values)
    assert {name: entry["valid"] for name, entry in answer.items()} == expected
