"""CSV that is safe to open: no cell becomes a formula in WPS or Excel, and every cell comes back unchanged.

How cells are marked, and why so, stands in circledata.values.formula_marks and in chapter 5 of the standard. The tool's
own readers of packages take the mark away; `read_rows` does so for files that are no table of a package.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TextIO

from circledata.values.formula_marks import is_formula_like, mark, unmark

_SIGNS = frozenset("'=+-@\t\r＝＋－＠")
"""First characters of cells that are looked at; to look at one character is cheaper than a pattern."""
_AT_ONCE = 1_000
"""Rows that are written at a time."""


def safe_row(row: Iterable[object]) -> list[object]:
    """Return the cells of one row, texts marked where a spreadsheet would compute them; other values as they are."""
    return [mark(cell) if isinstance(cell, str) and cell[:1] in _SIGNS else cell for cell in row]


class RowWriter:
    """Writes rows as CSV to `write`, which takes text. Cells stand in quotes where they must, or all of them.

    Python's own writer leaves a lone carriage return without quotes unless it ends the lines itself; so every line is
    written with CR LF and gets its real end afterwards.
    """

    def __init__(self, write: Callable[[str], object], *, newline: str = "\n", quoted: bool = False) -> None:
        self._write = write
        self._newline = newline
        lines = _Lines(self._line)
        plain = csv.writer(lines, lineterminator="\r\n")
        self.row = (
            csv.writer(lines, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow if quoted else plain.writerow
        )
        """Write one row."""

    def _line(self, line: str) -> object:
        return self._write(line[:-2] + self._newline)


class _Lines:
    """What csv.writer writes to: each call is one row."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


def write_all(write: Callable[[str], object], rows: Iterable[Sequence[object]]) -> None:
    """Write rows, marked already, to `write` as RowWriter does with its usual settings, many at a time.

    Only rows with a carriage return need RowWriter; they are rare.
    """
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(some)
        lines = text.getvalue()
        if "\r" not in lines:
            write(lines)
            continue
        writer = RowWriter(write)
        for row in some:
            writer.row(row)


def write_rows(stream: TextIO, rows: Iterable[Sequence[object]], *, newline: str = "\n") -> None:
    """Write rows, marked where they must be, to a text stream opened with `newline=""`."""
    writer = RowWriter(stream.write, newline=newline)
    for row in rows:
        writer.row(safe_row(row))


def read_rows(stream: TextIO) -> Iterator[list[str]]:
    """Yield the rows of a text stream as they were given to `write_rows`."""
    for row in csv.reader(stream):
        yield [unmark(cell) for cell in row]


__all__ = ["RowWriter", "is_formula_like", "mark", "read_rows", "safe_row", "unmark", "write_all", "write_rows"]
