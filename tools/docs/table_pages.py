"""Pages of the tables: one a table, an anchor a field."""

from __future__ import annotations

from md import code, escape, fence, link, page, table
from words import word

from circledata.standard import load_standard
from circledata.standard.model import Field, Language, Rule, Standard, Table


def index(standard: Standard, language: Language) -> str:
    """Return the list of the tables."""
    rows = [
        (
            link(item.title.in_language(language), f"{item.name}.md"),
            code(item.name),
            escape(item.description.in_language(language)),
            item.id_letter or "–",
            str(len(item.fields)),
        )
        for item in standard.tables.values()
    ]
    head = [word(key, language) for key in ("table", "name", "description", "letter", "fields")]
    return page(f"# {word('tables', language)}", word("tables-about", language), table(head, rows))


def table_page(item: Table, standard: Standard, language: Language) -> str:
    """Return the page of one table."""
    notes = []
    if item.profile:
        notes.append(word("profile-only", language, profile=f"`{item.profile}`"))
    if item.extension:
        notes.append(word("of-extension", language, name=item.extension))
    return page(
        f"# {item.title.in_language(language)} `{item.name}`",
        escape(item.description.in_language(language)),
        " ".join(notes),
        _keys(item, standard, language),
        f"## {word('fields', language)}",
        _overview(item, language),
        *(_field(item, field, standard, language) for field in item.fields),
        _rules(item, standard, language),
    )


def _keys(item: Table, standard: Standard, language: Language) -> str:
    lines = []
    colon = word("colon", language)
    if item.id_letter:
        lines.append(f"- {word('letter', language)}{colon}{item.id_letter}")
    if item.primary_key:
        keys = " + ".join(_to_field(item, name) for name in item.primary_key)
        lines.append(f"- {word('primary-key', language)}{colon}{keys}")
    for key in item.foreign_keys:
        target = standard.tables[key.table]
        columns = " + ".join(_to_field(item, name) for name in key.fields)
        goal = link(target.title.in_language(language), f"{target.name}.md")
        lines.append(f"- {word('foreign-keys', language)}{colon}{columns} → {goal}")
    return "\n".join(lines)


def _to_field(item: Table, name: str) -> str:
    return link(f"`{name}`", f"#{item.name}.{name}")


def _overview(item: Table, language: Language) -> str:
    rows = [
        (
            link(f"`{field.name}`", f"#{item.name}.{field.name}"),
            field.title.in_language(language),
            word(f"type-{field.type}", language).split("，")[0].split(", ")[0],
            word("yes", language) if field.required else "",
            code(field.example),
        )
        for field in item.fields
    ]
    head = [word(key, language) for key in ("field", "name", "type", "required", "example")]
    return table(head, rows)


def _field(item: Table, field: Field, standard: Standard, language: Language) -> str:
    colon = word("colon", language)
    lines = [f"- {word('type', language)}{colon}{_type(field, language)}"]
    if field.codelist:
        target = standard.codelists[field.codelist]
        text = link(target.title.in_language(language), f"../codelists/{field.codelist}.md")
        if field.codelist_extended_by:
            own = standard.tables[field.codelist_extended_by]
            text += word("extended-by", language, table=link(own.title.in_language(language), f"{own.name}.md"))
        lines.append(f"- {word('codelist', language)}{colon}{text}")
    if field.unit:
        lines.append(f"- {word('unit', language)}{colon}{code(field.unit)}")
    if field.pattern:
        lines.append(f"- {word('pattern', language)}{colon}{code(field.pattern)}")
    if field.example:
        lines.append(f"- {word('example', language)}{colon}{code(field.example)}")
    if field.mapping:
        pairs = word("comma", language).join(f"{escape(name)} {code(value)}" for name, value in field.mapping.items())
        lines.append(f"- {word('mapping', language)}{colon}{pairs}")
    lines.append(f"- {word('since', language)}{colon}{field.since}")
    return page(
        f"### {field.title.in_language(language)} `{field.name}` {{#{item.name}.{field.name}}}",
        escape(field.description.in_language(language)),
        word("personal", language) if field.personal else "",
        _origin(item, field, standard, language),
        "\n".join(lines),
    )


def _origin(item: Table, field: Field, standard: Standard, language: Language) -> str:
    """Tell from which extension a field of a core table comes; nothing for a field of the core."""
    if item.extension or field.name in load_standard(standard.version).tables[item.name].by_name:
        return ""
    for name, version in standard.extensions.items():
        if field.name in load_standard(standard.version, {name: version}).tables[item.name].by_name:
            return word("extension-field", language, name=name)
    return ""


def _type(field: Field, language: Language) -> str:
    text = word(f"type-{field.type}", language)
    if field.list:
        text += word("list-of", language)
    limits = [
        word("must", language) if field.required else "",
        word("unique", language) if field.unique else "",
        word("minimum", language, value=_plain(field.minimum)) if field.minimum is not None else "",
        word("maximum", language, value=_plain(field.maximum)) if field.maximum is not None else "",
        word("max-length", language, value=field.max_length) if field.max_length else "",
        word("decimals", language, value=field.decimals) if field.decimals is not None else "",
    ]
    return word("comma", language).join([text, *(limit for limit in limits if limit)])


def _plain(value: float) -> str:
    return f"{value:g}"


def rules_of(item: Table, standard: Standard) -> list[Rule]:
    """Return the rules that point to `item`, in the order of their codes."""
    return [rule for rule in standard.rules.values() if rule.table == item.name]


def _rules(item: Table, standard: Standard, language: Language) -> str:
    found = rules_of(item, standard)
    if not found:
        return ""
    rows = [
        (
            link(rule.code, f"../rules/{rule.name}.md"),
            word(f"level-{rule.level}", language),
            escape(rule.title.in_language(language)),
        )
        for rule in found
    ]
    head = [word(key, language) for key in ("rule", "level", "title")]
    return page(f"## {word('rules-of-table', language)}", table(head, rows))


def declaration(name: str, version: str) -> str:
    """Return how a descriptor declares an extension."""
    return fence(f'{{"circledata": {{"extensions": {{"{name}": "{version}"}}}}}}', "json")
