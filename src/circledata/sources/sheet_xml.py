"""A look into the XML of a workbook before it is read: what would fill the memory, and what the library drops."""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from circledata.sources.archive import Unpacking, over_limit
from circledata.sources.container import Refused

MOST_CELLS = 100_000_000
"""Rows times columns of one sheet. The library lays out the whole rectangle, 24 bytes a cell, and ends the process when
memory fails; a full sheet of 1,048,576 rows has room for 95 columns."""
_PREFIX = re.compile(rb"<([A-Za-z]\w*):worksheet\b")
_WIDE = re.compile(rb' r="(?:[A-Z]{3}|[D-Z][A-Z]|C[R-Z])[0-9]')
"""A cell beyond column CQ, the 95th: without one no sheet has too many cells."""
_FILLED = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<[vif]')
_ERROR = re.compile(rb"<c ([^>]*\bt=\"e\"[^>]*)>\s*(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*<v>([^<]*)</v>")
_FORMULA = re.compile(rb"<c(\s[^>]*)?>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ROW = re.compile(rb"<row(\s[^>]*)?>")
_COLUMN = re.compile(rb"<col (?=[^>]*\shidden=\"(?:1|true)\")[^>]*>")
_SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_NAMELESS = re.compile(rb'<(?:c|row)(?:\s(?:(?!r=")[^>])*)?>')
"""A cell or row that does not say where it is: it follows the one before it."""
_TOKEN = re.compile(rb"<row(\s[^>]*)?>|<c(\s[^>]*)?/>|<c(\s[^>]*)?>(.*?)</c>", re.DOTALL)
_ERROR_TEXT = re.compile(rb"<v>([^<]*)</v>")
_SHIFT, _MASK = 14, (1 << 14) - 1
"""Columns have numbers up to 16,384, so that a place fits into one number."""
_LARGEST_PIECE = 64 << 20


@dataclass
class SheetFacts:
    """What the XML of one sheet tells; rows and columns count from 1. Kept small: a sheet can be all errors."""

    hidden_rows: array[int] = field(default_factory=lambda: array("l"))
    hidden_columns: array[int] = field(default_factory=lambda: array("l"))
    _errors: array[int] = field(default_factory=lambda: array("q"))
    _texts: list[str] = field(default_factory=list)
    _uncomputed: array[int] = field(default_factory=lambda: array("q"))
    _known: dict[str, str] = field(default_factory=dict)

    def add_error(self, row: int, column: int, text: str) -> None:
        """Note a cell that holds an error such as #N/A."""
        self._errors.append(row << _SHIFT | column & _MASK)
        self._texts.append(self._known.setdefault(text, text))

    def add_uncomputed(self, row: int, column: int) -> None:
        """Note a cell with a formula but without a stored value."""
        self._uncomputed.append(row << _SHIFT | column & _MASK)

    def errors(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of the cells that hold an error, row by row."""
        order = sorted(range(len(self._errors)), key=self._errors.__getitem__)
        for place in order:
            packed = self._errors[place]
            yield packed >> _SHIFT, packed & _MASK, self._texts[place]

    def uncomputed(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of the cells with a formula but without a stored value, row by row."""
        for packed in sorted(self._uncomputed):
            yield packed >> _SHIFT, packed & _MASK


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def inspect_sheet(pieces: Callable[[], Iterator[bytes]], file: str) -> SheetFacts:
    """Look through the XML of a sheet, row by row. Refused when its cells would need too much memory."""
    facts, wide, nameless, row = SheetFacts(), False, False, 0
    for piece in pieces():
        wide = wide or _WIDE.search(piece) is not None
        if b"hidden=" in piece:
            _take_hidden(piece, facts, row)
        nameless = nameless or _NAMELESS.search(piece, 0, 1 << 16) is not None
        if nameless:
            row = _take_nameless(piece, facts, row)
            continue
        if b't="e"' in piece:
            for attributes, text in _ERROR.findall(piece):
                if place := _reference(attributes):
                    facts.add_error(*place, text.decode("utf-8", "replace"))
        if b"<f" in piece:
            for attributes in _FORMULA.findall(piece):
                if b't="str"' not in attributes and (place := _reference(attributes)):
                    facts.add_uncomputed(*place)
    if wide:
        # Only cells that hold something count: empty ones that merely have a format often reach far down.
        rows = columns = 1
        for piece in pieces():
            for letters, number in _FILLED.findall(piece):
                rows, columns = max(rows, int(number)), max(columns, column_number(letters.decode()))
        if rows * columns > MOST_CELLS:
            raise Refused(over_limit(file, "cells", MOST_CELLS, rows * columns))
    return facts


def _take_hidden(piece: bytes, facts: SheetFacts, before: int) -> None:
    """Note the rows and columns of a piece that are hidden; `before` is the number of the row before it."""
    for column in _COLUMN.findall(piece):
        span = {name: int(number) for name, number in _SPAN.findall(column)}
        first, last = span.get(b"min", 0), span.get(b"max", 0)
        if 0 < first <= last and last - first < _MASK // 2:
            facts.hidden_columns.extend(range(first, last + 1))
    for attributes in _ROW.findall(piece):
        number = _ROW_NUMBER.search(attributes)
        before = int(number.group(1)) if number else before + 1
        if _HIDDEN.search(attributes):
            facts.hidden_rows.append(before)


def _take_nameless(piece: bytes, facts: SheetFacts, row: int) -> int:
    """Count the rows and cells of a piece where they do not say where they are; returns the number of the last row."""
    column = 0
    for token in _TOKEN.finditer(piece):
        if token.group().startswith(b"<row"):
            number = _ROW_NUMBER.search(token.group(1) or b"")
            row, column = int(number.group(1)) if number else row + 1, 0
            continue
        place = _reference(token.group(2) or token.group(3) or b"")
        row, column = place or (row, column + 1)
        content = token.group(4)
        if content and b't="e"' in (token.group(3) or b"") and (error := _ERROR_TEXT.search(content)):
            facts.add_error(row, column, error.group(1).decode("utf-8", "replace"))
        elif content and (found := _FORMULA.fullmatch(token.group())) and b't="str"' not in (found.group(1) or b""):
            facts.add_uncomputed(row, column)
    return row


def _reference(attributes: bytes) -> tuple[int, int] | None:
    found = _REFERENCE.search(b" " + attributes)
    return (int(found.group(2)), column_number(found.group(1).decode())) if found else None


def pieces_of(chunks: Iterator[bytes], file: str) -> Iterator[bytes]:
    """Join the chunks of a sheet's XML into pieces that end with a row, in the one form that is looked for here."""
    rest, prefix = b"", None
    for chunk in chunks:
        data = rest + chunk
        if prefix is None:
            found = _PREFIX.search(data)
            prefix = found.group(1) + b":" if found else b""
        ends = data.rfind(b"row>")
        if ends < 0:
            if len(data) > _LARGEST_PIECE:
                raise Refused(over_limit(file, "bytes", _LARGEST_PIECE, len(data)))
            rest = data
            continue
        rest = data[ends + 4 :]
        yield _plain(data[: ends + 4], prefix)
    if rest:
        yield _plain(rest, prefix or b"")


def _plain(piece: bytes, prefix: bytes) -> bytes:
    """Take away name-space prefixes, single quotes and odd blanks: XML allows them, the patterns here do not."""
    if prefix:
        piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    if any(odd in piece for odd in (b"'", b"\t", b"\n", b"\r", b"r =", b"r= ")):
        piece = re.sub(rb"\s*=\s*'([^'<>]*)'", rb'="\1"', piece)
        piece = re.sub(rb'[ \t\r\n]+r[ \t\r\n]*=[ \t\r\n]*"', b' r="', piece)
    return piece


def book_parts(archive: zipfile.ZipFile, unpacking: Unpacking) -> tuple[dict[str, str], bool]:
    """Return the part that holds each sheet of an OOXML workbook, by the sheet's name, and whether days count from
    1904.
    """
    book = _tree(archive, unpacking, "xl/workbook.xml")
    links = _tree(archive, unpacking, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target") or "" for link in (links if links is not None else ())}
    found: dict[str, str] = {}
    base1904 = False
    for element in book.iter() if book is not None else ():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            base1904 = element.get("date1904") in {"1", "true", "on"}
        elif tag == "sheet":
            identity = next((value for name, value in element.items() if name.endswith("}id")), None)
            target = targets.get(identity, "")
            found[element.get("name") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found, base1904


def _tree(archive: zipfile.ZipFile, unpacking: Unpacking, name: str) -> ElementTree.Element | None:
    if name not in archive.NameToInfo:
        return None
    data = b"".join(unpacking.chunks(archive.NameToInfo[name], "workbook-damaged"))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
