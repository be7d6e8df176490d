"""A look into the XML of a workbook before it is read: what would fill the memory, and what the library drops."""

from __future__ import annotations

import re
import zipfile
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
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_LARGEST_PIECE = 64 << 20


@dataclass
class SheetFacts:
    """What the XML of one sheet tells; rows and columns count from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Text of the cells that hold an error such as #N/A, by row and column."""
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula but without a stored value."""


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
    facts, wide = SheetFacts(), False
    for piece in pieces():
        wide = wide or _WIDE.search(piece) is not None
        if b't="e"' in piece:
            for attributes, text in _ERROR.findall(piece):
                if place := _reference(attributes):
                    facts.errors[place] = text.decode("utf-8", "replace")
        if b"<f" in piece:
            for attributes in _FORMULA.findall(piece):
                if b't="str"' not in attributes and (place := _reference(attributes)):
                    facts.uncomputed.append(place)
    if wide:
        # Only cells that hold something count: empty ones that merely have a format often reach far down.
        rows = columns = 1
        for piece in pieces():
            for letters, row in _FILLED.findall(piece):
                rows, columns = max(rows, int(row)), max(columns, column_number(letters.decode()))
        if rows * columns > MOST_CELLS:
            raise Refused(over_limit(file, "cells", MOST_CELLS, rows * columns))
    return facts


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


def sheet_parts(archive: zipfile.ZipFile, unpacking: Unpacking) -> dict[str, str]:
    """Return the part that holds each sheet of an OOXML workbook, by the sheet's name."""
    book = _tree(archive, unpacking, "xl/workbook.xml")
    links = _tree(archive, unpacking, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target") or "" for link in (links if links is not None else ())}
    found: dict[str, str] = {}
    for element in book.iter() if book is not None else ():
        if element.tag.rpartition("}")[2] == "sheet":
            identity = next((value for name, value in element.items() if name.endswith("}id")), None)
            target = targets.get(identity, "")
            found[element.get("name") or ""] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


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
