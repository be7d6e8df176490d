"""Reads the table of a web page: systems hand these out under the name .xls, and spreadsheets open them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from circledata.convert.model import SourceTable
from circledata.convert.read.grid import Grid
from circledata.convert.read.header import Merge, Row, find_header
from circledata.convert.read.layout import Layout
from circledata.convert.read.text import Place, encoding_note, short, whole_text
from circledata.convert.read.words import refuse
from circledata.sources.model import Limits

_SILENT = {"script", "style", "title"}
_BREAKS = {"br", "p", "div", "li"}


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    nested: bool = False
    covered: dict[int, int] = field(default_factory=dict)
    """Last row number that a cell from above covers, by place."""


class _Tables(HTMLParser):
    """Gathers the cells of every table; a cell that spans rows or columns leaves blanks and a merge."""

    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0
        self._most = most

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            if self._open:
                self._open[-1].nested = True
            self._cell = None
            self._open.append(_Table())
            self.found.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close()
            self._open[-1].rows.append([])
        elif tag in {"td", "th"} and self._open:
            self._close()
            if not self._open[-1].rows:
                self._open[-1].rows.append([])
            given = dict(attrs)
            self._span = (_number(given.get("rowspan")), _number(given.get("colspan")))
            self._cell = []
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th", "tr"}:
            self._close()
        elif tag == "table" and self._open:
            self._close()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(" ".join(data.splitlines()) if "\n" in data or "\r" in data else data)

    def _close(self) -> None:
        """End the cell at work and set it where the row has room."""
        if self._cell is None or not self._open:
            return
        table, (height, width) = self._open[-1], self._span
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text, self._cell = "\n".join(line for line in lines if line), None
        row, number = table.rows[-1], len(table.rows)
        while table.covered.get(len(row), 0) >= number:
            row.append("")
        left = len(row)
        width = max(1, min(width, self._most - left))
        if left >= self._most:
            return
        row += [text, *([""] * (width - 1))]
        if height > 1 or width > 1:
            table.merges.append(Merge(number, left, number + height - 1, left + width - 1))
            table.covered |= dict.fromkeys(range(left, left + width), number + height - 1)


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def read_web_page(place: Place, layout: Layout, limits: Limits, *, repair: bool) -> SourceTable:
    """Read the largest table of a web page; rows are numbered by the rows of that table.

    ConversionError when there is none of two rows at least, or tables stand inside each other.
    """
    text, verdict = whole_text(place, layout.encoding)
    parser = _Tables(limits.max_columns + 1)
    parser.feed(text)
    parser.close()
    tables = [table for table in parser.found if sum(1 for row in table.rows if any(row)) > 1 and not table.nested]
    if not tables:
        raise refuse("web-page", name=place.name)
    table = max(tables, key=lambda table: sum(map(len, table.rows)))
    width = max(map(len, table.rows))
    if width > limits.max_columns:
        raise refuse("columns-too-many", name=place.name, actual=width, limit=limits.max_columns)
    rows: list[Row] = [(number, [*row, *([""] * (width - len(row)))]) for number, row in enumerate(table.rows, 1)]
    head = [row for row in rows if any(row[1])]
    header = find_header(head, layout, table.merges, name=place.name)
    grid = Grid(header, layout, table.merges, notes=[*encoding_note(verdict), ("web-page", {})])
    grid.read(row for row in rows if row[0] > header.last)
    assert verdict.codec is not None
    return grid.table(place.source(short(verdict.codec), "html"), "", repair=repair)
