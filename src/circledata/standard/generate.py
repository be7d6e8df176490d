"""Makes everything in `spec/` that follows from its sources: bundles, record schemas, the coverage matrix.

Run `python -m circledata.standard.generate` after any change in `spec/`; `--check` only tells whether that was done.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from circledata.standard.assessment import Thresholds, assessment_from, categories_of
from circledata.standard.load import BUNDLE
from circledata.standard.locate import spec_root
from circledata.standard.matrix import matrix
from circledata.standard.names import Names
from circledata.standard.schemas import record_schema

FAMILIES = ("structure", "values", "keys", "consistency", "geography", "privacy", "advice", "history")


def read_yaml(path: Path) -> Any:
    """Read one YAML file of the standard."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def rule_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (family, file) of every rule below `root`, in the order of the families and then of the names."""
    folder = root / "rules"
    for path in sorted(folder.glob("*.yaml")):
        yield read_yaml(path).get("family", "consistency"), path
    for family in FAMILIES:
        for path in sorted((folder / family).glob("*.yaml")):
            yield family, path


def _rules(root: Path, names: Names) -> list[dict[str, Any]]:
    """Return the rules below `root` by code, with the names that their texts call on filled in."""
    rules = []
    for family, path in rule_files(root):
        raw = read_yaml(path)
        raw.pop("cases", None)
        try:
            rules.append({"family": family, **names.filled(raw)})
        except ValueError as wrong:
            raise ValueError(f"{path.name}: {wrong}") from None
    return sorted(rules, key=lambda rule: str(rule["code"]))


def _indicators(root: Path) -> list[dict[str, Any]]:
    """Return the indicators below `root` without their test vectors, in the order of their groups and places."""
    with (root / "codelists" / "indicator-groups.csv").open(encoding="utf-8", newline="") as stream:
        groups = [row["code"] for row in csv.DictReader(stream)]
    indicators = [read_yaml(path) for path in sorted((root / "indicators").glob("*.yaml"))]
    for raw in indicators:
        raw.pop("cases", None)
    return sorted(indicators, key=lambda raw: (groups.index(raw["group"]), raw["place"], raw["name"]))


def names_of(version: Path, extension: Path | None = None) -> Names:
    """Return what the texts of rules may name: all of a version of the standard and, if given, of one extension."""
    tables = _tables(version)
    roots = [version] if extension is None else [version, extension]
    if extension is not None:
        tables |= _tables(extension)
        for name, fields in read_yaml(extension / "extension.yaml").get("fields", {}).items():
            tables[name] = {**tables[name], "fields": [*tables[name]["fields"], *fields]}
    codes = {path.stem: _titles_of_codes(path) for root in roots for path in root.glob("codelists/*.csv")}
    profiles = {raw["id"]: assessment_from(raw) for raw in _assessments(version)}
    thresholds = Thresholds(profiles, categories_of(version / "codelists" / "categories.csv"))
    return Names(tables, codes, read_yaml(version / "package-sheet.yaml"), thresholds)


def _titles_of_codes(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: {"zh": row["zh"], "en": row.get("en") or row["zh"]} for row in csv.DictReader(stream)}


def _codelists(root: Path) -> dict[str, Any]:
    index = root / "codelists" / "index.yaml"
    lists: dict[str, Any] = read_yaml(index) if index.is_file() else {}
    for name, raw in lists.items():
        raw["sha256"] = hashlib.sha256((root / "codelists" / f"{name}.csv").read_bytes()).hexdigest()
    return lists


def _mending(root: Path) -> list[dict[str, Any]]:
    """Return the harmless changes without their examples, those of cells first."""
    raw = read_yaml(root / "mending.yaml")
    kept = ("key", "zh", "en", "types", "words", "why")
    return [{key: item[key] for key in kept if key in item} for item in (*raw["changes"], *raw["files"])]


def _assessments(root: Path) -> list[dict[str, Any]]:
    """Return the assessment profiles as their files have them, by id."""
    return sorted((read_yaml(path) for path in (root / "assessments").glob("*.yaml")), key=lambda raw: str(raw["id"]))


def _tables(root: Path) -> dict[str, Any]:
    tables = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((root / "tables").glob("*.json"))]
    return {table["name"]: table for table in sorted(tables, key=_table_order)}


ORDER = [
    "circles",
    "communities",
    "outlets",
    "categories",
    "surveys",
    "survey_questions",
    "survey_results",
    "survey_responses",
    "needs",
    "projects",
    "programmes",
    "subsidies",
    "translations",
]


def _table_order(table: dict[str, Any]) -> tuple[int, str]:
    name = table["name"]
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"


def _generated() -> dict[Path, str]:
    files: dict[Path, str] = {}
    root = spec_root()
    for version in sorted(entry for entry in root.iterdir() if (entry / "tables").is_dir()):
        tables, codelists, rules = _tables(version), _codelists(version), _rules(version, names_of(version))
        functions = read_yaml(version / "functions.yaml")
        files[version / BUNDLE] = _dump(
            {
                "version": version.name,
                "tables": tables,
                "codelists": codelists,
                "functions": functions,
                "mending": _mending(version),
                "assessments": _assessments(version),
                "rules": rules,
                "indicators": _indicators(version),
            }
        )
        for name, table in tables.items():
            schema = record_schema(table, version / "codelists", version.name)
            files[version / "records" / f"{name}.schema.json"] = _dump(schema)
        files[version / "coverage.md"] = matrix(read_yaml(version / "requirements.yaml"), rules)
    for extension in sorted(root.glob("extensions/*/*/extension.yaml")):
        folder = extension.parent
        raw = read_yaml(extension)
        files[folder / BUNDLE] = _dump(
            {
                "tables": _tables(folder),
                "fields": raw.get("fields", {}),
                "foreignKeys": raw.get("foreignKeys", {}),
                "codelists": _codelists(folder),
                "rules": _rules(folder, names_of(root / raw["requires"]["circledata"], folder)),
            }
        )
        for name, table in _tables(folder).items():
            schema = record_schema(table, folder / "codelists", f"{raw['name']}/{folder.name}")
            files[folder / "records" / f"{name}.schema.json"] = _dump(schema)
    return files


def main(arguments: list[str] | None = None) -> int:
    """Write the generated files, or with `--check` name those that are not in step; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    stale = 0
    for path, text in _generated().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(path.relative_to(spec_root().parent))
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
