"""The mapping: a YAML file that says how the columns of a foreign source become the fields of the standard."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from circledata.convert.mapping.check import check
from circledata.convert.mapping.lines import Document, read_document
from circledata.standard import Standard, load_standard, spec_root
from circledata.standard.model import Text
from circledata.values.tags import Expression, parse

Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is filled. `raw` is the rule as the file gives it, a plain list of columns written out."""

    field: str
    columns: Columns = ()
    join: Columns = ()
    joiner: str = ""
    split: Columns = ()
    part: int = 0
    read: str = ""
    unit: str = ""
    values: MappingType[str, str] | None = None
    constant: str = ""
    default: str = ""
    default_with: MappingType[str, str] = dataclasses.field(default_factory=dict)
    """The default where another field of the record is filled, by that field."""
    same_row: str = ""
    find: Columns = ()
    optional: bool = False
    raw: MappingType[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoRecord:
    """A condition under which a row of the source is no record; `raw` holds the comparisons."""

    reason: str
    columns: Columns
    raw: MappingType[str, Any]


@dataclass(frozen=True, slots=True)
class TableRule:
    """How the records of one table are made; `raw` holds place, category, brand and translations as the file does."""

    table: str
    fields: MappingType[str, FieldRule]
    id_columns: Columns = ()
    id_kept_as: str = "x_source_id"
    id_unique: bool = False
    titles: bool = False
    once: Columns = ()
    keep: str | Columns = "none"
    kept: MappingType[str, FieldRule] = dataclasses.field(default_factory=dict)
    """Columns that are kept under a name of the mapping's own, by that name."""
    raw: MappingType[str, Any] = dataclasses.field(default_factory=dict)

    def columns_of(self, section: str, key: str) -> Columns:
        """Return the columns that a section of the table names, such as `place`, `longitude`."""
        return columns(self.raw.get(section, {}).get(key, ()))


@dataclass(frozen=True)
class Mapping:
    """One mapping as its file gives it."""

    name: str
    version: str
    title: Text
    tables: MappingType[str, TableRule]
    source: MappingType[str, Any]
    read: MappingType[str, Any]
    recognise: tuple[Columns, ...]
    no_record: tuple[NoRecord, ...]
    personal: Columns
    raw: MappingType[str, Any]
    document: Document
    own: bool = False
    """Written by the user for this file: then a column that it names and no file has is a mistake."""

    @property
    def no_record_tags(self) -> tuple[Expression, ...]:
        """The tag conditions under which a feature is no record."""
        found = []
        for rule in self.raw.get("no_record", ()):
            found += [f"{key}={value}" for key, values in rule.get("tags", {}).items() for value in values]
            found += rule.get("all", ())
        return tuple(parse(text) for text in found)


def columns(value: Any) -> Columns:
    """Return column names that a file gives as one text or a list."""
    return (value,) if isinstance(value, str) else tuple(value)


def mapping_names(version: str = "1.0") -> tuple[str, ...]:
    """Return the names of the mappings that version `version` of the standard ships, in alphabetical order."""
    return tuple(sorted(path.stem for path in (spec_root() / version / "mappings").glob("*.yaml")))


@cache
def load_mapping(name: str, version: str = "1.0") -> Mapping:
    """Return the mapping `name` that version `version` of the standard ships; KeyError when there is none."""
    path = spec_root() / version / "mappings" / f"{name}.yaml"
    if not path.is_file():
        raise KeyError(f"mapping {name}")
    return read_mapping(path, load_standard(version), own=False)


def read_mapping(path: Path, standard: Standard, *, own: bool = True) -> Mapping:
    """Read a mapping file; ConversionError with line and what was near when it does not fit the format or the tables.

    `own`: it was written for the very files that are converted.
    """
    document = read_document(path)
    check(document, standard)
    raw: MappingType[str, Any] = document.content
    return Mapping(
        name=raw["mapping"],
        version=raw["version"],
        title=Text(raw["title"]["zh"], raw["title"]["en"]),
        tables={table: _table_rule(table, rules) for table, rules in raw.get("tables", {}).items()},
        source=raw.get("source", {}),
        read=raw.get("read", {}),
        recognise=tuple(tuple(group) for group in raw.get("recognise", ())),
        no_record=tuple(_no_record(rule) for rule in raw.get("no_record", ()) if "column" in rule),
        personal=tuple(raw.get("personal", ())),
        raw=raw,
        document=document,
        own=own,
    )


def _table_rule(table: str, raw: MappingType[str, Any]) -> TableRule:
    ids = raw.get("id", {})
    keep = raw.get("keep", "none")
    return TableRule(
        table=table,
        fields={name: field_rule(name, rule) for name, rule in raw["fields"].items()},
        id_columns=columns(ids.get("keep", ())),
        id_kept_as=ids.get("as", "x_source_id"),
        id_unique=ids.get("unique", False),
        titles=raw.get("titles", False),
        once=tuple(raw.get("once", ())),
        keep=keep if isinstance(keep, str) else () if isinstance(keep, dict) else tuple(keep),
        kept={name: field_rule(name, rule) for name, rule in keep.items()} if isinstance(keep, dict) else {},
        raw=raw,
    )


def field_rule(name: str, given: Any) -> FieldRule:
    """Return the rule of one field; a plain column name or list of them means `from`."""
    raw: MappingType[str, Any] = given if isinstance(given, dict) else {"from": columns(given)}
    return FieldRule(
        field=name,
        columns=columns(raw.get("from", ())),
        join=tuple(raw.get("join", ())),
        joiner=raw.get("with", ""),
        split=columns(raw.get("split", ())),
        part=raw.get("part", 0),
        read=raw.get("read", ""),
        unit=raw.get("unit", ""),
        values=raw.get("values"),
        constant=raw.get("constant", ""),
        default=raw.get("default", ""),
        default_with=raw.get("default_with", {}),
        same_row=raw.get("same_row", ""),
        find=columns(raw.get("find", ())),
        optional=raw.get("optional", False),
        raw=raw,
    )


def _no_record(rule: MappingType[str, Any]) -> NoRecord:
    return NoRecord(rule["reason"], columns(rule["column"]), rule)
