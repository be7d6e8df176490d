"""Pages of the rules: one a rule, one a family, and the whole list."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from md import code, escape, fence, link, page, table
from words import word

from circledata.standard.cases import OLDER, Case
from circledata.standard.model import Language, Rule, Standard

WIDE = "---\nhide: [navigation]\n---"
"""Rules are too many for the side bar; without it their tables have more room."""


def index(standard: Standard, language: Language) -> str:
    """Return the families with the number of rules of each level."""
    rows = []
    for family in standard.codelists["families"].codes.values():
        rules = _of_family(standard, family.code)
        counts = [str(sum(rule.level == level for rule in rules) or "") for level in ("error", "warning", "advice")]
        name = link(family.title.in_language(language), f"{family.code}.md")
        rows.append((name, escape(family.definition.in_language(language)), *counts))
    levels = [word(f"level-{level}", language) for level in ("error", "warning", "advice")]
    head = [word("family", language), word("description", language), *levels]
    return page(f"# {word('rules', language)}", word("rules-about", language), table(head, rows))


def _of_family(standard: Standard, family: str) -> list[Rule]:
    return [rule for rule in standard.rules.values() if rule.family == family]


def family_page(family: str, standard: Standard, language: Language) -> str:
    """Return the list of one family's rules."""
    entry = standard.codelists["families"].codes[family]
    rows = [
        (
            f'<a id="{rule.code}"></a>{link(rule.code, f"{rule.name}.md")}',
            word(f"level-{rule.level}", language),
            escape(rule.title.in_language(language)),
            _table_link(rule, standard, language),
            code(rule.name),
        )
        for rule in _of_family(standard, family)
    ]
    head = [word(key, language) for key in ("rule", "level", "title", "table", "name")]
    return page(
        f"# {entry.title.in_language(language)} {entry.extra.get('range', '')}",
        escape(entry.definition.in_language(language)),
        table(head, rows),
    )


def _table_link(rule: Rule, standard: Standard, language: Language) -> str:
    target = standard.tables.get(rule.table)
    return link(target.title.in_language(language), f"../tables/{rule.table}.md") if target else code(rule.table)


def rule_page(rule: Rule, cases: Sequence[Case], note: str, standard: Standard, language: Language) -> str:
    """Return the page of one rule; `note` says why a rule has no cases in its file."""
    family = standard.codelists["families"].codes[rule.family]
    facts = [
        code(rule.name),
        word(f"level-{rule.level}", language),
        link(family.title.in_language(language), f"{rule.family}.md"),
        _table_link(rule, standard, language),
        f"{word('since', language)} {rule.since}",
    ]
    notes = word("of-extension", language, name=rule.extension) if rule.extension else ""
    return page(
        WIDE,
        f"# {rule.code} {rule.title.in_language(language)}",
        " · ".join(facts),
        notes,
        f"## {word('wrong', language)}",
        f"> {escape(rule.message.in_language(language))}",
        _reads(rule, standard, language),
        f"## {word('why', language)}",
        escape(rule.why.in_language(language)),
        f"## {word('mend', language)}",
        escape(rule.fix.in_language(language)),
        _cases("bad", [case for case in cases if not case.passes], rule, language),
        _cases("good", [case for case in cases if case.passes], rule, language),
        _note(note, language),
        f"## {word('how', language)}",
        _how(rule, language),
        _covers(rule, language),
    )


def _reads(rule: Rule, standard: Standard, language: Language) -> str:
    colon, comma = word("colon", language), word("comma", language)
    lines = []
    owner = standard.tables.get(rule.table)
    if rule.columns and owner:
        columns = [link(f"`{name}`", f"../tables/{rule.table}.md#{rule.table}.{name}") for name in rule.columns]
        lines.append(f"- {word('reads', language)}{colon}{comma.join(columns)}")
    if rule.needs:
        needs = [_need(name, standard) for name in rule.needs]
        lines.append(f"- {word('also-reads', language)}{colon}{comma.join(needs)}")
    return "\n".join(lines)


def _need(name: str, standard: Standard) -> str:
    if name in standard.tables:
        return link(f"`{name}`", f"../tables/{name}.md")
    listed = name.removeprefix("codes.")
    if name != listed and listed in standard.codelists:
        return link(f"`{name}`", f"../codelists/{listed}.md")
    return f"`{name}`"


def _cases(key: str, cases: Sequence[Case], rule: Rule, language: Language) -> str:
    if not cases:
        return ""
    parts = [f"## {word(key, language)}"]
    if key == "bad":
        parts.append(word("cases-about", language))
    parts += [_case(case, rule, language) for case in cases]
    return page(*parts)


def _case(case: Case, rule: Rule, language: Language) -> str:
    # The names of cases are written in Chinese only.
    parts = [f"**{escape(case.name)}**" if language == "zh" else ""]
    if case.package:
        pairs = word("comma", language).join(f"{code(key)} = {code(str(value))}" for key, value in case.package.items())
        parts.append(f"{word('package-of-case', language)}{word('colon', language)}{pairs}")
    for name, rows in case.tables.items():
        marked = _marked(case, rule) if name == rule.table else set()
        parts.append(_rows(name, rows, rule.columns if name.removeprefix(OLDER) == rule.table else (), marked))
    for file, content in case.files.items():
        parts.append(page(code(file), fence(_content(content))))
    if case.geojson:
        parts.append(page(code("circles.geojson"), fence(_lines_of(case.geojson))))
    if case.expect:
        physical = rule.form == "check" and bool(case.files)
        parts.append(_expected(case.expect, physical, language))
    return page(*parts)


LINES, CHARACTERS = 40, 160
"""How much of a file a case shows: enough to see the fault, not the 10 MB cell itself."""


def _content(content: str | bytes) -> str:
    text = content if isinstance(content, str) else content.hex(" ")
    if text.startswith("{"):
        with contextlib.suppress(ValueError):
            text = _lines_of(json.loads(text))
    lines = text.splitlines() or [text]
    shown = "\n".join(line if len(line) <= CHARACTERS else f"{line[:CHARACTERS]} …" for line in lines[:LINES])
    return shown + ("\n…" if len(lines) > LINES else "")


def _lines_of(content: Any) -> str:
    """Return JSON on several lines, but a map feature on one."""
    if isinstance(content, Mapping) and isinstance(content.get("features"), list):
        return "\n".join(json.dumps(feature, ensure_ascii=False) for feature in content["features"])
    return json.dumps(content, ensure_ascii=False, indent=2)


def _note(note: str, language: Language) -> str:
    """Return the remark of a rule whose cases cannot be written as text; its two languages are parted by a slash."""
    chinese, _, english = note.partition(" / ")
    return escape(chinese if language == "zh" else english or chinese)


def _marked(case: Case, rule: Rule) -> set[tuple[int, str]]:
    """Return the cells (record, column) that the case expects to be named."""
    return {
        (item["row"], item["column"])
        for item in case.expect
        if item.get("row") is not None and item.get("column") and item.get("table", rule.table) == rule.table
    }


def _rows(name: str, rows: Any, first: Sequence[str], marked: set[tuple[int, str]]) -> str:
    """Return the rows as a table: the columns that the rule reads come first, and the wrong cells are marked."""
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        return code(name)
    given = list(dict.fromkeys(column for row in rows for column in row))
    columns = [column for column in first if column in given]
    columns += [column for column in given if column not in columns]
    shown = [
        [_shown(_cell(row.get(column)), (number, column) in marked) for column in columns]
        for number, row in enumerate(rows, start=1)
    ]
    return page(code(name), table([code(column) for column in columns], shown))


def _shown(cell: str, wrong: bool) -> str:
    return f"<mark>{code(cell) or '&nbsp;'}</mark>" if wrong else code(cell)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _expected(expected: Sequence[Mapping[str, Any]], lines: bool, language: Language) -> str:
    places = []
    for item in expected:
        row, column = item.get("row"), item.get("column")
        place = (
            word("line" if lines or item.get("file") else "record", language, row=row)
            if row is not None
            else word("whole-file" if item.get("file") else "whole-table", language)
        )
        if item.get("file"):
            place = f"{code(item['file'])} {place}"
        places.append(f"{place} {code(column)}" if column else place)
    return f"{word('found-at', language)}{word('colon', language)}{'; '.join(places)}{word('stop', language)}"


def _how(rule: Rule, language: Language) -> str:
    if rule.form == "check":
        key = "how-check-structure" if rule.family == "structure" else "how-check-values"
        return word(key, language)
    parts = []
    if rule.each:
        parts.append(word("each", language, each=code(", ".join(f"{k}: {v}" for k, v in rule.each.items()))))
    if rule.query:
        parts += [word("how-query", language), fence(rule.query, "sql")]
    else:
        if rule.join:
            parts += [word("how-join", language), fence(rule.join, "sql")]
        parts += [word("how-when", language), fence(rule.when or "", "sql")]
    return page(*parts)


def _covers(rule: Rule, language: Language) -> str:
    lines = []
    colon, comma = word("colon", language), word("comma", language)
    if rule.covers:
        targets = [link(number, f"../standard.md#{number}") for number in rule.covers]
        lines.append(f"{word('covers', language)}{colon}{comma.join(targets)}")
    if rule.aliases:
        lines.append(f"{word('former', language)}{colon}{comma.join(map(code, rule.aliases))}")
    return "\n\n".join(lines)
