"""Reads one version of the standard, with its extensions, from the bundle that is generated beside its sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from circledata.standard.assessment import assessment_from
from circledata.standard.locate import spec_root, versions
from circledata.standard.model import (
    Change,
    CodeList,
    Field,
    ForeignKey,
    Function,
    Indicator,
    Rule,
    Standard,
    Table,
    Text,
)

BUNDLE = "standard.json"


def load_standard(version: str = "1.0", extensions: Mapping[str, str] | None = None) -> Standard:
    """Return version `version` of the standard together with `extensions` (name to version).

    Extensions add tables, fields, code lists and rules. The result is shared and must not be changed.
    KeyError when this installation carries no such version; the key names what is missing.
    """
    return _load(version, tuple(sorted((extensions or {}).items())))


@cache
def _load(version: str, extensions: tuple[tuple[str, str], ...]) -> Standard:
    if version not in versions():
        raise KeyError(f"standard {version}")
    root = spec_root() / version
    standard = _standard(version, root, _bundle(root))
    for name, extension_version in extensions:
        folder = spec_root() / "extensions" / name / extension_version
        if not (folder / BUNDLE).is_file():
            raise KeyError(f"extension {name} {extension_version}")
        standard = _extend(standard, name, extension_version, folder)
    return standard


def extension_versions() -> Mapping[str, tuple[str, ...]]:
    """Return the published extensions that this installation carries, each with its versions."""
    root = spec_root() / "extensions"
    if not root.is_dir():
        return {}
    return {
        folder.name: tuple(sorted(entry.name for entry in folder.iterdir() if (entry / BUNDLE).is_file()))
        for folder in sorted(root.iterdir())
        if folder.is_dir()
    }


def _bundle(root: Path) -> dict[str, Any]:
    raw = (root / BUNDLE).read_bytes()
    bundle: dict[str, Any] = json.loads(raw)
    bundle["digest"] = hashlib.sha256(raw).hexdigest()
    return bundle


def _standard(version: str, root: Path, bundle: Mapping[str, Any]) -> Standard:
    return Standard(
        version=version,
        root=root,
        digest=bundle["digest"],
        tables={name: table_from(raw) for name, raw in bundle["tables"].items()},
        codelists=_codelists(bundle, root),
        rules={raw["code"]: rule_from(raw) for raw in bundle["rules"]},
        functions=tuple(Function(raw["name"], tuple(raw["parameters"]), raw["sql"]) for raw in bundle["functions"]),
        changes={raw["key"]: _change(raw) for raw in bundle["mending"]},
        assessments={raw["id"]: assessment_from(raw) for raw in bundle["assessments"]},
        indicators={raw["name"]: indicator_from(raw) for raw in bundle["indicators"]},
    )


def _extend(standard: Standard, name: str, version: str, folder: Path) -> Standard:
    bundle = _bundle(folder)
    _refuse_clashes(standard, name, bundle)
    tables = dict(standard.tables)
    for table_name, raw in bundle["tables"].items():
        tables[table_name] = table_from(raw, extension=name)
    for table_name, added in bundle["fields"].items():
        core = tables[table_name]
        tables[table_name] = Table(
            **{
                **_shallow(core),
                "fields": (*core.fields, *(field_from(raw) for raw in added)),
                "foreign_keys": (
                    *core.foreign_keys,
                    *_foreign_keys(bundle["foreignKeys"].get(table_name, [])),
                ),
            }
        )
    return Standard(
        version=standard.version,
        root=standard.root,
        digest=hashlib.sha256((standard.digest + bundle["digest"]).encode()).hexdigest(),
        tables=tables,
        codelists={**standard.codelists, **_codelists(bundle, folder)},
        rules={**standard.rules, **{raw["code"]: rule_from(raw, extension=name) for raw in bundle["rules"]}},
        functions=standard.functions,
        extensions={**standard.extensions, name: version},
        changes=standard.changes,
        assessments=standard.assessments,
        indicators=standard.indicators,
    )


def _refuse_clashes(standard: Standard, name: str, bundle: Mapping[str, Any]) -> None:
    """An extension adds to the core and changes nothing of it (MUST-45): ValueError when a name is taken."""
    added = {
        "table": (bundle["tables"], standard.tables),
        "code list": (bundle["codelists"], standard.codelists),
        "rule": ([rule["code"] for rule in bundle["rules"]], standard.rules),
        **{
            f"field of {table}": ([field["name"] for field in fields], standard.tables[table].by_name)
            for table, fields in bundle["fields"].items()
        },
    }
    for kind, (new, taken) in added.items():
        for item in new:
            if item in taken:
                raise ValueError(f"extension {name}: the {kind} {item} exists already")


def _shallow(table: Table) -> dict[str, Any]:
    return {name: getattr(table, name) for name in Table.__dataclass_fields__}


def _codelists(bundle: Mapping[str, Any], root: Path) -> dict[str, CodeList]:
    return {
        name: CodeList(
            name=name,
            title=_text(raw["title"]),
            description=_text(raw["description"]),
            source=_text(raw["source"]),
            own_choice=bool(raw.get("own_choice")),
            open=bool(raw.get("open")),
            path=root / "codelists" / f"{name}.csv",
            types=raw.get("types", {}),
        )
        for name, raw in bundle["codelists"].items()
    }


def _change(raw: Mapping[str, Any]) -> Change:
    return Change(
        key=raw["key"],
        title=_text(raw),
        why=_text(raw["why"]),
        types=tuple(raw.get("types", ())),
        words={name: tuple(map(str, words)) for name, words in raw.get("words", {}).items()},
    )


def _text(raw: Mapping[str, str]) -> Text:
    return Text(raw["zh"], raw["en"])


def field_from(raw: Mapping[str, Any]) -> Field:
    """Make a Field of its Table Schema entry."""
    constraints = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=Text(raw["title"], raw["title_en"]),
        description=Text(raw["description"], raw["description_en"]),
        example=str(raw.get("example", "")),
        since=raw["since"],
        required=bool(constraints.get("required")),
        unique=bool(constraints.get("unique")),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        max_length=constraints.get("maxLength"),
        decimals=raw.get("decimals"),
        unit=raw.get("unit"),
        codelist=raw.get("codelist"),
        codelist_extended_by=raw.get("codelist_extended_by"),
        list=bool(raw.get("list")),
        personal=bool(raw.get("personal")),
        mapping=raw.get("mapping", {}),
    )


def _foreign_keys(raw: list[Mapping[str, Any]]) -> tuple[ForeignKey, ...]:
    return tuple(
        ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"])) for key in raw
    )


def table_from(raw: Mapping[str, Any], extension: str | None = None) -> Table:
    """Make a Table of its Table Schema."""
    return Table(
        name=raw["name"],
        title=Text(raw["title"], raw["title_en"]),
        description=Text(raw["description"], raw["description_en"]),
        since=raw["since"],
        fields=tuple(field_from(item) for item in raw["fields"]),
        primary_key=tuple(raw.get("primaryKey", ())),
        foreign_keys=_foreign_keys(raw.get("foreignKeys", [])),
        id_letter=raw.get("idLetter"),
        profile=raw.get("profile"),
        extension=extension,
    )


def rule_from(raw: Mapping[str, Any], extension: str | None = None) -> Rule:
    """Make a Rule of its YAML file's content, as the bundle holds it."""
    return Rule(
        code=raw["code"],
        name=raw["name"],
        family=raw["family"],
        table=raw["table"],
        level=raw["level"],
        since=raw["since"],
        title=_text(raw["title"]),
        message=_text(raw["message"]),
        why=_text(raw["why"]),
        fix=_text(raw["fix"]),
        columns=tuple(raw.get("columns", ())),
        needs=tuple(raw.get("needs", ())),
        optional=tuple(raw.get("optional", ())),
        covers=tuple(raw.get("covers", ())),
        aliases=tuple(raw.get("aliases", ())),
        replaces=tuple(raw.get("replaces", ())),
        params=_params(raw.get("params", {})),
        check=raw.get("check"),
        gate=raw.get("gate"),
        when=raw.get("when"),
        join=raw.get("join"),
        query=raw.get("query"),
        each=raw.get("each", {}),
        extension=extension,
    )


def indicator_from(raw: Mapping[str, Any]) -> Indicator:
    """Make an Indicator of its YAML file's content, as the bundle holds it."""
    return Indicator(
        name=raw["name"],
        since=raw["since"],
        title=_text(raw["title"]),
        definition=_text(raw["definition"]),
        unit=raw["unit"],
        decimals=raw["decimals"],
        numerator=_text(raw["numerator"]),
        denominator=_text(raw["denominator"]) if "denominator" in raw else None,
        missing=_text(raw["missing"]),
        source=_text(raw["source"]),
        own=bool(raw["own"]),
        needs=tuple(raw["needs"]),
        scopes=tuple(raw["scopes"]),
        sql=raw["sql"],
        by=raw.get("by"),
        group=raw["group"],
    )


def _params(raw: Mapping[str, Any] | list[str]) -> dict[str, str]:
    """Params of a rule: name to SQL; a rule that the reader checks only lists the names that it fills."""
    if isinstance(raw, list):
        return dict.fromkeys(raw, "")
    return {key: str(value) for key, value in raw.items()}
