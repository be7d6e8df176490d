"""Small pieces of Markdown: tables, code, links, and text that must not turn into markup by accident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def escape(text: str) -> str:
    """Return plain text so that Markdown shows it as it is, also inside a cell of a table."""
    for character in "\\|*_[]<>`":
        text = text.replace(
            character, f"\\{character}" if character not in "<>" else f"&{'lt' if character == '<' else 'gt'};"
        )
    return " ".join(text.split())


def code(text: str) -> str:
    """Return text as inline code, whatever it holds; for cells of a table too."""
    if not text:
        return ""
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;")
    shown = (
        shown.replace("\n", "↵")
        .replace("\\", "&#92;")
        .replace("*", "&#42;")
        .replace("_", "&#95;")
        .replace("`", "&#96;")
    )
    return f"<code>{shown.replace('[', '&#91;')}</code>"


def link(text: str, target: str) -> str:
    """Return a link."""
    return f"[{text}]({target})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def fence(text: str, language: str = "") -> str:
    """Return a block of code."""
    return f"```{language}\n{text.rstrip()}\n```"


def page(*parts: str) -> str:
    """Join the parts of a page, one blank line between them."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"
