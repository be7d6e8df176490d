"""The page of harmless changes: what a reader of workbooks understands and `circledata repair` writes, and what not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from md import code, escape, page, table
from words import word

from circledata.standard.model import Language, Standard


def mending_page(raw: Mapping[str, Any], standard: Standard, language: Language) -> str:
    """Return the page from `mending.yaml`: the changes of cells with examples, those of files, and why each is safe."""
    cells = [
        (
            escape(change[language]),
            "<br>".join(_example(example, language) for example in change["examples"]),
            "<br>".join(
                _title(example, standard, language) + _in(example, language) for example in change.get("left", ())
            ),
            escape(change["why"][language]),
        )
        for change in raw["changes"]
    ]
    files = [(escape(change[language]), escape(change["why"][language])) for change in raw["files"]]
    head = [word(key, language) for key in ("mending-change", "mending-becomes", "mending-left", "mending-why")]
    return page(
        f"# {word('mending', language)}",
        word("mending-about", language),
        f"## {word('mending-cells', language)}",
        table(head, cells),
        f"## {word('mending-files', language)}",
        word("mending-files-about", language),
        table([head[0], head[3]], files),
        *_words(raw["changes"], language),
    )


def _example(example: Mapping[str, Any], language: Language) -> str:
    empty = word("mending-empty", language)
    out = str(example["out"])
    return f"{_in(example, language)} → {code(out) if out else empty}"


def _in(example: Mapping[str, Any], language: Language) -> str:
    shown = code(_seen(str(example["in"])))
    if example.get("base1904"):
        return word("mending-1904", language) + shown
    if "header" in example:
        return word("mending-head", language, head=code(example["header"])) + shown
    return shown


def _title(example: Mapping[str, Any], standard: Standard, language: Language) -> str:
    """Return the title of an example's field: it says why a thing is left that is right elsewhere."""
    if "header" in example:
        return ""
    table, name = example["field"].split(".")
    field = next(field for field in standard.tables[table].fields if field.name == name)
    return escape(field.title.in_language(language)) + word("colon", language)


def _seen(text: str) -> str:
    """Return a text with its invisible characters named, since a reader would see nothing."""
    return "".join(
        character if character == "\n" or character.isprintable() else f"[U+{ord(character):04X}]" for character in text
    )


def _words(changes: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    truth = next(change["words"] for change in changes if "true" in change.get("words", {}))
    rows = [(code(answer), " ".join(code(said) for said in truth[answer])) for answer in ("true", "false")]
    head = [word("code", language), word("mending-words", language)]
    return [f"## {word('mending-booleans', language)}", word("mending-booleans-about", language), table(head, rows)]
