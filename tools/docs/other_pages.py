"""Pages that are neither table, list nor rule: the standard's text, the matrix, extensions, the overview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from md import escape, link, page, table
from table_pages import declaration
from words import word

from circledata.standard.model import Language, Standard, Text


def reference_index(standard: Standard, language: Language) -> str:
    """Return the overview of the reference."""
    rows = [
        (link(word("standard", language), "standard.md"), ""),
        (link(word("package", language), "package.md"), ""),
        (link(word("tables", language), "tables/index.md"), str(len(standard.tables))),
        (link(word("codelists", language), "codelists/index.md"), str(len(standard.codelists))),
        (link(word("rules", language), "rules/index.md"), str(len(standard.rules))),
        (link(word("indicators", language), "indicators/index.md"), str(len(standard.indicators))),
        (link(word("coverage", language), "coverage.md"), ""),
        *((link(f"{word('extension', language)} {name}", f"extensions/{name}.md"), "") for name in standard.extensions),
        (link(word("changes", language), "changelog.md"), ""),
    ]
    return page(
        f"# {word('reference', language)}",
        word("reference-about", language, spec=f"`spec/{standard.version}/`"),
        table([word("title", language), word("entries", language)], rows),
    )


def standard_page(root: Path, language: Language) -> str:
    """Return the standard's own text, with its links pointing into this site."""
    text = (root.parent / ("README.md" if language == "zh" else "README.en.md")).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("[English](", "[中文]("))]
    text = "\n".join(lines).replace("(CHANGELOG.md)", "(changelog.md)")
    return re.sub(r"\[([^\]]+)\]\(LICENSE\)", r"\1", text) + "\n"


def changelog_page(root: Path) -> str:
    """Return the standard's list of changes; it is written in both languages at once."""
    return (root.parent / "CHANGELOG.md").read_text(encoding="utf-8")


def coverage_page(requirements: Mapping[str, Any], standard: Standard, language: Language) -> str:
    """Return for every MUST the rules that check it."""
    rows = []
    for number, requirement in requirements.items():
        if requirement["machine"]:
            rules = [rule for rule in standard.rules.values() if number in rule.covers]
            shown = word("comma", language).join(
                f"[{rule.code}](rules/{rule.name}.md) {escape(rule.title.in_language(language))}" for rule in rules
            )
            shown = shown or word("no-rule", language)
        else:
            shown = word("not-checkable", language) + escape(_text(requirement["reason"], language))
        title = escape(_text(requirement["title"], language))
        rows.append((link(number, f"standard.md#{number}"), title, shown))
    head = ["", word("requirement", language), word("rules", language)]
    return page(f"# {word('coverage', language)}", word("coverage-about", language), table(head, rows))


def _text(raw: Mapping[str, str], language: Language) -> str:
    return Text(raw["zh"], raw["en"]).in_language(language)


def extension_page(raw: Mapping[str, Any], standard: Standard, language: Language) -> str:
    """Return the page of one extension."""
    name = raw["name"]
    fields = [
        (
            link(f"`{owner}.{field['name']}`", f"../tables/{owner}.md#{owner}.{field['name']}"),
            field["title" if language == "zh" else "title_en"],
            escape(field["description" if language == "zh" else "description_en"]),
        )
        for owner, added in raw.get("fields", {}).items()
        for field in added
    ]
    tables = "\n".join(
        f"- {link(standard.tables[item].title.in_language(language), f'../tables/{item}.md')}"
        for item in raw.get("tables", ())
    )
    lists = "\n".join(
        f"- {link(standard.codelists[item].title.in_language(language), f'../codelists/{item}.md')}"
        for item in raw.get("codelists", ())
    )
    rules = [
        (
            link(rule.code, f"../rules/{rule.name}.md"),
            word(f"level-{rule.level}", language),
            escape(rule.title.in_language(language)),
        )
        for rule in standard.rules.values()
        if rule.extension == name
    ]
    return page(
        f"# {_text(raw['title'], language)} `{name}` {raw['version']}",
        escape(_text(raw["description"], language)),
        word("declare", language),
        declaration(name, raw["version"]),
        f"## {word('new-tables', language)}",
        tables,
        f"## {word('added-fields', language)}",
        table([word(key, language) for key in ("field", "name", "description")], fields),
        f"## {word('codelists', language)}",
        lists,
        f"## {word('rules', language)}",
        table([word(key, language) for key in ("rule", "level", "title")], rules),
        *_sources(raw, language),
    )


def _sources(raw: Mapping[str, Any], language: Language) -> list[str]:
    parts = []
    for source in raw.get("source", ()):
        parts += [f"## {word('facts', language)}", escape(_text(source["title"], language))]
        parts.append("\n".join(f"- {escape(fact)}" for fact in source["facts"][language]))
        parts += [f"## {word('not-seen', language)}", escape(_text(source["not_seen"], language))]
    return parts
