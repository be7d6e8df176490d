"""Looks through a sheet without changing it: its merged cells, the cells with formulas, the drawing of its notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from circledata.sources.sheet_xml import column_number
from circledata.workbooks.ooxml.parts import utf8
from circledata.workbooks.ooxml.sheet import without_comments

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""
_ROOT = re.compile(rb"<(?!\?|!)([A-Za-z_][\w.\-]*:)?[\w.\-]+")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass
class SheetScan:
    """What was seen."""

    merged: list[Range] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    legacy: str = ""
    """Relationship of the drawing that shows the notes."""


def scan(chunks: Iterable[bytes], *, formulas: bool) -> SheetScan:
    """Look through a sheet; its formulas only when they are wanted."""
    found = SheetScan()
    pieces = without_comments(utf8(chunks))
    buffer = next(pieces, b"")
    root = _ROOT.search(buffer)
    prefix = (root[1] if root else None) or b""
    end = b"</" + prefix + b"sheetData"
    row = b"<" + prefix + b"row"
    number = 0
    tail = b""
    for piece in _with(buffer, pieces):
        tail += piece
        place = tail.find(end)
        if place >= 0:
            if formulas:
                _formulas(tail[:place], prefix, number, found)
            tail = tail[place:] + b"".join(pieces)
            break
        last = tail.rfind(row)
        if last > 0:
            if formulas:
                number = _formulas(tail[:last], prefix, number, found)
            tail = tail[last:]
    _read_tail(tail.decode("utf-8", "replace"), found)
    return found


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _formulas(piece: bytes, prefix: bytes, number: int, found: SheetScan) -> int:
    """Note the formulas of whole rows; return the number of the last row. Rows and cells may lack their places."""
    name = re.escape(prefix)
    if not re.search(rb"<" + name + rb"f[\s/>]", piece):
        rows = re.findall(rb"<" + name + rb"row(?=[\s/>])([^>]*)", piece)
        for raw in rows:
            given = re.search(rb"\br\s*=\s*[\"']([0-9]+)", raw)
            number = int(given[1]) if given else number + 1
        return number
    column = 0
    pattern = rb"<" + name + rb"(row|c|f)(?=[\s/>])((?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)>"
    for match in re.finditer(pattern, piece):
        if match[1] == b"row":
            given = re.search(rb"(?<![^\s\"'])r\s*=\s*[\"']([0-9]+)", match[2])
            number, column = int(given[1]) if given else number + 1, 0
        elif match[1] == b"c":
            given = re.search(rb"(?<![^\s\"'])r\s*=\s*[\"']([A-Za-z]+)", match[2])
            column = column_number(given[1].decode().upper()) if given else column + 1
        else:
            found.formulas.add((number, column))
    return number


def _read_tail(text: str, found: SheetScan) -> None:
    for reference in re.findall(r"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']+)", text):
        area = area_of(reference)
        if area:
            found.merged.append(area)
    legacy = re.search(r"<(?:[\w.\-]+:)?legacyDrawing\s[^>]*?:id\s*=\s*[\"']([^\"']+)", text)
    found.legacy = legacy[1] if legacy else ""


def area_of(reference: str) -> Range | None:
    """Return the place of a range such as `B3:D9` or `$B$3`; None when it is none."""
    places = [_REFERENCE.fullmatch(part) for part in reference.upper().split(":")]
    if not 1 <= len(places) <= 2 or not all(places):
        return None
    cells = [(int(place[2]), column_number(place[1])) for place in places if place]
    (top, left), (bottom, right) = cells[0], cells[-1]
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
