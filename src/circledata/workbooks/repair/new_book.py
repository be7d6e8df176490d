"""Writes the values of a workbook of another kind (XLS, ODS, ET) to a new XLSX, with the list of changes in front."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circledata.sources.cells import cell_text
from circledata.sources.workbook import Book, Cell, sheet_rows
from circledata.standard.model import Language, Standard
from circledata.workbooks.repair.model import Change
from circledata.workbooks.repair.sheet_list import listing

if TYPE_CHECKING:
    from circledata.workbooks.repair.book import CellChange

_CREATED = datetime(1980, 1, 1)
_NAMES = "[]:*?/\\"


def write_book(
    target: Path,
    book: Book,
    changes: Sequence[CellChange],
    lines: Sequence[Change],
    standard: Standard,
    language: Language,
) -> None:
    """Write all sheets of `book` to `target` with `changes` made. Text stays text, numbers numbers, dates dates."""
    import xlsxwriter

    wanted = {(change.sheet, change.row, change.column): change for change in changes}
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(target), options) as new:
        new.set_properties({"created": _CREATED})
        looks = {
            "date": new.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": new.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "text": new.add_format({"num_format": "@"}),
            "head": new.add_format({"bold": True, "bg_color": "#44546A", "font_color": "#FFFFFF"}),
            "title": new.add_format({"bold": True, "font_size": 14}),
            "link": new.add_format({"font_color": "#0563C1", "underline": 1}),
        }
        _list(new, looks, lines, standard, language)
        for name, visible in book.sheets():
            sheet = new.add_worksheet(name)
            if not visible:
                sheet.hide()
            read = sheet_rows(book, name)
            for number, row in enumerate(read.rows, 1):
                for column, cell in enumerate(row, read.first_column):
                    change = wanted.get((name, number, column))
                    _write(sheet, number - 1, column - 1, change, cell, looks)


def _list(new: Any, looks: dict[str, Any], lines: Sequence[Change], standard: Standard, language: Language) -> None:
    table = listing(lines, standard, language)
    from circledata.workbooks.repair.listing import NAME

    sheet = new.add_worksheet(NAME.in_language(language))
    for place, width in enumerate(table.widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(table.head, 0)
    for row, line in enumerate(table.lines):
        for place, item in enumerate(line.items):
            look = looks.get(item.look)
            if item.link:
                sheet.write_url(row, place, f"internal:{item.link}", look, str(item.text))
            elif isinstance(item.text, int):
                sheet.write_number(row, place, item.text, look)
            else:
                sheet.write_string(row, place, item.text, look)
    sheet.autofilter(table.head - 1, 0, max(table.head, len(table.lines)) - 1, len(table.widths) - 1)


def _write(sheet: Any, row: int, column: int, change: CellChange | None, cell: Cell, looks: dict[str, Any]) -> None:
    """Write one cell: as it was, or as it is changed."""
    if change is not None:
        if change.is_number:
            sheet.write_number(row, column, float(change.new))
        elif change.new:
            sheet.write_string(row, column, change.new, looks["text"])
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, datetime) and cell.time() != time():
        sheet.write_datetime(row, column, cell, looks["moment"])
    elif isinstance(cell, date) and cell.year >= 1900:
        sheet.write_datetime(row, column, cell, looks["date"])
    elif isinstance(cell, date | time | timedelta):
        sheet.write_string(row, column, cell_text(cell))
