"""The JSON Schemas of what is published: whether a circledata.json or a manifest.json is as the standard has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from circledata.sources.descriptor import schema_problems
from circledata.standard import spec_root, versions
from circledata.standard.model import Text

FeedKind = Literal["discovery", "manifest"]


def schema_of(kind: FeedKind) -> Path:
    """Return the schema, of the newest version that this software carries: minor versions only add."""
    return spec_root() / versions()[-1] / "feeds" / f"{kind}.schema.json"


def problems_of(value: Any, kind: FeedKind) -> list[tuple[str, Text]]:
    """Return where a value is not as its schema asks, and what is wrong there; each once, a wrong `type` alone."""
    if isinstance(value, dict) and isinstance(value.get("type"), str) and value["type"] != kind:
        return [("/type", Text(f"应当是 {kind}", f"it must be {kind}"))]
    return list(dict.fromkeys((pointer or "/", text) for pointer, text in schema_problems(value, schema_of(kind))))


def first_problem(value: Any, kind: FeedKind) -> tuple[str, Text] | None:
    """Return the first of the problems; None when the value conforms."""
    return next(iter(problems_of(value, kind)), None)
