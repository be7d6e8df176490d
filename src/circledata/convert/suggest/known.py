"""Files of a source that is known already: which one, and its mapping cut to the columns that the file has."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from circledata.convert.mapping.check import WAYS
from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import Mapping, columns
from circledata.convert.mapping.recognise import fits, has_areas
from circledata.convert.model import SourceTable
from circledata.standard import Standard

_COLUMN_KEYS = frozenset(
    "from join find keep element longitude latitude both names classes learn column blank".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Known:
    """A known source. `sure`: by columns that only this source has; else any list might have them."""

    name: str
    sure: bool
    raw: dict[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Fields that the mapping can fill and the file has no column for."""


def recognise(tables: Sequence[SourceTable], standard: Standard) -> Known | None:
    """Return the known source whose columns a table has; None when it is none."""
    for fit in fits(tables, standard):
        raw, missing = _own(fit.mapping, fit.header)
        return Known(fit.mapping.name, fit.sure, raw, missing)
    return Known("geojson", True, {"boundaries": {}}) if has_areas(tables) else None


def taken_columns(known: Known) -> frozenset[str]:
    """Return the columns that become fields by the mapping of a known source, or are personal to it."""
    found: set[str] = set(known.raw.get("personal", ()))
    for table in known.raw.get("tables", {}).values():
        for name, section in table.items():
            if name != "keep":
                found.update(_strings(section))
    return frozenset(found)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _strings(inner)]
    return [value] if isinstance(value, str) else []


def _own(mapping: Mapping, header: Header) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the mapping for one file: columns that the file lacks are taken out, and the fields that so fall away."""
    for section in ("survey", "boundaries"):
        if section in mapping.raw:
            return {section: {}}, ()
    raw = {name: value for name, value in mapping.raw.items() if name != "recognise"}
    if "lifecycle" in raw:
        return raw, ()
    missing: list[str] = []
    raw["tables"] = {name: _table(rule, header, missing) for name, rule in raw["tables"].items()}
    if "personal" in raw:
        raw["personal"] = list(header.all_of(raw["personal"]))
    for name in ("no_record", "ask"):
        cut = [_cut(rule, header) for rule in raw.get(name, ())]
        raw[name] = [rule for rule in cut if rule.get("column")]
    read = {name: value for name, value in raw.get("read", {}).items() if name not in {"columns", "by_values"}}
    if "unpack" in read:
        read["unpack"] = list(header.all_of(read["unpack"]))
    raw["read"] = {name: value for name, value in read.items() if value}
    return {name: value for name, value in raw.items() if value not in ({}, [])}, tuple(missing)


def _table(rule: MappingType[str, Any], header: Header, missing: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in rule.items():
        if name == "fields":
            fields = {field_: _cut_field(given, header) for field_, given in value.items()}
            missing += [field_ for field_, given in fields.items() if given is None]
            made[name] = {field_: given for field_, given in fields.items() if given is not None}
        elif name == "keep" and isinstance(value, dict):
            kept = {column: _cut_field(given, header) for column, given in value.items()}
            made[name] = {column: given for column, given in kept.items() if given is not None} or "none"
        elif isinstance(value, dict):
            cut = _cut(value, header)
            if set(cut) & _COLUMN_KEYS or "crosswalk" in cut:
                made[name] = cut
        else:
            made[name] = value
    return made


def _cut(rule: MappingType[str, Any], header: Header) -> dict[str, Any]:
    """Return a section with its columns cut to those that are there; `crosswalk` holds columns by vocabulary."""
    made: dict[str, Any] = {}
    for name, value in rule.items():
        if name == "crosswalk":
            inner = {word: list(header.all_of(columns(given))) for word, given in value.items()}
            if cut := {word: given for word, given in inner.items() if given}:
                made[name] = cut
        elif name in _COLUMN_KEYS:
            if found := list(header.all_of(columns(value))):
                made[name] = found
        else:
            made[name] = value
    return made


def _cut_field(given: Any, header: Header) -> Any:
    """Return a field's rule with the columns that are there; None when nothing of it is left."""
    if not isinstance(given, dict):
        return list(header.all_of(columns(given))) or None
    cut = _cut(given, header)
    if not {"from", "join"} & set(cut) and "from" in given:
        cut = {name: value for name, value in cut.items() if name not in {"values", "read", "split", "part", "unit"}}
    return cut if WAYS & set(cut) else None
