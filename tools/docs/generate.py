"""Writes docs/reference/ from the standard: run before `mkdocs build`, because the pages have to be on disk by then."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import codelist_pages
import indicator_pages
import mapping_pages
import mending_page
import other_pages
import rule_pages
import table_pages
import tool_pages

from circledata.standard import LANGUAGES, Language, Standard, extension_versions, load_standard
from circledata.standard.cases import cases_of
from circledata.standard.generate import read_yaml
from circledata.standard.model import Rule

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"


def everything() -> Standard:
    """Return the newest standard with the newest version of every extension."""
    return load_standard("1.0", {name: versions[-1] for name, versions in extension_versions().items()})


def root_of(rule: Rule, standard: Standard) -> Path:
    """Return the folder of the standard, or of the extension, that a rule belongs to."""
    if rule.extension is None:
        return standard.root
    return standard.root.parent / "extensions" / rule.extension / standard.extensions[rule.extension]


def note_of(rule: Rule, standard: Standard) -> str:
    """Return why a rule has no cases in its file; empty for a rule that has some."""
    raw = read_yaml(root_of(rule, standard) / "rules" / rule.family / f"{rule.name}.yaml")
    return str((raw.get("cases") or {}).get("note") or "")


def pages(standard: Standard, language: Language) -> dict[str, str]:
    """Return every page of the reference in one language, by its path without the ending `.md`."""
    found = {
        "index": other_pages.reference_index(standard, language),
        "standard": other_pages.standard_page(standard.root, language),
        "changelog": other_pages.changelog_page(standard.root),
        "coverage": other_pages.coverage_page(read_yaml(standard.root / "requirements.yaml"), standard, language),
        "package": tool_pages.package_page(standard, read_yaml(standard.root / "package-sheet.yaml"), language),
        "report": tool_pages.report_page(standard, language),
        "cli": tool_pages.help_page(language),
        "examples": tool_pages.examples_page(language),
        "contributing": tool_pages.contributing_page(language),
        "mapping": mapping_pages.keys_page(standard, language),
        "mending": mending_page.mending_page(read_yaml(standard.root / "mending.yaml"), standard, language),
        "mappings/index": mapping_pages.index(standard, language),
        "tables/index": table_pages.index(standard, language),
        "codelists/index": codelist_pages.index(standard, language),
        "rules/index": rule_pages.index(standard, language),
        "indicators/index": indicator_pages.index(standard, language),
    }
    for name, table in standard.tables.items():
        found[f"tables/{name}"] = table_pages.table_page(table, standard, language)
    for name in mapping_pages.names(standard):
        found[f"mappings/{name}"] = mapping_pages.mapping_page(name, standard, language)
    for name, codelist in standard.codelists.items():
        found[f"codelists/{name}"] = codelist_pages.codelist_page(codelist, standard, language)
    for name, indicator in standard.indicators.items():
        found[f"indicators/{name}"] = indicator_pages.indicator_page(indicator, standard, language)
    for family in standard.codelists["families"].codes:
        found[f"rules/{family}"] = rule_pages.family_page(family, standard, language)
    for rule in standard.rules.values():
        cases = tuple(cases_of(rule, root_of(rule, standard)))
        note = "" if cases else note_of(rule, standard)
        found[f"rules/{rule.name}"] = rule_pages.rule_page(rule, cases, note, standard, language)
    for name, version in standard.extensions.items():
        raw = read_yaml(standard.root.parent / "extensions" / name / version / "extension.yaml")
        found[f"extensions/{name}"] = other_pages.extension_page(raw, standard, language)
    return found


def write(target: Path) -> int:
    """Write the whole reference into `target`, which is emptied first; returns the number of pages."""
    standard = everything()
    shutil.rmtree(target, ignore_errors=True)
    count = 0
    for language in LANGUAGES:
        ending = ".md" if language == "zh" else f".{language}.md"
        for path, text in pages(standard, language).items():
            file = target / f"{path}{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            count += 1
    return count


def main(arguments: list[str] | None = None) -> int:
    """Write the reference; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=TARGET)
    target = parser.parse_args(arguments).target
    print(f"{write(target)} pages in {target.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
