"""Lays text out for a terminal: widths of Chinese characters, wrapping, and making invisible characters visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CLOSING = "，。；：、？！）】》〉」』”’,.;:?!)]}%"
OPENING = "（【《〈「『“‘([{"
ELLIPSIS = "…"

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Control, format (zero width, text direction) and surrogate characters, line separators, all spaces but the plain one.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"})
_PLAIN = re.compile(
    "[\x20-\x7e\u00b7\u00d7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u301f\u4e00-\u9fff\uff01-\uff5e]*"
)
"""Most of what is written in Chinese, told from the rest at once."""


class _Widths(dict[str, int]):
    """Columns of a terminal that one character takes, looked up once."""

    def __missing__(self, character: str) -> int:
        if unicodedata.east_asian_width(character) in "WF":
            width = 2
        else:
            width = 0 if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} else 1
        self[character] = width
        return width


_WIDTHS = _Widths()


def character_width(character: str) -> int:
    """Return how many columns of a terminal one character takes."""
    return _WIDTHS[character]


def display_width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return sum(map(_WIDTHS.__getitem__, text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill `text` with blanks up to `columns`; `right` puts the text at the right edge."""
    blanks = " " * max(0, columns - display_width(text))
    return blanks + text if right else text + blanks


def visible(text: str) -> str:
    """Return `text` with line breaks, tabs and every other invisible character written as escapes."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(
        _ESCAPES.get(character) or _escape(character)
        if unicodedata.category(character) in _HIDDEN and character != " "
        else character
        for character in text
    )


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def shorten(text: str, columns: int) -> str:
    """Return `text`, visible and cut to at most `columns` columns."""
    text = visible(text[: columns * 2 + 1])
    if 2 * len(text) <= columns or display_width(text) <= columns:
        return text
    kept, used = [], display_width(ELLIPSIS)
    for character in text:
        used += character_width(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def _atoms(text: str) -> Iterator[str]:
    """Split one line into the parts that may not be broken: a wide character, or a run of narrow ones and its blank."""
    run = ""
    for character in text:
        if character == " " or character_width(character) == 2:
            if run:
                yield run
            run = ""
            yield character
        else:
            run += character
    if run:
        yield run


def _tokens(text: str) -> list[str]:
    """Join closing punctuation to what it closes, and opening punctuation to what it opens."""
    tokens: list[str] = []
    for atom in _atoms(text):
        glued = tokens and tokens[-1] != " " and atom != " "
        if glued and (atom[0] in CLOSING or tokens[-1][-1] in OPENING):
            tokens[-1] += atom
        else:
            tokens.append(atom)
    return tokens


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield the lines of `text`, each at most `columns` wide, beginning with `first` and then `rest`."""
    for number, paragraph in enumerate(text.split("\n")):
        yield from _wrap_line(paragraph, columns, rest if number else first, rest)


def _fitting(tokens: list[str], columns: int) -> Iterator[str]:
    """Break what is longer than a whole line, such as a path or a cell without blanks."""
    for token in tokens:
        part, used = "", 0
        for character in token:
            size = character_width(character)
            if part and used + size > columns:
                yield part
                part, used = "", 0
            part, used = part + character, used + size
        yield part


def _wrap_line(text: str, columns: int, first: str, rest: str) -> Iterator[str]:
    line, used, empty = first, display_width(first), True
    if used + display_width(text) <= columns:
        yield (first + text).rstrip(" ")
        return
    for token in _fitting(_tokens(text), columns - display_width(rest)):
        size = display_width(token)
        if not empty and used + size > columns:
            yield line.rstrip(" ")
            line, used, empty = rest, display_width(rest), True
        if token == " " and empty:
            continue
        line, used, empty = line + token, used + size, False
    yield line.rstrip(" ")


def table(rows: list[list[str]], *, right: frozenset[int] = frozenset(), gap: str = "  ") -> Iterator[str]:
    """Yield the lines of a table with aligned columns; `right` numbers those that stand at the right edge."""
    widths = [max(display_width(row[number]) for row in rows) for number in range(len(rows[0]))]
    for row in rows:
        cells = [pad(cell, widths[n], right=n in right) for n, cell in enumerate(row)]
        yield gap.join(cells).rstrip(" ")
