"""`circledata rules`: the rules of the standard, as a list or one with everything that its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.lookup import format_option, show_facts, show_json, show_text, whole_standard
from circledata.cli.params import Choice
from circledata.cli.words import Words
from circledata.findings.model import LEVELS
from circledata.reports.layout import table

if TYPE_CHECKING:
    from circledata.standard.model import Rule, Standard


def command(words: Words) -> Command:
    """Make the command."""

    def show(rule: str | None, family: str | None, level: str | None, of_table: str | None, format: str | None) -> None:
        standard = whole_standard()
        if rule is not None:
            found = standard.rules_by_name.get(rule.lower())
            if found is None:
                raise Wrong(words("rule-unknown", name=rule))
            _show_one(found, standard, words, format)
            return
        if of_table is not None and standard.table_of(of_table) is None:
            raise Wrong(words("table-unknown", name=of_table))
        families = dict.fromkeys(item.family for item in standard.rules.values())
        if family is not None and family not in families:
            choices = ", ".join(families)
            raise Wrong(words("not-a-choice", option="--family", value=family, choices=choices))
        name = getattr(standard.table_of(of_table), "name", None) if of_table else None
        chosen = [
            item
            for item in standard.rules.values()
            if family in {None, item.family} and level in {None, item.level} and name in {None, item.table}
        ]
        _show_list(chosen, words, format)

    params = [
        click.Argument(["rule"], required=False, metavar=words("rule")),
        click.Option(["--family"], metavar="FAMILY", help=words("rules-family")),
        click.Option(["--level"], type=Choice(words, LEVELS), metavar="LEVEL", help=words("rules-level")),
        click.Option(["--table", "of_table"], metavar="TABLE", help=words("rules-table")),
        format_option(words),
    ]
    return Command("rules", words, show, params)


def _show_list(rules: list[Rule], words: Words, format: str | None) -> None:
    if format == "json":
        show_json([_record(rule) for rule in rules])
        return
    if not rules:
        click.echo(words("rules-none"))
        return
    from circledata.reports.words import LEVEL_MARKS

    rows = [
        [
            rule.code,
            LEVEL_MARKS[rule.level].in_language(words.language),
            rule.title.in_language(words.language),
            rule.name,
        ]
        for rule in rules
    ]
    for line in table(rows):
        click.echo(line)
    click.echo("\n" + words("rules-total", n=len(rules), code=rules[0].code))


def _record(rule: Rule) -> dict[str, Any]:
    texts = {key: {"zh": text.zh, "en": text.en} for key, text in _texts(rule).items()}
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level,
        "family": rule.family,
        "table": rule.table,
        "columns": list(rule.columns),
        "since": rule.since,
        "extension": rule.extension,
        "aliases": list(rule.aliases),
        **texts,
    }


def _texts(rule: Rule) -> dict[str, Any]:
    return {"title": rule.title, "message": rule.message, "why": rule.why, "fix": rule.fix}


def _sql(rule: Rule) -> str:
    """Return the rule's SQL as its file has it."""
    if rule.query:
        return rule.query.strip()
    parts = [rule.join or "", f"where {rule.when}" if rule.when else ""]
    return "\n".join(part for part in parts if part)


def _show_one(rule: Rule, standard: Standard, words: Words, format: str | None) -> None:
    cases = _cases(rule, standard)
    if format == "json":
        show_json({**_record(rule), "check": rule.check, "sql": _sql(rule) or None, "cases": cases})
        return
    from circledata.reports.words import LEVEL_MARKS

    language = words.language
    click.echo(f"{rule.code} {rule.name}\n{rule.title.in_language(language)}\n")
    show_facts(
        [
            (words("rule-level"), LEVEL_MARKS[rule.level].in_language(language)),
            (words("rule-family"), _family(rule, standard, words)),
            (words("rule-table"), _table(rule, standard, words)),
            (words("rule-columns"), ", ".join(rule.columns)),
            (words("rule-since"), rule.since),
            (words("rule-extension"), rule.extension or ""),
            (words("rule-aliases"), ", ".join(rule.aliases)),
        ]
    )
    for key, text in list(_texts(rule).items())[1:]:
        click.echo("\n" + words(f"rule-{key}"))
        show_text(text.in_language(language).strip(), 2)
    click.echo("\n" + words("rule-sql"))
    for line in (_sql(rule) or words("rule-check", check=rule.check)).splitlines():
        click.echo(f"  {line}")
    _show_cases(cases, words)


def _family(rule: Rule, standard: Standard, words: Words) -> str:
    families = standard.codelists.get("families")
    known = families.codes.get(rule.family) if families else None
    return f"{known.title.in_language(words.language)} {rule.family}" if known else rule.family


def _table(rule: Rule, standard: Standard, words: Words) -> str:
    if rule.table in {"*", "package"}:
        return words("every-table" if rule.table == "*" else "whole-package")
    known = standard.tables.get(rule.table)
    return f"{known.title.in_language(words.language)} {rule.table}" if known else rule.table


def _cases(rule: Rule, standard: Standard) -> dict[str, Any]:
    """Read the cases of a rule; they stand only in its own file."""
    import json

    import yaml

    root = standard.root
    if rule.extension:
        root = standard.root.parent / "extensions" / rule.extension / standard.extensions[rule.extension]
    for path in (root / "rules" / rule.family / f"{rule.name}.yaml", root / "rules" / f"{rule.name}.yaml"):
        if path.is_file():
            cases = yaml.safe_load(path.read_text(encoding="utf-8")).get("cases", {})
            # YAML knows dates, JSON does not.
            read: dict[str, Any] = json.loads(json.dumps(cases, default=str))
            return read
    return {}


def _show_cases(cases: dict[str, Any], words: Words) -> None:
    import yaml

    for kind in ("pass", "fail"):
        for case in cases.get(kind, []):
            click.echo(f"\n{words(f'rule-{kind}')} · {case.get('name', '')}")
            shown = {key: value for key, value in case.items() if key not in {"name", "expect"}}
            text = yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=1_000) if shown else ""
            for line in text.splitlines():
                click.echo(f"  {line}")
