"""What the XML of an ODS workbook tells beyond the library that reads it: merged cells, hidden rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from circledata.sources.sheet_xml import SheetFacts

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of merged cells: row and column, from 0."""
_SIGNS = (b"-spanned=", b'visibility="', b"null-date", b'formula="', b'value-type="error"')
_MOST = 1_048_576
"""Rows of a sheet; an ODS file ends with blank rows repeated up to there."""


class _Unsafe(Exception):
    """The XML defines a document type, which no program writes into an ODS file."""


@dataclass
class OdsFacts:
    """By sheet name; empty where there is nothing to tell."""

    facts: dict[str, SheetFacts] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    base1904: bool = False


@dataclass
class _Seen(OdsFacts):
    """Follows the elements of content.xml; rows and columns count from 0."""

    _sheet: str = ""
    _row: int = 0
    _repeat: int = 1
    _column: int = 0
    _declared: int = 0
    """Columns declared so far in the sheet."""
    _error: list[str] | None = None
    """The text of the cell that is being read, if it holds an error."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        hidden = attributes.get("table:visibility") in {"collapse", "filter"}
        if name == "table:table":
            self._sheet, self._row, self._declared = attributes.get("table:name", ""), 0, 0
            self.merged[self._sheet] = []
            self.facts[self._sheet] = SheetFacts()
        elif name == "table:table-column":
            repeat = _number(attributes, "table:number-columns-repeated")
            if hidden and self._sheet in self.facts and repeat <= 1_024:
                first = self._declared + 1
                self.facts[self._sheet].hidden_columns.extend(range(first, first + repeat))
            self._declared += repeat
        elif name == "table:table-row":
            self._repeat, self._column = _number(attributes, "table:number-rows-repeated"), 0
            if hidden and self._sheet in self.facts and self._row + self._repeat < _MOST:
                rows = range(self._row + 1, self._row + self._repeat + 1)
                self.facts[self._sheet].hidden_rows.extend(rows)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell(attributes)
        elif name == "table:null-date":
            self.base1904 = attributes.get("table:date-value") == "1904-01-01"

    def _cell(self, attributes: dict[str, str]) -> None:
        down = _number(attributes, "table:number-rows-spanned")
        along = _number(attributes, "table:number-columns-spanned")
        if down > 1 or along > 1:
            first = (self._row, self._column)
            self.merged.setdefault(self._sheet, []).append((first, (first[0] + down - 1, first[1] + along - 1)))
        # The library gives nothing for a cell that holds an error.
        self._error = [] if attributes.get("calcext:value-type") == "error" else None
        if "table:formula" in attributes and "office:value-type" not in attributes and self._sheet in self.facts:
            self.facts[self._sheet].add_uncomputed(self._row + 1, self._column + 1)
        self._column += _number(attributes, "table:number-columns-repeated")

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._error is not None:
            self._error.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "table:table-row":
            self._row += self._repeat
        elif name == "table:table-cell":
            if self._error and self._sheet in self.facts:
                self.facts[self._sheet].add_error(self._row + 1, self._column, "".join(self._error).strip())
            self._error = None


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def inspect_ods(chunks: Callable[[], Iterator[bytes]]) -> OdsFacts:
    """Look through content.xml, which `chunks` gives anew at each call; nothing is told of a file whose XML is odd.

    Refused, as the archive's reader does, when the file unpacks to more than the limits allow.
    """
    seen = _Seen()
    before, wanted = b"", False
    for chunk in chunks():
        wanted = wanted or any(sign in before + chunk for sign in _SIGNS)
        before = chunk[-16:]
    if not wanted:
        return seen
    parser = expat.ParserCreate()
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = seen.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for chunk in chunks():
            parser.Parse(chunk)
    except (expat.ExpatError, _Unsafe):
        return OdsFacts()
    return seen


def _refuse(*_: object) -> None:
    raise _Unsafe
