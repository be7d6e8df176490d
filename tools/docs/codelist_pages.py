"""Pages of the code lists: one a list, an anchor a code; the lists of divisions are only described."""

from __future__ import annotations

from collections import Counter

from md import code, escape, link, page, table
from words import word

from circledata.standard.model import CodeList, Language, Standard

DESCRIBED_ONLY = 1_000
"""Lists with more entries than this are not printed: nobody reads 41,000 lines on a web page."""


def index(standard: Standard, language: Language) -> str:
    """Return the list of the code lists."""
    rows = [
        (
            link(item.title.in_language(language), f"{item.name}.md"),
            code(item.name),
            f"{len(item.codes):,}",
            word("yes", language) if item.own_choice else "",
        )
        for item in standard.codelists.values()
    ]
    head = [word(key, language) for key in ("codelist", "name", "codes", "own-choice")]
    return page(f"# {word('codelists', language)}", word("codelists-about", language), table(head, rows))


def codelist_page(item: CodeList, standard: Standard, language: Language) -> str:
    """Return the page of one code list."""
    colon = word("colon", language)
    facts = [f"- {word('source', language)}{colon}{escape(item.source.in_language(language))}"]
    if item.own_choice:
        facts.append(f"- {word('own-choice-long', language)}")
    if item.open:
        facts.append(f"- {word('open-long', language)}")
    users = _users(item, standard)
    if users:
        facts.append(f"- {word('used-by', language)}{colon}{word('comma', language).join(users)}")
    body = _described(item, language) if len(item.codes) > DESCRIBED_ONLY else _listed(item, language)
    return page(
        "---\nhide: [navigation]\n---",
        f"# {item.title.in_language(language)} `{item.name}`",
        escape(item.description.in_language(language)),
        "\n".join(facts),
        body,
    )


def _users(item: CodeList, standard: Standard) -> list[str]:
    return [
        link(f"`{name}.{field.name}`", f"../tables/{name}.md#{name}.{field.name}")
        for name, owner in standard.tables.items()
        for field in owner.fields
        if field.codelist == item.name
    ]


def _listed(item: CodeList, language: Language) -> str:
    rows = [
        (
            f'<a id="{entry.code}"></a>{code(entry.code)}',
            escape(entry.title.in_language(language)),
            escape(entry.definition.in_language(language)),
            escape("、".join(entry.aliases)),
        )
        for entry in item.codes.values()
    ]
    head = [word(key, language) for key in ("code", "name", "definition", "aliases")]
    return page(table(head, rows), _more_columns(item, language))


def _more_columns(item: CodeList, language: Language) -> str:
    names = sorted({name for entry in item.codes.values() for name, value in entry.extra.items() if value})
    order = [name for name in next(iter(item.codes.values())).extra if name in names]
    if not order:
        return ""
    rows = [
        (code(entry.code), *(escape((entry.extra.get(name) or "").replace(";", "; ")) for name in order))
        for entry in item.codes.values()
    ]
    return page(f"## {word('more-columns', language)}", table([word("code", language), *map(code, order)], rows))


def _described(item: CodeList, language: Language) -> str:
    path = f"`spec/1.0/codelists/{item.name}.csv`"
    parts = [
        word("too-long", language, count=f"{len(item.codes):,}", path=path, command=f"`circledata codes {item.name}`")
    ]
    levels = Counter(entry.extra.get("level") for entry in item.codes.values())
    if set(levels) != {None}:
        valid = Counter(entry.extra["level"] for entry in item.codes.values() if not entry.extra.get("valid_to"))
        rows = [(code(str(level)), f"{count:,}", f"{valid[str(level)]:,}") for level, count in levels.items()]
        head = [word(key, language) for key in ("level", "entries", "in-force")]
        parts.append(page(f"## {word('by-level', language)}", table(head, rows)))
    return page(*parts)
