"""The standard's JSON Schemas are good schemas, and other programs read them as we do."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import records
from jsonschema import Draft202012Validator
from records import RECORD_FILES, ROOT, SCHEMA_FILES

from circledata.standard import load_standard, spec_root
from circledata.standard.model import CodeList, Table

STANDARD = load_standard()
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*/datapackage.json") if "broken" not in path.parent.name)

LINT_EXCEPTIONS = {
    # `$schema` is the name that Data Package gives this key.
    "simple_properties_identifiers",
    # ajv's strict mode wants the type beside a pattern, here too where it can only be a string.
    "property_names_type_default",
}

needs_ajv = pytest.mark.skipif(not records.has_node("ajv"), reason="node or ajv is not installed")
needs_cli = pytest.mark.skipif(
    not records.has_node("@sourcemeta/jsonschema"), reason="@sourcemeta/jsonschema is not installed"
)


def name_of(path: Path) -> str:
    return str(path.relative_to(spec_root()))


@cache
def schema_of(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def record_schema(table: str) -> dict[str, Any]:
    return schema_of(spec_root() / "1.0" / "records" / f"{table}.schema.json")


def test_every_table_has_a_record_schema() -> None:
    tables = {path.stem for path in spec_root().glob("**/tables/*.json")}
    assert {path.name.removesuffix(".schema.json") for path in RECORD_FILES} == tables


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=name_of)
def test_schema_fits_its_metaschema(path: Path) -> None:
    Draft202012Validator.check_schema(schema_of(path))


def test_schema_identifiers_differ() -> None:
    identifiers = [schema_of(path)["$id"] for path in SCHEMA_FILES if "$id" in schema_of(path)]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=name_of)
def test_examples_inside_a_schema_conform_to_it(path: Path) -> None:
    schema = schema_of(path)
    validator = Draft202012Validator(schema)
    for example in schema.get("examples", []):
        assert [error.message for error in validator.iter_errors(example)] == []


@needs_ajv
def test_ajv_takes_every_schema_in_strict_mode() -> None:
    answer = records.ajv({name_of(path): schema_of(path) for path in SCHEMA_FILES}, {})
    assert answer == {name_of(path): {"warnings": [], "valid": []} for path in SCHEMA_FILES}


@needs_cli
@pytest.mark.parametrize("path", SCHEMA_FILES, ids=name_of)
def test_schema_passes_sourcemeta_metaschema_and_lint(path: Path) -> None:
    checked = records.jsonschema_cli("metaschema", str(path))
    assert checked.returncode == 0, checked.stderr
    excluded = [part for rule in sorted(LINT_EXCEPTIONS) for part in ("--exclude", rule)]
    linted = records.jsonschema_cli("lint", *excluded, str(path))
    assert linted.returncode == 0, linted.stdout + linted.stderr


def enum_of(schema: dict[str, Any]) -> list[str]:
    values: list[str] = schema["enum"]
    return values


@pytest.mark.parametrize(("key", "codelist"), [("coordinate_system", "coordinate-systems"), ("profile", "profiles")])
def test_choices_of_the_descriptor_are_the_code_lists(key: str, codelist: str) -> None:
    keys = schema_of(spec_root() / "1.0" / "package.schema.json")["$defs"]["circledata"]["properties"]
    assert enum_of(keys[key]) == list(STANDARD.codelists[codelist].codes)


def coded_fields() -> list[tuple[Table, str, CodeList]]:
    return [
        (table, field.name, STANDARD.codelists[field.codelist])
        for table in STANDARD.tables.values()
        for field in table.fields
        if field.codelist and not field.list and not field.codelist_extended_by
    ]


@pytest.mark.parametrize(("table", "field", "codelist"), coded_fields(), ids=lambda item: getattr(item, "name", item))
def test_choices_of_a_field_are_its_code_list(table: Table, field: str, codelist: CodeList) -> None:
    assert enum_of(record_schema(table.name)["properties"][field]) == list(codelist.codes)


@pytest.mark.parametrize("table", STANDARD.tables.values(), ids=lambda table: table.name)
def test_record_schema_says_of_fields_what_the_table_says(table: Table) -> None:
    schema = record_schema(table.name)
    assert list(schema["properties"]) == [field.name for field in table.fields]
    assert schema["required"] == [field.name for field in table.fields if field.required]
    for field in table.fields:
        entry = schema["properties"][field.name]
        limits = (entry.get("minimum"), entry.get("maximum"), entry.get("maxLength"))
        assert limits == (field.minimum, field.maximum, field.max_length)


def example_record(table: Table) -> dict[str, Any]:
    return records.record({field.name: field.example for field in table.fields}, types_of(table))


def types_of(table: Table) -> dict[str, str]:
    return {field.name: field.type for field in table.fields}


def test_examples_of_all_fields_conform_by_two_programs() -> None:
    schemas = {table.name: record_schema(table.name) for table in STANDARD.tables.values()}
    values = {table.name: [example_record(table)] for table in STANDARD.tables.values()}
    for name, schema in schemas.items():
        assert [error.message for error in Draft202012Validator(schema).iter_errors(values[name][0])] == []
    if records.has_node("ajv"):
        answer = records.ajv(schemas, values)
        assert {name: entry["valid"] for name, entry in answer.items()} == {name: [True] for name in schemas}


@pytest.mark.parametrize("descriptor", EXAMPLES, ids=lambda path: path.parent.name)
def test_records_of_the_examples_conform(descriptor: Path) -> None:
    content = schema_of(descriptor)
    validator = Draft202012Validator(schema_of(spec_root() / "1.0" / "package.schema.json"))
    assert [error.message for error in validator.iter_errors(content)] == []
    standard = load_standard("1.0", content["circledata"].get("extensions"))
    schemas, values = {}, {}
    for resource in content["resources"]:
        table = standard.tables.get(resource["name"])
        if table is None:
            continue
        schemas[table.name] = extended_schema(table)
        with (descriptor.parent / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
            values[table.name] = [records.record(row, types_of(table)) for row in csv.DictReader(stream)]
    for name, schema in schemas.items():
        checked = Draft202012Validator(schema)
        assert [error.message for row in values[name] for error in checked.iter_errors(row)] == []
    if records.has_node("ajv"):
        answer = records.ajv(schemas, values)
        assert all(all(entry["valid"]) for entry in answer.values())


def extended_schema(table: Table) -> dict[str, Any]:
    """The record schema of a table; fields that an extension adds to a core table are beside what its schema knows."""
    if table.extension:
        return schema_of(next(spec_root().glob(f"extensions/{table.extension}/*/records/{table.name}.schema.json")))
    schema = dict(record_schema(table.name))
    added = {field.name: {} for field in table.fields if field.name not in schema["properties"]}
    return schema | {"properties": schema["properties"] | added}
