"""Derives the JSON Schema of one record, and the resolved Table Schema that a package carries, from a table."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from circledata.standard.model import Standard, Table

DRAFT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://circledata.example/spec"
"""Identifier space of the generated schemas. `.example` is reserved: nothing is ever fetched from it."""


def codes_in(path: Path) -> list[str]:
    """Return the codes of a code list file in its order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [row["code"] for row in csv.DictReader(stream)]


def record_schema(table: dict[str, Any], codelists: Path, version: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one record of `table`, with typed values: numbers as numbers, no empty texts.

    What JSON Schema cannot say (unique, keys, decimals, codes that a package adds) is left to the rules.
    """
    properties = {field["name"]: _property(field, codelists) for field in table["fields"]}
    return {
        "$schema": DRAFT,
        "$id": f"{BASE}/{version}/records/{table['name']}.schema.json",
        "title": table["title"],
        "description": table["description"],
        "$comment": f"en: {table['title_en']}. {table['description_en']}",
        "type": "object",
        "properties": properties,
        "required": [f["name"] for f in table["fields"] if f.get("constraints", {}).get("required")],
        "patternProperties": {"^x_": {"type": "string"}},
        "additionalProperties": False,
        "examples": [{field["name"]: _typed(field) for field in table["fields"]}],
    }


def _typed(field: dict[str, Any]) -> str | int | float | bool:
    text = str(field["example"])
    if field["type"] == "boolean":
        return text == "true"
    if field["type"] == "integer":
        return int(text)
    return float(text) if field["type"] == "number" else text


def _property(field: dict[str, Any], codelists: Path) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    kind = "string" if field["type"] == "date" else field["type"]
    schema: dict[str, Any] = {
        "title": field["title"],
        "description": field["description"],
        "$comment": f"en: {field['title_en']}. {field['description_en']}",
        "type": kind,
    }
    if field["type"] == "date":
        schema["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\\n)$"
    if kind == "string" and "pattern" not in schema:
        schema["minLength"] = 1
    if "pattern" in constraints:
        schema["pattern"] = f"^(?:{constraints['pattern']})(?!\\n)$"
    if "codelist" in field and not field.get("list") and "codelist_extended_by" not in field:
        path = codelists / f"{field['codelist']}.csv"
        if path.is_file():
            # An enum says its type by itself; a type beside it is what linters warn of.
            for name in ("type", "minLength"):
                schema.pop(name, None)
            schema["enum"] = codes_in(path)
    for ours, theirs in (("minimum", "minimum"), ("maximum", "maximum"), ("maxLength", "maxLength")):
        if ours in constraints:
            schema[theirs] = constraints[ours]
    return schema


def table_schema(table: Table, standard: Standard, tables: set[str] | None = None) -> dict[str, Any]:
    """Return the Table Schema of `table` as a package carries it: code lists resolved to `enum`, keys that can
    be followed.

    `tables`: names of the tables in the package; foreign keys to others are left out, since other tools refuse them.
    """
    fields = []
    for field in table.fields:
        stated: dict[str, Any] = {
            "required": field.required or None,
            "unique": field.unique or None,
            "pattern": field.pattern,
            "minimum": field.minimum,
            "maximum": field.maximum,
            "maxLength": field.max_length,
        }
        constraints = {name: value for name, value in stated.items() if value is not None}
        if field.codelist and not field.list and not field.codelist_extended_by:
            constraints["enum"] = list(standard.codelists[field.codelist].codes)
        entry: dict[str, Any] = {"name": field.name, "type": field.type, "title": field.title.zh}
        if constraints:
            entry["constraints"] = constraints
        fields.append(entry)
    schema: dict[str, Any] = {"fields": fields}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    keys = [key for key in table.foreign_keys if tables is None or key.table in tables]
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {
                    "resource": "" if key.table == table.name else key.table,
                    "fields": list(key.target_fields),
                },
            }
            for key in keys
        ]
    return schema
