"""`circledata fields`: the tables of the standard, the fields of one, or everything about one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from circledata.cli.help import Command, Wrong
from circledata.cli.lookup import format_option, show_facts, show_json, show_text, whole_standard
from circledata.cli.words import Words
from circledata.reports.layout import table as aligned

if TYPE_CHECKING:
    from circledata.standard.model import Field, Standard, Table

RECORDED = (
    *("example", "since", "required", "unique", "list", "personal", "codelist"),
    *("unit", "pattern", "minimum", "maximum", "max_length", "decimals"),
)


def command(words: Words) -> Command:
    """Make the command."""

    def show(name: str | None, format: str | None) -> None:
        standard = whole_standard()
        if name is None:
            _show_tables(standard, words, format)
            return
        table_name, _, field_name = name.partition(".")
        table = standard.table_of(table_name)
        if table is None:
            raise Wrong(words("table-unknown", name=table_name))
        if not field_name:
            _show_table(table, words, format)
            return
        field = _find(table, field_name)
        if field is None:
            raise Wrong(words("field-unknown", table=table.name, name=field_name))
        _show_field(table, field, words, format)

    params = [click.Argument(["name"], required=False, metavar=words("field")), format_option(words)]
    return Command("fields", words, show, params)


def _find(table: Table, name: str) -> Field | None:
    wanted = name.strip().lower()
    for field in table.fields:
        if wanted in {field.name, field.title.zh.lower(), field.title.en.lower()}:
            return field
    return None


def _show_tables(standard: Standard, words: Words, format: str | None) -> None:
    tables = standard.tables.values()
    if format == "json":
        show_json([_table_record(table) for table in tables])
        return
    rows = [
        [
            table.name,
            table.title.in_language(words.language),
            words("fields-count", n=len(table.fields)),
            table.extension or "",
        ]
        for table in tables
    ]
    for line in aligned(rows):
        click.echo(line)


def _show_table(table: Table, words: Words, format: str | None) -> None:
    if format == "json":
        show_json({**_table_record(table), "fields": [_record(field) for field in table.fields]})
        return
    language = words.language
    click.echo(f"{table.title.in_language(language)} {table.name}\n")
    show_text(table.description.in_language(language))
    click.echo("")
    rows = [
        [
            "*" if field.required else "",
            field.name,
            field.title.in_language(language),
            words(f"type-{field.type}"),
            field.codelist or field.unit or "",
        ]
        for field in table.fields
    ]
    for line in aligned(rows):
        click.echo(line)
    click.echo("\n" + words("fields-required"))
    keys = [(words("primary-key"), ", ".join(table.primary_key))]
    keys += [
        (words("foreign-key"), f"{', '.join(key.fields)} → {key.table}.{', '.join(key.target_fields)}")
        for key in table.foreign_keys
    ]
    show_facts(keys)


def _show_field(table: Table, field: Field, words: Words, format: str | None) -> None:
    if format == "json":
        show_json({"table": table.name, **_record(field)})
        return
    language = words.language
    click.echo(f"{table.name}.{field.name}\n{field.title.in_language(language)}\n")
    show_text(field.description.in_language(language))
    click.echo("")
    facts = [
        (words("field-type"), words(f"type-{field.type}")),
        (words("field-required"), words("yes") if field.required else ""),
        (words("field-example"), field.example),
        (words("field-codelist"), f"{field.codelist}（circledata codes {field.codelist}）" if field.codelist else ""),
        (words("field-list"), words("field-list-how") if field.list else ""),
        (words("field-unit"), field.unit or ""),
        (words("field-decimals"), _number(field.decimals)),
        (words("field-minimum"), _number(field.minimum)),
        (words("field-maximum"), _number(field.maximum)),
        (words("field-max-length"), _number(field.max_length)),
        (words("field-pattern"), field.pattern or ""),
        (words("field-personal"), words("yes") if field.personal else ""),
        (words("field-since"), field.since),
    ]
    facts += [(words("field-mapping", name=name), value) for name, value in field.mapping.items()]
    show_facts(facts)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _table_record(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": {"zh": table.title.zh, "en": table.title.en},
        "description": {"zh": table.description.zh, "en": table.description.en},
        "since": table.since,
        "extension": table.extension,
        "primary_key": list(table.primary_key),
        "foreign_keys": [
            {"fields": list(key.fields), "table": key.table, "target_fields": list(key.target_fields)}
            for key in table.foreign_keys
        ],
    }


def _record(field: Field) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": {"zh": field.title.zh, "en": field.title.en},
        "description": {"zh": field.description.zh, "en": field.description.en},
    }
    for key in RECORDED:
        record[key] = getattr(field, key)
    return {**record, "mapping": dict(field.mapping)}
