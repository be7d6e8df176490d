"""The heads of one sheet: the unit that each column is read by, and the cells to be renamed when it is converted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from circledata.sources.book_open import Sheet
from circledata.sources.cells import cell_text
from circledata.sources.mending.numbers import head_unit
from circledata.sources.model import RawTable
from circledata.sources.sheet_header import SheetHeader, find_sheet_header
from circledata.sources.sheet_rows import first_rows
from circledata.standard.model import Field, Table
from circledata.values.text import has_han

_STARS = re.compile(r"(\s*[*＊]\s*)?(.*?)(\s*[*＊]\s*)?", re.DOTALL)
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LATIN = re.compile("[A-Za-z]{3}")
Place = tuple[int, int]
"""Row and column of a cell, from 1."""


class Heads:
    """Reads the head of a sheet as the reader of workbooks does, and again with cells of it renamed."""

    def __init__(self, raw: RawTable, sheet: Sheet, table: Table, formulas: Collection[Place]) -> None:
        self._table = table
        self._sheet = sheet
        self._items = {column.number: table.by_name.get(column.field or "") for column in raw.columns}
        self._formulas = formulas
        self._texts = [[cell_text(cell) for cell in row] for row in first_rows(sheet.rows)]
        self._header = self._read(self._texts)
        if self._header is not None and self._header.last != raw.header_row:
            self._header = None
        self.units = self._units(self._header)
        """The unit of each column that is not the standard's own, by number."""

    def _read(self, texts: Sequence[Sequence[str]]) -> SheetHeader | None:
        return find_sheet_header(texts, self._sheet.merged, self._sheet.first_column, self._table)

    def _units(self, header: SheetHeader | None) -> dict[int, str]:
        units: dict[int, str] = {}
        for number, item in self._items.items() if header else ():
            head = header.heads[number - self._sheet.first_column] if header else ""
            if item is not None and (unit := head_unit(item, head)[0]):
                units[number] = unit
        return units

    def renamed(self, numbers: Iterable[int]) -> dict[int, dict[Place, tuple[str, str]]]:
        """Return old and new text of the cells that name the unit of each of these columns.

        A column is missing where no cell of its own carries the unit: it stands above the whole table, over several
        columns or in a formula. The head is read again with the new texts, so that the unit is surely gone.
        """
        texts, units = self._texts, dict(self.units)
        found: dict[int, dict[Place, tuple[str, str]]] = {}
        for number in sorted(numbers):
            cells = self._cells(number)
            trial = [list(row) for row in texts]
            for (row, column), (_, new) in cells.items():
                trial[row - 1][column - self._sheet.first_column] = new
            wanted = {other: unit for other, unit in units.items() if other != number}
            if cells and self._same(header := self._read(trial)) and self._units(header) == wanted:
                texts, units, found[number] = trial, wanted, cells
        return found

    def _same(self, other: SheetHeader | None) -> bool:
        """Tell whether a header stands where it stood and names the same fields."""
        this = self._header
        if this is None or other is None:
            return False
        return (this.first, this.last, this.fields, this.titled) == (
            other.first,
            other.last,
            other.fields,
            other.titled,
        )

    def _cells(self, number: int) -> dict[Place, tuple[str, str]]:
        """Return the cells of a column's head that name its unit; none if one of them is not the column's alone."""
        header, item = self._header, self._items[number]
        cells: dict[Place, tuple[str, str]] = {}
        if header is None or item is None:
            return cells
        rows = (header.first - header.titled, header.last + header.repeated)
        for row in range(rows[0], rows[1] + 1):
            text = self._texts[row - 1][number - self._sheet.first_column]
            if head_unit(item, text)[0] is None:
                continue
            if (row, number) in self._formulas or self._is_wide(row, number):
                return {}
            cells[row, number] = (text, self._title(text, row, item))
        return cells

    def _is_wide(self, row: int, number: int) -> bool:
        """Tell whether a cell is merged over several columns."""
        return any(
            top <= row - 1 <= bottom and left <= number - 1 <= right and right > left
            for (top, left), (bottom, right) in self._sheet.merged
        )

    def _title(self, old: str, row: int, item: Field) -> str:
        """Return the field's title in the language of the head, with the star of a required field if it had one."""
        found = _STARS.fullmatch(old)
        before, after = (found[1] or "", found[3] or "") if found else ("", "")
        chinese = _is_chinese(old)
        if chinese is None:
            others = [_is_chinese(text) for text in self._texts[row - 1] if text not in self._table.by_name]
            chinese = others.count(True) >= others.count(False)
        return f"{before}{item.title.zh if chinese else item.title.en}{after}"


def _is_chinese(head: str) -> bool | None:
    """Tell the language of a head, its unit aside; None when it is both or neither."""
    bare = _BRACKETS.sub("", head)
    chinese, latin = has_han(bare), _LATIN.search(bare) is not None
    return chinese if chinese != latin else None
