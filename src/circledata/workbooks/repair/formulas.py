"""Which columns of a workbook its formulas read: what they reckon with must not change under them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from circledata.sources.archive import Unpacking
from circledata.sources.model import Limits
from circledata.sources.sheet_xml import book_parts, column_number

_FORMULA = re.compile(rb"<(?:\w+:)?f((?:\s[^>]*)?)>([^<]*)</(?:\w+:)?f>")
_SPAN = re.compile(rb"\bref=[\"']([A-Z]{1,3})[0-9]+:([A-Z]{1,3})[0-9]+")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?:'((?:[^']|'')+)'|([^\s'!(),;:+\-*/^&=<>{}]+))!)?"
_CELLS = re.compile(
    r"(?<![\w.$])" + _SHEET + r"\$?(?:([A-Z]{1,3})\$?[0-9]+(?::\$?([A-Z]{1,3})\$?[0-9]+)?|([A-Z]{1,3}):\$?([A-Z]{1,3}))"
    r"(?![\w.(\[])"
)
_ROWS = re.compile(r"(?<![\w.$])" + _SHEET + r"\$?[0-9]+:\$?[0-9]+(?!\w)")
_ANYWHERE = re.compile(r"\b(?:INDIRECT|OFFSET|INDEX|ADDRESS)\s*\(|\[|#REF!", re.IGNORECASE)
"""What may read any cell, or a table by the heads of its columns."""
_WORD = re.compile(r"[^\W\d][\w.]*+(?!\s*\()")
"""A word that is no function."""
_LONGEST = 64 << 10
_MOST_COLUMNS = 16_384


@dataclass
class Readings:
    """The columns that formulas read. `everything`: some formula may read any cell."""

    everything: bool = False
    columns: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and number of the column."""
    sheets: set[str] = field(default_factory=set)
    """Sheets of which whole rows are read."""

    def reads(self, sheet: str, column: int) -> bool:
        """Tell whether some formula may read this column."""
        return self.everything or sheet in self.sheets or (sheet, column) in self.columns


def read_by_formulas(path: Path, limits: Limits) -> Readings:
    """Look through all formulas of an XLSX workbook, those of defined names too."""
    found = Readings()
    with zipfile.ZipFile(path) as archive:
        unpacking = Unpacking(archive, path.stat().st_size, limits, path.name)
        parts, _ = book_parts(archive, unpacking)
        for sheet, part in parts.items():
            if part in archive.NameToInfo:
                for text, shift in _formulas(unpacking.chunks(archive.NameToInfo[part], "workbook-damaged")):
                    _take(found, text, sheet, shift)
    return found


def _formulas(chunks: Iterator[bytes]) -> Iterator[tuple[str, int]]:
    """Yield each formula with the number of columns over which it is copied sideways."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = data.rfind(b"</")
        head, rest = (data[:cut], data[cut:]) if cut > 0 else (b"", data)
        # A formula ends with a tag of its own, so what is cut off here is found with the next chunk.
        open_at = max(head.rfind(b"<f"), head.rfind(b":f"))
        if open_at >= 0 and len(head) - open_at < _LONGEST:
            head, rest = head[:open_at], head[open_at:] + rest
        yield from _in_piece(head)
    yield from _in_piece(rest)


def _in_piece(piece: bytes) -> Iterator[tuple[str, int]]:
    for attributes, text in _FORMULA.findall(piece):
        span = _SPAN.search(attributes)
        shift = column_number(span[2].decode()) - column_number(span[1].decode()) if span else 0
        yield unescape(text.decode("utf-8", "replace")), shift


def _take(found: Readings, formula: str, sheet: str, shift: int) -> None:
    """Note what one formula on `sheet` reads."""
    plain = _TEXT.sub('""', formula)
    if _ANYWHERE.search(plain):
        found.everything = True
        return
    for match in _ROWS.finditer(plain):
        found.sheets.add(_named(match, sheet))
    for match in _CELLS.finditer(plain):
        first = column_number(match[3] or match[5])
        last = column_number(match[4] or match[6] or match[3])
        if max(first, last) <= _MOST_COLUMNS:
            name = _named(match, sheet)
            found.columns.update((name, number) for number in range(min(first, last), max(first, last) + shift + 1))
    rest = _ROWS.sub("", _CELLS.sub("", plain))
    # A defined name can mean any cells.
    if any(word.upper() not in {"TRUE", "FALSE"} for word in _WORD.findall(rest)):
        found.everything = True


def _named(match: re.Match[str], sheet: str) -> str:
    return match[1].replace("''", "'") if match[1] else match[2] or sheet
