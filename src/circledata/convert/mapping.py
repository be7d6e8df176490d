"""Reads a mapping: the YAML file that says how the columns of a foreign source become the fields of a table."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from circledata.convert.tags import Expression, parse
from circledata.standard import spec_root
from circledata.standard.model import Text


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is filled: from the first filled of `columns`, by a reader or a table of values."""

    field: str
    columns: tuple[str, ...]
    read: str
    values: MappingType[str, str] | None


@dataclass(frozen=True)
class Mapping:
    """One mapping as its file gives it; `raw` holds what only the converter of that source understands."""

    name: str
    version: str
    table: str
    title: Text
    source: MappingType[str, Any]
    columns: MappingType[str, tuple[str, ...]]
    fields: tuple[FieldRule, ...]
    by_tag: MappingType[str, tuple[tuple[Expression, str], ...]]
    constants: MappingType[str, str]
    no_record: tuple[Expression, ...]
    raw: MappingType[str, Any]


@cache
def load_mapping(name: str, version: str = "1.0") -> Mapping:
    """Return the mapping `name` that version `version` of the standard ships; KeyError when there is none."""
    path = spec_root() / version / "mappings" / f"{name}.yaml"
    if not path.is_file():
        raise KeyError(f"mapping {name}")
    return read_mapping(path)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return Mapping(
        name=raw["mapping"],
        version=raw["version"],
        table=raw["table"],
        title=Text(raw["title"]["zh"], raw["title"]["en"]),
        source=raw["source"],
        columns={key: tuple(names) for key, names in raw.get("columns", {}).items()},
        fields=tuple(_field_rule(field, spec) for field, spec in raw.get("fields", {}).items()),
        by_tag={
            field: tuple((parse(text), code) for code, texts in codes.items() for text in texts)
            for field, codes in raw.get("by_tag", {}).items()
        },
        constants=raw.get("constants", {}),
        no_record=tuple(_no_record(raw)),
        raw=raw,
    )


def _field_rule(field: str, spec: MappingType[str, Any]) -> FieldRule:
    return FieldRule(field, tuple(spec["from"]), spec.get("read", "text"), spec.get("values"))


def _no_record(raw: MappingType[str, Any]) -> list[Expression]:
    texts = [
        f"{key}={value}" for group in raw.get("no_record", ()) for key, values in group.items() for value in values
    ]
    return [parse(text) for text in (*texts, *raw.get("no_record_combined", ()))]
