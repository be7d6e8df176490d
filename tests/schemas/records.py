"""Turns cells into JSON records, and asks other programs what they say of records and schemas."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from circledata.standard import spec_root

ROOT = spec_root().parent
SCHEMA_FILES = sorted(
    [
        *spec_root().glob("1.0/*.schema.json"),
        *spec_root().glob("1.0/feeds/*.schema.json"),
        *spec_root().glob("1.0/records/*.schema.json"),
        *spec_root().glob("extensions/*/*/records/*.schema.json"),
    ]
)
RECORD_FILES = [path for path in SCHEMA_FILES if path.parent.name == "records"]
MODULES = ROOT / "build" / "node" / "node_modules"
"""Where `make test` installs what tools.txt names."""

AJV = Path(__file__).with_name("ajv.cjs")

JSON_TYPES = {"integer": r"-?[0-9]+", "number": r"-?[0-9]+(?:\.[0-9]+)?", "boolean": "true|false"}


def json_value(text: str, kind: str) -> Any:
    """Return a cell as JSON has it; a cell that is not of its type stays text, which the schema then refuses."""
    if kind in JSON_TYPES and re.fullmatch(JSON_TYPES[kind], text):
        return json.loads(re.sub(r"^(-?)0+(?=[0-9])", r"\1", text))
    return text


def record(row: Mapping[str, str], types: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of cells as a JSON record: empty cells are left out."""
    return {name: json_value(text, types.get(name, "string")) for name, text in row.items() if text}


def has_node(package: str) -> bool:
    """Whether node and one of its packages are there."""
    return shutil.which("node") is not None and (MODULES / package).is_dir()


def ajv(schemas: Mapping[str, Any], values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Compile `schemas` with ajv in strict mode and judge `values`, both by name.

    Returns for each schema `{"error": …}` when ajv refuses it, else `{"warnings": […], "valid": [true, …]}`.
    """
    command = ["node", str(AJV), str(MODULES)]
    job = json.dumps({"schemas": schemas, "values": values})
    done = subprocess.run(command, input=job, capture_output=True, text=True, encoding="utf-8", check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def jsonschema_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run @sourcemeta/jsonschema."""
    command = [str(MODULES / ".bin" / "jsonschema"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
