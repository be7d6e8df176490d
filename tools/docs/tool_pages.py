"""Pages about the tool that follow from the tool itself: help texts, keys of the report, the package, the examples."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from md import code, escape, fence, page, table
from words import word

from circledata.standard.model import Language, Standard, Text

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTH = "88"


def help_page(language: Language) -> str:
    """Return the help texts of every command."""
    top = help_text(language)
    parts = [f"# {word('help', language)}", word("help-about", language), fence(top, "text")]
    for name in commands(top):
        parts += [f"## circledata {name}", fence(help_text(language, name), "text")]
    return page(*parts)


def commands(top: str) -> list[str]:
    """Return the names of the commands, read from the help text of the program."""
    return re.findall(r"^  ([a-z]+)  ", top, flags=re.MULTILINE)


def help_text(language: Language, *command: str) -> str:
    """Return the help text of the program, or of one of its commands, as the program prints it."""
    arguments = [sys.executable, "-m", "circledata.cli", "--lang", language, *command, "--help"]
    environment = {**os.environ, "COLUMNS": WIDTH, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    result = subprocess.run(arguments, env=environment, capture_output=True, check=True)
    return result.stdout.decode("utf-8")


def report_page(standard: Standard, language: Language) -> str:
    """Return the keys of a report, from its JSON Schema."""
    schema = json.loads((standard.root / "report.schema.json").read_text(encoding="utf-8"))
    return page(
        f"# {word('report-keys', language)}",
        _both(schema, language),
        _keys_table(schema, schema, language),
        *(
            page(f"## {code(name)}", _keys_table(part, schema, language))
            for name, part in _parts(schema)
            if part.get("properties")
        ),
    )


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, key in schema["properties"].items():
        yield name, _resolved(key.get("items", key), schema)


def _resolved(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in part:
        target: Any = schema
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def _keys_table(part: Mapping[str, Any], schema: Mapping[str, Any], language: Language) -> str:
    rows = []
    for name, raw in part.get("properties", {}).items():
        key = _resolved(raw, schema)
        kind = key.get("type", "")
        kind = " / ".join(kind) if isinstance(kind, list) else kind
        if key.get("enum"):
            kind = ", ".join(f"`{value}`" for value in key["enum"])
        shown = [code(name), escape(kind) if "`" not in kind else kind, _both(key, language)]
        if language == "zh":
            shown.insert(1, escape(key.get("title", "")))
        rows.append(shown)
    # The schemas have titles in Chinese only; their English begins the comment.
    head = ("key", "name", "type", "description") if language == "zh" else ("key", "type", "description")
    return table([word(key, language) for key in head], rows)


def _both(key: Mapping[str, Any], language: Language) -> str:
    if language == "zh":
        return escape(key.get("description", ""))
    return escape(str(key.get("$comment", "")).removeprefix("en: "))


def package_page(standard: Standard, sheet: Mapping[str, Any], language: Language) -> str:
    """Return the keys of a descriptor, and how the sheet of a workbook names them."""
    schema = json.loads((standard.root / "package.schema.json").read_text(encoding="utf-8"))
    rows = [
        (
            escape(Text(key["zh"], key["en"]).in_language(language)),
            code(name),
            code(key["path"]),
            escape("、".join(key.get("aliases", ()))),
        )
        for name, key in sheet["keys"].items()
    ]
    head = [word("name", language), word("key", language), "datapackage.json", word("aliases", language)]
    return page(
        f"# {word('package', language)}",
        word("package-about", language),
        "## `circledata`",
        _keys_table(schema["$defs"]["circledata"], schema, language),
        f"## {word('package-other', language)}",
        _keys_table(schema, schema, language),
        f"## {word('package-resource', language)}",
        _keys_table(schema["$defs"]["resource"], schema, language),
        f"## {word('package-sheet', language)}",
        word("package-sheet-about", language),
        table(head, rows),
    )


def examples_page(language: Language) -> str:
    """Return what the examples say of themselves, one after the other."""
    ending = "" if language == "zh" else ".en"
    folder = ROOT / "examples"
    parts = [_without_links((folder / f"README{ending}.md").read_text(encoding="utf-8"))]
    for path in sorted(folder.glob(f"*/README{ending}.md"), key=_listed_order(folder)):
        text = _without_links(path.read_text(encoding="utf-8"))
        text = re.sub(r"^(#+) ", r"#\1 ", text, flags=re.MULTILINE)
        lines = text.splitlines()
        lines[0] += f" {{#{path.parent.name}}}"
        parts.append("\n".join(lines))
    return page(*parts)


def _listed_order(folder: Path) -> Any:
    order = re.findall(r"^\| \[([a-z-]+)\]", (folder / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return lambda path: order.index(path.parent.name)


def _without_links(text: str) -> str:
    """Return a read-me with links to other examples turned into anchors, without the link to its other language."""
    lines = [line for line in text.splitlines() if line not in {"[English](README.en.md)", "[中文](README.md)"}]
    return re.sub(r"\]\((?:\.\./)?([a-z-]+)/README(?:\.en)?\.md\)", r"](#\1)", "\n".join(lines))


def contributing_page(language: Language) -> str:
    """Return CONTRIBUTING of the repository."""
    name = "CONTRIBUTING.md" if language == "zh" else "CONTRIBUTING.en.md"
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("[English](", "[中文]("))) + "\n"
