"""Marks faulty cells in somebody's own workbook: a colour for the level, a note that says what is wrong, a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from circledata.findings.model import Level
from circledata.workbooks.ooxml import FINDINGS, FIRST_FILLED, BookEdit, Listing

MOST_NOTES = 20_000
"""Cells of a workbook that get a note. Excel takes seconds to open a file with more; all of them are coloured."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to be marked. Rows and columns count from 1; column `FIRST_FILLED` is the row's first filled cell."""

    sheet: str
    row: int
    column: int
    level: Level
    note: str | None
    """None: the cell gets its colour alone."""


def mark_book(base: Path, marks: Iterable[Mark], name: str, listing: Listing, stream: BinaryIO) -> None:
    """Write the workbook `base` with its cells marked and a first sheet `name`; what an earlier run marked goes.

    Nothing else of the workbook changes. A cell inside merged cells is marked where its value is shown. The same
    workbook and marks give the same bytes. ConversionError when `base` is no XLSX workbook.
    """
    with BookEdit(base) as book:
        book.clear(FINDINGS)
        places = {sheet: _Merged(book, sheet) for sheet in book.sheets}
        for mark in marks:
            if mark.sheet not in places:
                continue
            row, column = places[mark.sheet].shown(mark.row, mark.column)
            book.paint(mark.sheet, row, column, mark.level)
            if mark.note is not None:
                book.note(mark.sheet, row, column, mark.note)
        book.add_first_sheet(name, listing)
        book.save(stream)


class _Merged:
    """Leads from a cell that is covered by merged cells to the one that shows their value."""

    def __init__(self, book: BookEdit, sheet: str) -> None:
        self._book = book
        self._sheet = sheet
        self._covered: dict[tuple[int, int], tuple[int, int]] | None = None

    def shown(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that shows the value of a cell."""
        if self._covered is None:
            self._covered = dict(_covered(self._book.merged(self._sheet)))
        return self._covered.get((row, column), (row, column))


def _covered(ranges: Sequence[tuple[int, int, int, int]]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    for top, left, bottom, right in ranges:
        # A range over whole columns holds no single record.
        if (bottom - top + 1) * (right - left + 1) <= MOST_COVERED:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield (row, column), (top, left)


MOST_COVERED = 100_000
"""Cells of one merged range that are looked at."""
__all__ = ["FIRST_FILLED", "MOST_NOTES", "Mark", "mark_book"]
