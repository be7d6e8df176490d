"""The sheets of a workbook that hold tables, written in one way for a template and for a package that is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from circledata.convert.export.book_cells import MOST_ROWS, display_width
from circledata.convert.export.book_codes import CodeSheet, Place, letters_of
from circledata.convert.export.book_hints import Hints
from circledata.convert.export.book_rules import Rules
from circledata.convert.export.book_style import TAB_TABLE, Style, page
from circledata.standard.model import Field, Language, Table

HEADER_ROWS = 2
_WIDTHS = {"date": 13, "integer": 10, "number": 13, "boolean": 10, "string": 14}
_NARROWEST, _WIDEST = 9, 36
_NAMES_WIDEST = 24
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
"""Characters of a sheet's name."""


def sheet_name(table: Table, lang: Language) -> str:
    """Return the name of a table's sheet: its title, or its machine name where Excel takes no such name."""
    title = table.title.in_language(lang)
    return title if len(title) <= LONGEST_NAME and title.translate(_FORBIDDEN) == title else table.name


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet: the fields they are (None for a publisher's own), and their machine names."""

    table: Table
    fields: Sequence[Field | None]
    names: Sequence[str]

    def place(self, sheet: str, last: int) -> Place:
        """Return where the table stands; `last`: the last row that can hold a record, from 1."""
        columns = {item.name: index for index, item in enumerate(self.fields) if item}
        return Place(sheet, columns, HEADER_ROWS + 1, last)


def last_row(rows: int, spare: int) -> int:
    """Return the last row, from 1, that has drop-downs: that of the last record, and some to add records in."""
    return min(MOST_ROWS, HEADER_ROWS + rows + spare)


class TableSheets:
    """Writes the heads, formats, drop-downs and hints of the tables' sheets of one workbook."""

    def __init__(self, book: Any, lang: Language, hints: Hints, codes: CodeSheet, places: Mapping[str, Place]) -> None:
        self._book = book
        self._lang = lang
        self._places = places
        self._codes = codes
        self._rules = Rules(hints, codes)
        self.style = Style(book)

    def begin(self, columns: Columns, samples: Sequence[Sequence[str]], rows: int) -> Any:
        """Make the sheet of a table with everything but its records, and return it.

        `samples`: texts of some records, which tell how wide the columns are; `rows`: how many there will be.
        """
        place = self._places[columns.table.name]
        sheet = self._book.add_worksheet(place.sheet)
        sheet.set_tab_color(TAB_TABLE)
        titles = [self._title(item, name) for item, name in zip(columns.fields, columns.names, strict=True)]
        # Columns have their widths before the first row: an export does not keep its rows.
        for index, (item, width) in enumerate(zip(columns.fields, self._widths(columns, titles, samples), strict=True)):
            sheet.set_column(index, index, width, self.style.cell(item))
        sheet.set_row(0, 34)
        sheet.set_row(1, 15)
        for index, (item, title) in enumerate(zip(columns.fields, titles, strict=True)):
            sheet.write_string(0, index, title, self.style.head_needed if item and item.required else self.style.head)
        for index, name in enumerate(columns.names):
            sheet.write_string(1, index, name, self.style.names)
        self._finish(sheet, columns, place, rows)
        return sheet

    def _title(self, item: Field | None, name: str) -> str:
        title = item.title.in_language(self._lang) if item else name
        return f"{title}*" if item and item.required else title

    def _widths(self, columns: Columns, titles: Sequence[str], samples: Sequence[Sequence[str]]) -> list[float]:
        """Return how wide each column is: for its heads, a code with its title, and nine in ten of the samples."""
        widths = []
        for index, (item, title) in enumerate(zip(columns.fields, titles, strict=True)):
            cells = sorted(display_width(row[index][:_WIDEST]) for row in samples)
            cell = cells[len(cells) * 9 // 10] + 2 if cells else 0
            code = self._codes.width(item) if item else 0
            name = min(_NAMES_WIDEST, len(columns.names[index]) * 0.85 + 3)
            # A title has two lines.
            head = display_width(title) + 3 if display_width(title) < 14 else display_width(title) * 0.6 + 4
            kind = _WIDTHS[item.type if item else "string"]
            widths.append(min(_WIDEST, max(_NARROWEST, kind, head, name, code, cell)))
        return widths

    def _finish(self, sheet: Any, columns: Columns, place: Place, rows: int) -> None:
        bottom = max(HEADER_ROWS, HEADER_ROWS + rows - 1)
        width = max(1, len(columns.fields))
        sheet.freeze_panes(HEADER_ROWS, 1)
        page(sheet, self._lang, wide=width > 8)
        # Lines between the cells on paper, as on the screen.
        sheet.hide_gridlines(0)
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        if width > 8:
            sheet.repeat_columns(0, 0)
        sheet.autofilter(HEADER_ROWS - 1, 0, bottom, width - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters_of(width)}{place.last}"})
        for index, item in enumerate(columns.fields):
            sheet.data_validation(0, index, HEADER_ROWS - 1, index, self._rules.of_head(columns.table, item))
            if item is None:
                continue
            rule = self._rules.of(columns.table, item, index, (place.first, place.last))
            sheet.data_validation(place.first - 1, index, place.last - 1, index, rule)
